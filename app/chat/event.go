package chat

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// Event is one thing that happened in a run. The set is sealed.
//
// The names and required fields are those of the AI SDK's UI message stream,
// version 1 (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol), so that a stock
// client can read them; fields and data-* parts which that vocabulary lacks are
// additions that such a client ignores. The grammar of a run is
//
//	start (data | start-step (text | reasoning | tool | source | file | usage)* finish-step)* (finish | error | abort)
//
// except that a run which fails or is stopped in the middle of a step closes the
// parts and calls that are open, and ends without its finish-step.
type Event interface{ event() string }

// Start opens the stream of a run.
type Start struct {
	MessageID string       `json:"messageId"`
	Metadata  StartDetails `json:"messageMetadata"`
}

// StartDetails says what answers, for whom, since when.
type StartDetails struct {
	RunID    string    `json:"runId"`
	ParentID string    `json:"parentId"`
	Model    string    `json:"model"`
	At       time.Time `json:"at"`
}

// StartStep opens one call of the model.
type StartStep struct{}

// FinishStep closes it.
type FinishStep struct{}

// UsageTold says what one call of the model used.
type UsageTold struct {
	Metadata UsageDetails `json:"messageMetadata"`
}

// UsageDetails is the payload of UsageTold.
type UsageDetails struct {
	Usage Usage `json:"usage"`
}

// TitleSet says that the thread got a title.
type TitleSet struct {
	Data TitleData `json:"data"`
}

// TitleData is the payload of TitleSet.
type TitleData struct {
	Title string `json:"title"`
}

// ServerNoticed says that a chosen server cannot be used in this turn.
type ServerNoticed struct {
	Data ServerNotice `json:"data"`
}

// Finish ends a run with an answer.
type Finish struct {
	Reason   string     `json:"finishReason" enum:"stop,length,content-filter,tool-calls,other"`
	Metadata EndDetails `json:"messageMetadata"`
}

// EndDetails says what the run used.
type EndDetails struct {
	Usage *Usage    `json:"usage,omitempty"`
	Cost  *Cost     `json:"cost,omitempty" doc:"What that cost, if the model's price is known."`
	At    time.Time `json:"at"`
}

// Failed ends a run without an answer, or with half of one.
type Failed struct {
	ErrorText string `json:"errorText"`
	Kind      Kind   `json:"kind"`
	Trace     *Trace `json:"trace,omitempty" doc:"Where the failure can be looked up."`

	RetryAfter int64      `json:"retryAfter,omitempty" doc:"Seconds from the end on, before which another attempt is in vain, if that is known."`
	Metadata   EndDetails `json:"messageMetadata"`
}

// Aborted ends a run that its owner stopped.
type Aborted struct {
	Reason   string     `json:"reason"`
	Metadata EndDetails `json:"messageMetadata"`
}

func (Start) event() string         { return "start" }
func (StartStep) event() string     { return "start-step" }
func (FinishStep) event() string    { return "finish-step" }
func (UsageTold) event() string     { return "message-metadata" }
func (TitleSet) event() string      { return "data-title" }
func (ServerNoticed) event() string { return "data-mcp-status" }
func (Finish) event() string        { return "finish" }
func (Failed) event() string        { return "error" }
func (Aborted) event() string       { return "abort" }

// EventTypes lists one zero value of each kind of event by its "type" on the wire.
func EventTypes() map[string]Event {
	types := map[string]Event{}
	for _, e := range []Event{
		Start{}, StartStep{}, FinishStep{}, UsageTold{},
		TextStart{}, TextDelta{}, TextEnd{},
		ReasoningStart{}, ReasoningDelta{}, ReasoningEnd{}, SourceFound{}, FileMade{},
		ToolInputStart{}, ToolInputDelta{}, ToolInputAvailable{}, ToolApprovalRequest{}, ToolApprovalResponse{}, ToolWaits{}, ToolResumed{},
		ToolProgressed{}, ToolLogged{}, ElicitationAsked{}, ElicitationAnswered{},
		ToolOutputAvailable{}, ToolOutputError{}, ToolOutputDenied{},
		TitleSet{}, ServerNoticed{}, Grounded{},
		Finish{}, Failed{}, Aborted{},
	} {
		types[e.event()] = e
	}
	return types
}

// IsTerminal reports whether e ends its run.
func IsTerminal(e Event) bool {
	switch e.(type) {
	case Finish, Failed, Aborted:
		return true
	default:
		return false
	}
}

// EncodeEvent returns e as one line of JSON with its "type" first.
func EncodeEvent(e Event) ([]byte, error) {
	return AppendEvent(nil, e)
}

// AppendEvent appends what EncodeEvent returns to dst.
func AppendEvent(dst []byte, e Event) ([]byte, error) {
	b, err := appendTagged(dst, e.event(), e)
	if err != nil {
		return nil, fmt.Errorf("encode %s event: %w", e.event(), err)
	}
	return b, nil
}

// DecodeEvent is the inverse of EncodeEvent. An unknown type is an error.
func DecodeEvent(data []byte) (Event, error) {
	var tag struct{ Type string }
	if err := json.Unmarshal(data, &tag); err != nil {
		return nil, fmt.Errorf("decode event: %w", err)
	}
	zero, ok := EventTypes()[tag.Type]
	if !ok {
		return nil, fmt.Errorf("decode event: unknown type %q", tag.Type)
	}
	v := reflect.New(reflect.TypeOf(zero))
	if err := json.Unmarshal(data, v.Interface()); err != nil {
		return nil, fmt.Errorf("decode %s event: %w", tag.Type, err)
	}
	return v.Elem().Interface().(Event), nil
}
