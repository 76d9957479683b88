package chat

import "context"

// Nobody is a Watcher that lets everything pass and cancels what it is asked.
type Nobody struct{}

// Progress implements Watcher.
func (Nobody) Progress(ToolProgress) {}

// Log implements Watcher.
func (Nobody) Log(ToolLog) {}

// Elicit implements Watcher.
func (Nobody) Elicit(context.Context, Elicitation) (ElicitationAnswer, error) {
	return ElicitationAnswer{Action: "cancel"}, nil
}
