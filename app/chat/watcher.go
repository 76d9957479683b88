package chat

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// progressEvery bounds how often the progress of a call is told.
const progressEvery = 250 * time.Millisecond

// watcher tells the readers of a run what a server says about a call. It implements
// Watcher.
type watcher struct {
	turn   *turn
	callID string

	mu     sync.Mutex
	told   time.Time // when progress was told last
	logs   int
	last   ToolLog // told at the end, if no more lines come
	closed bool
}

func (t *turn) watcher(callID string) *watcher { return &watcher{turn: t, callID: callID} }

// close ends the watch: what a server says too late is passed over.
func (w *watcher) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	switch {
	case w.logs == maxLogs:
		w.log(w.last)
	case w.logs > maxLogs:
		w.log(ToolLog{Level: "notice", Text: fmt.Sprintf("%d more lines were left out.", w.logs-maxLogs+1)})
	}
}

// Progress implements Watcher. What comes too fast is passed over, but for the end.
func (w *watcher) Progress(p ToolProgress) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	complete := p.Total > 0 && p.Done >= p.Total
	if w.closed || now.Sub(w.told) < progressEvery && !complete {
		return
	}
	w.told = now
	w.turn.rec.emit(ToolProgressed{ID: w.callID, Data: ToolProgressData{CallID: w.callID, ToolProgress: p}})
}

// Log implements Watcher. A call has so many lines as its part keeps; the last of them
// says how many there were besides.
func (w *watcher) Log(l ToolLog) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.logs++
	if w.logs < maxLogs {
		w.log(l)
		return
	}
	w.last = l
}

func (w *watcher) log(l ToolLog) {
	w.turn.rec.emit(ToolLogged{Data: ToolLogData{CallID: w.callID, ToolLog: l}})
}

// Elicit implements Watcher. The time of the run stands still meanwhile.
func (w *watcher) Elicit(ctx context.Context, e Elicitation) (ElicitationAnswer, error) {
	if a, ok := w.turn.run.answeredBefore(w.callID, e); ok {
		return a, nil
	}
	defer w.turn.clock.pause()()
	id := w.turn.engine.NewID("ask")
	answers := w.turn.run.listen(id)
	defer w.turn.run.deafen(id)
	asked := ElicitationAsked{ID: id, Data: ElicitationData{ID: id, CallID: w.callID, Elicitation: e, At: w.turn.engine.Now()}}
	store := w.turn.engine.flush
	if e.Lasts {
		store = w.turn.engine.save // for who goes on with it at the next start
	}
	if err := w.turn.engine.ask(ctx, w.turn.run, asked, store); err != nil {
		w.turn.run.stop(err)
		return ElicitationAnswer{}, err
	}
	select {
	case a := <-answers:
		return a, nil
	case <-ctx.Done():
		if e.Lasts && errors.Is(context.Cause(ctx), errShutdown) && w.turn.run.deafen(id) {
			return ElicitationAnswer{}, errShutdown // it stays open
		}
		return w.withdraw(id, answers, context.Cause(ctx))
	}
}

// withdraw ends a question because of cause, unless it was answered just now.
func (w *watcher) withdraw(id string, answers <-chan ElicitationAnswer, cause error) (ElicitationAnswer, error) {
	if !w.turn.run.deafen(id) {
		return <-answers, nil
	}
	a, err := ElicitationAnswer{Action: "cancel"}, cause
	if errors.Is(cause, ErrVisited) {
		a.Action, err = "accept", nil
	}
	w.turn.rec.emit(ElicitationAnswered{Data: ElicitationAnswerData{ID: id, CallID: w.callID, Action: a.Action, At: w.turn.engine.Now()}})
	return a, err
}

// listen returns where the answer to a question of a server will come.
func (r *liveRun) listen(id string) <-chan ElicitationAnswer {
	r.mu.Lock()
	defer r.mu.Unlock()
	answers := make(chan ElicitationAnswer, 1)
	r.asks[id] = answers
	return answers
}

// deafen takes a question back, and reports whether it was still open.
func (r *liveRun) deafen(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, open := r.asks[id]
	delete(r.asks, id)
	return open
}

// Answer gives the answer to what a server asks within the caller's run, which goes on
// with the caller's token. Errors: KindNotFound (no such run), KindConflict (nothing is asked any more), KindInvalid, with
// the field of the form that is wrong; the question stays open then.
func (e *Engine) Answer(ctx context.Context, c Caller, runID, askID string, a ElicitationAnswer) error {
	switch {
	case a.Action != "accept" && a.Action != "decline" && a.Action != "cancel":
		return &Error{Kind: KindInvalid, Op: "answer", Message: "The answer must be accept, decline or cancel."}
	case a.Action != "accept" && a.Content != nil, a.Content != nil && !isObject(a.Content):
		return &Error{Kind: KindInvalid, Op: "answer", Message: "Only an accepted form has a content, and that is a JSON object."}
	}
	run := e.find(c.Subject, runID)
	if run == nil {
		return e.tooLate(ctx, c.Subject, runID)
	}
	if waits, err := run.answer(c, askID, a, e.Now()); err != nil || waits {
		return err
	}
	work, err := e.move(ctx, c, run, func() ([]Event, error) { return run.answerLate(askID, a, e.Now()) })
	if err != nil {
		return err
	}
	work()
	return nil
}

// answer gives the answer to who waits for it, and reports whether anybody does.
func (r *liveRun) answer(c Caller, askID string, a ElicitationAnswer, now time.Time) (waits bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.take(c)
	answers := r.asks[askID]
	if answers == nil {
		return false, nil
	}
	calls := r.rec.message().calls()
	i := slices.IndexFunc(calls, func(p ToolPart) bool { return p.Asks != nil && p.Asks.ID == askID })
	if i >= 0 {
		if err := a.check(calls[i].Asks.Elicitation); err != nil {
			return true, err
		}
		r.rec.emit(ElicitationAnswered{Data: ElicitationAnswerData{ID: askID, CallID: calls[i].CallID, Action: a.Action, At: now}})
	}
	delete(r.asks, askID)
	answers <- a
	return true, nil
}

// check reports what is wrong with the answer to a question. What is asked by a schema
// that is no form is for the server to check.
func (a ElicitationAnswer) check(e Elicitation) error {
	if a.Action != "accept" || len(e.Schema) == 0 {
		return nil
	}
	form, err := ReadForm(e.Schema)
	if err != nil {
		return nil
	}
	_, err = form.Check(a.Content)
	if m, ok := errors.AsType[*FormMistake](err); ok {
		return &Error{Kind: KindInvalid, Op: "answer", Field: m.Field, Message: strings.ToUpper(m.What[:1]) + m.What[1:] + "."}
	}
	return nil
}
