package web

import (
	"context"
	"net/http"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) resourceRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "listResources", Method: http.MethodGet, Path: "/api/servers/{id}/resources",
		Summary: "What an MCP server offers to read", Errors: []int{http.StatusNotFound, http.StatusBadGateway},
	}, s.listResources)
	endpoint(s, api, huma.Operation{
		OperationID: "readResource", Method: http.MethodPost, Path: "/api/servers/{id}/resources/read",
		Summary: "Reads one of these, to look at it before it is attached to a question",
		Errors:  []int{http.StatusNotFound, http.StatusBadGateway},
	}, s.readResource)
}

type resourcesIn struct {
	ID string `path:"id" maxLength:"200"`
}

func (s *server) listResources(ctx context.Context, c chat.Caller, in *resourcesIn) (*body[chat.ResourceList], error) {
	list, err := s.Engine.Resources.Resources(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	return &body[chat.ResourceList]{list}, nil
}

type readResourceIn struct {
	ID   string `path:"id" maxLength:"200"`
	Body ResourceRequest
}

// readResource shows no more of a text than could be attached.
func (s *server) readResource(ctx context.Context, c chat.Caller, in *readResourceIn) (*body[chat.ResourceText], error) {
	read, err := s.Engine.Resources.ReadResource(ctx, c, in.ID, in.Body.URI)
	if err != nil {
		return nil, err
	}
	if most := s.Engine.Limits().MaxAttachment; len(read.Text) > most {
		for most > 0 && !utf8.RuneStart(read.Text[most]) {
			most--
		}
		read.Text = read.Text[:most]
	}
	return &body[chat.ResourceText]{read}, nil
}

// attachments is what a request brings, as the engine takes it.
func (r RunRequest) attachments() []chat.Attachment {
	var all []chat.Attachment
	for _, a := range r.Attachments {
		all = append(all, chat.Attachment(a))
	}
	return all
}

func (s *server) attachLimits() AttachLimits {
	l := s.Engine.Limits()
	return AttachLimits{Count: l.MaxAttachments, Each: l.MaxAttachment, Total: l.MaxAttached}
}
