package llm_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

const remoteToken = "te-0123456789/abcdef"

// ticketServer is an MCP server that lets in who has the token, and counts.
type ticketServer struct {
	URL string

	mu   sync.Mutex
	seen map[string]int // calls by tool; "tools/list" for the list
}

func (s *ticketServer) count(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[what]
}

func newTicketServer(t *testing.T) *ticketServer {
	t.Helper()
	s := &ticketServer{seen: map[string]int{}}
	server := mcp.NewServer(&mcp.Implementation{Name: "tickets", Version: "1"}, nil)
	add := func(name string, result func(r *mcp.CallToolRequest) *mcp.CallToolResult) {
		server.AddTool(&mcp.Tool{Name: name, InputSchema: json.RawMessage(`{"type":"object"}`)}, func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return result(r), nil
		})
	}
	text := func(s string) *mcp.CallToolResult {
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: s}}}
	}
	add("find", func(r *mcp.CallToolRequest) *mcp.CallToolResult { return text("found " + string(r.Params.Arguments)) })
	add("close", func(*mcp.CallToolRequest) *mcp.CallToolResult { return text("closed") })
	add("fail", func(*mcp.CallToolRequest) *mcp.CallToolResult {
		out := text("no such ticket")
		out.IsError = true
		return out
	})
	add("whoami", func(r *mcp.CallToolRequest) *mcp.CallToolResult {
		return text("you came with " + r.Extra.Header.Get("Authorization"))
	})
	server.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
			what := method
			if call, ok := r.(*mcp.CallToolRequest); ok {
				what = call.Params.Name
			}
			s.mu.Lock()
			s.seen[what]++
			s.mu.Unlock()
			return next(ctx, method, r)
		}
	})
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true})
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+remoteToken {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	s.URL = h.URL
	return s
}

// remote describes the server to a provider; close waits for approval.
func (s *ticketServer) remote(token string) chat.RemoteServer {
	r := chat.RemoteServer{ID: "tickets", Name: "Tickets", URL: s.URL, Token: chat.NewToken(token), Ask: []string{"close"}}
	for _, name := range []string{"find", "close", "fail", "whoami"} {
		r.Tools = append(r.Tools, chat.Tool{ToolRef: chat.ToolRef{Name: "tickets__" + name, Server: "tickets", ServerName: "Tickets", Tool: name, Title: strings.ToUpper(name)}})
	}
	return r
}

// The token goes to the provider in its own member, tools and approvals by name.
func TestRemoteRequest(t *testing.T) {
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, asOpenAI(t, fake))
	servers := []chat.RemoteServer{
		{ID: "crm", Name: "CRM", URL: "http://127.0.0.1:1/mcp", Token: chat.NewToken(remoteToken), Tools: []chat.Tool{{ToolRef: chat.ToolRef{Tool: "read"}}, {ToolRef: chat.ToolRef{Tool: "write"}}}, Ask: []string{"write"}},
		{ID: "nothing-may-be-called", URL: "http://127.0.0.1:1/mcp"},
	}
	for _, id := range []string{"a b", "a_b", "1st", strings.Repeat("long", 20)} {
		servers = append(servers, chat.RemoteServer{ID: id, URL: "http://127.0.0.1:1/mcp", Tools: []chat.Tool{{ToolRef: chat.ToolRef{Tool: "read"}}}})
	}
	_, _ = ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:lenient find"), Tools: readQuery(), Remote: servers, Hosted: []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}})
	golden(t, "requests/remote.json", indent(t, fake.Requests()[0].Body))
}

// remoteTalk is a conversation with a client whose provider calls the ticket server.
type remoteTalk struct {
	t      *testing.T
	fake   *llmtest.Server
	client *llm.Client
	server *ticketServer
	token  string
	path   []chat.Message
	step   int
}

func newRemoteTalk(t *testing.T, text string) *remoteTalk {
	t.Helper()
	fake := llmtest.NewServer(t)
	return &remoteTalk{t: t, fake: fake, client: newClient(t, fake, withHosted), server: newTicketServer(t), token: remoteToken, path: question(text)}
}

// next asks once and adds the reply to the answer.
func (r *remoteTalk) next() ([]chat.Chunk, error) {
	r.t.Helper()
	r.step++
	chunks, err := ask(r.t.Context(), r.client, chat.Prompt{Model: "gpt-6.1-sol", Path: r.path, Remote: []chat.RemoteServer{r.server.remote(r.token)}})
	r.path = addReply(r.path, "Acme", "gpt-6.1-sol", r.step, chunks)
	return chunks, err
}

// decide answers the question that the answer waits for.
func (r *remoteTalk) decide(approved bool) {
	m := &r.path[len(r.path)-1]
	for i, p := range m.Parts {
		if call, ok := p.(chat.ToolPart); ok && call.State == chat.CallAsked {
			call.Approval.Approved = &approved
			call.State = map[bool]chat.CallState{true: chat.CallAnswered, false: chat.CallDenied}[approved]
			m.Parts[i] = call
		}
	}
}

func (r *remoteTalk) question(text string) {
	r.path = append(r.path, question(text)...)
	r.step = 0
}

func textOf(chunks []chat.Chunk) string {
	var out strings.Builder
	for _, c := range chunks {
		if c, ok := c.(chat.TextChunk); ok {
			out.WriteString(c.Delta)
		}
	}
	return out.String()
}

// The provider calls the server; its list of tools is asked for once in a thread.
func TestRemoteCalls(t *testing.T) {
	talk := newRemoteTalk(t, "fake:call find {\"id\": 7}\nfail\nwhoami")
	chunks, err := talk.next()
	golden(t, "remote/calls.txt", transcript(chunks, err))
	talk.question("fake:call find {}")
	if chunks, err := talk.next(); err != nil || !strings.Contains(textOf(chunks), "found {}") {
		t.Errorf("got %q and %v", textOf(chunks), err)
	}
	if n := talk.server.count("tools/list"); n != 1 {
		t.Errorf("the tools were listed %d times", n)
	}
}

// A call that waits for approval is made when the person approves, then once; what
// they ask later never makes it.
func TestRemoteApprovals(t *testing.T) {
	tests := []struct {
		name  string
		play  func(r *remoteTalk) ([]chat.Chunk, error)
		calls int
		says  string
	}{
		{name: "approved", calls: 1, says: "closed", play: func(r *remoteTalk) ([]chat.Chunk, error) {
			r.decide(true)
			return r.next()
		}},
		{name: "denied", says: "close was not allowed.", play: func(r *remoteTalk) ([]chat.Chunk, error) {
			r.decide(false)
			return r.next()
		}},
		{name: "approved, and then another question", calls: 1, says: "You said: fake:text", play: func(r *remoteTalk) ([]chat.Chunk, error) {
			r.decide(true)
			if chunks, err := r.next(); err != nil {
				return chunks, err
			}
			r.question("fake:text")
			return r.next()
		}},
		{name: "never decided", says: "You said: fake:text", play: func(r *remoteTalk) ([]chat.Chunk, error) {
			r.question("fake:text")
			return r.next()
		}},
		{name: "approved, but interrupted before the call", says: "found {}", play: func(r *remoteTalk) ([]chat.Chunk, error) {
			r.decide(true)
			r.question("fake:call find {}")
			return r.next()
		}},
		{name: "the server is left out later", calls: 1, says: "You said: fake:text", play: func(r *remoteTalk) ([]chat.Chunk, error) {
			r.decide(true)
			if chunks, err := r.next(); err != nil {
				return chunks, err
			}
			r.question("fake:text")
			return ask(r.t.Context(), r.client, chat.Prompt{Model: "gpt-6.1-sol", Path: r.path})
		}},
		{name: "another model goes on", calls: 1, says: "You said: fake:text", play: func(r *remoteTalk) ([]chat.Chunk, error) {
			r.decide(true)
			if chunks, err := r.next(); err != nil {
				return chunks, err
			}
			r.question("fake:text")
			return ask(r.t.Context(), r.client, chat.Prompt{Model: "gpt-6.1-terra", Path: r.path, Remote: []chat.RemoteServer{r.server.remote(remoteToken)}})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			talk := newRemoteTalk(t, "fake:call close {\"id\": 7}")
			asked, err := talk.next()
			if err != nil {
				t.Fatal(err)
			}
			question := asked[len(asked)-2].(chat.HostedApproval) // after the item, which is kept with it
			if talk.server.count("close") != 0 || question.Tool.Title != "CLOSE" || question.Arguments != `{"id": 7}` {
				t.Fatalf("asked %+v after %d calls", question, talk.server.count("close"))
			}
			chunks, err := tt.play(talk)
			if err != nil || !strings.Contains(textOf(chunks), tt.says) {
				t.Errorf("says %q, want %q; error %v", textOf(chunks), tt.says, err)
			}
			if n := talk.server.count("close"); n != tt.calls {
				t.Errorf("called %d times, want %d", n, tt.calls)
			}
			for _, c := range chunks {
				if call, ok := c.(chat.HostedCall); ok && call.Tool.Tool == "close" && call.CallID != question.CallID {
					t.Errorf("the call is %s, asked about was %s", call.CallID, question.CallID)
				}
			}
		})
	}
}

// The provider learns why a call that was approved has no result.
func TestWhatBecameOfAnApprovedCall(t *testing.T) {
	for _, why := range []string{"Stopped before the result arrived; the call may have been carried out.", "The call was not made."} {
		talk := newRemoteTalk(t, "fake:call close {\"id\": 7}")
		if _, err := talk.next(); err != nil {
			t.Fatal(err)
		}
		talk.decide(true)
		m := &talk.path[len(talk.path)-1]
		for i, p := range m.Parts {
			if call, ok := p.(chat.ToolPart); ok {
				call.State, call.ErrorText = chat.CallFailed, why
				m.Parts[i] = call
			}
		}
		talk.question("fake:text")
		if _, err := talk.next(); err != nil {
			t.Fatal(err)
		}
		requests := talk.fake.Requests()
		want := `"approve":false,"reason":"` + why + `"`
		if body := string(requests[len(requests)-1].Body); !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
}

// Wherever a thread with calls of remote servers is cut off: what stands is accepted,
// with the server and without, and nothing is called that was not approved now.
func TestEveryPrefixOfRemoteCallsIsAValidRequest(t *testing.T) {
	talk := newRemoteTalk(t, "fake:call find {}\nclose {}")
	asked, err := talk.next()
	if err != nil {
		t.Fatal(err)
	}
	before := talk.path[0]
	for n := range asked {
		for _, approved := range []bool{true, false} {
			for _, api := range []llm.API{llm.APIResponses, llm.APIChat} {
				cut := &remoteTalk{t: t, client: newClient(t, talk.fake, withHosted, by(api)), server: talk.server, token: remoteToken}
				cut.path = addReply([]chat.Message{before, question("")[1]}, "Acme", "gpt-6.1-sol", 1, asked[:n])
				cut.decide(approved)
				cut.question("fake:text")
				if _, err := cut.next(); err != nil {
					t.Errorf("%d chunks, approved %t, by %s: %v", n, approved, api, err)
				}
			}
		}
	}
	if n := talk.server.count("close"); n != 0 {
		t.Errorf("called %d times", n)
	}
}
