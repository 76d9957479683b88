package pomerium

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// The kinds of errors of a [Gateway]; test for them with errors.Is.
var (
	// ErrUnauthenticated says that Pomerium does not know the token: it has expired,
	// or the session has ended.
	ErrUnauthenticated = errors.New("the gateway does not accept the token")
	// ErrDown says that Pomerium cannot be reached or is in trouble: another request
	// may succeed later.
	ErrDown = errors.New("the gateway is not available")
	// ErrGateway says that Pomerium, or what answers in its place, says what cannot be
	// understood.
	ErrGateway = errors.New("the gateway does not answer as it should")
)

const (
	routesPath     = "/.pomerium/mcp/routes"
	disconnectPath = "/.pomerium/mcp/routes/disconnect"
	connectPath    = "/.pomerium/mcp/connect"
	maxRoutesSize  = 1 << 20 // bytes of a list
)

// Gateway asks Pomerium which MCP servers it protects, for one user at a time. It is
// safe for concurrent use.
type Gateway struct {
	public *url.URL
	client *http.Client
	log    *slog.Logger
	told   told
}

// NewGateway returns the gateway of the route at publicURL, which must be as
// [ParsePublicURL] wants it. It uses client, but not its policy on redirects. To log
// it writes, once each, which entries of a list cannot be used.
func NewGateway(publicURL *url.URL, client *http.Client, log *slog.Logger) (*Gateway, error) {
	if publicURL == nil || client == nil || log == nil {
		return nil, errors.New("ask the gateway: a public URL, a client and a logger are needed")
	}
	public, err := normalise(publicURL)
	if err != nil {
		return nil, err
	}
	strict := *client
	strict.CheckRedirect = refuseRedirect
	return &Gateway{public: public, client: &strict, log: log}, nil
}

// Routes lists the MCP servers, in the order of their names and then of their URLs.
// Pomerium lists those too that the user may not call, says of each that it needs
// OAuth, and says that one is not connected which needs no connection. The error is
// [ErrUnauthenticated], [ErrDown] or [ErrGateway].
func (g *Gateway) Routes(ctx context.Context, token chat.Token) ([]Route, error) {
	return g.ask(ctx, http.MethodGet, routesPath, token, nil)
}

// Disconnect makes Pomerium forget the user's upstream token for the server at that
// URL, one of the list, and returns the new list. Errors are those of Routes; an
// expired token may show as ErrDown.
func (g *Gateway) Disconnect(ctx context.Context, token chat.Token, serverURL string) ([]Route, error) {
	body, err := json.Marshal(map[string][]string{"routes": {serverURL}})
	if err != nil {
		return nil, fmt.Errorf("disconnect: %w", err)
	}
	return g.ask(ctx, http.MethodPost, disconnectPath, token, body)
}

// ConnectURL returns the page at which a user connects the server at that URL, and from
// which the browser comes back to redirect: an https URL of the app, or Pomerium
// refuses.
func ConnectURL(serverURL, redirect string) (string, error) {
	server, err := url.Parse(serverURL)
	if err != nil || server.Scheme != "https" || server.Host == "" || server.User != nil {
		return "", errors.New("connect: the server's URL is not an https one")
	}
	back, err := url.Parse(redirect)
	if err != nil || back.Scheme != "https" || back.Host == "" || back.User != nil {
		return "", errors.New("connect: the URL to come back to is not an https one")
	}
	page := url.URL{Scheme: "https", Host: server.Host, Path: connectPath, RawQuery: url.Values{"redirect_url": {redirect}}.Encode()}
	return page.String(), nil
}

// ask sends a request with the token and reads the list that answers it.
func (g *Gateway) ask(ctx context.Context, method, path string, token chat.Token, body []byte) ([]Route, error) {
	if token.IsZero() {
		return nil, fmt.Errorf("%w: there is none", ErrUnauthenticated)
	}
	request, err := http.NewRequestWithContext(ctx, method, g.public.JoinPath(path).String(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrGateway, err)
	}
	// With any other Accept, Pomerium would redirect to a sign-in page.
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Authorization", "Bearer "+token.Reveal())
	response, err := g.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDown, err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := g.check(path, response); err != nil {
		return nil, err
	}
	document, err := io.ReadAll(io.LimitReader(response.Body, maxRoutesSize+1))
	if err != nil {
		return nil, fmt.Errorf("%w: read %s: %w", ErrDown, path, err)
	}
	if len(document) > maxRoutesSize {
		return nil, fmt.Errorf("%w: %s answered more than %d bytes", ErrGateway, path, maxRoutesSize)
	}
	routes, dropped, err := parseRoutes(document)
	if err != nil {
		return nil, fmt.Errorf("%w: %s %w", ErrGateway, path, err)
	}
	for _, why := range dropped {
		if g.told.first(why) {
			g.log.LogAttrs(ctx, slog.LevelWarn, "a server that the gateway lists is left out", slog.String("why", why))
		}
	}
	return routes, nil
}

// check refuses answers that hold no list.
func (g *Gateway) check(path string, response *http.Response) error {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	switch status := response.StatusCode; {
	case status == http.StatusUnauthorized, status >= 300 && status < 400:
		return fmt.Errorf("%w: %s answered %q%s", ErrUnauthenticated, path, response.Status, requestID(response))
	case status >= http.StatusInternalServerError, status == http.StatusTooManyRequests:
		return fmt.Errorf("%w: %s answered %q%s", ErrDown, path, response.Status, requestID(response))
	case status != http.StatusOK:
		return fmt.Errorf("%w: %s answered %q%s", ErrGateway, path, response.Status, requestID(response))
	case kind != "application/json":
		return fmt.Errorf("%w: %s answered %s instead of JSON: is %s a host of Pomerium, with MCP switched on?", ErrGateway, path, quote(kind), g.public.Host)
	}
	return nil
}

// requestID returns, for a message, the id under which Pomerium's log has a request
// that it refused; empty if it does not say.
func requestID(response *http.Response) string {
	var refusal struct {
		RequestID string `json:"request_id"`
	}
	start, err := io.ReadAll(io.LimitReader(response.Body, 4<<10))
	if err != nil || json.Unmarshal(start, &refusal) != nil || strings.TrimSpace(refusal.RequestID) == "" {
		return ""
	}
	return " to request " + quote(refusal.RequestID)
}
