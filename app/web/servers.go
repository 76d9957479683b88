package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) serverRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "listServers", Method: http.MethodGet, Path: "/api/servers",
		Summary: "The MCP servers, each with the outcome of listing its tools",
	}, s.servers)
	endpoint(s, api, huma.Operation{
		OperationID: "refreshServer", Method: http.MethodPost, Path: "/api/servers/{id}/refresh",
		Summary: "Lists a server's tools anew", Errors: []int{http.StatusNotFound},
	}, s.refreshServer)
}

// serversOut is a list, never null.
type serversOut struct {
	Body []Server `nullable:"false"`
}

type serversIn struct {
	From string `query:"from" maxLength:"2000" doc:"The path of the page to come back to after a server was connected; the root if absent."`
}

func (s *server) servers(ctx context.Context, c chat.Caller, in *serversIn) (*serversOut, error) {
	from, err := localPath(in.From)
	if err != nil {
		return nil, err
	}
	list, err := s.Toolbox.Servers(ctx, c, false)
	if err != nil {
		return nil, err
	}
	out := &serversOut{Body: make([]Server, 0, len(list))}
	for _, one := range list {
		view, err := s.oneServer(one, from)
		if err != nil {
			return nil, err
		}
		out.Body = append(out.Body, view.Body)
	}
	return out, nil
}

type serverIn struct {
	ID   string `path:"id" maxLength:"200"`
	From string `query:"from" maxLength:"2000" doc:"The path of the page to come back to after the server was connected; the root if absent."`
}

func (s *server) refreshServer(ctx context.Context, c chat.Caller, in *serverIn) (*body[Server], error) {
	from, err := localPath(in.From)
	if err != nil {
		return nil, err
	}
	one, err := s.Toolbox.Server(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	return s.oneServer(one, from)
}

// oneServer is the view of a server, with what only a gateway has: the page at which to
// connect it, and its picture.
func (s *server) oneServer(one chat.Server, from string) (*body[Server], error) {
	view := serverView(one, s.Engine.Approvals)
	if s.Upstream == nil {
		return &body[Server]{view}, nil
	}
	if one.Logo != "" {
		view.Logo = "/api/servers/" + url.PathEscape(one.ID) + "/logo"
	}
	if one.Status == chat.ServerNeedsConnect && one.URL != "" {
		page, err := s.Upstream.ConnectURL(one.URL, from)
		if err != nil {
			return nil, err
		}
		view.ConnectURL = page
	}
	return &body[Server]{view}, nil
}
