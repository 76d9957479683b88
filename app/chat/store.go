package chat

import (
	"context"
	"time"
)

// Run is one attempt to answer.
type Run struct {
	ID        string
	Owner     Subject
	ThreadID  string
	MessageID string // the answer it writes
	Status    Status
	CreatedAt time.Time
}

// Numbered is an event with its place in its run, counted from 1.
type Numbered struct {
	Seq   int
	Event Event
}

// Threads keeps threads and their messages. Every method takes the owner; what
// belongs to another answers KindNotFound, as does what does not exist.
// Implementations are safe for concurrent use.
type Threads interface {
	CreateThread(ctx context.Context, owner Subject, t Thread) error
	Thread(ctx context.Context, owner Subject, id string) (Thread, error)
	// ListThreads returns a page, newest first by UpdatedAt.
	ListThreads(ctx context.Context, owner Subject, q ThreadQuery) (ThreadPage, error)
	UpdateThread(ctx context.Context, owner Subject, id string, p ThreadPatch, now time.Time) (Thread, error)
	// DeleteThread removes a thread with its messages, runs and events.
	DeleteThread(ctx context.Context, owner Subject, id string) error
	// Messages returns the whole tree in the order of creation.
	Messages(ctx context.Context, owner Subject, threadID string) ([]Message, error)
}

// Journal keeps runs and their events. Implementations are safe for concurrent use.
type Journal interface {
	// BeginRun stores, all or nothing, a run, the messages it begins with (the
	// question, unless the answer is a regeneration, and the empty answer). The
	// thread gets the title if it has none, and Settings.With what was chosen.
	// KindConflict: a run is active in that thread already.
	BeginRun(ctx context.Context, r Run, messages []Message, title string, chosen Settings) error
	// AppendEvents adds events whose numbers follow the last stored one.
	AppendEvents(ctx context.Context, runID string, events []Numbered) error
	// EndRun stores, all or nothing, the last events, the run's terminal status and
	// the complete answer.
	EndRun(ctx context.Context, r Run, events []Numbered, answer Message) error
	// Run returns the owner's run.
	Run(ctx context.Context, owner Subject, id string) (Run, error)
	// Events returns the events of the owner's run after that number, in order.
	Events(ctx context.Context, owner Subject, runID string, after int) ([]Numbered, error)
	// ActiveRuns returns all runs of everybody that have not ended: after a start,
	// those that a crash cut off.
	ActiveRuns(ctx context.Context) ([]Run, error)
}
