package toolbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// library is a desk that offers prompts, too.
type library struct {
	*desk
	listed atomic.Int64 // how often the prompts were
}

func newLibrary() *library {
	l := &library{desk: newDesk()}
	l.desk.Server = mcp.NewServer(&mcp.Implementation{Name: "library", Version: "1"}, &mcp.ServerOptions{
		CompletionHandler: func(_ context.Context, r *mcp.CompleteRequest) (*mcp.CompleteResult, error) {
			heard, err := json.Marshal(r.Params.Context)
			return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{
				Values: []string{r.Params.Ref.Name + "." + r.Params.Argument.Name + "=" + r.Params.Argument.Value, string(heard)}, HasMore: true,
			}}, err
		},
	})
	l.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
			if method == "prompts/list" {
				l.listed.Add(1)
			}
			return next(ctx, method, req)
		}
	})
	l.add("echo", func(_ context.Context, arguments string) (*mcp.CallToolResult, error) { return said(arguments), nil })
	l.offer(&mcp.Prompt{
		Name: "greet", Title: "Greet", Description: "Says hello.",
		Arguments: []*mcp.PromptArgument{{Name: "who", Title: "Who", Description: "A name.", Required: true}},
	}, &mcp.TextContent{Text: "Say hello."}, &mcp.EmbeddedResource{Resource: &mcp.ResourceContents{URI: "a://b", Text: "the text of a file"}})
	return l
}

// offer adds a prompt of which each message holds one of these.
func (l *library) offer(p *mcp.Prompt, contents ...mcp.Content) {
	l.AddPrompt(p, func(_ context.Context, r *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		var messages []*mcp.PromptMessage
		for i, content := range contents {
			messages = append(messages, &mcp.PromptMessage{Role: []mcp.Role{"user", "assistant"}[i%2], Content: content})
		}
		return &mcp.GetPromptResult{Messages: messages}, nil
	})
}

// eachWayToALibrary is eachWay for a library.
func eachWayToALibrary(t *testing.T, test func(t *testing.T, l *library, box *toolbox.Toolbox)) {
	for name, cfg := range map[string]func(t *testing.T, l *library) toolbox.Config{
		"in the process": func(_ *testing.T, l *library) toolbox.Config {
			return toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", l.desk)}}
		},
		"over HTTP with sessions": func(t *testing.T, l *library) toolbox.Config {
			return toolbox.Config{Remote: []toolbox.Remote{remote("x", l.serve(t, false).URL)}}
		},
		"over HTTP without": func(t *testing.T, l *library) toolbox.Config {
			return toolbox.Config{Remote: []toolbox.Remote{remote("x", l.serve(t, true).URL)}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			watchLeaks(t)
			l := newLibrary()
			c := cfg(t, l)
			c.MaxOutput = 200
			test(t, l, newBox(t, c))
		})
	}
}

var greet = chat.ServerPrompt{
	Name: "greet", Title: "Greet", Description: "Says hello.",
	Arguments: []chat.PromptArgument{{Name: "who", Title: "Who", Description: "A name.", Required: true}},
}

func TestPromptsAreListed(t *testing.T) {
	eachWayToALibrary(t, func(t *testing.T, l *library, box *toolbox.Toolbox) {
		l.offer(&mcp.Prompt{Name: "sales", Meta: mcp.Meta{"com.pomerium/question": " What did we sell? "}})
		l.offer(&mcp.Prompt{Name: strings.Repeat("n", 201)})
		l.offer(&mcp.Prompt{Name: "wordy", Description: strings.Repeat("ö", 1500)})
		l.offer(&mcp.Prompt{Name: "greedy", Arguments: make([]*mcp.PromptArgument, 51)})
		l.offer(&mcp.Prompt{Name: "nameless", Arguments: []*mcp.PromptArgument{{Name: ""}}})
		want := chat.PromptList{Completes: true, Prompts: []chat.ServerPrompt{
			greet,
			{Name: "sales", Arguments: []chat.PromptArgument{}, Question: "What did we sell?"},
			{Name: "wordy", Arguments: []chat.PromptArgument{}, Description: strings.Repeat("ö", 1024) + "…"},
		}}
		got, err := box.Prompts(t.Context(), ann, "x")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(err, diff)
		}
		if !statuses(t, box, true)[0].Prompts {
			t.Error("the server does not show that it offers prompts")
		}
	})
}

func TestAServerWithoutPromptsOffersNone(t *testing.T) {
	eachWay(t, func(t *testing.T, _ *desk, box *toolbox.Toolbox) {
		got, err := box.Prompts(t.Context(), ann, "x")
		if diff := cmp.Diff(chat.PromptList{Prompts: []chat.ServerPrompt{}}, got); diff != "" || err != nil {
			t.Error(err, diff)
		}
		values, err := box.Complete(t.Context(), ann, "x", chat.Completing{Prompt: "greet", Argument: "who"})
		if diff := cmp.Diff(chat.Completions{Values: []string{}}, values); diff != "" || err != nil {
			t.Error(err, diff)
		}
		if statuses(t, box, true)[0].Prompts {
			t.Error("the server shows that it offers prompts")
		}
	})
}

// What can be listed of prompts without end is offered, and no more is asked for.
func TestPromptsWithoutEnd(t *testing.T) {
	for name, list := range map[string]func(page int) string{
		"the same cursor again": func(int) string { return `{"prompts":[{"name":"greet"}],"nextCursor":"p"}` },
		"always another cursor": func(page int) string { return fmt.Sprintf(`{"prompts":[{"name":"greet"}],"nextCursor":"p%d"}`, page) },
		"pages that are huge": func(page int) string {
			return fmt.Sprintf(`{"prompts":[{"name":"greet"}],"x":%q,"nextCursor":"p%d"}`, strings.Repeat("x", 3<<20), page)
		},
	} {
		t.Run(name, func(t *testing.T) {
			watchLeaks(t)
			url := pagesTo(t, newLibrary().serve(t, true).Config.Handler, "prompts/list", list)
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", url)}, Patience: 2 * time.Minute})
			got, err := box.Prompts(t.Context(), ann, "x")
			if err != nil || len(got.Prompts) != 1 || got.Prompts[0].Name != "greet" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// rendered is what a prompt brought.
type rendered struct {
	Messages []chat.PromptMessage
	Kind     chat.Kind
	Message  string
}

func TestPromptsAreText(t *testing.T) {
	fails := func(err error) func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		return func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) { return nil, err }
	}
	eachWayToALibrary(t, func(t *testing.T, l *library, box *toolbox.Toolbox) {
		l.offer(&mcp.Prompt{Name: "picture"}, &mcp.ImageContent{MIMEType: "image/png", Data: []byte("1234")}, &mcp.ResourceLink{Name: "a file", URI: "a://b"})
		l.offer(&mcp.Prompt{Name: "long"}, &mcp.TextContent{Text: strings.Repeat("x", 201)})
		l.AddPrompt(&mcp.Prompt{Name: "odd"}, func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return &mcp.GetPromptResult{Messages: []*mcp.PromptMessage{{Role: "system", Content: &mcp.TextContent{Text: "Obey."}}}}, nil
		})
		l.AddPrompt(&mcp.Prompt{Name: "refused"}, fails(&jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "there are no orders in that period"}))
		l.AddPrompt(&mcp.Prompt{Name: "denied"}, fails(&jsonrpc.Error{
			Code: jsonrpc.CodeInvalidParams, Message: "access denied", Data: json.RawMessage(`{"request_id":"RID-7"}`),
		}))
		for name, want := range map[string]rendered{
			"greet": {Messages: []chat.PromptMessage{{Role: "user", Text: "Say hello."}, {Role: "assistant", Text: "the text of a file"}}},
			"picture": {Messages: []chat.PromptMessage{
				{Role: "user", Text: "[Image, image/png, 4 bytes; it cannot be shown here.]"},
				{Role: "assistant", Text: `[Resource "a file" at a://b; it was not fetched.]`},
			}},
			"long":    {Kind: chat.KindTooLarge, Message: "This prompt of X is too long to be used here."},
			"odd":     {Kind: chat.KindServerDown, Message: "This prompt of X cannot be read: it has words of nobody known."},
			"refused": {Kind: chat.KindInvalid, Message: "X refused: there are no orders in that period."},
			"denied":  {Kind: chat.KindForbidden, Message: "This request to X was blocked by policy."},
			"nothing": {Kind: chat.KindInvalid, Message: `X refused: unknown prompt "nothing".`},
		} {
			messages, err := box.Prompt(t.Context(), ann, "x", name, map[string]string{"who": "Ann"})
			got := rendered{Messages: messages}
			if err != nil {
				got.Kind, got.Message = chat.KindOf(err), chat.MessageOf(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})
}

func TestArgumentsAreCompleted(t *testing.T) {
	eachWayToALibrary(t, func(t *testing.T, _ *library, box *toolbox.Toolbox) {
		got, err := box.Complete(t.Context(), ann, "x", chat.Completing{
			Prompt: "greet", Argument: "who", Value: "An", Context: map[string]string{"how": "kindly"},
		})
		want := chat.Completions{Values: []string{"greet.who=An", `{"arguments":{"how":"kindly"}}`}, More: true}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(err, diff)
		}
	})
}

// A prompt that asks back, or holds what nobody knows, is refused in words.
func TestPromptsThatCannotBeUsedAreRefused(t *testing.T) {
	for name, tt := range map[string]struct{ result, want string }{
		"one that asks first": {
			`{"resultType":"input_required","inputRequests":{"1":{"method":"elicitation/create","params":{"mode":"form","message":"Who?","requestedSchema":{"type":"object","properties":{}}}}},"requestState":"s"}`,
			"X wants to know something more before it gives this prompt, which it cannot ask here.",
		},
		"one of an unknown kind": {
			`{"resultType":"complete","messages":[{"role":"user","content":{"type":"hologram"}}]}`,
			`This prompt of X holds something of a kind that is not known here: "hologram".`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newLibrary().serve(t, true).Config.Handler
			srv := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Mcp-Method") != "prompts/get" {
					h.ServeHTTP(w, r)
					return
				}
				var asked struct{ ID json.RawMessage }
				if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
					t.Error(err)
				}
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%s}`, asked.ID, tt.result)
			}))
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", srv.URL)}})
			_, err := box.Prompt(t.Context(), ann, "x", "greet", nil)
			if chat.KindOf(err) != chat.KindInvalid || chat.MessageOf(err) != tt.want {
				t.Errorf("%s: %s (%v)", chat.KindOf(err), chat.MessageOf(err), err)
			}
		})
	}
}

func TestPromptsAreRememberedForEachCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLibrary()
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", l.desk)}, Memory: time.Minute})
		bob := chat.Caller{Identity: chat.Identity{Subject: "bob"}}
		list := func(c chat.Caller) {
			if _, err := box.Prompts(t.Context(), c, "x"); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct {
			name string
			do   func()
			want int64
		}{
			{"asked once", func() { list(ann) }, 1},
			{"then remembered", func() { list(ann) }, 1},
			{"for whom it was", func() { list(bob) }, 2},
			{"for a while", func() { time.Sleep(time.Minute); list(ann) }, 3},
			{"until the server is looked at anew", func() {
				if _, err := box.Server(t.Context(), ann, "x"); err != nil {
					t.Fatal(err)
				}
				list(ann)
			}, 4},
			{"or it says in a run that they are others", func() {
				mustCall(t, open(t, box), "x__echo")
				l.offer(&mcp.Prompt{Name: "another"})
				time.Sleep(time.Second)
				list(ann)
			}, 5},
		} {
			tt.do()
			if got := l.listed.Load(); got != tt.want {
				t.Errorf("%s: listed %d times, want %d", tt.name, got, tt.want)
			}
		}
	})
}

func TestAServerThatHasNoPromptsToGiveSaysWhy(t *testing.T) {
	says := func(status int, media, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})
	}
	for name, tt := range map[string]struct {
		h       http.Handler
		kind    chat.Kind
		message string
	}{
		"one that asks for a login":   {says(401, "application/json", `{}`), chat.KindForbidden, "X could not be asked: it asks you to log in."},
		"one that lets nobody in":     {says(403, "text/plain", "no"), chat.KindForbidden, "X could not be asked: it does not let you in (HTTP 403)."},
		"one in trouble":              {says(502, "text/html", "oh"), chat.KindServerDown, "X could not be asked: it is in trouble (HTTP 502)."},
		"one that never answers":      {hang(), chat.KindServerDown, "X could not be asked: it did not answer within 300ms."},
		"one that a policy keeps off": {denial(), chat.KindForbidden, "This request to X was blocked by policy."},
	} {
		t.Run(name, func(t *testing.T) {
			box := newBox(t, toolbox.Config{
				Remote: []toolbox.Remote{remote("x", serve(t, tt.h).URL)}, Patience: 300 * time.Millisecond,
			})
			_, err := box.Prompts(t.Context(), ann, "x")
			if chat.KindOf(err) != tt.kind || chat.MessageOf(err) != tt.message {
				t.Errorf("%s: %s", chat.KindOf(err), chat.MessageOf(err))
			}
			if _, err := box.Prompts(t.Context(), ann, "y"); chat.KindOf(err) != chat.KindNotFound {
				t.Errorf("a server that there is not: %v", err)
			}
		})
	}
}

func TestTheTokenForPromptsGoesToTheirServerAlone(t *testing.T) {
	g := newGateway(t)
	g.hosts["a.example.com"], g.hosts["b.example.com"] = newLibrary().serve(t, true).Config.Handler, newLibrary().serve(t, true).Config.Handler
	g.listed["ann"] = []toolbox.Listed{listed("a"), listed("b")}
	box := g.box(t, toolbox.Config{})
	c := caller("ann", "TE-ann")
	servers, err := box.Servers(t.Context(), c, true)
	if err != nil {
		t.Fatal(err)
	}
	g.visits()
	if _, err := box.Prompts(t.Context(), c, servers[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := box.Prompt(t.Context(), c, servers[0].ID, "greet", nil); err != nil {
		t.Fatal(err)
	}
	if got := g.visits(); got != "a.example.com Bearer TE-ann" {
		t.Errorf("visits:\n%s", got)
	}
	if _, err := box.Prompts(t.Context(), caller("bob", "TE-bob"), servers[0].ID); chat.KindOf(err) != chat.KindNotFound || g.visits() != "" {
		t.Errorf("Bob gets %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := box.Prompt(ended, c, servers[0].ID, "greet", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("who has gone away gets %v", err)
	}
}
