package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// What a model costs is told with it, as far as that is known.
func TestModelsTellTheirPrices(t *testing.T) {
	engine, _ := newEngine(t, chattest.NewModel(), chattest.NewToolbox(nil))
	s := &server{Config: Config{Engine: engine, Models: engine.Models}}
	list := func() *chat.Price {
		out, err := s.models(t.Context(), chat.Caller{}, nil)
		if err != nil || len(out.Body) != 1 {
			t.Fatalf("%+v, %v", out, err)
		}
		return out.Body[0].Price
	}
	for _, tt := range []struct {
		name  string
		price func(string) (chat.Price, bool)
		want  *chat.Price
	}{
		{"there is no table", nil, nil},
		{"the table has others", func(string) (chat.Price, bool) { return chat.Price{}, false }, nil},
		{"the table has it", func(string) (chat.Price, bool) { return chat.Price{Input: 2, Cached: 0.2, Output: 10}, true }, &chat.Price{Input: 2, Cached: 0.2, Output: 10}},
		{"it costs nothing", func(string) (chat.Price, bool) { return chat.Price{}, true }, &chat.Price{}},
	} {
		engine.Price = tt.price
		if diff := cmp.Diff(tt.want, list()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
