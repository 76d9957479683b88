package chat

import "time"

// Limits bound what one question may cost. All are positive.
type Limits struct {
	MaxText    int           // bytes of a question
	MaxSteps   int           // calls of the model in a run
	MaxTime    time.Duration // wall time of a run
	MaxCalls   int           // tool calls of one step that run side by side
	CallTime   time.Duration // wall time of one tool call
	MaxWritten int           // bytes that the model may write in a run
	MaxPerUser int           // runs of one person at a time
}

// DefaultLimits suit a person who asks and waits.
func DefaultLimits() Limits {
	return Limits{
		MaxText:    256 << 10,
		MaxSteps:   16,
		MaxTime:    10 * time.Minute,
		MaxCalls:   4,
		CallTime:   2 * time.Minute,
		MaxWritten: 1 << 20,
		MaxPerUser: 8,
	}
}
