package toolbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

const (
	maxMessages    = 200                         // of a prompt
	maxCompletions = 100                         // of an argument
	maxCompletion  = 1 << 10                     // bytes of one
	getPatience    = 4                           // times Config.Patience: a server may have to look things up for a prompt
	unknownContent = "unrecognized content type" // the SDK's words for it
)

var (
	errLongPrompt = errors.New("the prompt is too long")
	errBadRole    = errors.New("a message of the prompt is of nobody known")
)

// Prompt returns the messages of a server's prompt with these arguments, as text. The
// error is a *chat.Error: beside the kinds of Prompts it is KindInvalid where the server
// refuses in its own words, or wants to know something first, and KindTooLarge for more
// than Config.MaxOutput. The end of ctx shows in errors.Is.
func (t *Toolbox) Prompt(ctx context.Context, c chat.Caller, id, name string, arguments map[string]string) ([]chat.PromptMessage, error) {
	s, err := t.find(ctx, c, id)
	if err != nil {
		return nil, err
	}
	var messages []chat.PromptMessage
	err = t.visit(ctx, c, s, visit{op: "get prompt", limit: getPatience * t.cfg.Patience, do: func(ctx context.Context, conn *session) error {
		res, err := conn.GetPrompt(ctx, &mcp.GetPromptParams{Name: name, Arguments: arguments})
		if err != nil {
			return fmt.Errorf("get prompt: %w", err)
		}
		if res.NeedsInput() || res.InputRequests != nil {
			return errDemands
		}
		messages, err = messagesOf(res.Messages, t.cfg.MaxOutput)
		return err
	}})
	if e, ok := errors.AsType[*jsonrpc.Error](err); ok && e.Code == jsonrpc.CodeInvalidParams {
		t.offers.outdate(func(k probeKey) bool { return k == keyOf(c, s) })
	}
	return messages, err
}

func messagesOf(said []*mcp.PromptMessage, most int) ([]chat.PromptMessage, error) {
	if len(said) > maxMessages {
		return nil, errLongPrompt
	}
	messages, size := make([]chat.PromptMessage, 0, len(said)), 0
	for _, m := range said {
		if m == nil || m.Role != "user" && m.Role != "assistant" {
			return nil, errBadRole
		}
		text := textOf(m.Content)
		if size += len(text); size > most {
			return nil, errLongPrompt
		}
		messages = append(messages, chat.PromptMessage{Role: string(m.Role), Text: text})
	}
	return messages, nil
}

// Complete returns what may stand for an argument of a server's prompt; nothing, if the
// server does not help with that. The errors are those of Prompt.
func (t *Toolbox) Complete(ctx context.Context, c chat.Caller, id string, of chat.Completing) (chat.Completions, error) {
	out := chat.Completions{Values: []string{}}
	s, err := t.find(ctx, c, id)
	if err != nil {
		return out, err
	}
	params := &mcp.CompleteParams{
		Ref:      &mcp.CompleteReference{Type: "ref/prompt", Name: of.Prompt},
		Argument: mcp.CompleteParamsArgument{Name: of.Argument, Value: of.Value},
	}
	if len(of.Context) > 0 {
		params.Context = &mcp.CompleteContext{Arguments: of.Context}
	}
	err = t.visit(ctx, c, s, visit{op: "complete argument", limit: t.cfg.Patience, do: func(ctx context.Context, conn *session) error {
		if !conn.completes() {
			return nil
		}
		res, err := conn.Complete(ctx, params)
		if err != nil {
			return fmt.Errorf("complete argument: %w", err)
		}
		out.More = res.Completion.HasMore
		for _, v := range res.Completion.Values {
			if len(v) > maxCompletion || len(out.Values) == maxCompletions {
				out.More = true
				continue
			}
			out.Values = append(out.Values, v)
		}
		return nil
	}})
	return out, err
}

// visit is something to do with one server in a session of its own.
type visit struct {
	op    string // for the log
	limit time.Duration
	do    func(ctx context.Context, conn *session) error
}

// visit connects to a server with the caller's token and does something there. Any error
// is a *chat.Error.
func (t *Toolbox) visit(ctx context.Context, c chat.Caller, s server, v visit) error {
	ctx, cancel := context.WithTimeout(ctx, v.limit)
	defer cancel()
	ctx, seen := withTrace(ctx)
	err := func() error {
		conn, err := s.connect(ctx, newCredential(c), newLine(nil))
		if err != nil {
			return err
		}
		defer t.hangUp(s, conn)
		return guarded(func() error { return v.do(ctx, conn) })
	}()
	if err == nil {
		return nil
	}
	failed := unvisited(ctx, s, v, seen.see(), err)
	if failed.Kind == chat.KindForbidden {
		// Whoever looks at the server now is to see so too.
		t.probes.outdate(func(k probeKey) bool { return k == keyOf(c, s) })
	}
	return failed
}

// unvisited tells a visit that came to nothing. That a server wants a login is no lack of
// one here: the kind is another than that of who has not signed in.
func unvisited(ctx context.Context, s server, v visit, seen sight, err error) *chat.Error {
	if known, ok := errors.AsType[*chat.Error](err); ok && known.Kind != chat.KindUnauthenticated {
		return known
	}
	why := judge(ctx, seen, err, v.limit)
	failed := &chat.Error{
		Kind: why.kind, Op: v.op + " of " + s.id, Message: fmt.Sprintf("%s could not be asked: %s.", s.name, why.reason),
		Trace: why.trace, Err: errors.Join(context.Cause(ctx), err),
	}
	if why.kind == chat.KindUnauthenticated {
		failed.Kind = chat.KindForbidden
	}
	switch rpc, refused := refusal(seen, err); {
	case ctx.Err() != nil:
	case errors.Is(err, errDemands):
		failed.Kind, failed.Message = chat.KindInvalid, s.name+" wants to know something more before it gives this prompt, which it cannot ask here."
	case errors.Is(err, errLongPrompt):
		failed.Kind, failed.Message = chat.KindTooLarge, "This prompt of "+s.name+" is too long to be used here."
	case errors.Is(err, errBadRole):
		failed.Kind, failed.Message = chat.KindServerDown, "This prompt of "+s.name+" cannot be read: it has words of nobody known."
	case strings.Contains(err.Error(), unknownContent):
		_, kind, _ := strings.Cut(err.Error(), unknownContent)
		failed.Kind, failed.Message = chat.KindInvalid, fmt.Sprintf("This prompt of %s holds something of a kind that is not known here: %s.", s.name, brief(strings.TrimSpace(kind)))
	case refused && why.status == chat.ServerDown:
		failed.Kind, failed.Message = chat.KindInvalid, fmt.Sprintf("%s refused: %s", s.name, fullStop(brief(rpc.Message)))
	case why.status == chat.ServerNoAccess && refused:
		failed.Message = "This request to " + s.name + " was blocked by policy."
	}
	return failed
}

// fullStop ends a sentence that has no end.
func fullStop(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?…") {
		return s
	}
	return s + "."
}
