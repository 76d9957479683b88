package chat

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// EngineConfig is what an Engine is made of. All fields are required but Resources,
// Approvals, Mixing (which is then MixingAsks) and Price.
type EngineConfig struct {
	Threads      Threads
	Journal      Journal
	Grants       Grants
	Results      Results
	Files        Files
	Models       *Catalogue
	Toolbox      Toolbox
	Resources    Resources // nil where resources of servers cannot be attached
	Limits       Limits
	Approvals    ApprovalPolicy
	Mixing       Mixing
	Price        func(model string) (Price, bool) // nil where prices are not known
	Instructions string                           // told to every model, before the thread
	Log          *slog.Logger
	Now          func() time.Time
	NewID        func(prefix string) string // unique; NewID outside tests
}

// Engine owns runs: it starts them, lets any number of readers follow them, and
// ends each in exactly one terminal state. A run does not depend on whoever
// watches it. A run that waits for a person's approval is parked: it costs nothing,
// and outlives the process. An Engine is safe for concurrent use.
type Engine struct {
	EngineConfig

	mu      sync.Mutex
	live    map[string]*liveRun
	reruns  map[*stopwatch]Subject // whose they are
	back    map[*liveRun]int       // how many decisions are about to put a parked run to work again
	pace    pace
	closed  bool
	working int            // runs at work
	quiet   chan struct{}  // closed when there are none any more
	done    sync.WaitGroup // what is at work
}

// These are the causes that cut a run short.
var (
	errStopped  = errors.New("stopped by its owner")
	errShutdown = errors.New("the server is shutting down")
	errTimedOut = errors.New("the time for an answer ran out")
)

// NewEngine returns an engine without runs. Call Recover before the first Start.
func NewEngine(c EngineConfig) *Engine {
	return &Engine{EngineConfig: c, live: map[string]*liveRun{}, reruns: map[*stopwatch]Subject{}, back: map[*liveRun]int{}, pace: pace{}}
}

// Limits returns what the engine allows.
func (e *Engine) Limits() Limits { return e.EngineConfig.Limits }

// Question asks for an answer.
type Question struct {
	// ParentID is the message to go on from: nil means the newest one, "" the root
	// of the thread. If it is a user's message, Text must be empty and that
	// question is answered anew. If it is an answer that was cut off and Text is
	// empty, that answer is continued.
	ParentID *string
	Text     string
	// Attachments go with Text; they are none of an old question's, which keeps its own.
	Attachments []Attachment
	// Chosen is what the question names of the thread's settings.
	Chosen Settings
}

// Started is a run that was set going.
type Started struct {
	Run
	QuestionID string // the message that it answers, or the answer that it continues
}

// Start begins to answer q in a thread of the caller and returns at once. The
// run goes on when ctx ends. Errors: KindInvalid, KindTooLarge, KindNotFound,
// KindModelNotFound, KindConflict (the thread has an active run), KindLimit.
func (e *Engine) Start(ctx context.Context, c Caller, threadID string, q Question) (Started, error) {
	plan, err := e.plan(ctx, c, threadID, q)
	if err != nil {
		return Started{}, err
	}
	run := newLiveRun(plan.start.run, newFeed(), plan.start.answer)
	if err := e.admit(run); err != nil {
		return Started{}, err
	}
	if err := e.Journal.BeginRun(ctx, run.Run, plan.start.fresh, plan.title, plan.start.chosen); err != nil {
		e.dismiss(run)
		return Started{}, err
	}
	plan.start = nil
	e.goOn(c, run, plan)
	return Started{Run: run.Run, QuestionID: plan.parent().ID}, nil
}

// goOn works on an admitted run until it ends or has to be parked.
func (e *Engine) goOn(c Caller, run *liveRun, p *plan) {
	run.serve(c)
	ctx, clock := run.work(e.EngineConfig.Limits.MaxTime)
	go e.execute(ctx, clock, run, p)
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

// blank reports whether a question says nothing.
func blank(text string) bool { return strings.TrimSpace(text) == "" }
