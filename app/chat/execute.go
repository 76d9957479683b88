package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// execute works on a run until it has ended, and is stored, or waits for a person.
//
// While a model writes, its goroutine waits beneath all that calls from here to there: what
// these functions hold by value is doubled in the stack of each stream.
func (e *Engine) execute(ctx context.Context, clock *stopwatch, run *liveRun, p *plan) {
	defer e.rest(clock, e.atWork())
	for over := false; !over; {
		over = e.settle(ctx, run, newTurn(e, run, p, clock).proceed(ctx))
	}
}

// rest ends the work on a run.
func (e *Engine) rest(clock *stopwatch, leave func()) {
	leave()
	clock.stop()
	e.done.Done()
}

// settle ends a stretch of work, and reports whether there is no more to do for now.
func (e *Engine) settle(ctx context.Context, run *liveRun, o outcome) (over bool) {
	if o.parked {
		parked, err := e.park(ctx, run)
		if err == nil {
			return parked
		}
		run.rec.emitAll(Closing(run.rec.message(), "The call was not carried out."))
		o = outcome{err: err}
	}
	e.finish(ctx, run, o)
	return true
}

// park leaves the run to the decisions of a person, with all that happened stored.
// If there is something to do already, it does not.
func (e *Engine) park(ctx context.Context, run *liveRun) (bool, error) {
	if err := e.save(context.WithoutCancel(ctx), run); err != nil {
		return false, err
	}
	if errors.Is(context.Cause(ctx), errShutdown) {
		return true, nil
	}
	parked := run.park(func() bool { return len(run.rec.message().answered()) > 0 || !run.rec.message().awaits() })
	if parked {
		e.Log.LogAttrs(ctx, slog.LevelInfo, "run waits for an approval", slog.String("run", run.ID))
	}
	return parked, nil
}

// finish ends the run and stores it.
func (e *Engine) finish(ctx context.Context, run *liveRun, o outcome) {
	answer := e.conclude(ctx, run, e.terminal(ctx, o.reason, run.rec.message(), o.err))
	e.Log.LogAttrs(ctx, slog.LevelInfo, "run ended",
		slog.String("run", run.ID), slog.String("status", string(answer.Status)),
		slog.String("model", answer.Model), slog.Int("steps", answer.Steps),
		slog.Duration("took", e.Now().Sub(run.CreatedAt)))
}

// conclude stores the run as ended before readers learn that it has, so that who
// has seen the end finds it stored. If that fails for good, readers are told; the
// run is closed with what is stored when its thread is next written to, or at the
// next start.
func (e *Engine) conclude(ctx context.Context, run *liveRun, end Event) Message {
	run.storing.Lock()
	defer run.storing.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWithin)
	defer cancel()
	run.concluded = true
	pending, answer := run.rec.conclusion(end)
	ended := run.Run
	ended.Status = answer.Status
	if err := e.store(ctx, ended, pending, answer); err != nil {
		e.Log.LogAttrs(ctx, slog.LevelError, "answer not stored", slog.String("run", run.ID), slog.Any("error", err))
		end = Failed{Kind: KindInternal, ErrorText: "The answer could not be saved.", Metadata: EndDetails{At: e.Now()}}
		answer = Apply(answer, end)
	}
	e.forget(run.ID)
	run.rec.end(end)
	return answer
}

// How long, and how often, to try to store the end of a run.
const (
	endWithin  = 10 * time.Second
	endAgainIn = 500 * time.Millisecond
)

// store tries until ctx ends. A run that is gone, because its thread was deleted,
// needs no end.
func (e *Engine) store(ctx context.Context, r Run, pending []Numbered, answer Message) error {
	for {
		err := e.Journal.EndRun(ctx, r, pending, answer)
		if err == nil || KindOf(err) == KindNotFound {
			return nil
		}
		if KindOf(err) != KindInternal {
			return err
		}
		select {
		case <-time.After(endAgainIn):
		case <-ctx.Done():
			return err
		}
	}
}

// terminal returns the event that a finished turn ends with. The cause of the
// context tells who cut it short, if anybody did.
func (e *Engine) terminal(ctx context.Context, reason string, answer Message, err error) Event {
	details := e.endDetails(answer)
	cause := context.Cause(ctx)
	switch {
	case errors.Is(cause, errStopped):
		return Aborted{Reason: "Stopped.", Metadata: details}
	case errors.Is(cause, errShutdown):
		return Failed{Kind: KindInterrupted, ErrorText: "The server was shut down while this answer was being written.", Metadata: details}
	case errors.Is(cause, errTimedOut):
		return Failed{
			Kind: KindLimit, Metadata: details,
			ErrorText: fmt.Sprintf("The answer was not complete after %s, the longest that is allowed. %s", inWords(e.EngineConfig.Limits.MaxTime), goOnOrLess),
		}
	case cause != nil:
		err = cause
	}
	if err == nil {
		return Finish{Reason: reason, Metadata: details}
	}
	if KindOf(err) == KindInternal || KindOf(err) == KindProviderAuth {
		e.Log.LogAttrs(ctx, slog.LevelError, "run failed", slog.Any("error", err))
	} else {
		e.Log.LogAttrs(ctx, slog.LevelWarn, "run failed", slog.Any("error", err))
	}
	wait := (RetryAfterOf(err) + time.Second - 1) / time.Second
	return Failed{
		Kind: KindOf(err), ErrorText: MessageOf(err), Trace: TraceOf(err).orNil(),
		RetryAfter: int64(wait), Metadata: details,
	}
}
