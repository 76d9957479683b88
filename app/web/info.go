package web

import (
	"cmp"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

func (s *server) infoRoutes(api huma.API) {
	endpoint(s, api, huma.Operation{
		OperationID: "getMe", Method: http.MethodGet, Path: "/api/me", Summary: "Who is asking, and what this server is",
	}, s.me)
	endpoint(s, api, huma.Operation{
		OperationID: "listModels", Method: http.MethodGet, Path: "/api/models", Summary: "The models to choose from",
	}, s.models)
}

func (s *server) me(_ context.Context, c chat.Caller, _ *struct{}) (*body[Me], error) {
	return &body[Me]{Me{
		Mode:    s.Gateway.Mode(),
		User:    User{ID: string(c.Subject), Name: c.Name, Email: c.Email},
		Version: s.Version,
		MaxText: s.Engine.Limits().MaxText,
		Mixing:  cmp.Or(s.Engine.Mixing, chat.MixingAsks),
	}}, nil
}

// modelsOut is a list, never null.
type modelsOut struct {
	Body []chat.ModelInfo `nullable:"false"`
}

func (s *server) models(ctx context.Context, _ chat.Caller, _ *struct{}) (*modelsOut, error) {
	models, err := s.Models.Models(ctx)
	if err != nil {
		return nil, err
	}
	return &modelsOut{models}, nil
}
