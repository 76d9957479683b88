package chat

import (
	"context"
	"fmt"
)

// plan is a question that has been checked and placed in its thread.
type plan struct {
	run      Run
	path     []Message // from the root to the question
	question Message
	answer   Message   // empty, to be written
	fresh    []Message // what is not stored yet
	provider Provider
	model    ModelInfo
	servers  []string
	title    string   // of the thread, if it had none
	chosen   Settings // with this question
}

// plan checks everything that can be checked before a run exists, so that what
// cannot work is refused with a sentence and the question stays in its composer.
func (e *Engine) plan(ctx context.Context, c Caller, threadID string, q Question) (*plan, error) {
	if limit := e.EngineConfig.Limits.MaxText; len(q.Text) > limit {
		return nil, &Error{
			Kind: KindTooLarge, Op: "start run",
			Message: fmt.Sprintf("The message is too long: %d kB, and at most %d kB fit.", (len(q.Text)+1023)/1024, limit/1024),
		}
	}
	chosen := Settings{Model: q.Model, Servers: q.Servers}
	if err := chosen.Check(); err != nil {
		return nil, err
	}
	thread, err := e.Threads.Thread(ctx, c.Subject, threadID)
	if err != nil {
		return nil, err
	}
	messages, err := e.Threads.Messages(ctx, c.Subject, threadID)
	if err != nil {
		return nil, err
	}
	p := &plan{chosen: chosen}
	if err := p.place(messages, q, e); err != nil {
		return nil, err
	}
	settings := thread.Settings.With(chosen)
	p.servers = settings.Servers
	if p.provider, p.model, err = e.Models.Pick(ctx, settings.Model); err != nil {
		return nil, err
	}
	if thread.Title == "" {
		p.title = TitleFor(p.question.Text())
	}
	p.begin(c.Subject, threadID, e)
	return p, nil
}

// place finds the question's place in the tree of messages.
func (p *plan) place(messages []Message, q Question, e *Engine) error {
	parent := ""
	switch {
	case q.ParentID != nil:
		parent = *q.ParentID
	case len(messages) > 0:
		parent = messages[len(messages)-1].ID
	}
	p.path = Path(messages, parent)
	if parent != "" && p.path == nil {
		return &Error{Kind: KindNotFound, Op: "start run", Message: "The message to go on from does not exist."}
	}
	if n := len(p.path); n > 0 && p.path[n-1].Role == RoleUser {
		if q.ParentID != nil && !blank(q.Text) {
			return &Error{Kind: KindInvalid, Op: "start run", Message: "A question cannot follow a question. Ask it after the answer, or instead of the question."}
		}
		if blank(q.Text) {
			p.question = p.path[n-1]
			return nil
		}
	}
	if blank(q.Text) {
		return &Error{Kind: KindInvalid, Op: "start run", Message: "Write a question first."}
	}
	p.question = Message{
		ID: e.NewID("msg"), ParentID: parent, Role: RoleUser, Status: StatusFinished, CreatedAt: e.Now(),
		Parts: Parts{TextPart{ID: "1", Text: q.Text, State: "done"}},
	}
	p.path = append(p.path, p.question)
	p.fresh = append(p.fresh, p.question)
	return nil
}

// begin creates the run and its empty answer.
func (p *plan) begin(owner Subject, threadID string, e *Engine) {
	now := e.Now()
	p.run = Run{
		ID: e.NewID("run"), Owner: owner, ThreadID: threadID, MessageID: e.NewID("msg"),
		Status: StatusRunning, CreatedAt: now,
	}
	p.answer = Message{
		ID: p.run.MessageID, ParentID: p.question.ID, Role: RoleAssistant, Status: StatusRunning,
		RunID: p.run.ID, Model: p.model.ID, Parts: Parts{}, CreatedAt: now,
	}
	p.fresh = append(p.fresh, p.answer)
}
