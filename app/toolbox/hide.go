package toolbox

import (
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// A server, or a gateway in front, may quote what it was sent: in a result, in an error, in
// how it describes a tool. So what a request shows that nobody else is to see is blotted
// out of all that comes back, before anything reads it.

type secretsKey struct{}

// withSecrets says what requests under the context show to the server alone.
func withSecrets(ctx context.Context, secrets ...chat.Token) context.Context {
	if !slices.ContainsFunc(secrets, func(s chat.Token) bool { return !s.IsZero() }) {
		return ctx
	}
	return context.WithValue(ctx, secretsKey{}, chat.NewRedactor(secrets...))
}

// hide blots the secrets of the request out of its response.
func hide(ctx context.Context, resp *http.Response) {
	redact, ok := ctx.Value(secretsKey{}).(chat.Redactor)
	if !ok {
		return
	}
	for _, values := range resp.Header {
		for i, v := range values {
			values[i] = redact.All(v)
		}
	}
	resp.Body = &hiddenBody{body: resp.Body, redact: redact}
}

// hiddenBody is a body without secrets. It holds back no more than may be the beginning of
// one, which no end of a line is.
type hiddenBody struct {
	body   io.ReadCloser
	redact chat.Redactor
	ready  string // to be read
	held   string
	err    error // after that
}

// Read implements io.Reader.
func (h *hiddenBody) Read(p []byte) (int, error) {
	for len(p) > 0 && h.ready == "" && h.err == nil {
		var n int
		n, h.err = h.body.Read(p)
		h.ready, h.held = h.redact(h.held+string(p[:n]), h.err != nil)
	}
	n := copy(p, h.ready)
	if h.ready = h.ready[n:]; h.ready != "" {
		return n, nil
	}
	return n, h.err
}

// Close implements io.Closer.
func (h *hiddenBody) Close() error { return h.body.Close() }
