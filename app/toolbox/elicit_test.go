package toolbox_test

//lint:file-ignore SA1019 servers still do what is deprecated

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// asking is a tool that asks first, and says what it was answered.
func asking(p *mcp.ElicitParams) func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if a, ok := r.Params.InputResponses["q"].(*mcp.ElicitResult); ok {
			content, err := json.Marshal(a.Content)
			return said(a.Action + " " + string(content)), err
		}
		return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{"q": p}, RequestState: "kept"}, nil
	}
}

// answers returns what a person says, one time after the other.
func answers(all ...chat.ElicitationAnswer) func(context.Context, chat.Elicitation) (chat.ElicitationAnswer, error) {
	return func(context.Context, chat.Elicitation) (chat.ElicitationAnswer, error) {
		if len(all) == 0 {
			return chat.ElicitationAnswer{}, errors.New("nobody is there")
		}
		next := all[0]
		all = all[1:]
		return next, nil
	}
}

func accept(content string) chat.ElicitationAnswer {
	return chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(content)}
}

func TestAServerAsksThePerson(t *testing.T) {
	const schema = `{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":18}},"required":["age"]}`
	form := func(schema string) *mcp.ElicitParams {
		return &mcp.ElicitParams{Mode: "form", Message: "Who?", RequestedSchema: json.RawMessage(schema)}
	}
	visit := func(url string) *mcp.ElicitParams {
		return &mcp.ElicitParams{Mode: "url", Message: "Log in", URL: url, ElicitationID: "e1"}
	}
	asked := func(messages ...string) (all []chat.Elicitation) {
		for _, m := range messages {
			all = append(all, chat.Elicitation{Message: m, Schema: json.RawMessage(schema)})
		}
		return all
	}
	for _, tt := range []struct {
		name    string
		params  *mcp.ElicitParams
		answers []chat.ElicitationAnswer
		asked   []chat.Elicitation
		want    string
		told    string // where nothing is asked
	}{
		{"a form, whose fields keep their order", form(schema), []chat.ElicitationAnswer{accept(`{"age":20,"name":"Ann"}`)}, asked("Who?"), `accept {"age":20,"name":"Ann"}`, ""},
		{"a form that the person declines", form(schema), []chat.ElicitationAnswer{{Action: "decline"}}, asked("Who?"), `decline null`, ""},
		{"a form that the person puts away", form(schema), []chat.ElicitationAnswer{{Action: "cancel"}}, asked("Who?"), `cancel null`, ""},
		{"a form that nobody answers", form(schema), nil, asked("Who?"), `cancel null`, ""},
		{"a form that is filled in wrong, which nobody lets pass", form(schema), []chat.ElicitationAnswer{accept(`{"age":17}`)}, asked("Who?"), `cancel null`, ""},
		{"a form with forms inside", form(`{"type":"object","properties":{"a":{"type":"array","items":{"type":"string","enum":["x"]},"contains":{}}}}`), nil, nil, `decline null`, "The server asked for something that is no plain form; that was declined."},
		{"a form without end", form(`{"type":"object","properties":{"a":{"type":"string","description":"` + strings.Repeat("x", 20_000) + `"}}}`), nil, nil, `decline null`, "The server asked for something that is no plain form; that was declined."},
		{"a form without fields to speak of", &mcp.ElicitParams{Mode: "form", Message: "Who?"}, nil, nil, `decline null`, "The server asked for something that is no plain form; that was declined."},
		{"a question without end", &mcp.ElicitParams{Mode: "form", Message: strings.Repeat("x", 5000), RequestedSchema: json.RawMessage(schema)}, nil, nil, `decline null`, "The server asked at a length that cannot be shown; that was declined."},
		{"a page", visit("https://a.example/login?x=1"), []chat.ElicitationAnswer{{Action: "accept"}}, []chat.Elicitation{{Message: "Log in", URL: "https://a.example/login?x=1"}}, `accept null`, ""},
		{"a page that the person does not visit", visit("http://a.example"), []chat.ElicitationAnswer{{Action: "decline"}}, []chat.Elicitation{{Message: "Log in", URL: "http://a.example"}}, `decline null`, ""},
		{"a page that is a script", visit("javascript:alert(1)"), nil, nil, `decline null`, "The server asked for a visit to an address that is none of a web page; that was declined."},
		{"a page that is a file", visit("file:///etc/passwd"), nil, nil, `decline null`, "The server asked for a visit to an address that is none of a web page; that was declined."},
		{"a page with a password", visit("https://bank.example@evil.example"), nil, nil, `decline null`, "The server asked for a visit to an address that is none of a web page; that was declined."},
		{"a page without a host", visit("https:///x"), nil, nil, `decline null`, "The server asked for a visit to an address that is none of a web page; that was declined."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
				d.addWatched("ask", asking(tt.params))
				w := witness{answer: answers(tt.answers...)}
				if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: tt.want}}, w.watch(t, open(t, box), "x__ask", "{}")); diff != "" {
					t.Error(diff)
				}
				asked := slices.Clone(tt.asked)
				for i := range asked { // a server with sessions waits within its call
					asked[i].Lasts = !strings.HasSuffix(t.Name(), "with_sessions")
				}
				if diff := cmp.Diff(asked, w.asked); diff != "" {
					t.Error(diff)
				}
				var told []chat.ToolLog // of what the person never saw
				if tt.asked == nil {
					told = []chat.ToolLog{{Level: "notice", Text: tt.told}}
				}
				if diff := cmp.Diff(told, w.logs); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestTheTimeOfThePersonDoesNotCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.addWatched("ask", asking(&mcp.ElicitParams{Mode: "url", URL: "https://a.example"}))
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", d)}})
		w := witness{answer: func(context.Context, chat.Elicitation) (chat.ElicitationAnswer, error) {
			time.Sleep(time.Hour)
			return chat.ElicitationAnswer{Action: "accept"}, nil
		}}
		if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: "accept null"}}, w.watch(t, open(t, box), "x__ask", "{}")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAQuestionEndsWithItsCall(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		d.addWatched("ask", asking(&mcp.ElicitParams{Mode: "url", URL: "https://a.example"}))
		tools := open(t, box)
		ctx, cancel := context.WithCancel(t.Context())
		var ended error
		w := witness{answer: func(ctx context.Context, _ chat.Elicitation) (chat.ElicitationAnswer, error) {
			cancel()
			<-ctx.Done()
			ended = ctx.Err()
			return chat.ElicitationAnswer{}, ctx.Err()
		}}
		_, err := tools.Call(ctx, "x__ask", nil, &w)
		if !errors.Is(err, context.Canceled) || !errors.Is(ended, context.Canceled) {
			t.Errorf("the call ended with %v, the question with %v", err, ended)
		}
	})
}

// The servers of older revisions send a request within the call.
func TestAServerWithSessionsAsksWithinTheCall(t *testing.T) {
	watchLeaks(t)
	d := newDesk()
	d.addWatched("ask", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		a, err := r.Session.Elicit(ctx, &mcp.ElicitParams{
			Message: "Who?", RequestedSchema: json.RawMessage(`{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"boolean"}}}`),
		})
		if err != nil {
			return nil, err
		}
		content, err := json.Marshal(a.Content)
		return said(a.Action + " " + string(content)), err
	})
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, false).URL)}})
	w := witness{answer: answers(accept(`{"a":true}`))}
	if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: `accept {"a":true}`}}, w.watch(t, open(t, box), "x__ask", "{}")); diff != "" {
		t.Error(diff)
	}
	want := []chat.Elicitation{{Message: "Who?", Schema: json.RawMessage(`{"type":"object","properties":{"z":{"type":"string"},"a":{"type":"boolean"}}}`)}}
	if diff := cmp.Diff(want, w.asked); diff != "" {
		t.Error(diff)
	}
}

// A server may take its question back, and go on without an answer.
func TestAQuestionThatItsServerTakesBackIsOver(t *testing.T) {
	watchLeaks(t)
	d, asked := newDesk(), make(chan struct{})
	d.addWatched("ask", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		asking, cancel := context.WithCancel(ctx)
		go func() { <-asked; cancel() }()
		_, err := r.Session.Elicit(asking, &mcp.ElicitParams{Message: "Who?", RequestedSchema: json.RawMessage(object)})
		return said(fmt.Sprint("Without an answer: ", errors.Is(err, context.Canceled))), nil
	})
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, false).URL)}})
	over := make(chan struct{})
	w := witness{answer: func(ctx context.Context, _ chat.Elicitation) (chat.ElicitationAnswer, error) {
		close(asked)
		<-ctx.Done()
		close(over)
		return chat.ElicitationAnswer{}, ctx.Err()
	}}
	if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: "Without an answer: true"}}, w.watch(t, open(t, box), "x__ask", "{}")); diff != "" {
		t.Error(diff)
	}
	<-over
}

func TestAVisitIsOverWhenTheServerSaysSo(t *testing.T) {
	watchLeaks(t)
	d := newDesk()
	visited := make(chan struct{})
	d.addWatched("ask", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		var all sync.WaitGroup
		all.Go(func() {
			<-visited
			if err := r.Session.NotifyElicitationComplete(ctx, &mcp.ElicitationCompleteParams{ElicitationID: "e1"}); err != nil {
				t.Error(err)
			}
		})
		a, err := r.Session.Elicit(ctx, &mcp.ElicitParams{Mode: "url", Message: "Log in", URL: "https://a.example", ElicitationID: "e1"})
		all.Wait()
		if err != nil {
			return nil, err
		}
		return said(a.Action), nil
	})
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, false).URL)}})
	w := witness{answer: func(ctx context.Context, _ chat.Elicitation) (chat.ElicitationAnswer, error) {
		close(visited)
		<-ctx.Done()
		return chat.ElicitationAnswer{}, ctx.Err()
	}}
	if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: "accept"}}, w.watch(t, open(t, box), "x__ask", "{}")); diff != "" {
		t.Error(diff)
	}
}

func TestAPageHasToBeVisitedBeforeACall(t *testing.T) {
	for _, tt := range []struct {
		name    string
		answers []chat.ElicitationAnswer
		visits  int
		want    outcome
	}{
		{"and is", []chat.ElicitationAnswer{{Action: "accept"}, {Action: "accept"}}, 2, outcome{Result: chat.ToolResult{Text: "done"}}},
		{"and is not", []chat.ElicitationAnswer{{Action: "accept"}, {Action: "decline"}}, 2, outcome{Result: chat.ToolResult{
			Text: "X wants a page to be visited first, and it was not.", IsError: true,
		}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
				asked := 0
				d.addWatched("guarded", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
					if asked == 2 {
						return said("done"), nil
					}
					asked++
					return nil, mcp.URLElicitationRequiredError([]*mcp.ElicitParams{{Mode: "url", Message: "Log in", URL: "https://a.example", ElicitationID: "e1"}})
				})
				w := witness{answer: answers(tt.answers...)}
				if diff := cmp.Diff(tt.want, w.watch(t, open(t, box), "x__guarded", "{}")); diff != "" {
					t.Error(diff)
				}
				if len(w.asked) != tt.visits {
					t.Errorf("asked %d times", len(w.asked))
				}
			})
		})
	}
}

func TestAServerThatAsksTooMuchIsLeft(t *testing.T) {
	again := func(requests mcp.InputRequestMap) func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return &mcp.CallToolResult{InputRequests: requests}, nil
		}
	}
	page := &mcp.ElicitParams{Mode: "url", URL: "https://a.example"}
	for _, tt := range []struct {
		name  string
		do    func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error)
		asked int
		want  string
	}{
		{"one that asks again and again", again(mcp.InputRequestMap{"q": page}), 10, "X could not be asked: it asks again and again."},
		{"one that wants a model", again(mcp.InputRequestMap{"q": &mcp.CreateMessageWithToolsParams{}}), 0, "X could not be asked: it wants something that is not offered here."},
		{"one that wants files", again(mcp.InputRequestMap{"q": &mcp.ListRootsParams{}}), 0, "X could not be asked: it wants something that is not offered here."},
		{"one that is busy", again(mcp.InputRequestMap{}), 0, "X could not be asked: it is busy."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk()
				d.addWatched("ask", tt.do)
				box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", d)}})
				w := witness{answer: func(context.Context, chat.Elicitation) (chat.ElicitationAnswer, error) {
					return chat.ElicitationAnswer{Action: "accept"}, nil
				}}
				got := w.watch(t, open(t, box), "x__ask", "{}")
				if got.Message != tt.want || len(w.asked) != tt.asked {
					t.Errorf("got %+v after %d questions", got, len(w.asked))
				}
			})
		})
	}
}
