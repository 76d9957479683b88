// Package postgres keeps threads, messages, runs and events in a database of a PostgreSQL
// server, in a schema of its own. It implements chat.Threads, chat.Journal, chat.Grants,
// chat.Results and chat.Files, by the rules of package record.
//
// Every method is one transaction. Errors are *chat.Error; those that stem from the
// server or the way to it are KindInternal with a sentence for the person and the cause
// for the log. A server that restarts is waited for, for a few seconds: who asks
// meanwhile waits, and nobody loses an answer. Of two writers that get in each other's
// way, one begins anew.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pomerium/pomchat/app/store/record"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	pool  *pgxpool.Pool
	claim *claim // keeps other processes from the database
}

const (
	rideOut    = 5 * time.Second  // how long a server that is away is waited for
	patience   = 20 * time.Second // the longest that a method takes; more than statementTimeout
	soon       = 50 * time.Millisecond
	notSoSoon  = time.Second
	statements = "15s" // the longest that the server works on one statement
	locks      = "5s"  // the longest that one waits for another
)

// Close waits for what is going on, lets go of the database and hangs up. Call it once,
// and nothing after it.
func (s *Store) Close() error {
	s.pool.Close()
	if err := s.claim.release(); err != nil {
		return fmt.Errorf("close the data: %w", err)
	}
	return nil
}

// Lost is closed when another process has taken the database over: nothing can be stored any
// more, nor will it ever be.
func (s *Store) Lost() <-chan struct{} { return s.claim.lost }

// write runs do in one writing transaction, all or nothing. It may run do again, from
// the beginning.
func (s *Store) write(ctx context.Context, op string, do func(ctx context.Context, tx tx) error) error {
	return insist(ctx, op, func(ctx context.Context) error { return s.writeOnce(ctx, do) })
}

// read runs do on one state of the data. It may run do again, from the beginning.
func (s *Store) read(ctx context.Context, op string, do func(ctx context.Context, tx tx) error) error {
	one := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return insist(ctx, op, func(ctx context.Context) error {
		return pgx.BeginTxFunc(ctx, s.pool, one, func(t pgx.Tx) error { return do(ctx, tx{t}) })
	})
}

// insist tries again what failed only because of when it was done.
func insist(ctx context.Context, op string, once func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	enough := time.Now().Add(rideOut)
	for wait := soon; ; wait = min(2*wait, notSoSoon) {
		err := once(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil || !passes(err) || time.Now().After(enough) {
			return failure(op, err)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return failure(op, fmt.Errorf("%w (%w)", err, context.Cause(ctx)))
		}
	}
}

// writeOnce is write without a second try. Rows that it reads to decide are locked, so
// that nobody decides otherwise: of a thread and its run, the thread first.
func (s *Store) writeOnce(ctx context.Context, do func(ctx context.Context, tx tx) error) error {
	begun, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted})
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = begun.Rollback(ctx) }() // of no effect after the end
	// Who takes the database over waits for who has read here that it is still theirs.
	var number, holder string
	if err := begun.QueryRow(ctx, "SELECT pg_current_xact_id()::text, holder FROM store FOR SHARE").Scan(&number, &holder); err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	if holder != s.claim.holder {
		return errOusted
	}
	if err := do(ctx, tx{begun}); err != nil {
		return err
	}
	if err := begun.Commit(ctx); err != nil {
		err = fmt.Errorf("commit: %w", err)
		if away(err) {
			return s.settle(ctx, number, err)
		}
		return err
	}
	return nil
}

// settle finds out what became of a transaction whose commit got no answer. If it has
// happened, all is well; if it was undone, it can be tried again. After a crash the server may
// not know of it at all, and give its number out once more: then it was undone, too.
func (s *Store) settle(ctx context.Context, number string, cause error) error {
	for {
		var status *string
		err := s.pool.QueryRow(ctx, "SELECT pg_xact_status($1::text::xid8)", number).Scan(&status)
		switch {
		case err == nil && status != nil && *status == "committed":
			return nil
		case err == nil && status != nil && *status == "aborted", inFuture(err):
			return fmt.Errorf("%w: %w", errUndone, cause)
		}
		select {
		case <-time.After(soon):
		case <-ctx.Done():
			return fmt.Errorf("%w (nor what became of it: %w)", cause, context.Cause(ctx))
		}
	}
}

// inFuture reports whether pg_xact_status refused a number that has not been given out yet.
func inFuture(err error) bool { return codeOf(err) == invalidParameter }

// only reports whether a statement changed something; if not, what it looked for is
// not there or is another's.
func only(tag pgconn.CommandTag, err error, what, id string) error {
	if err == nil && tag.RowsAffected() == 0 {
		return record.Missing(what, id)
	}
	return err
}

// none tells a row that is not there by what it would have been.
func none(err error, what, id string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return record.Missing(what, id)
	}
	return err
}
