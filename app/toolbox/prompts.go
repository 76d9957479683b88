package toolbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// What of the prompts that a server lists is used. A prompt with a name or with arguments
// beyond that is left out: without them it could not be asked for.
const (
	maxPrompts         = 500
	maxPromptName      = 200 // bytes, also of an argument's name
	maxPromptText      = 2 << 10
	maxPromptArguments = 50
)

// questionKey is where a server says, in the metadata of a prompt, that it is a plain
// question, and which: such a prompt can be asked of any model as an example, unread.
const questionKey = "com.pomerium/question"

// offer is what a server was found to offer in prompts, or why that is not known.
type offer struct {
	list  chat.PromptList
	err   error
	at    time.Time
	holds time.Duration
}

func (o offer) stillHolds() bool { return time.Since(o.at) < o.holds }

// Prompts returns what a server offers the caller in prompts; nothing, if it knows of
// none. It remembers that as it does the tools, and takes no longer than Config.Patience,
// and as much for the list of servers. The error is a *chat.Error: KindNotFound says that
// the caller has no such server, KindForbidden that it wants a login or does not let the
// caller in, KindServerDown that it cannot be asked.
func (t *Toolbox) Prompts(ctx context.Context, c chat.Caller, id string) (chat.PromptList, error) {
	s, err := t.find(ctx, c, id)
	if err != nil {
		return chat.PromptList{}, err
	}
	found, err := t.offers.get(ctx, keyOf(c, s), offer.stillHolds,
		func(ctx context.Context, _ offer) offer { return t.askPrompts(ctx, c, s) })
	if err != nil {
		return chat.PromptList{}, fmt.Errorf("list the prompts of %s: %w", id, err)
	}
	return found.list, found.err
}

func (t *Toolbox) askPrompts(ctx context.Context, c chat.Caller, s server) offer {
	found := offer{list: chat.PromptList{Prompts: []chat.ServerPrompt{}}, holds: t.cfg.Memory}
	found.err = t.visit(ctx, c, s, visit{op: "list prompts", limit: t.cfg.Patience, do: func(ctx context.Context, conn *session) error {
		if !conn.offersPrompts() {
			return nil
		}
		found.list.Completes = conn.completes()
		listed, holds, err := conn.listPrompts(ctx)
		found.list.Prompts = t.describePrompts(ctx, s, listed)
		if holds > 0 {
			found.holds = min(max(holds, shortestMemory), longestMemory)
		}
		return err
	}})
	if found.at = time.Now(); found.err != nil {
		found.holds = min(retryAfter, t.cfg.Memory)
	}
	return found
}

// offersPrompts reports whether the server says that it has prompts.
func (s *session) offersPrompts() bool {
	can := s.InitializeResult().Capabilities
	return can != nil && can.Prompts != nil
}

// completes reports whether the server says that it helps to fill in arguments.
func (s *session) completes() bool {
	can := s.InitializeResult().Capabilities
	return can != nil && can.Completions != nil
}

// listPrompts lists the prompts of a server, and says how long that holds; 0 if the server
// does not say. Those beyond maxPrompts, maxPages and maxList are not asked for.
func (s *session) listPrompts(ctx context.Context) (all []*mcp.Prompt, holds time.Duration, err error) {
	params, heard := &mcp.ListPromptsParams{}, s.line.heard()
	for range maxPages {
		page, err := s.ListPrompts(ctx, params)
		if err != nil {
			return nil, 0, fmt.Errorf("list prompts: %w", err)
		}
		all = append(all, page.Prompts...)
		if ttl := time.Duration(min(page.TTLMs, 1<<30)) * time.Millisecond; ttl > 0 && (holds == 0 || ttl < holds) {
			holds = ttl
		}
		if page.NextCursor == "" || page.NextCursor == params.Cursor || len(all) > maxPrompts || s.line.heard()-heard > maxList {
			break
		}
		params = &mcp.ListPromptsParams{Cursor: page.NextCursor}
	}
	return all, holds, nil
}

var (
	errOversized = errors.New("a name is too long, or there are too many arguments")
	errListed    = errors.New("it is listed twice")
	errFull      = errors.New("there are too many")
)

// describePrompts turns listed prompts into the core's, in the order of the server.
func (t *Toolbox) describePrompts(ctx context.Context, s server, listed []*mcp.Prompt) []chat.ServerPrompt {
	prompts, taken := make([]chat.ServerPrompt, 0, len(listed)), map[string]bool{}
	for _, p := range listed {
		if p == nil {
			continue
		}
		one, err := describePrompt(p)
		switch {
		case err != nil:
		case taken[p.Name]:
			err = errListed
		case len(prompts) == maxPrompts:
			err = errFull
		}
		if err != nil {
			t.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "prompt of an MCP server left out",
				slog.String("server", s.id), slog.String("prompt", brief(p.Name)), slog.Any("error", err))
			if errors.Is(err, errFull) {
				return prompts
			}
			continue
		}
		taken[p.Name] = true
		prompts = append(prompts, one)
	}
	return prompts
}

func describePrompt(p *mcp.Prompt) (chat.ServerPrompt, error) {
	out := chat.ServerPrompt{
		Name: p.Name, Title: short(p.Title), Description: short(p.Description), Arguments: make([]chat.PromptArgument, 0, len(p.Arguments)),
	}
	if p.Name == "" || len(p.Name) > maxPromptName || len(p.Arguments) > maxPromptArguments {
		return out, errOversized
	}
	for _, a := range p.Arguments {
		if a == nil || a.Name == "" || len(a.Name) > maxPromptName {
			return out, errOversized
		}
		out.Arguments = append(out.Arguments, chat.PromptArgument{
			Name: a.Name, Title: short(a.Title), Description: short(a.Description), Required: a.Required,
		})
	}
	if q, ok := p.Meta[questionKey].(string); ok && len(q) <= maxPromptText {
		out.Question = strings.TrimSpace(q)
	}
	return out, nil
}

// short is s in at most maxPromptText bytes, of whole characters.
func short(s string) string {
	if len(s) <= maxPromptText {
		return s
	}
	return strings.ToValidUTF8(s[:maxPromptText], "") + "…"
}
