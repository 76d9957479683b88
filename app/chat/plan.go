package chat

import (
	"context"
	"fmt"
	"slices"
)

// plan is a question that has been checked and placed in its thread.
type plan struct {
	path     []Message // from the root to the message that is answered
	provider Provider
	model    ModelInfo
	settings Settings // the thread's, with what was chosen
	title    string   // of the thread, if it had none
	lost     error    // why there is no model to go on with, if there is none
	start    *start   // nil once it is stored, and where a run goes on
}

// start is what is stored when a run begins.
type start struct {
	run    Run
	answer Message   // to be written
	fresh  []Message // what is not stored yet, the answer at its end
	chosen Settings  // with this question
}

// parent is the message that is answered: a question, or an answer to be continued.
func (p *plan) parent() Message { return p.path[len(p.path)-1] }

// plan checks everything that can be checked before a run exists, so that what
// cannot work is refused with a sentence and the question stays in its composer.
func (e *Engine) plan(ctx context.Context, c Caller, threadID string, q Question) (*plan, error) {
	if limit := e.EngineConfig.Limits.MaxText; len(q.Text) > limit {
		return nil, &Error{
			Kind: KindTooLarge, Op: "start run",
			Message: fmt.Sprintf("The message is too long: %d kB, and at most %d kB fit. Shorten it, or ask in parts.", (len(q.Text)+1023)/1024, limit/1024),
		}
	}
	if err := q.Chosen.Check(); err != nil {
		return nil, err
	}
	thread, err := e.Threads.Thread(ctx, c.Subject, threadID)
	if err != nil {
		return nil, err
	}
	if thread.ActiveRun != "" && e.find(c.Subject, thread.ActiveRun) == nil {
		if err := e.closeOrphan(ctx, c.Subject, thread.ActiveRun); err != nil {
			return nil, err
		}
	}
	messages, err := e.Threads.Messages(ctx, c.Subject, threadID)
	if err != nil {
		return nil, err
	}
	p := &plan{settings: thread.Settings.With(q.Chosen), start: &start{chosen: q.Chosen}}
	if err := p.place(c.Identity, messages, q, e); err != nil {
		return nil, err
	}
	if p.provider, p.model, err = e.Models.Pick(ctx, p.settings.Model); err != nil {
		return nil, err
	}
	p.settings.Hosted = p.model.runs(p.settings.Hosted)
	if err := e.Mixing.check(p.settings, p.path); err != nil {
		return nil, err
	}
	if len(p.start.fresh) > 0 {
		if err := e.readResources(ctx, c, p.parent().Parts); err != nil {
			return nil, err
		}
	}
	if asked := p.parent(); thread.Title == "" && asked.Role == RoleUser {
		p.title = TitleFor(asked.Text())
	}
	p.begin(c.Subject, threadID, e)
	return p, nil
}

// planAgain is the plan of a run that was parked. One that was stopped meanwhile
// needs no model; one whose model is gone for good can still end.
func (e *Engine) planAgain(ctx context.Context, c Caller, r *liveRun) (*plan, error) {
	p, answer := &plan{settings: r.Chosen}, r.rec.message()
	if r.isStopped() {
		return p, nil
	}
	messages, err := e.Threads.Messages(ctx, c.Subject, r.ThreadID)
	if err != nil {
		return nil, err
	}
	if p.path = Path(messages, answer.ParentID); len(p.path) == 0 {
		return nil, &Error{Kind: KindNotFound, Op: "resume run", Message: "The question of this answer does not exist any more."}
	}
	p.provider, p.model, err = e.Models.Pick(ctx, answer.Model)
	if KindOf(err) == KindModelNotFound {
		p.lost = &Error{
			Kind: KindModelNotFound, Op: "resume run", Err: err,
			Message: fmt.Sprintf("The model %q, which was writing this answer, is not offered any more. Choose another one and let it continue.", answer.Model),
		}
		return p, nil
	}
	p.settings.Hosted = p.model.runs(p.settings.Hosted)
	if e.Mixing.check(p.settings, append(slices.Clip(p.path), answer)) != nil {
		// It was allowed when the run began. The rest of the answer does without.
		p.settings.Hosted = slices.DeleteFunc(p.settings.Hosted, func(h HostedTool) bool { return h == WebSearch })
	}
	return p, err
}

// place finds the question's place in the tree of messages.
func (p *plan) place(c Identity, messages []Message, q Question, e *Engine) error {
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
	if n := len(p.path); n > 0 && p.goesOn(p.path[n-1], q) {
		return nil
	} else if n > 0 && p.path[n-1].Role == RoleUser && q.ParentID != nil {
		return &Error{Kind: KindInvalid, Op: "start run", Message: "A question cannot follow a question. Ask it after the answer, or instead of the question."}
	}
	if blank(q.Text) {
		return &Error{Kind: KindInvalid, Op: "start run", Message: writeFirst(q)}
	}
	parts, err := e.attach(Parts{TextPart{ID: "1", Text: q.Text, State: "done", By: c.person()}}, q.Attachments, messages)
	if err != nil {
		return err
	}
	question := Message{
		ID: e.NewID("msg"), ParentID: parent, Role: RoleUser, Status: StatusFinished, CreatedAt: e.Now(),
		Parts: parts,
	}
	p.path = append(p.path, question)
	p.start.fresh = []Message{question}
	return nil
}

func writeFirst(q Question) string {
	if len(q.Attachments) > 0 {
		return "Write what you want to know about what is attached."
	}
	return "Write a question first."
}

// goesOn reports whether a question without text asks for another answer to last, a
// question, or for the rest of last, an answer that was named and cut off.
func (p *plan) goesOn(last Message, q Question) bool {
	return blank(q.Text) && len(q.Attachments) == 0 && (last.Role == RoleUser || q.ParentID != nil && last.CutOff())
}

// begin creates the run and its empty answer.
func (p *plan) begin(owner Subject, threadID string, e *Engine) {
	now := e.Now()
	run := Run{
		ID: e.NewID("run"), Owner: owner, ThreadID: threadID, MessageID: e.NewID("msg"),
		Status: StatusRunning, Chosen: p.settings, CreatedAt: now,
	}
	answer := Message{
		ID: run.MessageID, ParentID: p.parent().ID, Role: RoleAssistant, Status: StatusRunning,
		RunID: run.ID, Model: p.model.ID, Parts: Parts{}, CreatedAt: now,
	}
	p.start.run, p.start.answer, p.start.fresh = run, answer, append(p.start.fresh, answer)
}
