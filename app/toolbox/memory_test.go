package toolbox_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

func TestAStatusIsRememberedForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
		other := chat.Caller{Identity: chat.Identity{Subject: "bob"}}
		for _, tt := range []struct {
			name   string
			wait   time.Duration
			caller chat.Caller
			fresh  bool
			lists  int64
		}{
			{"at first it is asked", 0, ann, false, 1},
			{"then remembered", 29 * time.Second, ann, false, 1},
			{"but for another it is asked", 0, other, false, 2},
			{"after a while it is asked again", time.Second, ann, false, 3},
			{"and whenever it shall be fresh", time.Second, ann, true, 4},
			{"which is remembered too", 29 * time.Second, ann, false, 4},
		} {
			time.Sleep(tt.wait)
			if _, err := box.Servers(t.Context(), tt.caller, tt.fresh); err != nil {
				t.Fatal(err)
			}
			if got := d.lists.Load(); got != tt.lists {
				t.Errorf("%s: asked %d times, want %d", tt.name, got, tt.lists)
			}
		}
	})
}

func TestManyWhoAskAtOnceWaitForOneAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.AddReceivingMiddleware(delay("tools/list", time.Second))
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
		hasty, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := box.Servers(hasty, ann, true); !errors.Is(err, context.Canceled) {
				t.Errorf("who left got %v", err)
			}
		})
		synctest.Wait()
		for range 9 {
			all.Go(func() {
				if got := statuses(t, box, true)[0]; got.Status != chat.ServerReady {
					t.Error(got)
				}
			})
		}
		synctest.Wait()
		leave()
		all.Wait()
		if got := d.lists.Load(); got != 1 {
			t.Errorf("asked %d times", got)
		}
	})
}

func TestAServerThatHangsCostsNoMoreThanOurPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := newDesk()
		slow.AddReceivingMiddleware(delay("tools/list", time.Hour))
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("slow", slow), builtin("b", newDesk())}})
		began := time.Now()
		tools := open(t, box, "slow", "b")
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("took %s", took)
		}
		want := []chat.ServerNotice{{Server: "slow", Name: "SLOW", Status: chat.ServerDown, Error: "It did not answer within 5s."}}
		if diff := cmp.Diff(want, tools.Unavailable()); diff != "" {
			t.Error(diff)
		}
		began = time.Now()
		open(t, box, "slow", "b")
		if took := time.Since(began); took != 0 {
			t.Errorf("a run right after waited %s again", took)
		}
	})
}

func TestARunBelievesForAShortTimeOnlyThatAServerIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		broken := true
		d.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
			return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
				if broken && method == "tools/list" {
					return nil, errors.New("the cellar is flooded")
				}
				return next(ctx, method, req)
			}
		})
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
		want := []chat.ServerNotice{{Server: "a", Name: "A", Status: chat.ServerDown, Error: "It refused: the cellar is flooded."}}
		if diff := cmp.Diff(want, open(t, box).Unavailable()); diff != "" {
			t.Error(diff)
		}
		broken = false
		time.Sleep(5 * time.Second)
		if diff := cmp.Diff(deskTools("a"), open(t, box).List(), whoseWord); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAChangedListIsSeenAtTheNextLook(t *testing.T) {
	d := newDesk()
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, false).URL)}})
	before := names(statuses(t, box, false)[0].Tools)
	d.add("new", nil)
	d.RemoveTools("echo")
	if got := names(statuses(t, box, false)[0].Tools); got != before {
		t.Errorf("remembered: %s", got)
	}
	want := "[x__deny x__fail x__huge x__new x__refuse x__rows x__wait]"
	if got := names(statuses(t, box, true)[0].Tools); got != want {
		t.Errorf("fresh: got %s, want %s", got, want)
	}
	if got := names(open(t, box).List()); got != want {
		t.Errorf("opened: got %s, want %s", got, want)
	}
}

func TestAClosedToolboxSaysSo(t *testing.T) {
	box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", newDesk())}})
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := box.Servers(t.Context(), ann, false); err == nil {
		t.Error("no error")
	}
}

// delay holds up one method.
func delay(method string, by time.Duration) mcp.Middleware {
	return func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, m string, req mcp.Request) (mcp.Result, error) {
			if m == method {
				select {
				case <-time.After(by):
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
			return next(ctx, m, req)
		}
	}
}
