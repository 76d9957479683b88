package northwind

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// stuck is work that no signal reaches until it is let go, as the last pass of a sort is.
func stuck(letGo <-chan struct{}) func(context.Context, *conn) (int, error) {
	return func(context.Context, *conn) (int, error) {
		<-letGo
		return 1, nil
	}
}

// TestCallersAreAnsweredWhileSQLiteIsStuck looks at what is left of the pool when a caller has its answer and the work
// goes on.
func TestCallersAreAnsweredWhileSQLiteIsStuck(t *testing.T) {
	for _, tt := range []struct {
		name    string
		timeout time.Duration
		hangUp  bool
		want    Kind
	}{
		{"at the deadline", 20 * time.Millisecond, false, Timeout},
		{"when they hang up", time.Hour, true, Canceled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := open(t, Limits{Concurrency: 2, Timeout: tt.timeout})
			ctx, hangUp := context.WithCancel(t.Context())
			defer hangUp()
			if tt.hangUp {
				hangUp()
			}
			letGo := make(chan struct{})
			if _, err := attend(ctx, db, "", stuck(letGo)); KindOf(err) != tt.want {
				t.Errorf("the caller gets %v", err)
			}
			if diff := cmp.Diff(Load{Connections: 2, Running: 1, Overdue: 1}, db.Load()); diff != "" {
				t.Errorf("then (-want +got)\n%s", diff)
			}
			close(letGo)
			both := []*conn{<-db.free, <-db.free}
			if diff := cmp.Diff(Load{Connections: 2}, db.Load()); diff != "" {
				t.Errorf("in the end (-want +got)\n%s", diff)
			}
			for _, c := range both {
				db.free <- c
			}
		})
	}
}

func TestStuckQueryLeavesTheOtherConnections(t *testing.T) {
	db := open(t, Limits{Concurrency: 2})
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	letGo := make(chan struct{})
	if _, err := attend(ctx, db, "", stuck(letGo)); KindOf(err) != Canceled {
		t.Errorf("the caller gets %v", err)
	}
	for range 3 {
		ask(t, db, Query{SQL: "SELECT count(*) FROM Orders"})
	}
	close(letGo)
}

func TestCloseWaitsForAStuckQuery(t *testing.T) {
	db, err := Open(t.Context(), shop(t), Limits{Concurrency: 1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	letGo, over := make(chan struct{}), false
	_, err = attend(ctx, db, "", func(context.Context, *conn) (int, error) {
		<-letGo
		over = true
		return 1, nil
	})
	if KindOf(err) != Canceled {
		t.Errorf("the caller gets %v", err)
	}
	time.AfterFunc(10*time.Millisecond, func() { close(letGo) })
	if err := db.Close(); err != nil || !over {
		t.Errorf("it was over: %t; Close: %v", over, err)
	}
}

// TestLongQueriesMakeRoom fills all connections with queries that would run for an hour. Honest ones get their turn, and
// the long ones are told why they were ended.
func TestLongQueriesMakeRoom(t *testing.T) {
	db := open(t, Limits{Concurrency: 2, Timeout: time.Hour, QueueWait: 4 * time.Second})
	ctx, cancel := context.WithCancel(t.Context())
	var mu sync.Mutex
	ends := map[Kind]int{}
	var long sync.WaitGroup
	for i := range 4 {
		long.Go(func() {
			for ctx.Err() == nil {
				_, err := db.Query(ctx, Query{SQL: fmt.Sprintf("%s -- %d", endlessQuery, i)})
				mu.Lock()
				ends[KindOf(err)]++
				mu.Unlock()
			}
		})
	}
	for db.Load().Running < 2 {
		time.Sleep(time.Millisecond)
	}
	for range 3 {
		ask(t, db, Query{SQL: "SELECT count(*) FROM Orders"})
	}
	if err := db.Ready(ctx); err != nil {
		t.Errorf("it is not ready: %v", err)
	}
	cancel()
	long.Wait()
	if ends[Busy] == 0 || ends[Canceled] == 0 || len(ends) != 2 {
		t.Errorf("the long queries ended as %v", ends)
	}
}

// TestNobodyMakesRoomForNobody lets long queries run while no one waits.
func TestNobodyMakesRoomForNobody(t *testing.T) {
	db := open(t, Limits{Concurrency: 2, Timeout: 200 * time.Millisecond, QueueWait: time.Millisecond})
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := db.Query(t.Context(), Query{SQL: endlessQuery}); KindOf(err) != Timeout {
				t.Errorf("got %v", err)
			}
		})
	}
	both.Wait()
}

// TestQueueKeepsItsOrder lets eight wait for one connection, each while all before it press for room.
func TestQueueKeepsItsOrder(t *testing.T) {
	image := shop(t)
	synctest.Test(t, func(t *testing.T) {
		db := openImage(t, image, Limits{Concurrency: 1})
		held := <-db.free
		turns := make(chan int)
		for i := range 8 {
			go func() {
				c, err := db.borrow(t.Context())
				if err != nil {
					t.Errorf("number %d: %v", i, err)
					return
				}
				turns <- i
				db.free <- c
			}()
			synctest.Wait()
		}
		time.Sleep(2 * (db.room.patience() + db.room.share()))
		db.free <- held
		for want := range 8 {
			if got := <-turns; got != want {
				t.Errorf("number %d has the turn of number %d", got, want)
			}
		}
	})
}

// TestFullQueueIsBusy lets as many wait as may. One more fails at once; when one has left, the next may come.
func TestFullQueueIsBusy(t *testing.T) {
	db := open(t, Limits{Concurrency: 1})
	c := <-db.free
	var leaves []func()
	for range maxWaiting {
		leave, ok := db.room.queue()
		if !ok {
			t.Fatalf("the queue is full after %d", len(leaves))
		}
		leaves = append(leaves, leave)
	}
	if _, err := db.Query(t.Context(), Query{SQL: "SELECT 1"}); KindOf(err) != Busy || !strings.Contains(err.Error(), "512 queries are waiting") {
		t.Errorf("got %v", err)
	}
	if err := db.Ready(t.Context()); err != nil {
		t.Errorf("it is not ready: %v", err)
	}
	for _, leave := range leaves {
		leave()
	}
	db.free <- c
	ask(t, db, Query{SQL: "SELECT 1"})
}

// TestHangUpOfAnOlderClient leaves an endless query behind over a revision of MCP in which the server does not learn of it.
// Its connection comes free at the deadline.
func TestHangUpOfAnOlderClient(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: 100 * time.Millisecond})
	web := httptest.NewServer(NewHandler(db, HandlerOptions{}))
	defer web.Close()
	for range 2 {
		r := post(t, web.URL, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_query","arguments":{"query":"`+endlessQuery+`"}}}`)
		r.Header.Set("Mcp-Protocol-Version", "2025-11-25")
		ctx, hangUp := context.WithCancel(t.Context())
		defer hangUp()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			if response, err := http.DefaultClient.Do(r.WithContext(ctx)); err == nil {
				response.Body.Close()
			}
		}()
		for db.Load().Running == 0 {
			time.Sleep(time.Millisecond)
		}
		hangUp()
		<-ended
		for db.Load().Running > 0 {
			time.Sleep(time.Millisecond)
		}
		ask(t, db, Query{SQL: "SELECT 1"})
	}
}

// TestWhoMakesRoom holds the order and the shares.
func TestWhoMakesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &room{size: 2, wait: 2 * time.Second}
		var left []string
		enter := func(name string) *seat {
			return r.enter(time.Now(), func(cause error) { left = append(left, name+": "+cause.Error()) })
		}
		first := enter("first")
		time.Sleep(100 * time.Millisecond)
		enter("second")
		r.waiting = 1
		for _, step := range []struct {
			sleep, again time.Duration
			left         []string
		}{
			{0, 400 * time.Millisecond, nil},
			{400 * time.Millisecond, 500 * time.Millisecond, []string{"first: others were waiting"}},
			{0, 100 * time.Millisecond, []string{"first: others were waiting"}},
			{100 * time.Millisecond, 500 * time.Millisecond, []string{"first: others were waiting", "second: others were waiting"}},
			{time.Hour, 500 * time.Millisecond, []string{"first: others were waiting", "second: others were waiting"}},
		} {
			time.Sleep(step.sleep)
			r.mu.Lock()
			again := r.make(time.Now())
			r.mu.Unlock()
			if diff := cmp.Diff(step.left, left); diff != "" || again != step.again {
				t.Errorf("the next to ask comes after %v, want %v; left (-want +got)\n%s", again, step.again, diff)
			}
		}
		r.leave(first)
		for waiting, want := range map[int]time.Duration{1: 500 * time.Millisecond, 4: 250 * time.Millisecond, 8: 125 * time.Millisecond, 1000: 100 * time.Millisecond} {
			if got := (&room{size: 2, wait: 2 * time.Second, waiting: waiting}).share(); got != want {
				t.Errorf("with %d waiting the share is %v, want %v", waiting, got, want)
			}
		}
	})
}
