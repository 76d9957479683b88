package llm_test

import (
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// A provider is not asked for tools that it is not known to have, nor by an API that has
// none.
func TestHostedToolsAreAskedForWhereTheyAre(t *testing.T) {
	for _, tt := range []struct {
		name string
		with func(*llm.Config)
		want bool
	}{
		{"a compatible server", func(*llm.Config) {}, false},
		{"a compatible server whose administrator says so", withHosted, true},
		{"by Chat Completions", func(c *llm.Config) { withHosted(c); c.API = llm.APIChat }, false},
		{"an administrator who wants none", func(c *llm.Config) { c.Hosted = []chat.HostedTool{} }, false},
	} {
		fake := llmtest.NewServer(t)
		if _, err := ask(t.Context(), newClient(t, fake, tt.with), chat.Prompt{
			Model: "gpt-6.1-sol", Path: question("hello"), Hosted: []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter},
		}); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		body := string(fake.Requests()[0].Body)
		if got := strings.Contains(body, "web_search") || strings.Contains(body, "code_interpreter"); got != tt.want {
			t.Errorf("%s: asked with %s", tt.name, body)
		}
	}
}
