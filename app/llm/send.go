package llm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/openai/openai-go/v3/option"

	"github.com/pomerium/pomchat/app/chat"
)

// open sends the prompt and returns the response once its headers are in. It
// asks again as long as the model refuses something that it can do without: a
// parameter, the description of a tool, a program whose container is gone, or its own
// items, which a provider cannot read any more when the key has become another
// organisation's. Then the thread is told in general terms.
func (c *Client) open(ctx context.Context, p chat.Prompt, api API) (*http.Response, error) {
	all, badly := p.Tools, map[string]bool{}
	for retold := false; ; {
		p.Tools = c.misfits.fitting(p.Model, all)
		resp, err := c.send(ctx, p, api, retold)
		if err == nil {
			c.logResponse(ctx, p.Model, resp)
			return resp, nil
		}
		if resp == nil || resp.StatusCode < 400 {
			if cause := context.Cause(ctx); cause != nil {
				err = cause
			}
			return nil, c.unreachable(opReply, false, err)
		}
		c.logResponse(ctx, p.Model, resp)
		body, _ := io.ReadAll(resp.Body)
		f := failureOf(resp, body, c.redact)
		if f.aboutContainers() && api == APIResponses && c.gone.lose(p.Path) {
			c.log.LogAttrs(ctx, slog.LevelInfo, "model asked again without programs whose containers are gone", slog.String("model", p.Model), slog.Any("error", f))
			continue
		}
		if f.aboutItems() && !retold && api == APIResponses && c.replays(p) && !waits(p.Path) {
			retold = true
			c.log.LogAttrs(ctx, slog.LevelInfo, "model asked again without its own items", slog.String("model", p.Model), slog.Any("error", f))
			continue
		}
		if name := c.misfits.learn(p.Model, f, all, p.Tools, badly); name != "" {
			c.log.LogAttrs(ctx, slog.LevelWarn, "model asked again, as its provider refuses how a tool is described",
				slog.String("model", p.Model), slog.String("tool", name), slog.Any("error", f))
			continue
		}
		refused := c.refusals.learn(p.Model, f)
		if len(refused) == 0 {
			return nil, c.explainReply(p.Model, f)
		}
		c.log.LogAttrs(ctx, slog.LevelInfo, "model asked again without what it refuses",
			slog.String("model", p.Model), slog.Any("parameters", refused))
	}
}

// send makes the request by one API, if retold without the model's own items. With
// an error there may be a response, whose body is the refusal.
func (c *Client) send(ctx context.Context, p chat.Prompt, api API, retold bool) (resp *http.Response, err error) {
	into := option.WithResponseInto(&resp)
	if api == APIChat {
		body, elsewhere := asCompletion(c.completionRequest(p))
		err = c.responses.NewStreaming(ctx, body, elsewhere, into).Err()
	} else {
		err = c.responses.NewStreaming(ctx, c.request(p, retold), into).Err()
	}
	return resp, err
}

// settle is the SDK's middleware: it sees each attempt. It bounds what is read of
// a refusal, and keeps the SDK from asking again where no budget is left. What was asked is
// forgotten once there is an answer.
func (c *Client) settle(req *http.Request, next option.MiddlewareNext) (*http.Response, error) {
	answered := letGo(req)
	resp, err := next(req)
	if err != nil {
		return resp, err
	}
	if resp.StatusCode < 400 {
		answered()
		return resp, nil
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return nil, fmt.Errorf("read refusal: %w", err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if isQuota(failureOf(resp, body, c.redact)) || lacksRoute(resp.StatusCode) {
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
		slog.Int("status", resp.StatusCode), slog.String("request", c.redact(requestID(resp))),
	}
	for _, name := range []string{"X-Ratelimit-Remaining-Requests", "X-Ratelimit-Remaining-Tokens", "X-Ratelimit-Reset-Requests", "X-Ratelimit-Reset-Tokens"} {
		if v := resp.Header.Get(name); v != "" {
			attrs = append(attrs, slog.String(name, c.redact(v)))
		}
	}
	c.log.LogAttrs(ctx, slog.LevelDebug, "provider answered", attrs...)
}
