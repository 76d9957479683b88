package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

const (
	listFresh   = 5 * time.Minute  // how long a list is good
	listRetry   = 15 * time.Second // when to ask again after a failure
	listTimeout = 5 * time.Second
	maxList     = 4 << 20 // bytes
	opList      = "list models"
)

// Models implements chat.Provider. A list is remembered for five minutes. If the
// provider cannot be asked, the last list stands, or else the one default model:
// whoever then uses it is told what is wrong. The only error is ctx's.
func (c *Client) Models(ctx context.Context) ([]chat.ModelInfo, error) {
	return c.models.list(ctx)
}

// modelList is the list of one provider, and when it was asked for. Of those who
// want a list when it is due one asks, and the others wait for what it learns.
type modelList struct {
	*getter
	explain func(f failure) error
	redact  func(string) string
	lost    func(error) error
	choice  choice
	now     func() time.Time
	log     *slog.Logger

	turn   chan struct{} // holds one token; who has it may touch what follows
	known  []chat.ModelInfo
	none   error    // why nothing is known
	idle   []string // what was last said to allow nothing
	due    time.Time
	failed bool
}

func newModelList(c *Client, cfg Config) *modelList {
	l := &modelList{
		getter: c.get, redact: c.redact, now: cfg.Now, log: cfg.Log,
		choice:  choice{provider: c.provider, flavour: c.host.flavour, model: cfg.Model, allow: cfg.Allow, preferred: cfg.Preferred, hosts: c.offers},
		explain: func(f failure) error { return c.explain(opList, cfg.Model, f) },
		lost:    func(err error) error { return c.unreachable(opList, false, err) },
		turn:    make(chan struct{}, 1),
	}
	l.turn <- struct{}{}
	return l
}

func (l *modelList) list(ctx context.Context) ([]chat.ModelInfo, error) {
	select {
	case <-l.turn:
		defer func() { l.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: %w", opList, ctx.Err())
	}
	if l.now().Before(l.due) {
		return l.answer()
	}
	offered, err := l.fetch(ctx)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%s: %w", opList, ctx.Err())
	}
	if err != nil {
		l.fail(ctx, err)
	} else {
		l.known, l.due, l.failed = l.choice.of(offered), l.now().Add(listFresh), false
		l.warnOfIdle(ctx, offered)
	}
	if len(l.known) == 0 {
		l.none = l.refuse(offered)
	}
	return l.answer()
}

func (l *modelList) answer() ([]chat.ModelInfo, error) {
	if len(l.known) == 0 {
		return nil, l.none
	}
	return slices.Clone(l.known), nil
}

// refuse says why there is no model to offer.
func (l *modelList) refuse(offered []offeredModel) error {
	sentence := "%s offers no model that can hold a chat. Please tell the administrator."
	switch {
	case l.choice.allow != nil && len(offered) > 0:
		sentence = "None of the models of %s is among those that this server allows. Please tell the administrator."
	case l.choice.allow != nil:
		sentence = "The models of %s are not known, and this server allows none by its name. Please tell the administrator."
	}
	return &chat.Error{Kind: chat.KindModelNotFound, Op: opList, Message: fmt.Sprintf(sentence, l.choice.provider)}
}

// warnOfIdle tells the log, once, which of the allowed models there are not.
func (l *modelList) warnOfIdle(ctx context.Context, offered []offeredModel) {
	idle := l.choice.idle(offered)
	if len(idle) > 0 && !slices.Equal(idle, l.idle) {
		l.log.LogAttrs(ctx, slog.LevelWarn, "allowed models that the provider does not offer",
			slog.String("provider", l.choice.provider), slog.Any("models", idle))
	}
	l.idle = idle
}

// fail keeps what is known, and warns once for a row of failures.
func (l *modelList) fail(ctx context.Context, err error) {
	if !l.failed {
		l.log.LogAttrs(ctx, slog.LevelWarn, "models not listed",
			slog.String("provider", l.choice.provider), slog.Any("error", err))
	}
	if len(l.known) == 0 {
		l.known = l.fallback(chat.MessageOf(err))
	}
	l.due, l.failed = l.now().Add(listRetry), true
}

// fallback is the list of a provider that cannot be asked: one model, or those that
// are allowed by name, with the reason.
func (l *modelList) fallback(why string) []chat.ModelInfo {
	models := l.choice.of(nil)
	if len(models) > 0 {
		models[0].Note = "The list of models could not be fetched. " + why
	}
	return models
}

// offeredModel is what this package reads of a model.
//
// Source: https://platform.openai.com/docs/api-reference/models/object
type offeredModel struct {
	ID       string `json:"id"`
	Created  loose  `json:"created"`
	Shutdown loose  `json:"shutdown_date"`

	// These are what compatible servers call the size of the context.
	ContextLength number `json:"context_length"` // OpenRouter
	MaxModelLen   number `json:"max_model_len"`  // vLLM
	ContextWindow number `json:"context_window"` // Groq
	Meta          struct {
		Context number `json:"n_ctx"` // llama.cpp, of the running server
	} `json:"meta"`
}

// context returns how many tokens the model can read, as its server says; 0 if it
// does not.
func (m offeredModel) context() int64 {
	for _, n := range []number{m.ContextLength, m.MaxModelLen, m.ContextWindow, m.Meta.Context} {
		if n.known && n.value > 0 {
			return int64(n.value)
		}
	}
	return 0
}

// fetch asks the provider.
func (l *modelList) fetch(ctx context.Context) ([]offeredModel, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	resp, err := l.get(ctx, "application/json", "models")
	if err != nil {
		return nil, l.lost(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		body, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
		return nil, l.explain(failureOf(resp, body, l.redact))
	}
	var list struct {
		Data []offeredModel `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxList)).Decode(&list); err != nil {
		return nil, &chat.Error{
			Kind: chat.KindProtocol, Op: opList, Message: "What " + l.choice.provider + " answered is no list of models.",
			Err: errors.New(l.redact(err.Error())),
		}
	}
	return list.Data, nil
}
