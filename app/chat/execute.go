package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// flushEvery is how much of an answer a crash can cost.
const flushEvery = 250 * time.Millisecond

// execute carries out a run from its first event to its last, and stores it.
func (e *Engine) execute(ctx context.Context, c Caller, run *liveRun, p *plan) {
	ctx, cancel := context.WithTimeoutCause(ctx, e.EngineConfig.Limits.MaxTime, errTimedOut)
	defer cancel()
	rec := &recorder{feed: run.feed, answer: p.answer}
	stopFlushing := e.flushRegularly(ctx, run, rec)

	t := &turn{engine: e, caller: c, plan: p, rec: rec}
	end := t.run(ctx)

	stopFlushing()
	e.conclude(ctx, run, rec, end)
	e.Log.LogAttrs(ctx, slog.LevelInfo, "run ended",
		slog.String("run", run.ID), slog.String("status", string(rec.message().Status)),
		slog.String("model", p.model.ID), slog.Int("steps", rec.message().Steps),
		slog.Duration("took", e.Now().Sub(run.CreatedAt)))
}

// conclude stores the run as ended before readers learn that it has, so that who
// has seen the end finds it stored.
func (e *Engine) conclude(ctx context.Context, run *liveRun, rec *recorder, end Event) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	pending, answer := rec.conclusion(end)
	ended := run.Run
	ended.Status = answer.Status
	if err := e.Journal.EndRun(ctx, ended, pending, answer); err != nil && KindOf(err) != KindNotFound {
		e.Log.LogAttrs(ctx, slog.LevelError, "answer not stored", slog.String("run", run.ID), slog.Any("error", err))
	}
	e.forget(run.ID)
	rec.end(end)
}

// flushRegularly stores new events from time to time until the returned function
// is called, which waits for the last flush. If the store fails, the run is
// stopped: an answer that cannot be kept is not worth its price.
func (e *Engine) flushRegularly(ctx context.Context, run *liveRun, rec *recorder) (stop func()) {
	quit, finished := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(finished)
		tick := time.NewTicker(flushEvery)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				return
			case <-tick.C:
				if err := e.flush(context.WithoutCancel(ctx), run, rec); err != nil {
					run.stop(err)
					return
				}
			}
		}
	}()
	return func() { close(quit); <-finished }
}

func (e *Engine) flush(ctx context.Context, run *liveRun, rec *recorder) error {
	pending := rec.pending()
	if len(pending) == 0 {
		return nil
	}
	if err := e.Journal.AppendEvents(ctx, run.ID, pending); err != nil {
		return &Error{Kind: KindInternal, Op: "store events", Message: "The answer cannot be saved, so it was stopped.", Err: err}
	}
	rec.stored(pending)
	return nil
}

// terminal returns the event that a finished turn ends with. The cause of the
// context tells who cut it short, if anybody did.
func (e *Engine) terminal(ctx context.Context, reason string, usage *Usage, err error) Event {
	details := EndDetails{Usage: usage, At: e.Now()}
	cause := context.Cause(ctx)
	switch {
	case errors.Is(cause, errStopped):
		return Aborted{Reason: "Stopped.", Metadata: details}
	case errors.Is(cause, errShutdown):
		return Failed{Kind: KindInterrupted, ErrorText: "The server was shut down while this answer was being written.", Metadata: details}
	case errors.Is(cause, errTimedOut):
		return Failed{
			Kind: KindLimit, Metadata: details,
			ErrorText: fmt.Sprintf("The answer was not complete after %s, the longest that is allowed.", e.EngineConfig.Limits.MaxTime),
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
	return Failed{Kind: KindOf(err), ErrorText: MessageOf(err), Metadata: details}
}

// recorder is where a run's events go: to its readers, into the answer and, from
// time to time, into the store. It is safe for concurrent use.
type recorder struct {
	mu      sync.Mutex
	feed    *feed
	answer  Message
	waiting []Numbered // not stored yet
}

// emit records an event that does not end the run.
func (r *recorder) emit(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = Apply(r.answer, e)
	r.waiting = append(r.waiting, r.feed.add(e))
}

// keep remembers a provider's own item.
func (r *recorder) keep(n Native) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer.Native = append(r.answer.Native, n)
}

func (r *recorder) message() Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.answer
	m.Native = append([]Native(nil), m.Native...)
	return m
}

func (r *recorder) pending() []Numbered {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waiting[:len(r.waiting):len(r.waiting)]
}

func (r *recorder) stored(events []Numbered) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting = r.waiting[len(events):]
}

// conclusion returns what is left to store once end has happened, and the
// complete answer, without telling readers yet.
func (r *recorder) conclusion(end Event) ([]Numbered, Message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	events, _, _ := r.feed.after(0)
	rest := append(r.waiting[:len(r.waiting):len(r.waiting)], Numbered{Seq: len(events) + 1, Event: end})
	r.answer = Apply(r.answer, end)
	return rest, r.answer
}

// end tells readers that the run is over.
func (r *recorder) end(e Event) { r.feed.add(e) }
