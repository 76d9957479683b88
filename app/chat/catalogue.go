package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

// Catalogue is the models of several providers as one list. It is safe for
// concurrent use if the providers are.
type Catalogue struct {
	providers []Provider
	preferred string
	log       *slog.Logger
}

// NewCatalogue joins providers, in the order in which people shall see them. The
// default model is preferred, if it is set, else the first of all.
func NewCatalogue(log *slog.Logger, preferred string, providers ...Provider) *Catalogue {
	return &Catalogue{providers: providers, preferred: preferred, log: log}
}

// Models lists all models, of which exactly one is the default. A provider that
// cannot tell its models is left out, and the log says why; it is an error only
// if there are none at all.
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
	for _, p := range c.providers {
		some, err := p.Models(ctx)
		if err != nil {
			failed = errors.Join(failed, err)
			c.log.LogAttrs(ctx, slog.LevelWarn, "models not listed", slog.Any("error", err))
			continue
		}
		for _, m := range some {
			m.Default = false
			models, owners = append(models, m), append(owners, p)
		}
	}
	if len(models) == 0 {
		return nil, nil, &Error{
			Kind: KindProviderDown, Op: "list models", Err: failed,
			Message: "No model can be reached at the moment.",
		}
	}
	models[c.defaultIndex(models)].Default = true
	return models, owners, nil
}

func (c *Catalogue) defaultIndex(models []ModelInfo) int {
	for i, m := range models {
		if m.ID == c.preferred {
			return i
		}
	}
	return 0
}
