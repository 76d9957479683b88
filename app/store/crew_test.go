package store

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
)

func TestACrew(t *testing.T) {
	c := newCrew(1, atOnce)
	defer c.dismiss()
	broken := errors.New("broken")
	if err := c.run(t.Context(), func() error { return broken }); !errors.Is(err, broken) {
		t.Errorf("an error came back as %v", err)
	}
	func() {
		defer func() {
			if v, ok := recover().(error); !ok || !strings.Contains(v.Error(), "at sea") {
				t.Errorf("a panic came back as %v", v)
			}
		}()
		_ = c.run(t.Context(), func() error { panic("at sea") })
	}()
	if err := c.run(t.Context(), func() error { return nil }); err != nil {
		t.Errorf("after a panic: %v", err)
	}
	// While somebody is at work, who gives up waiting does nothing.
	began, end := make(chan struct{}), make(chan struct{})
	go func() {
		_ = c.run(context.Background(), func() error { close(began); <-end; return nil })
	}()
	<-began
	given, giveUp := context.WithCancelCause(t.Context())
	giveUp(broken)
	if err := c.run(given, func() error { t.Error("it was done"); return nil }); !errors.Is(err, broken) {
		t.Errorf("who gave up got %v", err)
	}
	close(end)
}

// The end of the process does not wait for everybody: who comes too late, or was waiting, is
// told so, where a panic would end what is left in disorder.
func TestAClosedStoreSaysSo(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "chat.db"))
	if err != nil {
		t.Fatal(err)
	}
	began, end, waited := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		_ = s.writes.run(context.Background(), func() error { close(began); <-end; return nil })
	}()
	<-began
	go func() { waited <- s.CreateThread(context.Background(), "ann", chat.Thread{ID: "t"}) }()
	s.writes.dismiss()
	close(end)
	first := <-waited
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	_, read := s.Thread(t.Context(), "ann", "t")
	for who, err := range map[string]error{"who waited": first, "who writes": s.CreateThread(t.Context(), "ann", chat.Thread{ID: "u"}), "who reads": read} {
		if chat.KindOf(err) != chat.KindInternal || !errors.Is(err, errClosed) {
			t.Errorf("%s was told %v", who, err)
		}
	}
}
