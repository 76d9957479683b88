package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

// Recover ends the runs that a crash cut off: their threads become whole again,
// with what was stored of the answers. Runs that wait for a person go on waiting. One that
// cannot be read, as it is damaged or was written by a newer program, is left as it is: it
// holds its thread, and keeps nobody else out.
func (e *Engine) Recover(ctx context.Context) error {
	runs, err := e.Journal.ActiveRuns(ctx)
	if err != nil {
		return fmt.Errorf("find interrupted runs: %w", err)
	}
	left := 0
	for _, r := range runs {
		err := e.recoverRun(ctx, r, true)
		if errors.Is(err, ErrUnreadable) && e.canRead(ctx) {
			e.Log.LogAttrs(ctx, slog.LevelError, "interrupted run left", slog.String("run", r.ID), slog.Any("error", err))
			left++
			continue
		}
		if err != nil {
			return fmt.Errorf("recover run %s: %w", r.ID, err)
		}
	}
	waiting := len(e.live)
	if closed := len(runs) - waiting - left; closed > 0 {
		e.Log.LogAttrs(ctx, slog.LevelWarn, "interrupted runs closed", slog.Int("runs", closed))
	}
	if waiting > 0 {
		e.Log.LogAttrs(ctx, slog.LevelInfo, "runs wait for approvals", slog.Int("runs", waiting))
	}
	return nil
}

// ErrUnreadable is in the chain of the error for a run that has not ended and cannot be read.
// Nobody works on such a run.
var ErrUnreadable = errors.New("it cannot be read")

// canRead reports whether the store can be read at all.
func (e *Engine) canRead(ctx context.Context) bool {
	_, err := e.Journal.ActiveRuns(ctx)
	return err == nil
}

// closeOrphan ends a run of the owner that is stored as going on although nobody
// works on it: its end could not be stored. Any other run stays as it is. Whoever comes
// across such a run closes it, before anything is read of its answer.
func (e *Engine) closeOrphan(ctx context.Context, owner Subject, runID string) error {
	r, err := e.Journal.Run(ctx, owner, runID)
	if err != nil || r.Status != StatusRunning {
		return err
	}
	e.Log.LogAttrs(ctx, slog.LevelWarn, "run without an end closed", slog.String("run", runID))
	if err := e.recoverRun(ctx, r, false); err != nil && KindOf(err) != KindConflict {
		return err
	}
	return nil
}

// recoverRun closes a run, or leaves it parked if it waits for a person: that is for runs
// of a process before, and not for those of this one, of which it was told that they ended.
func (e *Engine) recoverRun(ctx context.Context, r Run, parks bool) error {
	stored, err := e.Journal.Events(ctx, r.Owner, r.ID, 0)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	answer, err := e.storedAnswer(ctx, r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	answer = applyAll(answer, stored)
	var rest []Numbered
	next := leapt(r, stored, e.Now())
	add := func(ev Event) {
		answer = Apply(answer, ev)
		rest, next = append(rest, Numbered{Seq: next, Event: ev}), next+1
	}
	end, lost := "The server stopped while this answer was being written.", "The server stopped before the result arrived; the call may have been carried out."
	if !parks {
		end, lost = "The rest of this answer could not be saved.", "Its result could not be saved; the call may have been carried out."
	}
	if parks {
		for _, ev := range outlasting(answer, e.Now()) {
			add(ev)
		}
	}
	if parks && answer.awaits() {
		for _, ev := range closing(answer, lost, isAsked) {
			add(ev)
		}
		if err := e.Journal.AppendEvents(ctx, r.ID, rest); err != nil {
			return err
		}
		e.restore(r, append(stored, rest...), next, answer)
		return nil
	}
	for _, ev := range Closing(answer, lost) {
		add(ev)
	}
	add(Failed{Kind: KindInterrupted, ErrorText: end, Metadata: e.endDetails(answer)})
	r.Status = answer.Status
	return e.Journal.EndRun(ctx, r, rest, answer)
}

// restore takes up a run that waits for a person, as parked.
func (e *Engine) restore(r Run, events []Numbered, next int, answer Message) {
	f := newFeed()
	f.events, f.next = newEventLog(events), next
	run := newLiveRun(r, f, answer)
	run.rec.folded, run.rec.kept, run.parked = len(events), len(events), true
	e.mu.Lock()
	defer e.mu.Unlock()
	e.live[r.ID] = run
}

func (e *Engine) storedAnswer(ctx context.Context, r Run) (Message, error) {
	messages, err := e.Threads.Messages(ctx, r.Owner, r.ThreadID)
	if err != nil {
		return Message{}, err
	}
	for _, m := range messages {
		if m.ID == r.MessageID {
			return m, nil
		}
	}
	return Message{}, fmt.Errorf("message %s is missing", r.MessageID)
}
