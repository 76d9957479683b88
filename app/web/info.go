package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode"

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
	user := User{ID: string(c.Subject), Name: c.Name, FirstName: firstName(c.Identity), Email: c.Email, Groups: c.Groups}
	if c.Picture != "" && s.Upstream != nil {
		user.Picture = "/api/me/picture"
	}
	signOut := ""
	if s.Upstream != nil {
		signOut = signOutPath
	}
	return &body[Me]{Me{
		Mode:          s.Gateway.Mode(),
		User:          user,
		Version:       s.Version,
		MaxText:       s.Engine.Limits().MaxText,
		MaxToolTokens: s.Engine.Limits().MaxTools,
		Attach:        s.attachLimits(),
		Mixing:        cmp.Or(s.Engine.Mixing, chat.MixingAsks),

		SignOutURL: signOut,
	}}, nil
}

// firstName returns what to greet somebody with: the first word of the name ("Ann
// Example", and "Example, Ann" as directories have it), else of an address such as
// ann.example@example.com, else nothing.
func firstName(who chat.Identity) string {
	name := who.Name
	if last, first, ok := strings.Cut(name, ","); ok && strings.TrimSpace(last) != "" && strings.TrimSpace(first) != "" {
		name = first
	}
	if words := strings.Fields(name); len(words) > 0 {
		return words[0]
	}
	local, _, _ := strings.Cut(who.Email, "@")
	first, rest, _ := strings.Cut(local, ".")
	if len(first) < 2 || rest == "" || strings.ContainsFunc(first, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return ""
	}
	runes := []rune(first)
	return string(unicode.ToUpper(runes[0])) + string(runes[1:])
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
	if s.Engine.Price != nil {
		models = slices.Clone(models)
		for i, m := range models {
			if price, ok := s.Engine.Price(m.ID); ok {
				models[i].Price = &price
			}
		}
	}
	return &modelsOut{models}, nil
}
