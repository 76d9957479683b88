package toolbox_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
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

func TestAServerThatStaysDownIsDownSinceThatWasSeenFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
		began := time.Now()
		var broken atomic.Bool
		d.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
			return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
				if method == "tools/list" && broken.Load() {
					return nil, errors.New("out of order")
				}
				return next(ctx, method, req)
			}
		})
		var seen []string
		for _, up := range []bool{true, false, false, true, false} {
			broken.Store(!up)
			servers, err := box.Servers(t.Context(), ann, true)
			if err != nil {
				t.Fatal(err)
			}
			since := "always"
			if at := servers[0].Since; !at.IsZero() {
				since = at.Sub(began).String()
			}
			seen = append(seen, string(servers[0].Status)+" "+since)
			time.Sleep(time.Minute)
		}
		if diff := cmp.Diff([]string{"ready always", "down 1m0s", "down 1m0s", "ready always", "down 4m0s"}, seen); diff != "" {
			t.Error(diff)
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

// Nobody waits long for a server that hangs, and whoever looks after our patience is at
// its end learns at once what is wrong.
func TestAServerThatHangsHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := newDesk()
		slow.AddReceivingMiddleware(delay("tools/list", time.Hour))
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("slow", slow), builtin("b", newDesk())}})
		down := func(why string) []chat.ServerNotice {
			return []chat.ServerNotice{{Server: "slow", Name: "SLOW", Status: chat.ServerDown, Error: why}}
		}
		for _, tt := range []struct {
			name  string
			after time.Duration
			takes time.Duration
			want  []chat.ServerNotice
		}{
			{"the first run", 0, 1500 * time.Millisecond, down("It has not answered yet.")},
			{"one while it is still being asked", 0, 1500 * time.Millisecond, down("It has not answered yet.")},
			{"one when that has failed", 2 * time.Second, 0, down("It did not answer within 5s.")},
			{"one when it is being asked again", 5 * time.Second, 1500 * time.Millisecond, down("It did not answer within 5s.")},
		} {
			time.Sleep(tt.after)
			began := time.Now()
			tools := open(t, box, "slow", "b")
			if took := time.Since(began); took != tt.takes {
				t.Errorf("%s took %s", tt.name, took)
			}
			if diff := cmp.Diff(tt.want, tools.Unavailable()); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
			if len(tools.List()) != len(deskTools("b")) {
				t.Errorf("%s has %d tools", tt.name, len(tools.List()))
			}
		}
	})
}

func TestAListOfServersDoesNotWaitForSlowOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slowness atomic.Int64
		slow := newDesk()
		slow.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
			return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
				return delay("tools/list", time.Duration(slowness.Load()))(next)(ctx, method, req)
			}
		})
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("slow", slow), builtin("b", newDesk())}})
		look := func() (string, time.Duration) {
			t.Helper()
			began := time.Now()
			all, err := box.Servers(t.Context(), ann, false)
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, s := range all {
				said = append(said, fmt.Sprintf("%s %s %d %q checked: %t", s.Name, s.Status, len(s.Tools), s.Error, !s.CheckedAt.IsZero()))
			}
			return strings.Join(said, ", "), time.Since(began)
		}
		n := len(deskTools("b"))
		ready := fmt.Sprintf(`SLOW ready %d "" checked: true, B ready %d "" checked: true`, n, n)
		slowness.Store(int64(4 * time.Second))
		if got, took := look(); got != fmt.Sprintf(`SLOW down 0 "It has not answered yet." checked: false, B ready %d "" checked: true`, n) || took != 1500*time.Millisecond {
			t.Errorf("at first: %s after %s", got, took)
		}
		time.Sleep(3 * time.Second)
		if got, took := look(); got != ready || took != 0 {
			t.Errorf("later: %s after %s", got, took)
		}
		slowness.Store(int64(time.Hour))
		time.Sleep(time.Minute)
		if got, took := look(); got != ready || took != 1500*time.Millisecond {
			t.Errorf("when it has become slow: %s after %s", got, took)
		}
	})
}

// To look at one server asks that one alone, and waits for it.
func TestOneServerIsAskedAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow, quick := newDesk(), newDesk()
		slow.AddReceivingMiddleware(delay("tools/list", 3*time.Second))
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("slow", slow), builtin("b", quick)}})
		for i := range 2 {
			began := time.Now()
			one, err := box.Server(t.Context(), ann, "b")
			if err != nil || one.ID != "b" || one.Status != chat.ServerReady || time.Since(began) != 0 || slow.lists.Load() != 0 || quick.lists.Load() != int64(i+1) {
				t.Errorf("got %+v, %v after %s; asked %d and %d times", one, err, time.Since(began), slow.lists.Load(), quick.lists.Load())
			}
		}
		if one, err := box.Server(t.Context(), ann, "slow"); err != nil || one.Status != chat.ServerReady {
			t.Errorf("the slow one: %+v, %v", one, err)
		}
		if _, err := box.Server(t.Context(), ann, "c"); chat.KindOf(err) != chat.KindNotFound {
			t.Errorf("one that is not there: %v", err)
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
