package postgres

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

// A server that crashed may not know any more of what it was about to commit.
func TestATransactionThatTheServerForgotWasUndone(t *testing.T) {
	s, err := Open(t.Context(), postgrestest.Start(t).Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := s.settle(ctx, "4000000000", io.ErrUnexpectedEOF); !errors.Is(err, errUndone) {
		t.Errorf("settled as %v", err)
	}
}
