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
	Chosen    Settings // with what it was started: the model, the servers, the tools
	CreatedAt time.Time
}

// Numbered is an event with its number in its run. Numbers go up, from 1, one by one,
// but for leaps of at least Leap.
type Numbered struct {
	Seq   int
	Event Event
}

// RunEvents is events of one run.
type RunEvents struct {
	RunID  string
	Events []Numbered
}

// Threads keeps threads and their messages. Every method takes the owner; what
// belongs to another answers KindNotFound, as does what does not exist.
// Implementations are safe for concurrent use.
type Threads interface {
	CreateThread(ctx context.Context, owner Subject, t Thread) error
	Thread(ctx context.Context, owner Subject, id string) (Thread, error)
	// ListThreads returns a page, newest first by UpdatedAt.
	ListThreads(ctx context.Context, owner Subject, q ThreadQuery) (ThreadPage, error)
	// UpdateThread changes a thread and returns it. UpdatedAt stays.
	UpdateThread(ctx context.Context, owner Subject, id string, p ThreadPatch) (Thread, error)
	// SeeThread notes that the owner has seen the answers that ended until then. What
	// was seen stays so.
	SeeThread(ctx context.Context, owner Subject, id string, until time.Time) error
	// DeleteThread removes a thread with its messages, runs and events.
	DeleteThread(ctx context.Context, owner Subject, id string) error
	// Messages returns the whole tree in the order of creation.
	Messages(ctx context.Context, owner Subject, threadID string) ([]Message, error)
	// Stamp returns a short text that stands for what Thread and Messages return, without
	// the cost of reading it: after any change of that it is another. It is empty while a
	// run is active, whose answer grows unmarked.
	Stamp(ctx context.Context, owner Subject, threadID string) (string, error)
}

// Journal keeps runs and their events. Implementations are safe for concurrent use.
type Journal interface {
	// BeginRun stores, all or nothing, a run, the messages it begins with (the
	// question, unless the answer is a regeneration, and the empty answer). The
	// thread gets the title if it has none, and Settings.With what was chosen.
	// KindConflict: a run is active in that thread already.
	BeginRun(ctx context.Context, r Run, messages []Message, title string, chosen Settings) error
	// AppendEvents adds events whose numbers follow the last stored one, as they are or
	// after a leap.
	AppendEvents(ctx context.Context, runID string, events []Numbered) error
	// AppendAll adds events to several runs, all or nothing.
	AppendAll(ctx context.Context, runs []RunEvents) error
	// SaveAnswer stores the answer of a run that goes on as far as it has come.
	SaveAnswer(ctx context.Context, r Run, answer Message) error
	// EndRun stores, all or nothing, the last events, the run's terminal status and
	// the complete answer.
	EndRun(ctx context.Context, r Run, events []Numbered, answer Message) error
	// Run returns the owner's run.
	Run(ctx context.Context, owner Subject, id string) (Run, error)
	// Events returns the events of the owner's run after that number, in order.
	Events(ctx context.Context, owner Subject, runID string, after int) ([]Numbered, error)
	// PruneEvents gives up the events of runs whose answers ended before that time, and
	// returns how many runs that were. The answers themselves stay.
	PruneEvents(ctx context.Context, before time.Time) (runs int, err error)
	// ActiveRuns returns all runs of everybody that have not ended: after a start,
	// those that a crash cut off.
	ActiveRuns(ctx context.Context) ([]Run, error)
}

// Results keeps what tools gave back, whole. Implementations are safe for concurrent use.
type Results interface {
	// KeepResult stores a result of the owner's thread. What an owner keeps has a
	// limit: the oldest results give way. A thread that is gone is KindNotFound.
	KeepResult(ctx context.Context, owner Subject, r Result) error
	// Result returns the owner's result, KindNotFound if there is none, or no more.
	Result(ctx context.Context, owner Subject, id string) (Result, error)
}

// Result is what a call gave back, with all its rows.
type Result struct {
	ID       string
	ThreadID string
	Tool     ToolRef
	Output   ToolResult
	At       time.Time
}

// Grants keeps what people approved for more than one call. Implementations are
// safe for concurrent use.
type Grants interface {
	// Grants returns the owner's grants, the newest first.
	Grants(ctx context.Context, owner Subject) ([]Grant, error)
	// AddGrant stores a grant, in place of those for the same tool, scope and thread.
	AddGrant(ctx context.Context, owner Subject, g Grant) error
	// RevokeGrant removes one. KindNotFound: there is none of that id.
	RevokeGrant(ctx context.Context, owner Subject, id string) error
}

// Files keeps what hosted tools made. Implementations are safe for concurrent use.
type Files interface {
	// KeepFile stores a file of the owner's thread.
	KeepFile(ctx context.Context, owner Subject, f File) error
	// File returns the owner's file.
	File(ctx context.Context, owner Subject, id string) (File, error)
}

// File is a generated file.
type File struct {
	ID        string
	ThreadID  string
	Name      string
	MediaType string
	Content   []byte
	At        time.Time
}
