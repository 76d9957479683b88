package toolbox_test

//lint:file-ignore SA1019 servers still do what is deprecated

import (
	"context"
	"encoding/json"
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

// witness is a chat.Watcher that remembers, and answers as it was told.
type witness struct {
	answer func(ctx context.Context, e chat.Elicitation) (chat.ElicitationAnswer, error)

	mu       sync.Mutex
	progress []chat.ToolProgress
	logs     []chat.ToolLog
	asked    []chat.Elicitation
	over     bool
	late     int // how often it was told something after the call
}

func (w *witness) Progress(p chat.ToolProgress) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.progress = append(w.progress, p)
	w.count()
}

func (w *witness) Log(l chat.ToolLog) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.logs = append(w.logs, l)
	w.count()
}

func (w *witness) Elicit(ctx context.Context, e chat.Elicitation) (chat.ElicitationAnswer, error) {
	w.mu.Lock()
	w.asked = append(w.asked, e)
	w.count()
	w.mu.Unlock()
	return w.answer(ctx, e)
}

func (w *witness) count() {
	if w.over {
		w.late++
	}
}

// watch calls a tool before the witness.
func (w *witness) watch(t *testing.T, tools chat.Tools, name, arguments string) outcome {
	t.Helper()
	res, err := tools.Call(t.Context(), name, json.RawMessage(arguments), w)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	return outcomeOf(res, err)
}

// addWatched adds a tool that can talk to its caller.
func (d *desk) addWatched(name string, do func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error)) {
	d.AddTool(&mcp.Tool{Name: name, InputSchema: json.RawMessage(object)}, do)
}

func progress(ctx context.Context, r *mcp.CallToolRequest, done, total float64, message string) error {
	return r.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{
		ProgressToken: r.Params.GetProgressToken(), Progress: done, Total: total, Message: message,
	})
}

func logged(ctx context.Context, r *mcp.CallToolRequest, level mcp.LoggingLevel, logger string, data any) error {
	return r.Session.Log(ctx, &mcp.LoggingMessageParams{Level: level, Logger: logger, Data: data})
}

func TestAWatcherLearnsWhatHappensInItsCall(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		d.addWatched("work", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			for _, l := range []struct {
				level  mcp.LoggingLevel
				logger string
				data   any
			}{
				{"debug", "", "nobody wants to know"},
				{"info", "", "I begin."},
				{"warning", "sql", map[string]any{"rows": 3}},
				{"error", "", strings.Repeat("ö", 2000)},
			} {
				if err := logged(ctx, r, l.level, l.logger, l.data); err != nil {
					return nil, err
				}
			}
			if err := progress(ctx, r, 2, 3, "Counting\n\n things"); err != nil {
				return nil, err
			}
			return said("done"), nil
		})
		var w witness
		if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: "done"}}, w.watch(t, open(t, box), "x__work", "{}")); diff != "" {
			t.Error(diff)
		}
		wantLogs := []chat.ToolLog{
			{Level: "info", Text: "I begin."},
			{Level: "warning", Text: `sql: {"rows":3}`},
			{Level: "error", Text: strings.Repeat("ö", 1022) + "…"},
		}
		if diff := cmp.Diff(wantLogs, w.logs); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]chat.ToolProgress{{Done: 2, Total: 3, Message: "Counting things"}}, w.progress); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCallsSideBySideLearnTheirOwnProgress(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		var together sync.WaitGroup
		together.Add(4)
		d.addWatched("work", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			together.Done()
			together.Wait()
			return said("done"), progress(ctx, r, 1, 0, string(r.Params.Arguments))
		})
		tools := open(t, box)
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				var w witness
				arguments := fmt.Sprintf(`{"i":%d}`, i)
				w.watch(t, tools, "x__work", arguments)
				if diff := cmp.Diff([]chat.ToolProgress{{Done: 1, Message: arguments}}, w.progress); diff != "" {
					t.Error(diff)
				}
			})
		}
		all.Wait()
	})
}

func TestAFloodIsToldInShort(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		const flood = 10_000
		d.addWatched("flood", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			for i := range flood {
				if err := progress(ctx, r, float64(i+1), flood, ""); err != nil {
					return nil, err
				}
				if i >= 300 {
					continue
				}
				if err := logged(ctx, r, "info", "", i); err != nil {
					return nil, err
				}
			}
			return said("done"), nil
		})
		var w witness
		if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: "done"}}, w.watch(t, open(t, box), "x__flood", "{}")); diff != "" {
			t.Error(diff)
		}
		if len(w.progress) > flood/10 {
			t.Errorf("progress was told %d times", len(w.progress))
		}
		if diff := cmp.Diff(chat.ToolProgress{Done: flood, Total: flood}, w.progress[len(w.progress)-1]); diff != "" {
			t.Errorf("at last: %s", diff)
		}
		var want []chat.ToolLog
		for i := range 200 {
			want = append(want, chat.ToolLog{Level: "info", Text: fmt.Sprint(i)})
		}
		want = append(want, chat.ToolLog{Level: "notice", Text: "The server logs more than 200 lines; the others are left out."})
		if diff := cmp.Diff(want, w.logs); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProgressIsToldFourTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.addWatched("work", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			for i := range 1000 {
				if err := progress(ctx, r, float64(i), 0, ""); err != nil {
					return nil, err
				}
				time.Sleep(time.Millisecond)
			}
			return said("done"), nil
		})
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", d)}})
		var w witness
		w.watch(t, open(t, box), "x__work", "{}")
		if got := len(w.progress); got < 4 || got > 6 {
			t.Errorf("told %d times: %v", got, w.progress)
		}
		if !slices.IsSortedFunc(w.progress, func(a, b chat.ToolProgress) int { return int(a.Done - b.Done) }) {
			t.Errorf("out of order: %v", w.progress)
		}
	})
}

func TestNothingIsToldAfterTheCall(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		over, ended := make(chan struct{}), make(chan struct{})
		d.addWatched("babble", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			go func() {
				defer close(ended)
				for {
					select {
					case <-over:
						return
					default: // the session may be gone, which is no matter
						_ = progress(ctx, r, 1, 0, "")
						_ = logged(ctx, r, "info", "", "still here")
					}
				}
			}()
			return said("done"), nil
		})
		tools := open(t, box)
		var w witness
		w.watch(t, tools, "x__babble", "{}")
		for range 20 {
			mustCall(t, tools, "x__echo")
		}
		close(over)
		<-ended
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.late > 0 {
			t.Errorf("told %d times after the end", w.late)
		}
	})
}
