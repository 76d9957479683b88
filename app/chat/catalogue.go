package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
)

// Catalogue is the models of several providers as one list. It is safe for
// concurrent use if the providers are.
type Catalogue struct {
	providers []Provider
	preferred string
	log       *slog.Logger

	mu   sync.Mutex
	told map[int]string // what the log was last told of a provider, by its place
}

// NewCatalogue joins providers, in the order in which people shall see them. The
// default model is preferred, if it is set, else the first of all.
func NewCatalogue(log *slog.Logger, preferred string, providers ...Provider) *Catalogue {
	return &Catalogue{providers: providers, preferred: preferred, log: log, told: map[int]string{}}
}

// Models lists all models, of which exactly one is the default. A provider that
// cannot tell its models is left out, and the log and the note of the default model
// say why; it is an error only if there are none at all.
func (c *Catalogue) Models(ctx context.Context) ([]ModelInfo, error) {
	models, _, err := c.collect(ctx)
	return models, err
}

// Pick returns the provider and the id of a model; an empty id means the
// default. An id that no provider offers is KindModelNotFound.
func (c *Catalogue) Pick(ctx context.Context, id string) (Provider, ModelInfo, error) {
	models, providers, err := c.collect(ctx)
	if err != nil {
		return nil, ModelInfo{}, err
	}
	for i, m := range models {
		if m.ID == id || id == "" && m.Default {
			return providers[i], m, nil
		}
	}
	return nil, ModelInfo{}, &Error{
		Kind: KindModelNotFound, Op: "pick model",
		Message: fmt.Sprintf("There is no model called %q here. Choose another one from the list.", id),
	}
}

// collect returns all models and, side by side, whose each is.
func (c *Catalogue) collect(ctx context.Context) ([]ModelInfo, []Provider, error) {
	var models []ModelInfo
	var owners []Provider
	var failed error
	var lost []string
	for i, p := range c.providers {
		some, err := p.Models(ctx)
		if err != nil {
			failed = errors.Join(failed, err)
			c.tell(ctx, i, err)
			if e, ok := errors.AsType[*Error](err); ok && e.Message != "" {
				lost = append(lost, e.Message)
			}
			continue
		}
		c.tell(ctx, i, nil)
		for _, m := range some {
			m.Default = false
			models, owners = append(models, m), append(owners, p)
		}
	}
	if len(models) == 0 {
		return nil, nil, &Error{
			Kind: KindProviderDown, Op: "list models", Err: failed,
			Message: strings.Join(append(lost, "No model can be used at the moment."), " "),
		}
	}
	standard := &models[c.defaultIndex(models)]
	standard.Default = true
	standard.Note = strings.Join(slices.DeleteFunc(append(lost, standard.Note), blank), " ")
	return models, owners, nil
}

// tell tells the log why a provider is left out, once until that changes.
func (c *Catalogue) tell(ctx context.Context, provider int, err error) {
	if ctx.Err() != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	why := ""
	if err != nil {
		why = err.Error()
	}
	if why != "" && why != c.told[provider] {
		c.log.LogAttrs(ctx, slog.LevelWarn, "models not listed", slog.Any("error", err))
	}
	c.told[provider] = why
}

func (c *Catalogue) defaultIndex(models []ModelInfo) int {
	for i, m := range models {
		if m.ID == c.preferred {
			return i
		}
	}
	return 0
}
