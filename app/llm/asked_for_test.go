package llm_test

import (
	"net/http"
	"slices"
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

// A model that will not be asked for more than its answer is asked for no more: OpenAI's
// own words for one that does not reason.
func TestWhatAModelWillNotIncludeIsNotAskedForAgain(t *testing.T) {
	var bodies []string
	c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		body := bodyOf(t, r)
		bodies = append(bodies, body)
		if strings.Contains(body, `"include"`) {
			return says(http.StatusBadRequest, `{"error":{"message":"Encrypted content is not supported with this model.","type":"invalid_request_error","param":"include","code":null}}`)(r)
		}
		return streams(message(`{"type":"output_text","text":"Hello."}`), completed)(r)
	}))
	for range 2 {
		if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello"), Hosted: []chat.HostedTool{chat.WebSearch}}); err != nil {
			t.Fatal(err)
		}
	}
	if len(bodies) != 3 || !strings.Contains(bodies[2], `"web_search"`) {
		t.Errorf("asked %d times, in the end with %s", len(bodies), bodies[len(bodies)-1])
	}
}

// Trouble that mentions a parameter is no refusal of it.
func TestTroubleIsNoRefusal(t *testing.T) {
	var bodies []string
	c := clientOver(t, quick(func(r *http.Request) (*http.Response, error) {
		bodies = append(bodies, bodyOf(t, r))
		return says(http.StatusBadGateway, `{"error":{"message":"Unsupported: 'include'","param":"include"}}`)(r)
	}))
	for range 2 {
		_, _ = ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello")})
	}
	if len(bodies) != 2 || bodies[0] != bodies[1] {
		t.Errorf("asked %d times: %q", len(bodies), bodies)
	}
}

// A list of tools that lacks one which may be called now does not go back, so that the
// provider reads it anew.
func TestAListThatLacksAToolIsReadAnew(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before int // tools that could be called
		lists  int
	}{
		{"the same tools", 4, 1},
		{"one more", 3, 2},
	} {
		talk := newRemoteTalk(t, "fake:call find {}")
		server := talk.server.remote(remoteToken)
		all := server.Tools
		server.Tools = all[:tt.before]
		say := func() {
			chunks, err := ask(t.Context(), talk.client, chat.Prompt{Model: "gpt-6.1-sol", Path: talk.path, Remote: []chat.RemoteServer{server}})
			if err != nil {
				t.Fatal(err)
			}
			talk.path = addReply(talk.path, "Acme", "gpt-6.1-sol", 1, chunks)
		}
		say()
		server.Tools = all
		talk.question("fake:call whoami")
		say()
		if n := talk.server.count("tools/list"); n != tt.lists {
			t.Errorf("%s: the tools were listed %d times, want %d", tt.name, n, tt.lists)
		}
	}
}

// What a server did whom the provider is not to call any more is told like any other call.
func TestTheItemsOfAServerThatIsLeftOutAreRetold(t *testing.T) {
	talk := newRemoteTalk(t, "fake:call find {}")
	if _, err := talk.next(); err != nil {
		t.Fatal(err)
	}
	talk.question("fake:text")
	if _, err := ask(t.Context(), talk.client, chat.Prompt{Model: "gpt-6.1-sol", Path: talk.path}); err != nil {
		t.Fatal(err)
	}
	requests := talk.fake.Requests()
	body := string(requests[len(requests)-1].Body)
	if strings.Contains(body, `"type":"mcp_`) || !strings.Contains(body, `"output":"found {}"`) {
		t.Errorf("told as %s", body)
	}
}

// The list of a server's tools goes back once, however often it was read.
func TestTheToolsOfAServerAreToldOnce(t *testing.T) {
	talk := newRemoteTalk(t, "fake:call find {}")
	if _, err := talk.next(); err != nil {
		t.Fatal(err)
	}
	again := talk.path[1]
	again.Native = slices.Clone(again.Native)
	for i, n := range again.Native {
		again.Native[i].Raw = []byte(strings.ReplaceAll(string(n.Raw), `_1_`, `_0_`))
	}
	talk.path = append(talk.path, again)
	talk.path[2].Parts, talk.path[2].Native = nil, again.Native[:1]
	talk.question("fake:text")
	if _, err := talk.next(); err != nil {
		t.Fatal(err)
	}
	requests := talk.fake.Requests()
	if body := string(requests[len(requests)-1].Body); strings.Count(body, `"type":"mcp_list_tools"`) != 1 {
		t.Errorf("told as %s", body)
	}
}
