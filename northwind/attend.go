package northwind

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// grace is how long after its end a query may take to stop. Signals reach a running statement within some milliseconds,
// but for the few steps of SQLite that nothing interrupts, above all the last pass of a large sort. Then the caller is
// answered without waiting for it.
const grace = 50 * time.Millisecond

var (
	errDeadline = errors.New("query deadline")
	errRoom     = errors.New("others were waiting")
)

// attend runs work on a free connection, waiting for one at most the limit, and returns what it returns. The context of
// work ends at the deadline, when ctx does, and when the query must make room for others. After that attend returns
// within the grace: work that goes on is left alone, its outcome is dropped, and its connection is free again when it
// has ended; [DB.Load] counts it as overdue. Every error but [ErrClosed] is an [*Error], which may speak of sql.
func attend[T any](ctx context.Context, db *DB, sql string, work func(context.Context, *conn) (T, error)) (T, error) {
	var none T
	c, err := db.borrow(ctx)
	if err != nil {
		return none, err
	}
	start := time.Now()
	ctx, leave := context.WithCancelCause(ctx)
	defer leave(nil)
	ctx, cancel := context.WithTimeoutCause(ctx, db.limits.Timeout, errDeadline)
	defer cancel()

	seat := db.room.enter(start, leave)
	type outcome struct {
		value T
		err   error
	}
	ended := make(chan outcome, 1)
	c.jobs <- func() {
		var o outcome
		o.value, o.err = work(ctx, c)
		db.room.leave(seat)
		db.free <- c
		ended <- o
	}

	var o outcome
	select {
	case o = <-ended:
	case <-ctx.Done():
		late := time.NewTimer(grace)
		defer late.Stop()
		select {
		case o = <-ended:
		case <-late.C:
			db.room.abandon(seat)
			o.err = ctx.Err()
		}
	}
	if o.err == nil {
		return o.value, nil
	}
	if ctx.Err() != nil {
		return none, db.interrupted(ctx, time.Since(start))
	}
	return none, db.explain(sql, o.err)
}

// interrupted says why ctx, that of a query, ended after it had run for so long.
func (db *DB) interrupted(ctx context.Context, ran time.Duration) error {
	switch context.Cause(ctx) {
	case errDeadline:
		return &Error{
			Kind:    Timeout,
			Message: fmt.Sprintf("the query was stopped after %v", db.limits.Timeout),
			Hint:    "Add a WHERE clause, check that every join has its ON condition, and give a recursive query an end.",
		}
	case errRoom:
		return &Error{
			Kind:    Busy,
			Message: fmt.Sprintf("the query was stopped after %v because other queries were waiting for their turn", ran.Round(time.Millisecond)),
			Hint:    "Make it cheaper with a WHERE clause or a join condition, or try again in a few seconds.",
		}
	}
	return &Error{Kind: Canceled, Message: "the query was cancelled by the caller"}
}
