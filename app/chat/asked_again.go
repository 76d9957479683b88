package chat

import (
	"bytes"
	"slices"
	"time"
)

// A question of a server that waits for nothing meanwhile outlives the process: at its end
// or at the next start, the call waits for the answer as others wait for a token. With the
// answer it is made again, and what the server then asks is answered at once. Only an
// answer that was given before is asked for anew: what a person says is kept nowhere.

// outlasting returns what makes the calls of a run wait whose questions outlive it.
func outlasting(m Message, now time.Time) (events []Event) {
	for _, p := range m.calls() {
		if p.asksOn() && p.State != CallWaiting {
			wait := Wait{For: ForAnswer, Times: 1}
			events = append(events, ToolWaits{ID: p.CallID, Data: ToolWaitsData{CallID: p.CallID, Wait: wait, At: now}})
		}
	}
	return events
}

// asksOn reports whether the person has yet to answer a question that lasts.
func (p ToolPart) asksOn() bool {
	return !p.State.Done() && p.Asks != nil && p.Asks.Lasts && p.Asks.Action == ""
}

// putAway returns the event that the question of a call is answered by nobody any more.
func (p ToolPart) putAway() []Event {
	if p.Asks == nil || p.Asks.Action != "" {
		return nil
	}
	return []Event{ElicitationAnswered{Data: ElicitationAnswerData{ID: p.Asks.ID, CallID: p.CallID, Action: "cancel"}}}
}

// answerLate answers a question of a call that waits for it, and lets the call go on. The
// caller holds the lock.
func (r *liveRun) answerLate(askID string, a ElicitationAnswer, now time.Time) ([]Event, error) {
	calls := r.rec.message().calls()
	i := slices.IndexFunc(calls, func(p ToolPart) bool {
		return p.State == CallWaiting && p.asksOn() && p.Asks.ID == askID
	})
	if i < 0 || r.stopped != nil {
		return nil, &Error{Kind: KindConflict, Op: "answer", Message: "The server does not wait for this answer any more."}
	}
	p := calls[i]
	if err := a.check(p.Asks.Elicitation); err != nil {
		return nil, err
	}
	r.late[p.CallID] = lateAnswer{p.Asks.Elicitation, a}
	return []Event{
		ElicitationAnswered{Data: ElicitationAnswerData{ID: askID, CallID: p.CallID, Action: a.Action, At: now}},
		ToolResumed{Data: ToolResumedData{CallID: p.CallID, At: now}},
	}, nil
}

// lateAnswer is an answer to a question that the server will ask again.
type lateAnswer struct {
	to Elicitation
	ElicitationAnswer
}

// answeredBefore returns the answer to a question that was given before the server asked
// it, once.
func (r *liveRun) answeredBefore(callID string, e Elicitation) (ElicitationAnswer, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.late[callID]
	if !ok || a.to.Message != e.Message || a.to.URL != e.URL || !bytes.Equal(a.to.Schema, e.Schema) {
		return ElicitationAnswer{}, false
	}
	delete(r.late, callID)
	return a.ElicitationAnswer, true
}
