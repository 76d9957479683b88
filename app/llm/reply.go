package llm

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"mime"
	"net/http"

	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/ssestream"

	"github.com/pomerium/pomchat/app/chat"
)

const opReply = "stream reply"

// Reply implements chat.Provider. Each range over the sequence is a request of
// its own. If ctx ends, the error wraps ctx's; all others are *chat.Error.
func (c *Client) Reply(ctx context.Context, p chat.Prompt) iter.Seq2[chat.Chunk, error] {
	return func(yield func(chat.Chunk, error) bool) {
		a := newAssembler(p.Path, func(ch chat.Chunk) bool { return yield(ch, nil) })
		err := c.reply(ctx, p, a)
		if a.left || err == nil {
			return
		}
		if ctx.Err() != nil {
			err = fmt.Errorf("%s of %s: %w", opReply, c.provider, ctx.Err())
		}
		yield(nil, err)
	}
}

func (c *Client) reply(ctx context.Context, p chat.Prompt, a *assembler) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	dog := newWatchdog(c.idle, func() { cancel(errIdle) })
	defer dog.rest()

	dog.watch()
	resp, err := c.open(ctx, p)
	dog.rest()
	if err != nil {
		return err
	}
	resp.Body = dog.guard(resp.Body)
	defer resp.Body.Close()
	return c.read(ctx, resp, p, a)
}

// open sends the prompt and returns the response once its headers are in. It
// asks again as long as the model refuses a parameter that it can do without.
func (c *Client) open(ctx context.Context, p chat.Prompt) (*http.Response, error) {
	model := c.model(p)
	for {
		var resp *http.Response
		stream := c.responses.NewStreaming(ctx, c.request(p), option.WithResponseInto(&resp))
		err := stream.Err()
		if err == nil {
			c.logResponse(ctx, model, resp)
			return resp, nil
		}
		if resp == nil || resp.StatusCode < 400 {
			if cause := context.Cause(ctx); cause != nil {
				err = cause
			}
			return nil, c.unreachable(opReply, false, err)
		}
		c.logResponse(ctx, model, resp)
		body, _ := io.ReadAll(resp.Body)
		f := failureOf(resp, body, c.redact)
		refused := c.refusals.learn(model, f)
		if len(refused) == 0 {
			return nil, c.explain(opReply, model, f)
		}
		c.log.LogAttrs(ctx, slog.LevelInfo, "model asked again without what it refuses",
			slog.String("model", model), slog.Any("parameters", refused))
	}
}

// read hands the events of a response to the assembler. Only a terminal event
// makes a reply complete: the mere end of a stream does not.
func (c *Client) read(ctx context.Context, resp *http.Response, p chat.Prompt, a *assembler) error {
	id := requestID(resp)
	if media, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err == nil && media != "text/event-stream" {
		head, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorMessage))
		return c.broken(opReply, fmt.Sprintf("no event stream but %s: %s", media, head), id)
	}
	events := ssestream.NewDecoder(resp)
	for events.Next() {
		data := bytes.TrimSpace(events.Event().Data)
		if len(data) == 0 || bytes.Equal(data, []byte("[DONE]")) {
			continue
		}
		e, err := parseEvent(data)
		if err != nil {
			return c.broken(opReply, err.Error(), id)
		}
		if err := c.failureIn(e, p, id); err != nil {
			return err
		}
		last, err := a.take(e)
		if err != nil {
			return c.broken(opReply, err.Error(), id)
		}
		if a.left || last {
			return nil
		}
	}
	err := events.Err()
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	if err != nil {
		return c.unreachable(opReply, true, fmt.Errorf("read events of request %s: %w", id, err))
	}
	return c.broken(opReply, "the stream ended without a terminal event", id)
}

// failureIn returns an error if e says that the response failed.
func (c *Client) failureIn(e event, p chat.Prompt, id string) error {
	var f failure
	switch {
	case e.failed():
		f = parseFailure(e.raw, c.redact)
	case e.Type == eventFailed:
		if e.Response != nil {
			f = parseFailure(e.Response.Error, c.redact)
		}
		f.message = cmp.Or(f.message, "no reason given")
	default:
		return nil
	}
	f.requestID = id
	return c.explain(opReply, c.model(p), f)
}

// settle is the SDK's middleware: it sees each attempt. It bounds what is read of
// a refusal, and keeps the SDK from asking again where no budget is left.
func (c *Client) settle(req *http.Request, next option.MiddlewareNext) (*http.Response, error) {
	resp, err := next(req)
	if err != nil || resp.StatusCode < 400 {
		return resp, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return nil, fmt.Errorf("read refusal: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if isQuota(failureOf(resp, body, c.redact)) {
		resp.Header.Set("X-Should-Retry", "false")
	}
	return resp, nil
}

// logResponse notes what helps to talk to a provider about a request.
func (c *Client) logResponse(ctx context.Context, model string, resp *http.Response) {
	if !c.log.Enabled(ctx, slog.LevelDebug) {
		return
	}
	attrs := []slog.Attr{
		slog.String("provider", c.provider), slog.String("model", model),
		slog.Int("status", resp.StatusCode), slog.String("request", requestID(resp)),
	}
	for _, name := range []string{"X-Ratelimit-Remaining-Requests", "X-Ratelimit-Remaining-Tokens", "X-Ratelimit-Reset-Requests", "X-Ratelimit-Reset-Tokens"} {
		if v := resp.Header.Get(name); v != "" {
			attrs = append(attrs, slog.String(name, c.redact(v)))
		}
	}
	c.log.LogAttrs(ctx, slog.LevelDebug, "provider answered", attrs...)
}
