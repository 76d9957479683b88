package llm_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
)

// picky is a provider that takes no schema with the word "bad" in it, and no function
// with a "worse" name, and says so of one at a time.
type picky struct {
	requests int
	says     func(i int, name string) string // of a function
	tools    string                          // of the newest request: what it took
}

func (p *picky) carry(t *testing.T) transport {
	return func(r *http.Request) (*http.Response, error) {
		p.requests++
		type function struct {
			Name       string
			Parameters json.RawMessage
		}
		var body struct {
			Tools []struct {
				function
				Function function
			}
		}
		if err := json.Unmarshal([]byte(bodyOf(t, r)), &body); err != nil {
			t.Fatal(err)
		}
		chat := strings.HasSuffix(r.URL.Path, "/chat/completions")
		var took []string
		for i, tool := range body.Tools {
			f := tool.function
			if chat {
				f = tool.Function
			}
			if strings.Contains(string(f.Parameters), "bad") || strings.Contains(f.Name, "worse") {
				return says(http.StatusBadRequest, p.says(i, f.Name))(r)
			}
			took = append(took, f.Name+" "+string(f.Parameters))
		}
		p.tools = strings.Join(took, "\n")
		if chat {
			return streams(delta(`{"content":"hello"}`), finish("stop"))(r)
		}
		return streams(`{"type":"response.completed","response":{"status":"completed"}}`)(r)
	}
}

// One bad server never ends a turn.
func TestAToolThatTheProviderRefusesEndsNoTurn(t *testing.T) {
	tool := func(server, name, schema string) chat.Tool {
		return chat.Tool{
			ToolRef:     chat.ToolRef{Name: server + "__" + name, Server: server, Tool: name},
			Description: "Does " + name + ".", Schema: json.RawMessage(`{"type":"object","properties":{"` + schema + `":{}}}`),
		}
	}
	byName := func(_ int, name string) string {
		return fmt.Sprintf(`{"error":{"message":"Invalid schema for function '%s': no.","type":"invalid_request_error","param":"tools[0].parameters","code":"invalid_function_parameters"}}`, name)
	}
	byPlace := func(i int, _ string) string {
		return fmt.Sprintf(`{"error":{"message":"Invalid schema.","param":"tools[%d].function.parameters"}}`, i)
	}
	const plain = ` {"type":"object","properties":{}}`
	good := func(name string) string { return name + ` {"type":"object","properties":{"good":{}}}` }
	for _, tt := range []struct {
		name     string
		api      llm.API
		says     func(int, string) string
		tools    []chat.Tool
		took     []string
		requests int // for two questions
	}{
		{"by its name", llm.APIResponses, byName, []chat.Tool{tool("a", "x", "good"), tool("b", "y", "bad"), tool("b", "z", "good")},
			[]string{good("a__x"), "b__y" + plain, good("b__z")}, 3},
		{"by its place", llm.APIChat, byPlace, []chat.Tool{tool("a", "x", "good"), tool("b", "y", "bad"), tool("b", "z", "good")},
			[]string{good("a__x"), "b__y" + plain, good("b__z")}, 3},
		{"several of one server are not found out one by one", llm.APIResponses, byName,
			[]chat.Tool{tool("a", "x", "good"), tool("b", "1", "bad"), tool("b", "2", "bad"), tool("b", "3", "bad"), tool("b", "4", "bad")},
			[]string{good("a__x"), "b__1" + plain, "b__2" + plain, "b__3" + plain, "b__4" + plain}, 4},
		{"what is refused in any form is left out", llm.APIChat, byName, []chat.Tool{tool("a", "x", "good"), tool("b", "worse", "good")},
			[]string{good("a__x")}, 4},
		{"of several servers", llm.APIChat, byPlace, []chat.Tool{tool("a", "x", "bad"), tool("b", "worse", "good"), tool("c", "z", "bad")},
			[]string{"a__x" + plain, "c__z" + plain}, 6},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &picky{says: tt.says}
			c := clientOver(t, p.carry(t), func(cfg *llm.Config) {
				cfg.BaseURL, cfg.Provider, cfg.API = "http://acme.example/v1", "Acme", tt.api
			})
			for range 2 {
				if _, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello"), Tools: tt.tools}); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(tt.took, strings.Split(p.tools, "\n")); diff != "" || p.requests != tt.requests {
				t.Errorf("%d requests, the last with tools (-want +got):\n%s", p.requests, diff)
			}
		})
	}
}

func TestARefusalThatIsAboutNoToolIsTold(t *testing.T) {
	p := &picky{says: func(int, string) string {
		return `{"error":{"message":"Invalid schema somewhere.","param":"tools[7].x"}}`
	}}
	c := clientOver(t, p.carry(t), func(cfg *llm.Config) {
		cfg.BaseURL, cfg.Provider, cfg.API = "http://acme.example/v1", "Acme", llm.APIChat
	})
	tools := []chat.Tool{{ToolRef: chat.ToolRef{Name: "a__worse"}}}
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello"), Tools: tools}); chat.KindOf(err) != chat.KindModelRefused || p.requests != 1 {
		t.Errorf("after %d requests: %v", p.requests, err)
	}
}
