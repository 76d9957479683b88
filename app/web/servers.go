package web

import (
	"context"
	"net/http"

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

func (s *server) servers(ctx context.Context, c chat.Caller, _ *struct{}) (*serversOut, error) {
	list, err := s.Toolbox.Servers(ctx, c, false)
	if err != nil {
		return nil, err
	}
	out := &serversOut{Body: make([]Server, 0, len(list))}
	for _, one := range list {
		out.Body = append(out.Body, serverView(one, s.Engine.Approvals))
	}
	return out, nil
}

type serverIn struct {
	ID string `path:"id" maxLength:"200"`
}

func (s *server) refreshServer(ctx context.Context, c chat.Caller, in *serverIn) (*body[Server], error) {
	list, err := s.Toolbox.Servers(ctx, c, true)
	if err != nil {
		return nil, err
	}
	for _, one := range list {
		if one.ID == in.ID {
			return &body[Server]{serverView(one, s.Engine.Approvals)}, nil
		}
	}
	return nil, &chat.Error{Kind: chat.KindNotFound, Op: "refresh server", Message: "There is no such server."}
}
