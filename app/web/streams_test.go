package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// Recorded streams are the shared truth of both languages: this test writes
// what the engine emits and what Go folds it into; the page's tests replay the
// same bytes through their reader and must come to the same message.
func TestRecordedStreams(t *testing.T) {
	rows := chat.ToolResult{
		Text:       "Year | Sales\n1996 | 208083.97",
		Structured: json.RawMessage(`{"columns":[{"name":"Year","type":"TEXT"},{"name":"Sales","type":"REAL"}],"rows":[["1996",208083.97],["1997",617085.2]],"row_count":2,"total_rows":2,"total_is_exact":true,"truncated":false}`),
		RowCount:   ptr(2),
	}
	read := chat.CallReady{CallID: "call_1", Name: "desk__read", Arguments: `{"query":"SELECT 1"}`}
	thought := chattest.Say("Sales grew.")
	thought.Chunks = append([]chat.Chunk{chat.ReasoningChunk{ID: "r", Delta: "Which "}, chat.ReasoningChunk{ID: "r", Delta: "table?"}}, thought.Chunks...)
	write := chat.CallReady{CallID: "call_1", Name: "desk__write", Arguments: `{"n":1}`}
	locked := chat.CallReady{CallID: "call_1", Name: "desk__locked", Arguments: "{}"}
	hosted := hostedReply()
	remote := chattest.Reply{Chunks: []chat.Chunk{
		chat.HostedApproval{CallID: "call_1", Tool: chat.ToolRef{Name: "crm__close", Server: "crm", ServerName: "CRM", Tool: "close"}, Arguments: `{"id":7}`},
		chat.ReplyDone{Reason: "tool-calls"},
	}}
	closed := chattest.Say("Closed.")
	closed.Chunks = append([]chat.Chunk{
		chat.HostedCall{CallID: "call_1", Tool: chat.ToolRef{Name: "crm__close", Server: "crm", ServerName: "CRM", Tool: "close"}, Arguments: `{"id":7}`},
		chat.HostedResult{CallID: "call_1", Result: chat.ToolResult{Text: "closed"}},
	}, closed.Chunks...)
	for _, tt := range []struct {
		name    string
		replies []chattest.Reply
		notices []chat.ServerNotice
		stop    bool
		// stopCall is a call to stop while the answer goes on.
		stopCall string
		decide   *chat.Decision // about the call that waits
		renew    *chat.Renewal  // for the call that waits; the person has a token then
	}{
		{name: "text", replies: []chattest.Reply{chattest.Say("Hel", "lo **you** ", "…\n\nÄ \u2028 & <b>")}},
		{name: "reasoning", replies: []chattest.Reply{thought}},
		{name: "table", replies: []chattest.Reply{chattest.Ask(read), chattest.Say("In 1996: 208,083.97.")}},
		{name: "two-calls", replies: []chattest.Reply{chattest.Ask(read), chattest.Ask(chat.CallReady{CallID: "call_2", Name: "desk__fail", Arguments: "{}"}), chattest.Say("One worked.")}},
		{name: "bad-calls", replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__nope", Arguments: "[]"}), chattest.Say("Sorry.")}},
		{name: "failed", replies: []chattest.Reply{{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Err: &chat.Error{Kind: chat.KindProviderAuth, Message: "The model provider rejected our key."}}}},
		{name: "stopped", replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__hang", Arguments: "{}"})}, stop: true},
		{name: "stopped-call", replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__hang", Arguments: "{}"}), chattest.Say("I did without it.")}, stopCall: "call_1"},
		{name: "server-down", replies: []chattest.Reply{chattest.Say("I had to do without the wiki.")}, notices: []chat.ServerNotice{{Server: "wiki", Name: "Wiki", Status: chat.ServerDown, Error: "The server does not answer."}}},
		{name: "approved", replies: []chattest.Reply{chattest.Ask(write), chattest.Say("Written.")}, decide: &chat.Decision{Approved: true, Scope: chat.InThread, Input: json.RawMessage(`{"n":2}`)}},
		{name: "forbidden", replies: []chattest.Reply{chattest.Ask(write), chattest.Say("As you wish.")}, decide: &chat.Decision{}},
		{name: "watched", replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__watched", Arguments: "{}"}), chattest.Say("Asked.")}},
		{name: "hosted", replies: []chattest.Reply{hosted}},
		{name: "hosted-approval", replies: []chattest.Reply{remote, closed}, decide: &chat.Decision{Approved: true}},
		{name: "connected", replies: []chattest.Reply{chattest.Ask(locked), chattest.Say("Come in.")}, renew: &chat.Renewal{Retry: []string{"call_1"}}},
		{name: "without", replies: []chattest.Reply{chattest.Ask(locked), chattest.Say("Never mind.")}, renew: &chat.Renewal{Without: []string{"call_1"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				caller, tries := ann, 0
				if tt.renew != nil {
					caller.Token, caller.TokenAt = chat.NewToken("te"), time.Now()
				}
				tools := chattest.NewToolbox(map[string]chattest.ToolFunc{
					"locked": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
						if tries++; tries == 1 {
							return chat.ToolResult{}, &chat.Error{Kind: chat.KindUnauthenticated, Message: "Desk asks you to log in."}
						}
						return chat.ToolResult{Text: "Unlocked."}, nil
					},
					"read": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
						time.Sleep(57 * time.Millisecond)
						return rows, nil
					},
					"fail": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
						return chat.ToolResult{}, &chat.Error{Kind: chat.KindProviderDown, Message: "The server hung up.", Err: errors.New("EOF")}
					},
					"hang": func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
						<-ctx.Done()
						return chat.ToolResult{}, ctx.Err()
					},
					"write": func(_ context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
						return chat.ToolResult{Text: string(arguments)}, nil
					},
				}, tt.notices...)
				tools.Watched("watched", asksAndTells)
				engine, store := newEngine(t, chattest.NewModel(tt.replies...), tools)
				run, err := engine.Start(t.Context(), caller, "thr_1", chat.Question{Text: "What were our sales by year?"})
				if err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				if tt.decide != nil {
					if err := engine.Decide(t.Context(), ann, run.ID, "apr_4", *tt.decide); err != nil {
						t.Fatal(err)
					}
				}
				if tt.renew != nil {
					if err := engine.Renew(t.Context(), caller, run.ID, *tt.renew); err != nil {
						t.Fatal(err)
					}
				}
				if tt.name == "watched" {
					if err := engine.Answer(t.Context(), ann, run.ID, "ask_4", chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`{"region":"north"}`)}); err != nil {
						t.Fatal(err)
					}
				}
				if tt.stop {
					synctest.Wait()
					if err := engine.Stop(t.Context(), ann, run.ID); err != nil {
						t.Fatal(err)
					}
				}
				if tt.stopCall != "" {
					if err := engine.StopCall(t.Context(), caller, run.ID, tt.stopCall); err != nil {
						t.Fatal(err)
					}
				}
				sub, err := engine.Subscribe(t.Context(), ann.Subject, run.ID, 0)
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				stream(t.Context(), &out, sub)
				golden(t, "testdata/streams/"+tt.name+".sse", out.Bytes())

				messages, err := store.Messages(t.Context(), ann.Subject, "thr_1")
				if err != nil {
					t.Fatal(err)
				}
				answer, err := json.MarshalIndent(messages[len(messages)-1], "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				golden(t, "testdata/streams/"+tt.name+".message.json", append(answer, '\n'))
			})
		})
	}
}

// hostedReply is a reply in which the provider searches, writes a file and cites.
func hostedReply() chattest.Reply {
	search := chat.ToolRef{Name: "web_search", Tool: "web_search", Title: "Web search"}
	code := chat.ToolRef{Name: "code_interpreter", Tool: "code_interpreter", Title: "Code interpreter"}
	return chattest.Reply{Chunks: []chat.Chunk{
		chat.TextChunk{ID: "c", Delta: "I look it up.", Kind: chat.Commentary},
		chat.CallStarted{CallID: "ws_1", Name: "web_search"},
		chat.HostedCall{CallID: "ws_1", Tool: search, Arguments: `{"query":"northwind"}`},
		chat.HostedResult{CallID: "ws_1", Result: chat.ToolResult{Text: "2 pages"}},
		chat.CallStarted{CallID: "ci_1", Name: "code_interpreter"},
		chat.CallDelta{CallID: "ci_1", Delta: "print(1)"},
		chat.HostedCall{CallID: "ci_1", Tool: code, Arguments: `{"code":"print(1)"}`},
		chat.FileChunk{CallID: "ci_1", Name: "sales.csv", MediaType: "text/csv", Open: func(context.Context) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("year,sales\n")), nil
		}},
		chat.FileChunk{CallID: "ci_1", Name: "huge.bin", MediaType: "text/csv", Open: func(context.Context) (io.ReadCloser, error) {
			return nil, &chat.Error{Kind: chat.KindProviderDown, Message: "The provider does not have it any more."}
		}},
		chat.HostedResult{CallID: "ci_1", Failure: "The code ran too long."},
		chat.RemoteFailed{Server: "crm", Reason: "It does not answer."},
		chat.TextChunk{ID: "a", Delta: "See the page."},
		chat.SourceChunk{TextID: "a", URL: "https://example.com/a", Title: "A", Start: 4, End: 12},
		chat.SourceChunk{TextID: "a", URL: "javascript:alert(1)", Title: "B"},
		chat.ReplyDone{Reason: "stop", Usage: &chat.Usage{InputTokens: 10, OutputTokens: 5}},
	}}
}

// asksAndTells is a tool that logs, tells how far it is, and asks the person.
func asksAndTells(ctx context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
	w.Log(chat.ToolLog{Level: "info", Text: "Looking."})
	w.Progress(chat.ToolProgress{Done: 1, Total: 2, Message: "Half way"})
	a, err := w.Elicit(ctx, chat.Elicitation{Message: "Which region?", Schema: json.RawMessage(`{"type":"object","properties":{"region":{"type":"string"}}}`)})
	if err != nil {
		return chat.ToolResult{}, err
	}
	return chat.ToolResult{Text: string(a.Content)}, nil
}

var ann = chat.Caller{Identity: chat.Identity{Subject: "ann", Name: "Ann", Email: "ann@example.com"}}

// newEngine returns an engine with predictable ids over a store with one empty
// thread of ann's, "thr_1".
func newEngine(t *testing.T, model chat.Provider, tools chat.Toolbox) (*chat.Engine, *chattest.Store) {
	t.Helper()
	store := chattest.NewStore()
	log := slog.New(slog.DiscardHandler)
	var ids atomic.Int64
	engine := chat.NewEngine(chat.EngineConfig{
		Threads: store, Journal: store, Grants: store, Results: store, Files: store, Models: chat.NewCatalogue(log, "", model), Toolbox: tools,
		Limits: chat.DefaultLimits(), Log: log, Now: func() time.Time { return time.Now().UTC() },
		NewID: func(prefix string) string { return fmt.Sprintf("%s_%d", prefix, ids.Add(1)) },
	})
	if err := store.CreateThread(t.Context(), ann.Subject, chat.Thread{ID: "thr_1", CreatedAt: time.Now(), UpdatedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	return engine, store
}

func ptr[T any](v T) *T { return &v }

func TestAQuietStreamIsKeptAliveAndEndsWithItsReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, _ := newEngine(t, chattest.NewModel(chattest.Reply{Hang: true}), chattest.NewToolbox(nil))
		run, err := engine.Start(t.Context(), ann, "thr_1", chat.Question{Text: "Hi"})
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		sub, err := engine.Subscribe(t.Context(), ann.Subject, run.ID, 3)
		if err != nil {
			t.Fatal(err)
		}
		reader, leave := context.WithTimeout(t.Context(), 40*time.Second)
		defer leave()
		var out bytes.Buffer
		stream(reader, &out, sub)
		if want := ": stream\n\n: ping\n\n: ping\n\n"; out.String() != want {
			t.Errorf("got %q, want %q", out.String(), want)
		}
		if err := engine.Stop(t.Context(), ann, run.ID); err != nil {
			t.Fatal(err)
		}
	})
}

// deadlined is a connection whose reader reads nothing: a write lasts until its deadline.
type deadlined struct {
	http.ResponseWriter
	until time.Time
}

func (d *deadlined) SetWriteDeadline(t time.Time) error { d.until = t; return nil }
func (d *deadlined) FlushError() error                  { return nil }
func (d *deadlined) Write([]byte) (int, error) {
	if d.until.IsZero() {
		select {} // for ever
	}
	time.Sleep(time.Until(d.until))
	return 0, os.ErrDeadlineExceeded
}

func TestAReaderWhoReadsNothingIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine, _ := newEngine(t, chattest.NewModel(chattest.Say("Hello.")), chattest.NewToolbox(nil))
		run, err := engine.Start(t.Context(), ann, "thr_1", chat.Question{Text: "Hi"})
		if err != nil {
			t.Fatal(err)
		}
		sub, err := engine.Subscribe(t.Context(), ann.Subject, run.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		w := &deadlined{ResponseWriter: httptest.NewRecorder()}
		stream(t.Context(), patientWriter{w, http.NewResponseController(w)}, sub)
		if took := time.Since(began); took != patience {
			t.Errorf("it was held for %s, want %s", took, patience)
		}
	})
}
