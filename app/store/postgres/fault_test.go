package postgres_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/postgres"
)

// told is what a failure tells the person.
type told struct {
	Kind    chat.Kind
	Op      string
	Message string
}

func tell(t *testing.T, err error) told {
	t.Helper()
	e, ok := errors.AsType[*chat.Error](err)
	if !ok {
		t.Fatalf("not a *chat.Error: %v", err)
	}
	return told{e.Kind, e.Op, e.Message}
}

// hangUp makes the server end the connections of a database: those with the claim, or
// the others.
func hangUp(claim bool) string {
	not := "NOT"
	if claim {
		not = ""
	}
	return `SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
		AND pid ` + not + ` IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`
}

func TestConnectionsThatAreCutAreReplaced(t *testing.T) {
	pg := server(t)
	dsn := pg.Database(t)
	s := open(t, dsn)
	for i := range 5 {
		id := fmt.Sprint("t", i)
		if err := s.CreateThread(t.Context(), "ann", chat.Thread{ID: id}); err != nil {
			t.Error(err)
		}
		pg.Run(t, database(dsn), hangUp(false))
		if _, err := s.Thread(t.Context(), "ann", id); err != nil {
			t.Error(err)
		}
	}
}

// database is the name of the database in a URL of the test server.
func database(dsn string) string {
	_, name, _ := strings.Cut(strings.TrimPrefix(dsn, "postgres://"), "/")
	name, _, _ = strings.Cut(name, "?")
	return name
}

func TestAClaimThatIsCutIsTakenAgain(t *testing.T) {
	pg := server(t)
	dsn := pg.Database(t)
	s := open(t, dsn)
	if n := pg.Run(t, database(dsn), hangUp(true)); n != "1" {
		t.Fatalf("%s connections had the claim", n)
	}
	if err := s.CreateThread(t.Context(), "ann", chat.Thread{ID: "t"}); err != nil {
		t.Errorf("while nobody else has the claim: %v", err)
	}
	held := func() bool {
		return pg.Run(t, database(dsn), "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == "1"
	}
	for end := time.Now().Add(30 * time.Second); !held(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the claim is not taken again")
		}
	}
	if other, err := postgres.Open(t.Context(), dsn); err == nil {
		t.Errorf("a second store is opened beside it: %v", other.Close())
	}
}

func TestWhoLostTheClaimToAnotherWritesNothing(t *testing.T) {
	pg := server(t)
	dsn := pg.Database(t)
	first := open(t, dsn)
	ctx := t.Context()
	if err := first.CreateThread(ctx, "ann", chat.Thread{ID: "t"}); err != nil {
		t.Fatal(err)
	}
	// As another process does that waits for the lock when the connection is cut.
	pg.Run(t, database(dsn), hangUp(true), "SELECT pg_advisory_lock(x'504D4348'::int)", "UPDATE pomchat.store SET holder = 'another'")
	want := told{chat.KindInternal, "create thread", "Another pomchat has taken over this one's data, so nothing can be saved here any more."}
	if diff := cmp.Diff(want, tell(t, first.CreateThread(ctx, "ann", chat.Thread{ID: "u"}))); diff != "" {
		t.Error(diff)
	}
	second := open(t, dsn)
	if err := second.CreateThread(ctx, "ann", chat.Thread{ID: "u"}); err != nil {
		t.Error(err)
	}
	want.Op = "delete thread"
	if diff := cmp.Diff(want, tell(t, first.DeleteThread(ctx, "ann", "t"))); diff != "" {
		t.Error(diff)
	}
	if _, err := first.Thread(ctx, "ann", "t"); err != nil {
		t.Errorf("reading does no harm: %v", err)
	}
}

// TestACommitThatGetsNoAnswer cuts the connection at a commit, which has happened or not:
// in either case what was to be stored is stored, once.
func TestACommitThatGetsNoAnswer(t *testing.T) {
	pg := server(t)
	for _, happens := range []bool{true, false} {
		t.Run(fmt.Sprintf("and happens: %v", happens), func(t *testing.T) {
			dsn := pg.Database(t)
			direct := fmt.Sprintf("127.0.0.1:%d", pg.Port)
			p := newProxy(t, direct, happens)
			s := open(t, strings.Replace(dsn, direct, p.address, 1))
			ctx := t.Context()
			question := chat.Message{ID: "q", Role: chat.RoleUser, Status: chat.StatusFinished, Parts: chat.Parts{}, CreatedAt: time.UnixMicro(1).UTC()}
			r := chat.Run{ID: "r", Owner: "ann", ThreadID: "t", MessageID: "q", Status: chat.StatusRunning, CreatedAt: time.UnixMicro(1).UTC()}
			ended := r
			ended.Status = chat.StatusFinished
			for i, do := range []func() error{
				func() error { return s.CreateThread(ctx, "ann", chat.Thread{ID: "t"}) },
				func() error { return s.BeginRun(ctx, r, []chat.Message{question}, "Title", chat.Settings{}) },
				func() error {
					return s.AppendEvents(ctx, "r", []chat.Numbered{{Seq: 1, Event: chat.StartStep{}}})
				},
				func() error {
					return s.EndRun(ctx, ended, []chat.Numbered{{Seq: 2, Event: chat.Finish{Reason: "stop"}}}, question)
				},
			} {
				p.cutNextCommit()
				if err := do(); err != nil {
					t.Errorf("step %d: %v", i+1, err)
				}
				if !p.hasCut() {
					t.Errorf("step %d has met no commit", i+1)
				}
			}
			events, err := s.Events(ctx, "ann", "r", 0)
			if err != nil || len(events) != 2 {
				t.Errorf("there are %d events (%v)", len(events), err)
			}
		})
	}
}

// TestWritersInEachOthersWay lets many write to a few threads at once, whatever comes:
// nobody is told of a deadlock or of anything else that is not about the data.
func TestWritersInEachOthersWay(t *testing.T) {
	s := open(t, server(t).Database(t))
	ctx := t.Context()
	at := time.UnixMicro(1).UTC()
	work := func(rnd *rand.Rand) error {
		n := rnd.IntN(3)
		thread, run, message := fmt.Sprint("t", n), fmt.Sprint("r", n), fmt.Sprint("m", n)
		title := fmt.Sprint("title ", rnd.IntN(9))
		answer := chat.Message{ID: message, Role: chat.RoleAssistant, Status: chat.StatusRunning, CreatedAt: at, EndedAt: &at, Parts: chat.Parts{chat.TextPart{ID: "0", Text: "many words " + title}}}
		r := chat.Run{ID: run, Owner: "ann", ThreadID: thread, MessageID: message, Status: chat.StatusRunning, CreatedAt: at}
		var next []chat.RunEvents
		for i := range 3 {
			id := fmt.Sprint("r", (n+i)%3)
			if events, err := s.Events(ctx, "ann", id, 0); err == nil {
				next = append(next, chat.RunEvents{RunID: id, Events: []chat.Numbered{{Seq: len(events) + 1, Event: chat.StartStep{}}}})
			}
		}
		switch rnd.IntN(9) {
		case 0:
			return s.DeleteThread(ctx, "ann", thread)
		case 1, 2:
			return errors.Join(s.CreateThread(ctx, "ann", chat.Thread{ID: thread}))
		case 3:
			return s.BeginRun(ctx, r, []chat.Message{answer}, title, chat.Settings{})
		case 4:
			return s.AppendAll(ctx, next)
		case 5:
			r.Status, answer.Status = chat.StatusFinished, chat.StatusFinished
			return s.EndRun(ctx, r, nil, answer)
		case 6:
			_, err := s.UpdateThread(ctx, "ann", thread, chat.ThreadPatch{Title: &title})
			return err
		case 7:
			_, err := s.PruneEvents(ctx, at.Add(time.Hour))
			return err
		default:
			return s.AddGrant(ctx, "ann", chat.Grant{ID: chat.NewID("grt"), ThreadID: thread, Server: "desk", Tool: "write", At: at})
		}
	}
	var all sync.WaitGroup
	for seed := range uint64(8) {
		all.Go(func() {
			rnd := rand.New(rand.NewPCG(seed, 1))
			for range 150 {
				if err := work(rnd); err != nil && chat.KindOf(err) != chat.KindNotFound && chat.KindOf(err) != chat.KindConflict {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// TestAThreadThatComesAndGoes lets some create and delete a thread all the time in which
// others hang something on it.
func TestAThreadThatComesAndGoes(t *testing.T) {
	s := open(t, server(t).Database(t))
	ctx := t.Context()
	var all sync.WaitGroup
	for _, work := range []func() error{
		func() error { return s.CreateThread(ctx, "ann", chat.Thread{ID: "t"}) },
		func() error { return s.CreateThread(ctx, "ann", chat.Thread{ID: "t"}) },
		func() error { return s.DeleteThread(ctx, "ann", "t") },
		func() error { return s.DeleteThread(ctx, "ann", "t") },
		func() error {
			return s.AddGrant(ctx, "ann", chat.Grant{ID: chat.NewID("grt"), ThreadID: "t", Tool: "write"})
		},
		func() error {
			return s.AddGrant(ctx, "ann", chat.Grant{ID: chat.NewID("grt"), ThreadID: "t", Tool: "read"})
		},
	} {
		all.Go(func() {
			for range 300 {
				if err := work(); err != nil && chat.KindOf(err) != chat.KindNotFound && chat.KindOf(err) != chat.KindConflict {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}
