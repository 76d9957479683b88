package toolbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// eachWay runs a test with a desk in the process, and over HTTP with and without
// sessions. The desk is the server "x" of the toolbox.
func eachWay(t *testing.T, test func(t *testing.T, d *desk, box *toolbox.Toolbox)) {
	for _, tt := range []struct {
		name string
		cfg  func(t *testing.T, d *desk) toolbox.Config
	}{
		{"in the process", func(_ *testing.T, d *desk) toolbox.Config {
			return toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", d)}}
		}},
		{"over HTTP with sessions", func(t *testing.T, d *desk) toolbox.Config {
			return toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, false).URL)}}
		}},
		{"over HTTP without", func(t *testing.T, d *desk) toolbox.Config {
			return toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, true).URL)}}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			d := newDesk()
			cfg := tt.cfg(t, d)
			cfg.MaxOutput = 100
			test(t, d, newBox(t, cfg))
		})
	}
}

// outcome is what a call brought.
type outcome struct {
	Result  chat.ToolResult
	Kind    chat.Kind
	Message string
}

func outcomeOf(res chat.ToolResult, err error) outcome {
	if err == nil {
		return outcome{Result: res}
	}
	return outcome{Result: res, Kind: chat.KindOf(err), Message: chat.MessageOf(err)}
}

func TestCall(t *testing.T) {
	two := 2
	eachWay(t, func(t *testing.T, _ *desk, box *toolbox.Toolbox) {
		tools := open(t, box)
		for _, tt := range []struct {
			name, tool, arguments string
			want                  outcome
		}{
			{"arguments arrive as they are", "x__echo", `{"b":[1.50],"a":"ü"}`, outcome{Result: chat.ToolResult{Text: `{"b":[1.50],"a":"ü"}`}}},
			{"none are the empty object", "x__echo", ``, outcome{Result: chat.ToolResult{Text: `{}`}}},
			{"a list is refused", "x__echo", `[1]`, outcome{Kind: chat.KindInvalid, Message: "The arguments are not a JSON object."}},
			{"so is null", "x__echo", `null`, outcome{Kind: chat.KindInvalid, Message: "The arguments are not a JSON object."}},
			{"and half an object", "x__echo", `{"a":`, outcome{Kind: chat.KindInvalid, Message: "The arguments are not a JSON object."}},
			{"an unknown tool is not found", "x__nil", `{}`, outcome{Kind: chat.KindNotFound, Message: `There is no tool called "x__nil".`}},
			{"a tool's failure is a result", "x__fail", `{}`, outcome{Result: chat.ToolResult{Text: "no such table: Orderz", IsError: true}}},
			{"a server's refusal too", "x__refuse", `{}`, outcome{Result: chat.ToolResult{Text: "X refused the call: sql is missing\n\n[The server's tools may be others than those listed here. They are listed anew for the next question.]", IsError: true}}},
			{"a policy's is not", "x__deny", `{}`, outcome{Kind: chat.KindForbidden, Message: "This call of X was blocked by policy."}},
			{"rows are data", "x__rows", `{}`, outcome{Result: chat.ToolResult{Text: "2 rows", RowCount: &two, Structured: json.RawMessage(`{"columns":["n"],"rows":[[1],[2]]}`)}}},
			{"a huge result is cut", "x__huge", `{}`, outcome{Result: chat.ToolResult{
				Text: strings.Repeat("ö", 50) + "\n\n[Cut here: the result has 10000 bytes, of which these are the first 100.]",
			}}},
		} {
			got := outcomeOf(tools.Call(t.Context(), tt.tool, json.RawMessage(tt.arguments), chat.Nobody{}))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
		}
	})
}

func TestDataArrivesAsItWasSent(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		const data = `[{"z":12345678901234567890,"a":2.50},{"z":1e3,"a":null}]`
		d.add("data", func(context.Context, string) (*mcp.CallToolResult, error) {
			return &mcp.CallToolResult{StructuredContent: json.RawMessage(data)}, nil
		})
		two := 2
		want := chat.ToolResult{Text: data, Structured: json.RawMessage(data), RowCount: &two}
		if diff := cmp.Diff(want, mustCall(t, open(t, box), "x__data")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestARunConnectsOnceAndOnlyIfItCalls(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		statuses(t, box, false)
		before := d.sessions.Load()
		tools := open(t, box)
		if got := d.sessions.Load() - before; got != 0 {
			t.Errorf("opening connected %d times", got)
		}
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				arguments := fmt.Sprintf(`{"i":%d}`, i)
				res, err := tools.Call(t.Context(), "x__echo", json.RawMessage(arguments), chat.Nobody{})
				if err != nil || res.Text != arguments {
					t.Errorf("got %+v, %v", res, err)
				}
			})
		}
		all.Wait()
		if got := d.sessions.Load() - before; got < 1 || got > 2 {
			t.Errorf("20 calls shook hands %d times", got)
		}
	})
}

func TestCancellingACallReachesTheServer(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		tools := open(t, box)
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() {
			_, err := tools.Call(ctx, "x__wait", nil, chat.Nobody{})
			failed <- err
		}()
		<-d.began
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("the call ended with %v", err)
		}
		if err := <-d.ended; !errors.Is(err, context.Canceled) {
			t.Errorf("the server's context ended with %v", err)
		}
		if res := mustCall(t, tools, "x__echo"); res.Text != `{"n":1}` {
			t.Errorf("afterwards: %+v", res)
		}
	})
}

func TestClosingEndsTheCallsThatAreGoingOn(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		tools := open(t, box)
		failed := make(chan error, 1)
		go func() {
			_, err := tools.Call(context.Background(), "x__wait", nil, chat.Nobody{})
			failed <- err
		}()
		<-d.began
		if err := tools.Close(); err != nil {
			t.Error(err)
		}
		if got, want := outcomeOf(chat.ToolResult{}, <-failed), (outcome{Kind: chat.KindInternal, Message: "The call was cancelled."}); got.Message != want.Message {
			t.Errorf("got %+v, want %+v", got, want)
		}
		<-d.ended
		if _, err := call(t, tools, "x__echo"); err == nil {
			t.Error("a call after the end has no error")
		}
	})
}

func TestAServerThatDiesInACallIsConnectedAnew(t *testing.T) {
	for _, stateless := range []bool{false, true} {
		t.Run(fmt.Sprintf("stateless %t", stateless), func(t *testing.T) {
			watchLeaks(t)
			d := newDesk()
			srv := d.serve(t, stateless)
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", srv.URL)}})
			tools := open(t, box)
			failed := make(chan error, 1)
			go func() {
				_, err := tools.Call(t.Context(), "x__wait", nil, chat.Nobody{})
				failed <- err
			}()
			<-d.began
			srv.CloseClientConnections()
			err := <-failed
			want := outcome{Kind: chat.KindServerDown, Message: "X was asked, but it hung up before the answer was complete. The call may have been carried out."}
			if diff := cmp.Diff(want, outcomeOf(chat.ToolResult{}, err)); diff != "" {
				t.Errorf("%s from %v", diff, err)
			}
			if res := mustCall(t, tools, "x__echo"); res.Text != `{"n":1}` {
				t.Errorf("afterwards: %+v", res)
			}
		})
	}
}

func TestAServerThatIsGoneWasNotAsked(t *testing.T) {
	watchLeaks(t)
	srv := newDesk().serve(t, true)
	tools := open(t, newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", srv.URL)}}))
	srv.CloseClientConnections()
	srv.Close()
	if _, err := call(t, tools, "x__echo"); !strings.HasPrefix(chat.MessageOf(err), "X could not be asked: ") {
		t.Error(err)
	}
}

// What a call or a reading is told is the server's status at once, and not only after what was
// remembered of it has had its time. It is so for the caller alone.
func TestAServerThatLetsNobodyInAnyMoreIsKnownAtOnce(t *testing.T) {
	const login, refused = "X could not be asked: it asks you to log in.", "X could not be asked: it does not let you in (HTTP 403)."
	calls := func(t *testing.T, _ *toolbox.Toolbox, tools chat.Tools) error {
		_, err := call(t, tools, "x__echo")
		return err
	}
	reads := func(t *testing.T, box *toolbox.Toolbox, _ chat.Tools) error {
		_, err := box.ReadResource(t.Context(), ann, "x", "desk://note")
		return err
	}
	for _, tt := range []struct {
		name   string
		answer int
		do     func(*testing.T, *toolbox.Toolbox, chat.Tools) error
		want   outcome
		status chat.ServerStatus
	}{
		{"a call, a login that ran out", 401, calls, outcome{Kind: chat.KindUnauthenticated, Message: login}, chat.ServerNeedsConnect},
		{"a call, a policy that changed", 403, calls, outcome{Kind: chat.KindForbidden, Message: refused}, chat.ServerNoAccess},
		{"a reading, a login that ran out", 401, reads, outcome{Kind: chat.KindForbidden, Message: login}, chat.ServerNeedsConnect},
		{"a reading, a policy that changed", 403, reads, outcome{Kind: chat.KindForbidden, Message: refused}, chat.ServerNoAccess},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			d := newDesk()
			inner := d.serve(t, true).Config.Handler
			var out atomic.Bool
			srv := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if out.Load() {
					http.Error(w, "who are you?", tt.answer)
					return
				}
				inner.ServeHTTP(w, r)
			}))
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", srv.URL)}})
			tools := open(t, box)
			mustCall(t, tools, "x__echo")
			bob := caller("bob", "TE")
			if _, err := box.Servers(t.Context(), bob, false); err != nil {
				t.Fatal(err)
			}
			lists := d.lists.Load()
			out.Store(true)
			if diff := cmp.Diff(tt.want, outcomeOf(chat.ToolResult{}, tt.do(t, box, tools))); diff != "" {
				t.Error(diff)
			}
			if got := statuses(t, box, false)[0]; got.Status != tt.status {
				t.Errorf("the status is remembered as %s", got.Status)
			}
			others, err := box.Servers(t.Context(), bob, false)
			if err != nil || others[0].Status != chat.ServerReady || d.lists.Load() != lists {
				t.Errorf("for another it is %+v, %v", others, err)
			}
			out.Store(false)
			mustCall(t, tools, "x__echo")
		})
	}
}

func TestAResponseWithoutEndIsAnError(t *testing.T) {
	watchLeaks(t)
	d := newDesk()
	d.add("flood", func(context.Context, string) (*mcp.CallToolResult, error) {
		return said(strings.Repeat("x", 1<<20)), nil
	})
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, true).URL)}, MaxResponse: 1 << 16})
	tools := open(t, box)
	want := outcome{Kind: chat.KindTooLarge, Message: "X was asked, but its answer is too large. The call may have been carried out."}
	if diff := cmp.Diff(want, outcomeOf(call(t, tools, "x__flood"))); diff != "" {
		t.Error(diff)
	}
	mustCall(t, tools, "x__echo")
}

func TestManyAndOddTools(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		odd := []string{"a.b", "a_b", "A.B", strings.Repeat("long", 20), strings.Repeat("long", 21)}
		for i := range 300 {
			odd = append(odd, fmt.Sprintf("tool-%03d", i))
		}
		for _, name := range odd {
			d.add(name, func(context.Context, string) (*mcp.CallToolResult, error) { return said("I am " + name), nil })
		}
		d.add(strings.Repeat("endless", 100), func(context.Context, string) (*mcp.CallToolResult, error) { return said("?"), nil })
		d.AddTool(&mcp.Tool{Name: "titled", Title: strings.Repeat("long ", 1000), InputSchema: json.RawMessage(object)}, nil)
		odd = append(odd, "titled")
		tools := open(t, box)
		byTool := map[string]string{}
		for _, tool := range tools.List() {
			byTool[tool.Tool] = tool.Name
			if len(tool.Title) > 1000 || len(tool.Tool) > 256 {
				t.Errorf("%s has a title of %d bytes, and a name of %d", tool.Name, len(tool.Title), len(tool.Tool))
			}
		}
		if got, want := len(byTool), len(odd)+len(deskTools("x")); got != want {
			t.Fatalf("%d tools, want %d", got, want)
		}
		for _, name := range odd[:len(odd)-1] {
			if res := mustCall(t, tools, byTool[name]); res.Text != "I am "+name {
				t.Errorf("%s answers %+v", name, res)
			}
		}
	})
}

func TestArgumentsThatTheServerWantsAsHeaders(t *testing.T) {
	watchLeaks(t)
	d := newDesk()
	d.AddTool(&mcp.Tool{
		Name:        "region",
		InputSchema: json.RawMessage(`{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}}`),
	}, func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return said(req.Extra.Header.Get("Mcp-Param-Region")), nil
	})
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, true).URL)}})
	got, err := open(t, box).Call(t.Context(), "x__region", json.RawMessage(`{"region":"north"}`), chat.Nobody{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(chat.ToolResult{Text: "north"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestServersLearnWhoCalls(t *testing.T) {
	inner := newDesk().serve(t, true).Config.Handler
	agents := make(chan string, 99)
	srv := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents <- r.UserAgent() + " " + r.Header.Get("Authorization")
		inner.ServeHTTP(w, r)
	}))
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", srv.URL)}})
	secret := chat.Caller{Identity: ann.Identity, Token: chat.NewToken("secret")}
	if _, err := box.Servers(t.Context(), secret, false); err != nil {
		t.Fatal(err)
	}
	close(agents)
	for got := range agents {
		if got != "pomchat/1.2.3 " {
			t.Errorf("got %q", got)
		}
	}
}

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func deskWith(tools int) *desk {
	d := newDesk()
	for i := range tools {
		d.add(fmt.Sprint("t", i), nil)
	}
	return d
}
