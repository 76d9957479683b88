package toolbox

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// farewell bounds what is done for a server's sake after a call or a session: to
// tell it that a call was cancelled, or that it may forget the session.
const farewell = time.Second

var (
	errTooLarge  = errors.New("response too large")
	errElsewhere = errors.New("redirect not followed")
)

// web is the HTTP client for all remote servers. It is safe for concurrent use.
type web struct {
	client   *http.Client
	base     *http.Transport
	observed *observer
}

func newWeb(cfg Config) *web {
	base := cfg.Transport
	if base == nil {
		base = &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: cfg.Patience}).DialContext,
			TLSHandshakeTimeout: cfg.Patience,
			ForceAttemptHTTP2:   true,
			MaxIdleConnsPerHost: 4,
			IdleConnTimeout:     90 * time.Second,
		}
	}
	observed := &observer{base: base, agent: "pomchat/" + cfg.Version, limit: cfg.MaxResponse}
	return &web{base: base, observed: observed, client: &http.Client{Transport: observed, CheckRedirect: stayThere}}
}

func (w *web) close() { w.base.CloseIdleConnections() }

// connector connects to the server at that address by Streamable HTTP, without a token.
func (w *web) connector(version, address string) connector {
	address, client := w.withoutQuery(address)
	return func(ctx context.Context, _ *credential, l *line) (*session, error) {
		return w.connect(ctx, version, address, client, l)
	}
}

// guardedConnector does so with the caller's token, which is sent to the host of that
// address, an https one, and nowhere else.
func (w *web) guardedConnector(version string, address *url.URL) connector {
	return func(ctx context.Context, k *credential, l *line) (*session, error) {
		client := &http.Client{Transport: &bearer{base: w.observed, host: address.Host, credential: k}, CheckRedirect: stayHere}
		return w.connect(ctx, version, address.String(), client, l)
	}
}

func (w *web) connect(ctx context.Context, version, address string, client *http.Client, l *line) (*session, error) {
	s, err := begin(ctx, version, &mcp.StreamableClientTransport{
		Endpoint: address, HTTPClient: client, DisableStandaloneSSE: true, MaxRetries: 2,
	}, l)
	if err != nil {
		return nil, err
	}
	s.traced = true
	s.listen = func(ctx context.Context, id string) { listen(ctx, client, address, id, l) }
	return s, nil
}

// stayThere follows a redirect only within the same origin and with the same
// method, so that what is meant for one server never reaches another.
func stayThere(req *http.Request, via []*http.Request) error {
	first := via[0]
	if req.URL.Scheme != first.URL.Scheme || req.URL.Host != first.URL.Host || req.Method != first.Method || len(via) > 3 {
		return errElsewhere
	}
	return nil
}

// observer notes in a request's trace what came of it, and bounds the response.
type observer struct {
	base  http.RoundTripper
	agent string
	limit int64
}

// RoundTrip implements http.RoundTripper.
func (o *observer) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := req.Context(), func() {}
	if req.Method == http.MethodDelete {
		ctx, cancel = context.WithTimeout(ctx, farewell)
	}
	req = req.Clone(ctx)
	req.Header.Set("User-Agent", o.agent)
	addHeaders(ctx, req.Header)
	seen := traceOf(ctx)
	if cancels(req) {
		defer seen.toldCancelled()
	}
	note := seen.begin()
	resp, err := o.base.RoundTrip(req)
	if err != nil {
		cancel()
		note(sight{err: err})
		return nil, err
	}
	hide(ctx, resp)
	note(look(resp))
	resp.Body = &boundedBody{ReadCloser: resp.Body, left: o.limit, note: note, done: cancel}
	cameFor(ctx, resp)
	return resp, nil
}

// boundedBody fails after that many bytes, and notes any failure.
type boundedBody struct {
	io.ReadCloser
	left int64
	note func(sight)
	done func()
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		b.note(sight{err: errTooLarge})
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		b.note(sight{err: err})
	}
	return n, err
}

func (b *boundedBody) Close() error {
	defer b.done()
	return b.ReadCloser.Close()
}
