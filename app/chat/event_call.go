package chat

import (
	"encoding/json"
	"time"
)

// ToolInputStart says that the model begins to write a call.
type ToolInputStart struct {
	CallID   string  `json:"toolCallId"`
	ToolName string  `json:"toolName"`
	Dynamic  bool    `json:"dynamic"`
	Title    string  `json:"title,omitempty"`
	Hosted   bool    `json:"providerExecuted,omitempty" doc:"The model's provider carries it out, and not pomchat."`
	Metadata ToolRef `json:"toolMetadata"`
}

// ToolInputDelta adds to the arguments of a call.
type ToolInputDelta struct {
	CallID string `json:"toolCallId"`
	Delta  string `json:"inputTextDelta"`
}

// ToolInputAvailable gives a call's complete arguments; the server is called now,
// unless a ToolApprovalRequest follows.
type ToolInputAvailable struct {
	CallID   string          `json:"toolCallId"`
	ToolName string          `json:"toolName"`
	Dynamic  bool            `json:"dynamic"`
	Input    json.RawMessage `json:"input"`
	Hosted   bool            `json:"providerExecuted,omitempty"`
	Metadata ToolRef         `json:"toolMetadata"`
	Approval *Approval       `json:"approval,omitempty" doc:"The approval, given earlier, under which it is called."`
	As       string          `json:"as,omitempty" doc:"Whom its server takes for the caller: an e-mail address, or else a name."`
	At       time.Time       `json:"at"`
}

// ToolApprovalRequest says that a call waits for the person.
type ToolApprovalRequest struct {
	ApprovalID string    `json:"approvalId"`
	CallID     string    `json:"toolCallId"`
	Reason     string    `json:"reason" doc:"Why it is asked, in one sentence."`
	Scopes     []Scope   `json:"scopes" enum:"once,thread,always" nullable:"false" doc:"For how long the person may approve."`
	Of         string    `json:"of" doc:"Fingerprint of the tool: how its server described it when it was asked."`
	ServerURL  string    `json:"serverUrl,omitempty"`
	At         time.Time `json:"at,omitzero"`
}

// ToolApprovalResponse gives the person's answer. If the call was approved, the
// server is called now.
type ToolApprovalResponse struct {
	ApprovalID string          `json:"approvalId"`
	CallID     string          `json:"toolCallId"`
	Approved   bool            `json:"approved"`
	Scope      Scope           `json:"scope,omitempty" enum:"once,thread,always"`
	Input      json.RawMessage `json:"input,omitempty" doc:"The arguments, if the person changed them."`
	At         time.Time       `json:"at"`
}

// ToolOutputDenied says that the person forbade a call.
type ToolOutputDenied struct {
	CallID string `json:"toolCallId"`
}

// ToolWaits says that a call waits for a token or a connection: its server did not let
// the person in.
type ToolWaits struct {
	ID   string        `json:"id" doc:"The call's id: a stock client keeps the newest of an id."`
	Data ToolWaitsData `json:"data"`
}

// ToolWaitsData is the payload of ToolWaits.
type ToolWaitsData struct {
	CallID string `json:"toolCallId"`
	Wait
	At time.Time `json:"at,omitzero"`
}

// ToolResumed says that what a call waited for is there. Its server is called now.
type ToolResumed struct {
	Data ToolResumedData `json:"data"`
}

// ToolResumedData is the payload of ToolResumed.
type ToolResumedData struct {
	CallID string    `json:"toolCallId"`
	At     time.Time `json:"at"`
}

// ToolProgressed tells how far a call has come. The newest one counts.
type ToolProgressed struct {
	ID   string           `json:"id" doc:"The call's id: a stock client keeps the newest of an id."`
	Data ToolProgressData `json:"data"`
}

// ToolProgressData is the payload of ToolProgressed.
type ToolProgressData struct {
	CallID string `json:"toolCallId"`
	ToolProgress
}

// ToolLogged is a line of the server's log about a call.
type ToolLogged struct {
	Data ToolLogData `json:"data"`
}

// ToolLogData is the payload of ToolLogged.
type ToolLogData struct {
	CallID string `json:"toolCallId"`
	ToolLog
}

// ElicitationAsked says that a server wants to know something from the person.
type ElicitationAsked struct {
	ID   string          `json:"id"`
	Data ElicitationData `json:"data"`
}

// ElicitationData is the payload of ElicitationAsked.
type ElicitationData struct {
	ID     string `json:"elicitationId"`
	CallID string `json:"toolCallId"`
	Elicitation
	At time.Time `json:"at,omitzero"`
}

// ElicitationAnswered says what the person did, without what was said.
type ElicitationAnswered struct {
	Data ElicitationAnswerData `json:"data"`
}

// ElicitationAnswerData is the payload of ElicitationAnswered.
type ElicitationAnswerData struct {
	ID     string    `json:"elicitationId"`
	CallID string    `json:"toolCallId"`
	Action string    `json:"action" enum:"accept,decline,cancel"`
	At     time.Time `json:"at,omitzero"`
}

// ToolOutputAvailable gives a call's result.
type ToolOutputAvailable struct {
	CallID     string     `json:"toolCallId"`
	Dynamic    bool       `json:"dynamic"`
	Output     ToolResult `json:"output"`
	DurationMS int64      `json:"durationMs"`
}

// ToolOutputError says that a call has no result, and why.
type ToolOutputError struct {
	CallID     string `json:"toolCallId"`
	Dynamic    bool   `json:"dynamic"`
	ErrorText  string `json:"errorText"`
	Kind       Kind   `json:"kind,omitempty" doc:"What kind of failure it is, if that is known."`
	Trace      *Trace `json:"trace,omitempty" doc:"Where the failure can be looked up."`
	DurationMS int64  `json:"durationMs"`
}

func (ToolInputStart) event() string       { return "tool-input-start" }
func (ToolInputDelta) event() string       { return "tool-input-delta" }
func (ToolInputAvailable) event() string   { return "tool-input-available" }
func (ToolOutputAvailable) event() string  { return "tool-output-available" }
func (ToolOutputError) event() string      { return "tool-output-error" }
func (ToolApprovalRequest) event() string  { return "tool-approval-request" }
func (ToolApprovalResponse) event() string { return "tool-approval-response" }
func (ToolOutputDenied) event() string     { return "tool-output-denied" }
func (ToolWaits) event() string            { return "data-tool-wait" }
func (ToolResumed) event() string          { return "data-tool-resumed" }
func (ToolProgressed) event() string       { return "data-tool-progress" }
func (ToolLogged) event() string           { return "data-tool-log" }
func (ElicitationAsked) event() string     { return "data-elicitation" }
func (ElicitationAnswered) event() string  { return "data-elicitation-answer" }
