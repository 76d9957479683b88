package app

import (
	"context"
	"errors"
)

// errOusted is why a server ends by itself: it could keep nothing any more, and would look
// well to whoever watches it.
var errOusted = errors.New("--data: another pomchat has taken the database over: one database is for one of them")

// whileKept returns a context that ends with ctx, or when another process takes over where
// all is kept. Done, to be called at the end, says whether that was it.
func whileKept(ctx context.Context, kept storage) (_ context.Context, done func() error) {
	shared, ok := kept.(interface{ Lost() <-chan struct{} })
	if !ok {
		return ctx, func() error { return nil }
	}
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-shared.Lost():
			cancel(errOusted)
		case <-ctx.Done():
		}
	}()
	return ctx, func() error {
		cancel(nil)
		if cause := context.Cause(ctx); errors.Is(cause, errOusted) {
			return cause
		}
		return nil
	}
}
