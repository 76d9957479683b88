package llm

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
)

const blankLine = "\n\n"

// assembler turns the events of one reply into chunks. Servers differ: ids may
// be missing or repeated, deltas may be missing, an item may be done without
// having been added. What an item says when it is done is the truth.
type assembler struct {
	out     *emitter
	client  *Client         // the one that was asked
	request context.Context // of the reply, to which its files are bound
	servers []labelled
	waiting []waiting
	cites   bool // what its texts say may rest on what the provider found or ran

	event event // at hand
	items []*item
	drawn int  // pictures
	asks  int  // calls that somebody else has to make or to approve
	known bool // an event was recognised
}

func (a *assembler) send(c chat.Chunk) { a.out.send(c) }

// take implements dialect. Only a terminal event makes a reply complete.
func (a *assembler) take(data []byte) (last bool, err error) {
	if string(data) == "[DONE]" {
		return false, nil
	}
	e := &a.event
	if err := e.parse(data); err != nil {
		return false, err
	}
	a.known = a.known || e.recognised()
	if report := e.failure(); report != nil {
		return false, report
	}
	return a.handle(e)
}

// settled implements dialect.
func (a *assembler) settled() bool { return false }

// ended implements dialect.
func (a *assembler) ended() (complete bool, err error) { return false, nil }

// heard implements dialect.
func (a *assembler) heard() bool { return a.known }

// whole implements dialect: a body of JSON is the response as its last event would
// have told it.
func (a *assembler) whole(body []byte) error {
	r, err := parseWhole(body)
	if err != nil {
		return err
	}
	a.known = true
	_, err = a.handle(&r)
	return err
}

// handle handles one event and reports whether it was the last.
func (a *assembler) handle(e *event) (last bool, err error) {
	switch e.Type {
	case eventItemAdded:
		return false, a.added(e)
	case eventText, eventRefusal:
		a.say(a.find(e, typeMessage), e.ContentIndex, e.Type, e.Delta)
	case eventAnnotation:
		if it, note := a.find(e, typeMessage), parseAnnotation(e.Annotation); note != nil && note.reaches(it.pieceText(e.ContentIndex)) {
			a.cite(it, e.ContentIndex, note)
		}
	case eventSummary:
		a.say(a.find(e, typeReasoning), e.SummaryIndex, e.Type, e.Delta)
	case eventReasoning:
		a.say(a.find(e, typeReasoning), e.ContentIndex, e.Type, e.Delta)
	case eventArguments:
		a.argue(a.find(e, typeFunction), e.Delta)
	case eventArgumentsReady:
		it := a.find(e, typeFunction)
		it.arguments.Reset()
		it.arguments.WriteString(string(e.Arguments))
	case eventCode:
		a.code(a.find(e, typeProgram), e.Delta)
	case eventCodeReady:
		a.program(a.find(e, typeProgram), string(e.Code))
	case eventRemote:
		a.argue(a.find(e, typeRemote), e.Delta)
	case eventRemoteReady:
		a.remoteReady(e)
	case eventItemDone:
		return false, a.finish(e.Item, e.OutputIndex)
	case eventCompleted:
		return true, a.completed(e.Response)
	case eventIncomplete:
		if err := a.late(e.Response); err != nil {
			return false, err
		}
		a.send(chat.ReplyDone{Reason: incompleteReason(e.Response), Usage: e.Response.usage()})
		return true, nil
	}
	return false, nil
}

func (a *assembler) added(e *event) error {
	raw, err := parseItem(e.Item)
	if err != nil {
		return fmt.Errorf("decode added item: %w", err)
	}
	a.open(raw, e.OutputIndex)
	return nil
}

func (a *assembler) argue(it *item, delta string) {
	it.arguments.WriteString(delta)
	if it.started && delta != "" {
		a.send(chat.CallDelta{CallID: it.partID, Delta: delta})
	}
}

// finish takes a done item: it emits what no delta has brought, and hands over
// the item itself. A call that was cut off is not ready, and worth nothing.
func (a *assembler) finish(data json.RawMessage, index int) error {
	raw, err := parseItem(data)
	if err != nil {
		return fmt.Errorf("decode done item: %w", err)
	}
	it := a.lookup(raw.ID, index, raw.Type)
	if it == nil {
		it = a.open(raw, index)
	}
	it.done = true
	switch raw.Type {
	case typeMessage, typeReasoning:
		a.finishText(it, raw)
	case typeFunction:
		if raw.Status == "incomplete" {
			return nil
		}
		if raw.CallID != it.partID {
			data = withField(data, "call_id", it.partID)
		}
		a.ready(it, raw.Name, string(raw.Arguments))
	case typeSearch:
		a.search(it, raw)
	case typeProgram:
		it.container = string(raw.Container)
		a.ran(it, raw)
	case typeListing:
		if !a.listed(raw) {
			return nil
		}
	case typeRemote:
		a.remoteCall(it, raw)
		a.remoteResult(it, raw)
	case typeApproval:
		a.asks++
		// The item goes first: it is kept with the question.
		a.send(chat.ItemDone{PartID: it.partID, Raw: data})
		a.send(chat.HostedApproval{CallID: it.partID, Tool: refOf(a.servers, string(raw.Label), raw.Name), Arguments: string(raw.Arguments)})
		return nil
	}
	a.send(chat.ItemDone{PartID: it.partID, Raw: data})
	return nil
}

func (a *assembler) ready(it *item, name, arguments string) {
	if name == "" {
		name = it.name
	}
	if arguments == "" {
		arguments = it.arguments.String()
	}
	it.ready = true
	a.asks++
	a.send(chat.CallReady{CallID: it.partID, Name: name, Arguments: arguments})
}

// late emits all of a response of which nothing was told before its end.
func (a *assembler) late(r *response) error {
	if r == nil || len(a.items) > 0 {
		return nil
	}
	for i, raw := range r.Output {
		if err := a.finish(raw, i); err != nil {
			return err
		}
	}
	return nil
}

// completed ends a reply. A server that left a call open meant it to be made.
func (a *assembler) completed(r *response) error {
	if err := a.late(r); err != nil {
		return err
	}
	a.leftovers(r)
	for _, it := range a.items {
		if it.kind == typeFunction && !it.done && it.name != "" {
			a.ready(it, it.name, it.arguments.String())
		}
	}
	reason := "stop"
	if a.asks > 0 {
		reason = "tool-calls"
	}
	a.send(chat.ReplyDone{Reason: reason, Usage: r.usage()})
	return nil
}

func incompleteReason(r *response) string {
	if r == nil {
		return "other"
	}
	switch r.Incomplete.Reason {
	case "max_output_tokens", "max_tokens", "length":
		return "length"
	case "content_filter":
		return "content-filter"
	default:
		return "other"
	}
}
