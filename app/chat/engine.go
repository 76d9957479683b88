package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// EngineConfig is what an Engine is made of. All fields are required.
type EngineConfig struct {
	Threads      Threads
	Journal      Journal
	Models       *Catalogue
	Toolbox      Toolbox
	Limits       Limits
	Instructions string // told to every model, before the thread
	Log          *slog.Logger
	Now          func() time.Time
	NewID        func(prefix string) string // unique; NewID outside tests
}

// Engine owns runs: it starts them, lets any number of readers follow them, and
// ends each in exactly one terminal state. A run does not depend on whoever
// watches it. An Engine is safe for concurrent use.
type Engine struct {
	EngineConfig

	mu     sync.Mutex
	live   map[string]*liveRun
	closed bool
	done   sync.WaitGroup
}

// liveRun is a run that has not ended.
type liveRun struct {
	Run
	feed *feed
	stop context.CancelCauseFunc
}

// These are the causes that cut a run short.
var (
	errStopped  = errors.New("stopped by its owner")
	errShutdown = errors.New("the server is shutting down")
	errTimedOut = errors.New("the time for an answer ran out")
)

// NewEngine returns an engine without runs. Call Recover before the first Start.
func NewEngine(c EngineConfig) *Engine {
	return &Engine{EngineConfig: c, live: map[string]*liveRun{}}
}

// Limits returns what the engine allows.
func (e *Engine) Limits() Limits { return e.EngineConfig.Limits }

// Question asks for an answer.
type Question struct {
	// ParentID is the message to go on from: nil means the newest one, "" the root
	// of the thread. If it is a user's message, Text must be empty and that
	// question is answered anew.
	ParentID *string
	Text     string
	Model    string   // empty means the thread's, else the default
	Servers  []string // nil means the thread's choice, else all
}

// Started is a run that was set going.
type Started struct {
	Run
	QuestionID string // the user's message that it answers
}

// Start begins to answer q in a thread of the caller and returns at once. The
// run goes on when ctx ends. Errors: KindInvalid, KindTooLarge, KindNotFound,
// KindModelNotFound, KindConflict (the thread has an active run), KindLimit.
func (e *Engine) Start(ctx context.Context, c Caller, threadID string, q Question) (Started, error) {
	plan, err := e.plan(ctx, c, threadID, q)
	if err != nil {
		return Started{}, err
	}
	run := &liveRun{Run: plan.run, feed: newFeed()}
	runCtx, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	run.stop = stop
	if err := e.admit(run); err != nil {
		stop(err)
		return Started{}, err
	}
	if err := e.begin(ctx, run.Run, plan); err != nil {
		e.dismiss(run)
		stop(err)
		return Started{}, err
	}
	go func() {
		defer e.done.Done()
		defer stop(nil)
		e.execute(runCtx, c, run, plan)
	}()
	return Started{Run: run.Run, QuestionID: plan.question.ID}, nil
}

// begin stores the run. If the thread is held by a run that ended without being
// stored, that one is closed first.
func (e *Engine) begin(ctx context.Context, r Run, p *plan) error {
	err := e.Journal.BeginRun(ctx, r, p.fresh, p.title, p.chosen)
	if KindOf(err) != KindConflict {
		return err
	}
	thread, look := e.Threads.Thread(ctx, r.Owner, r.ThreadID)
	if look != nil || thread.ActiveRun == "" || e.find(r.Owner, thread.ActiveRun) != nil {
		return err
	}
	if err := e.closeOrphan(ctx, r.Owner, thread.ActiveRun); err != nil {
		return err
	}
	return e.Journal.BeginRun(ctx, r, p.fresh, p.title, p.chosen)
}

// admit registers the run, within the limits, and counts it as going on.
func (e *Engine) admit(run *liveRun) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return &Error{Kind: KindInterrupted, Op: "start run", Message: "The server is shutting down. Ask again in a moment.", Err: errShutdown}
	}
	mine := 0
	for _, r := range e.live {
		if r.Owner == run.Owner {
			mine++
		}
	}
	if limit := e.EngineConfig.Limits.MaxPerUser; mine >= limit {
		return &Error{
			Kind: KindLimit, Op: "start run",
			Message: fmt.Sprintf("%d answers are being written for you already. Wait for one or stop it.", limit),
		}
	}
	e.live[run.ID] = run
	e.done.Add(1)
	return nil
}

// dismiss takes back an admission.
func (e *Engine) dismiss(run *liveRun) {
	e.forget(run.ID)
	e.done.Done()
}

func (e *Engine) forget(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.live, id)
}

func (e *Engine) find(owner Subject, id string) *liveRun {
	e.mu.Lock()
	defer e.mu.Unlock()
	if r := e.live[id]; r != nil && r.Owner == owner {
		return r
	}
	return nil
}

// Subscribe follows a run of the owner, live or long ended, from the event after
// that number on. KindNotFound: there is no such run.
func (e *Engine) Subscribe(ctx context.Context, owner Subject, runID string, after int) (*Subscription, error) {
	if r := e.find(owner, runID); r != nil {
		return &Subscription{feed: r.feed, seq: after}, nil
	}
	if _, err := e.Journal.Run(ctx, owner, runID); err != nil {
		return nil, err
	}
	events, err := e.Journal.Events(ctx, owner, runID, 0)
	if err != nil {
		return nil, err
	}
	if after > len(events) {
		// The reader saw events that a crash kept from being stored. It must learn
		// of the end all the same.
		after = len(events) - 1
	}
	return &Subscription{feed: endedFeed(events), seq: after}, nil
}

// Stop cancels the owner's run, the model's stream and the calls of tools with
// it, and waits until it has ended and is stored. A run that has ended stays as
// it is. KindNotFound: there is no such run.
func (e *Engine) Stop(ctx context.Context, owner Subject, runID string) error {
	r := e.find(owner, runID)
	if r == nil {
		return e.closeOrphan(ctx, owner, runID)
	}
	r.stop(errStopped)
	sub := Subscription{feed: r.feed}
	for {
		events, err := sub.Next(ctx)
		if err != nil {
			return fmt.Errorf("wait for the run to stop: %w", err)
		}
		if len(events) == 0 {
			return nil
		}
	}
}

// Close ends all runs as interrupted and waits until they are stored, or until
// ctx ends. No run starts afterwards.
func (e *Engine) Close(ctx context.Context) error {
	e.mu.Lock()
	e.closed = true
	for _, r := range e.live {
		r.stop(errShutdown)
	}
	e.mu.Unlock()
	all := make(chan struct{})
	go func() { e.done.Wait(); close(all) }()
	select {
	case <-all:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for runs to end: %w", context.Cause(ctx))
	}
}

// blank reports whether a question says nothing.
func blank(text string) bool { return strings.TrimSpace(text) == "" }
