package web

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

// Prompts knows the prompts of MCP servers. Of all methods KindNotFound says that the
// caller has no such server.
type Prompts interface {
	// Prompts returns what a server offers; it may remember that.
	Prompts(ctx context.Context, c chat.Caller, server string) (chat.PromptList, error)
	// Prompt returns the text of a prompt with these arguments.
	Prompt(ctx context.Context, c chat.Caller, server, name string, arguments map[string]string) ([]chat.PromptMessage, error)
	// Complete returns what may stand for an argument.
	Complete(ctx context.Context, c chat.Caller, server string, of chat.Completing) (chat.Completions, error)
}

func (s *server) promptRoutes(api huma.API) {
	errors := []int{http.StatusNotFound, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusBadGateway}
	endpoint(s, api, huma.Operation{
		OperationID: "listPrompts", Method: http.MethodGet, Path: "/api/servers/{id}/prompts", Errors: errors,
		Summary: "The prompts that an MCP server offers",
	}, s.listPrompts)
	endpoint(s, api, huma.Operation{
		OperationID: "getPrompt", Method: http.MethodPost, Path: "/api/servers/{id}/prompts/get", Errors: errors,
		Summary: "The text of a prompt with its arguments filled in; nothing is sent to a model",
	}, s.getPrompt)
	endpoint(s, api, huma.Operation{
		OperationID: "completeArgument", Method: http.MethodPost, Path: "/api/servers/{id}/complete", Errors: errors,
		Summary: "What may stand for an argument of a prompt, as the server knows",
	}, s.completeArgument)
}

// maxFilledIn is how many bytes of arguments a prompt may be given.
const maxFilledIn = 256 << 10

type promptsIn struct {
	ID string `path:"id" maxLength:"200"`
}

func (s *server) listPrompts(ctx context.Context, c chat.Caller, in *promptsIn) (*body[chat.PromptList], error) {
	list, err := s.Prompts.Prompts(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	return &body[chat.PromptList]{list}, nil
}

type promptIn struct {
	ID   string `path:"id" maxLength:"200"`
	Body PromptRequest
}

func (s *server) getPrompt(ctx context.Context, c chat.Caller, in *promptIn) (*body[PromptText], error) {
	if err := checkFilledIn(in.Body.Arguments); err != nil {
		return nil, err
	}
	messages, err := s.Prompts.Prompt(ctx, c, in.ID, in.Body.Name, in.Body.Arguments)
	if err != nil {
		return nil, err
	}
	return &body[PromptText]{PromptText{messages}}, nil
}

type completionIn struct {
	ID   string `path:"id" maxLength:"200"`
	Body CompletionRequest
}

func (s *server) completeArgument(ctx context.Context, c chat.Caller, in *completionIn) (*body[chat.Completions], error) {
	if err := checkFilledIn(in.Body.Context, in.Body.Value); err != nil {
		return nil, err
	}
	values, err := s.Prompts.Complete(ctx, c, in.ID, chat.Completing{
		Prompt: in.Body.Prompt, Argument: in.Body.Argument, Value: in.Body.Value, Context: in.Body.Context,
	})
	if err != nil {
		return nil, err
	}
	return &body[chat.Completions]{values}, nil
}

func checkFilledIn(arguments map[string]string, more ...string) error {
	size := 0
	for name, value := range arguments {
		size += len(name) + len(value)
	}
	for _, value := range more {
		size += len(value)
	}
	if size > maxFilledIn {
		return &chat.Error{Kind: chat.KindTooLarge, Op: "check arguments", Message: "The arguments are longer than 256 KiB, the most that a prompt may be given."}
	}
	return nil
}
