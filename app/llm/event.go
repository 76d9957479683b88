package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// event is what this package reads of the events of the Responses API. The SDK's
// own union of all events takes eight times as long to decode, and ends a stream
// at a member "error" that is null.
//
// Source: https://platform.openai.com/docs/api-reference/responses-streaming
type event struct {
	Type         string          `json:"type"`
	ItemID       string          `json:"item_id"`
	OutputIndex  int             `json:"output_index"`
	ContentIndex int             `json:"content_index"`
	SummaryIndex int             `json:"summary_index"`
	Delta        string          `json:"delta"`
	Arguments    loose           `json:"arguments"`
	Code         loose           `json:"code"` // of a program, or of a failure
	Annotation   json.RawMessage `json:"annotation"`
	Item         json.RawMessage `json:"item"`
	Response     *response       `json:"response"`
	Error        json.RawMessage `json:"error"`

	raw []byte
}

// The events that carry something for us. All others are passed over.
const (
	eventItemAdded      = "response.output_item.added"
	eventItemDone       = "response.output_item.done"
	eventText           = "response.output_text.delta"
	eventRefusal        = "response.refusal.delta"
	eventSummary        = "response.reasoning_summary_text.delta"
	eventReasoning      = "response.reasoning_text.delta"
	eventArguments      = "response.function_call_arguments.delta"
	eventArgumentsReady = "response.function_call_arguments.done"
	eventAnnotation     = "response.output_text.annotation.added"
	eventCode           = "response.code_interpreter_call_code.delta"
	eventCodeReady      = "response.code_interpreter_call_code.done"
	eventRemote         = "response.mcp_call_arguments.delta"
	eventRemoteReady    = "response.mcp_call_arguments.done"
	eventCompleted      = "response.completed"
	eventIncomplete     = "response.incomplete"
	eventFailed         = "response.failed"
	eventError          = "error"
)

func (e *event) known() bool {
	switch e.Type {
	case eventItemAdded, eventItemDone, eventText, eventRefusal, eventSummary, eventReasoning,
		eventArguments, eventArgumentsReady, eventAnnotation, eventCode, eventCodeReady, eventCompleted, eventIncomplete, eventFailed, eventError:
		return true
	default:
		return false
	}
}

// parse decodes the data of one event. An event of an unknown type may have members of
// any shape.
func (e *event) parse(data []byte) error {
	*e = event{raw: data}
	err := json.Unmarshal(data, e)
	if _, shape := errors.AsType[*json.UnmarshalTypeError](err); shape && !e.known() {
		*e = event{raw: data, Type: e.Type}
		return nil
	}
	if err != nil {
		return fmt.Errorf("decode event %q: %w", e.Type, err)
	}
	return nil
}

// recognised reports whether e is of the Responses API at all.
func (e *event) recognised() bool {
	return strings.HasPrefix(e.Type, "response.") || e.Type == eventError
}

// failure returns what e says that went wrong, nil if it does not: the flat form
// with code and message, the nested one, a bare {"error":…} without a type, or a
// response that failed.
func (e *event) failure() error {
	nested := len(e.Error) > 0 && string(e.Error) != "null"
	switch {
	case e.Type == eventError, nested && (e.Type == "" || !e.known()):
		return reported(e.raw)
	case e.Type == eventFailed && e.Response != nil && len(e.Response.Error) > 0:
		return reported(e.Response.Error)
	case e.Type == eventFailed:
		return reported("{}")
	default:
		return nil
	}
}

// parseWhole makes the terminal event of a response that came as a whole.
func parseWhole(body []byte) (event, error) {
	var head struct {
		Object string          `json:"object"`
		Status string          `json:"status"`
		Output json.RawMessage `json:"output"`
		Error  json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return event{}, errUnheard
	}
	if head.Object != "response" && head.Output == nil {
		// LM Studio answers with 200 where it has no such address.
		if len(head.Error) > 0 && string(head.Error) != "null" && !bytes.Contains(head.Error, []byte("endpoint")) {
			return event{}, reported(body)
		}
		return event{}, errUnheard
	}
	e := event{Type: "response." + head.Status, Response: &response{}}
	if head.Status == "" {
		e.Type = eventCompleted
	}
	if err := json.Unmarshal(body, e.Response); err != nil {
		return event{}, fmt.Errorf("decode response: %w", err)
	}
	if report := e.failure(); report != nil {
		return event{}, report
	}
	if e.Type != eventCompleted && e.Type != eventIncomplete {
		return event{}, fmt.Errorf("a response that is %q came as a whole", head.Status)
	}
	return e, nil
}

// response is the state of a whole response, as terminal events report it.
type response struct {
	Created    number            `json:"created_at"`
	Output     []json.RawMessage `json:"output"`
	Error      json.RawMessage   `json:"error"`
	Incomplete struct {
		Reason string `json:"reason"`
	} `json:"incomplete_details"`
	Usage *struct {
		Input        int64 `json:"input_tokens"`
		InputDetails struct {
			Cached int64 `json:"cached_tokens"`
		} `json:"input_tokens_details"`
		Output        int64 `json:"output_tokens"`
		OutputDetails struct {
			Reasoning int64 `json:"reasoning_tokens"`
		} `json:"output_tokens_details"`
	} `json:"usage"`
}

func (r *response) usage() *chat.Usage {
	if r == nil || r.Usage == nil {
		return nil
	}
	return &chat.Usage{
		InputTokens: r.Usage.Input, CachedTokens: r.Usage.InputDetails.Cached,
		OutputTokens: r.Usage.Output, ReasoningTokens: r.Usage.OutputDetails.Reasoning,
	}
}
