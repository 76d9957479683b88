package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/pomerium/pomchat/app/chat"
)

// getter fetches what no model says: lists and files.
type getter struct {
	client *http.Client
	base   *url.URL
	key    chat.Token
}

// newGetter returns a getter that does not follow redirects, which could carry the
// key away.
func newGetter(client *http.Client, base *url.URL, key chat.Token) *getter {
	own := *client
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &getter{client: &own, base: base, key: key}
}

// get asks for what is at path under the base URL. The error is of the network.
func (g *getter) get(ctx context.Context, accept string, path ...string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, g.base.JoinPath(path...).String(), nil)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	req.Header.Set("Accept", accept)
	if !g.key.IsZero() {
		req.Header.Set("Authorization", "Bearer "+g.key.Reveal())
	}
	return g.client.Do(req)
}

// bounded is a body of at most left bytes. One byte more is an error, so that half
// a file is never taken for the whole.
type bounded struct {
	io.ReadCloser
	left  int64
	limit error
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) > b.left {
		n = int(b.left)
		b.left = 0
		return n, b.limit
	}
	b.left -= int64(n)
	return n, err
}

// readError returns what was read of a refusal, and the refusal.
func (c *Client) readRefusal(resp *http.Response) failure {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody))
	if err != nil && !errors.Is(err, io.EOF) {
		body = nil
	}
	return failureOf(resp, body, c.redact)
}
