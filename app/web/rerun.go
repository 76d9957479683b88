package web

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) rerunRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "rerunCall", Method: http.MethodPost, Path: "/api/threads/{id}/calls/{callId}/rerun",
		Summary: "Runs a call of a thread again with other arguments",
		Description: "Only calls that need no approval: of tools that only read, of servers that the administrator trusts. The thread stays as it is; " +
			"no model sees the result, which is kept with the thread, see /api/results. Closing the connection cancels the call.",
		Errors: []int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusBadGateway},
	}, s.rerunCall)
}

type rerunIn struct {
	ID     string `path:"id" maxLength:"100"`
	CallID string `path:"callId" maxLength:"200"`
	Body   RerunRequest
}

func (s *server) rerunCall(ctx context.Context, c chat.Caller, in *rerunIn) (*body[chat.Rerun], error) {
	input, err := rawObject(in.Body.Input)
	if err != nil {
		return nil, err
	}
	again, err := s.Engine.Rerun(ctx, c, in.ID, in.CallID, input)
	if err != nil {
		return nil, err
	}
	return &body[chat.Rerun]{again}, nil
}
