package store

import (
	"context"
	"errors"
	"strings"
	"testing"
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
