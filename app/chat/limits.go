package chat

import "time"

// Limits bound what one question may cost. All are positive.
type Limits struct {
	MaxText    int           // bytes of a question
	MaxSteps   int           // calls of the model in a run
	MaxTime    time.Duration // wall time of a run, without the time that it waits for a person
	MaxTokens  int64         // tokens that a run may use, read and written
	MaxCalls   int           // tool calls of one step that run side by side
	MaxWritten int           // bytes that the model may write in a run
	MaxPerUser int           // runs of one person at a time
	MaxWaiting int           // runs of one person that wait for them
	PerMinute  int           // runs that one person may start in a minute
	ViewBytes  int           // bytes of one result that the model reads at once
	ViewRows   int           // rows of one result that a message holds; the rest is kept apart
	MaxFile    int64         // bytes of a file that a hosted tool made
	MaxFiles   int           // such files of one answer
	MaxTools   int           // tokens of tool definitions, about, above which the model has to search for tools

	// What goes with a question: how many things, bytes of each, and of all together.
	MaxAttachments, MaxAttachment, MaxAttached int
}

// DefaultLimits suit a person who asks and waits.
func DefaultLimits() Limits {
	return Limits{
		MaxText:    256 << 10,
		MaxSteps:   16,
		MaxTime:    10 * time.Minute,
		MaxTokens:  2_000_000,
		MaxCalls:   4,
		MaxWritten: 1 << 20,
		MaxPerUser: 8,
		MaxWaiting: 100,
		PerMinute:  30,
		ViewBytes:  32 << 10,
		ViewRows:   200,
		MaxFile:    20 << 20,
		MaxFiles:   50,
		MaxTools:   10_000,

		MaxAttachments: 10,
		MaxAttachment:  256 << 10,
		MaxAttached:    512 << 10,
	}
}
