package chat

import (
	"encoding/json"
	"slices"
	"time"
)

// CallState is how far a call has come.
type CallState string

// The states of a call, in the vocabulary of the UI message stream.
const (
	CallStreaming CallState = "input-streaming"
	CallRunning   CallState = "input-available"
	CallAsked     CallState = "approval-requested"
	CallAnswered  CallState = "approval-responded"
	CallWaiting   CallState = "waiting" // for a fresh token, for its server to be connected, or for an answer; see Wait
	CallResumed   CallState = "resumed" // what it waited for is there; it is carried out again
	CallReturned  CallState = "output-available"
	CallFailed    CallState = "output-error"
	CallDenied    CallState = "output-denied"
)

// Done reports whether nothing more will come of the call.
func (s CallState) Done() bool { return s == CallReturned || s == CallFailed || s == CallDenied }

// Ask is an elicitation and what the person did with it.
type Ask struct {
	ID string `json:"id"`
	Elicitation
	Action string `json:"action,omitempty" enum:"accept,decline,cancel" doc:"Absent while the answer is awaited."`
}

// Approval is a person's decision about a call, or the wait for it.
type Approval struct {
	ID       string `json:"id"`
	Approved *bool  `json:"approved,omitempty" doc:"The decision; absent while it is awaited."`
	Scope    Scope  `json:"scope,omitempty" enum:"once,thread,always" doc:"For how long an approval holds."`

	// These say what was asked.
	Reason    string  `json:"reason,omitempty" doc:"Why it was asked, in one sentence."`
	Scopes    []Scope `json:"scopes,omitempty" enum:"once,thread,always" nullable:"false" doc:"For how long the person may approve."`
	Of        string  `json:"of,omitempty" doc:"Fingerprint of the tool: how its server described it when it was asked."`
	ServerURL string  `json:"serverUrl,omitempty"`
}

// Wait is what a call waits for that its server did not let in, or that asked something
// before it was cut off.
type Wait struct {
	For   WaitFor `json:"for" enum:"token,connect,answer"`
	Times int     `json:"times" doc:"How often it has waited for that."`
}

// Pause is a time in which a call waited and nothing was done for it.
type Pause struct {
	From time.Time  `json:"from"`
	To   *time.Time `json:"to,omitempty" doc:"Absent while it waits, and if it waited until the end."`
}

// paused returns p waiting from that moment on. It already waits for something at most once.
func (p ToolPart) paused(at time.Time) ToolPart {
	if n := len(p.Pauses); at.IsZero() || n > 0 && p.Pauses[n-1].To == nil {
		return p
	}
	p.Pauses = append(slices.Clip(p.Pauses), Pause{From: at})
	return p
}

// unpaused returns p waiting no more.
func (p ToolPart) unpaused(at time.Time) ToolPart {
	n := len(p.Pauses)
	if at.IsZero() || n == 0 || p.Pauses[n-1].To != nil {
		return p
	}
	p.Pauses = slices.Clone(p.Pauses)
	p.Pauses[n-1].To = &at
	return p
}

// WaitFor is what has to be there before a call is carried out.
type WaitFor string

// A call waits for a fresh token of the person, which their browser hands over without
// being asked twice, or for the person to connect its server to their account there, or,
// after a restart, to answer its question.
const (
	ForToken   WaitFor = "token"
	ForConnect WaitFor = "connect"
	ForAnswer  WaitFor = "answer"
)

// Scope is for how long an approval holds.
type Scope string

// The scopes: this call, this thread, or every thread of the person.
const (
	Once       Scope = "once"
	InThread   Scope = "thread"
	Everywhere Scope = "always"
)

// ToolPart is a call and its result: always a pair. A call that was stopped or
// failed has an ErrorText in place of an output; one that the person forbade has
// neither.
type ToolPart struct {
	CallID     string          `json:"toolCallId"`
	Step       int             `json:"step"`
	Tool       ToolRef         `json:"tool"`
	State      CallState       `json:"state" enum:"input-streaming,input-available,approval-requested,approval-responded,waiting,resumed,output-available,output-error,output-denied"`
	Hosted     bool            `json:"providerExecuted,omitempty" doc:"The model's provider carries it out, and not pomchat."`
	Approval   *Approval       `json:"approval,omitempty" doc:"The person's decision, if one was asked for."`
	InputText  string          `json:"inputText,omitempty" doc:"The arguments as far as they have arrived, while they stream."`
	Input      json.RawMessage `json:"input,omitempty" doc:"The arguments, a JSON object."`
	ModelInput json.RawMessage `json:"modelInput,omitempty" doc:"The arguments as the model wrote them, if the person changed them."`
	Output     *ToolResult     `json:"output,omitempty"`
	ErrorText  string          `json:"errorText,omitempty"`
	ErrorKind  Kind            `json:"errorKind,omitempty" doc:"What kind of failure it is, if that is known."`
	Trace      *Trace          `json:"trace,omitempty" doc:"Where the failure can be looked up."`
	Wait       *Wait           `json:"wait,omitempty" doc:"What it waits for, or waited for last."`
	Progress   *ToolProgress   `json:"progress,omitempty" doc:"How far the call has come, as its server said last."`
	Logs       []ToolLog       `json:"logs,omitempty" nullable:"false" doc:"The newest lines of the server's log about the call."`
	Asks       *Ask            `json:"elicitation,omitempty" doc:"What the server wanted to know last."`
	StartedAt  *time.Time      `json:"startedAt,omitempty" doc:"When the server was called."`
	As         string          `json:"as,omitempty" doc:"Whom its server took for the caller: an e-mail address, or else a name."`
	Pauses     []Pause         `json:"pauses,omitempty" nullable:"false" doc:"When it waited: for the person, a token or a connection."`
	DurationMS int64           `json:"durationMs,omitempty" doc:"How long the server took."`
}

// denied reports whether the person forbade the call.
func (p ToolPart) denied() bool {
	return p.Approval != nil && p.Approval.Approved != nil && !*p.Approval.Approved
}

// released reports whether nothing is in the way of the call any more.
func (p ToolPart) released() bool {
	return !p.denied() && (p.State == CallAnswered || p.State == CallResumed)
}

// ToolRef names a tool for people and for the model.
type ToolRef struct {
	Name       string `json:"name" doc:"The name that the model calls: server__tool."`
	Server     string `json:"server" doc:"Id of the server; empty if no such tool exists."`
	ServerName string `json:"serverName"`
	Tool       string `json:"tool" doc:"The tool's own name on its server."`
	Title      string `json:"title,omitempty"`
}
