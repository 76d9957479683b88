package web

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) decisionRoutes(api huma.API) {
	errors := []int{http.StatusNotFound, http.StatusConflict, http.StatusTooManyRequests}
	endpoint(s, api, huma.Operation{
		OperationID: "decideCall", Method: http.MethodPost, Path: "/api/runs/{id}/approvals/{approvalId}",
		Errors:  append([]int{http.StatusRequestEntityTooLarge}, errors...),
		Summary: "Approves or forbids a call that waits for it; the run goes on",
	}, s.decideCall)
	endpoint(s, api, huma.Operation{
		OperationID: "answerServer", Method: http.MethodPost, Path: "/api/runs/{id}/elicitations/{elicitationId}", Errors: errors,
		Summary: "Answers what an MCP server asks within a call",
	}, s.answerServer)
	endpoint(s, api, huma.Operation{
		OperationID: "stopCall", Method: http.MethodPost, Path: "/api/runs/{id}/calls/{callId}/stop", Errors: errors,
		Summary:     "Stops one call; the run goes on",
		Description: "The model is told that the person stopped it. What its server did meanwhile is not undone.",
	}, s.stopCall)
	endpoint(s, api, huma.Operation{
		OperationID: "renewRun", Method: http.MethodPost, Path: "/api/runs/{id}/token", Errors: errors,
		Summary:     "Hands a run the fresh token that the gateway adds to this request",
		Description: "Calls that wait for a token go on. Post it every four minutes while a run goes on, and whenever a call waits.",
	}, s.renewRun)
	endpoint(s, api, huma.Operation{
		OperationID: "listApprovals", Method: http.MethodGet, Path: "/api/approvals",
		Summary: "The approvals that hold for more than one call, the newest first",
	}, s.listApprovals)
	endpoint(s, api, huma.Operation{
		OperationID: "revokeApproval", Method: http.MethodDelete, Path: "/api/approvals/{id}", Errors: []int{http.StatusNotFound},
		Summary: "Takes an approval back; the next call is asked for again",
	}, s.revokeApproval)
}

type decideIn struct {
	ID         string `path:"id" maxLength:"100"`
	ApprovalID string `path:"approvalId" maxLength:"100"`
	Body       DecisionRequest
}

func (s *server) decideCall(ctx context.Context, c chat.Caller, in *decideIn) (*struct{}, error) {
	input, err := rawObject(in.Body.Input)
	if err != nil {
		return nil, err
	}
	return nil, s.Engine.Decide(ctx, c, in.ID, in.ApprovalID, chat.Decision{
		Approved: in.Body.Approved, Scope: in.Body.Scope, Input: input,
	})
}

type stopCallIn struct {
	ID     string `path:"id" maxLength:"100"`
	CallID string `path:"callId" maxLength:"200"`
}

func (s *server) stopCall(ctx context.Context, c chat.Caller, in *stopCallIn) (*struct{}, error) {
	return nil, s.Engine.StopCall(ctx, c, in.ID, in.CallID)
}

type renewIn struct {
	ID   string          `path:"id" maxLength:"100"`
	Body *RenewalRequest // may be absent: the token is in the headers
}

func (s *server) renewRun(ctx context.Context, c chat.Caller, in *renewIn) (*struct{}, error) {
	var r chat.Renewal
	if in.Body != nil {
		r = chat.Renewal{Retry: in.Body.Retry, Without: in.Body.Without}
	}
	return nil, s.Engine.Renew(ctx, c, in.ID, r)
}

type answerIn struct {
	ID            string `path:"id" maxLength:"100"`
	ElicitationID string `path:"elicitationId" maxLength:"100"`
	Body          AnswerRequest
}

func (s *server) answerServer(ctx context.Context, c chat.Caller, in *answerIn) (*struct{}, error) {
	content, err := rawObject(in.Body.Content)
	if err != nil {
		return nil, err
	}
	return nil, s.Engine.Answer(ctx, c, in.ID, in.ElicitationID, chat.ElicitationAnswer{Action: in.Body.Action, Content: content})
}

// rawObject encodes an object again, nil as nothing.
func rawObject(object map[string]json.RawMessage) (json.RawMessage, error) {
	if object == nil {
		return nil, nil
	}
	return json.Marshal(object)
}

// approvalsOut is a list, never null.
type approvalsOut struct {
	Body []chat.Grant `nullable:"false"`
}

func (s *server) listApprovals(ctx context.Context, c chat.Caller, _ *struct{}) (*approvalsOut, error) {
	grants, err := s.Grants.Grants(ctx, c.Subject)
	if grants == nil {
		grants = []chat.Grant{}
	}
	return &approvalsOut{grants}, err
}

type approvalIn struct {
	ID string `path:"id" maxLength:"100"`
}

func (s *server) revokeApproval(ctx context.Context, c chat.Caller, in *approvalIn) (*struct{}, error) {
	return nil, s.Grants.RevokeGrant(ctx, c.Subject, in.ID)
}
