package app

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/app/toolbox"
	"github.com/pomerium/pomchat/app/web"
)

// directory lists the MCP servers that Pomerium protects. It implements
// toolbox.Directory.
type directory struct{ gateway *pomerium.Gateway }

// Servers implements toolbox.Directory.
func (d directory) Servers(ctx context.Context, c chat.Caller) ([]toolbox.Listed, error) {
	routes, err := d.gateway.Routes(ctx, c.Token)
	if err != nil {
		return nil, explain("list MCP servers", c, err, "so your servers cannot be listed")
	}
	listed := make([]toolbox.Listed, 0, len(routes))
	for _, r := range routes {
		listed = append(listed, toolbox.Listed{
			Name: r.Name, Description: r.Description, URL: r.URL, Logo: r.Logo, Connected: r.Connected, NeedsOAuth: r.NeedsOAuth,
		})
	}
	return listed, nil
}

// Disconnect implements toolbox.Directory.
func (d directory) Disconnect(ctx context.Context, c chat.Caller, serverURL string) error {
	if _, err := d.gateway.Disconnect(ctx, c.Token, serverURL); err != nil {
		return explain("disconnect MCP server", c, err, "so the connection could not be ended")
	}
	return nil
}

// explain turns an error of the gateway into one for the person, with what follows
// from it.
func explain(op string, c chat.Caller, err error, consequence string) error {
	failed := gatewayDown(op, err, consequence)
	switch {
	case c.Token.IsZero():
		// Another sign-in would not help, nor would waiting.
		failed.Kind, failed.RetryAfter = chat.KindInternal, 0
		failed.Message = "The gateway sends no token for you: its route for this app needs the setting mcp: {client: {}}."
	case errors.Is(err, pomerium.ErrUnauthenticated):
		failed.Kind, failed.RetryAfter, failed.Message = chat.KindUnauthenticated, 0, sessionEnded
	case errors.Is(err, pomerium.ErrGateway):
		failed.Message = "The Pomerium gateway does not answer as it should, " + consequence + ". Try again, or tell the administrator: the log has what came."
	}
	return failed
}

// gatewayDown says that the gateway is of no use at the moment, and what follows from it.
func gatewayDown(op string, err error, consequence string) *chat.Error {
	return &chat.Error{
		Kind: chat.KindGatewayDown, Op: op, Err: err, RetryAfter: 5 * time.Second,
		Message: "The Pomerium gateway is not available at the moment, " + consequence + ". Try again in a moment.",
	}
}

// upstream is what people can do at the gateway. It implements web.Upstream.
type upstream struct {
	public   *url.URL // of the app's own route
	tools    *toolbox.Toolbox
	pictures *pomerium.Pictures
	log      *slog.Logger
}

// ConnectURL implements web.Upstream.
func (u upstream) ConnectURL(serverURL, path string) (string, error) {
	page, err := pomerium.ConnectURL(serverURL, u.public.String()+path)
	if err != nil {
		return "", &chat.Error{Kind: chat.KindInternal, Op: "connect MCP server", Err: err}
	}
	return page, nil
}

// Disconnect implements web.Upstream.
func (u upstream) Disconnect(ctx context.Context, c chat.Caller, id string) (chat.Server, error) {
	return u.tools.Disconnect(ctx, c, id)
}

// Logo implements web.Upstream.
func (u upstream) Logo(ctx context.Context, c chat.Caller, id string) (web.Picture, error) {
	address, listed, err := u.tools.Logo(ctx, c, id)
	if err != nil {
		return web.Picture{}, err
	}
	return u.fetch(ctx, address, listed || pomerium.HostOf(address) == u.public.Hostname())
}

// Portrait implements web.Upstream. People may choose what their identity provider says
// there, so it is never one of the gateway's own hosts.
func (u upstream) Portrait(ctx context.Context, c chat.Caller) (web.Picture, error) {
	return u.fetch(ctx, c.Picture, false)
}

func (u upstream) fetch(ctx context.Context, address string, own bool) (web.Picture, error) {
	none := &chat.Error{Kind: chat.KindNotFound, Op: "fetch picture", Message: "There is no such picture."}
	if address == "" {
		return web.Picture{}, none
	}
	image, err := u.pictures.Fetch(ctx, address, own)
	if err != nil {
		u.log.LogAttrs(ctx, slog.LevelDebug, "no picture", slog.Any("error", err))
		none.Err = err
		return web.Picture{}, none
	}
	return web.Picture(image), nil
}
