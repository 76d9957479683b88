package llm

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"

	"github.com/pomerium/pomchat/app/chat"
)

// inputItems translates the path of a thread into input items, for a model.
// Whatever befell the thread, the items are a valid request: each call is followed
// by exactly one output, each question for approval by one answer, and reasoning by
// the item it led to.
func (c *Client) inputItems(path []chat.Message, model string, retold bool) responses.ResponseInputParam {
	h := history{provider: c.provider, model: model, retold: retold, servers: c.servers, isGone: c.gone.isGone, listed: map[string]bool{}, items: responses.ResponseInputParam{}}
	for i, m := range path {
		switch m.Role {
		case chat.RoleUser:
			h.say(responses.EasyInputMessageRoleUser, question(m))
			h.answered = false
		case chat.RoleAssistant:
			if wasCutOff(path, i) && h.answered {
				h.say(c.advisor(), goOn)
			}
			before := len(h.items)
			h.answer(m, i == len(path)-1)
			h.answered = len(h.items) > before
		}
	}
	return h.items
}

// history collects input items. Outputs of calls wait until all items of their
// step are in, for that is the order in which the model and we spoke.
type history struct {
	provider, model string
	retold          bool // no item is replayed
	servers         []labelled
	isGone          func(container string) bool
	listed          map[string]bool // servers whose tools are in the items, by label
	items, outputs  responses.ResponseInputParam
	answered        bool // the model has said something since the last question
}

// answer adds an assistant's message. Parts whose item the model itself wrote
// are replayed as it wrote them, those items included which no part shows; other
// parts are told in general terms. Reasoning of others is dropped: nobody else
// can read it. In the message that is being written, approved calls are yet to be
// made.
func (h *history) answer(m chat.Message, current bool) {
	var own []ownItem
	if !h.retold {
		own = h.ownItems(m.Native)
	}
	partOf, itemOf := match(own, m.Parts)
	step, next := 0, 0
	for j, p := range m.Parts {
		if _, s := partKey(p); s != step {
			h.flush()
			step = s
		}
		i, ok := itemOf[j]
		if !ok {
			h.retell(p)
			continue
		}
		for ; next <= i; next++ {
			h.replay(own, next, partOf[next], current)
		}
	}
	h.flush()
	for ; next < len(own); next++ {
		h.replay(own, next, partOf[next], current)
	}
	h.flush()
}

// match finds the part that shows each item, and the index of the item that each
// part shows. A part's id is the item's, or ends with it after a dot: the core
// puts the step before ids that are unique in one reply only. Where an id occurs
// more than once, they pair up in order.
func match(own []ownItem, parts chat.Parts) (partOf map[int]chat.Part, itemOf map[int]int) {
	partOf, itemOf = map[int]chat.Part{}, map[int]int{}
	for i, n := range own {
		for j, p := range parts {
			id, _ := partKey(p)
			if _, taken := itemOf[j]; !taken && (names(id, n.partID)) {
				partOf[i], itemOf[j] = p, i
				break
			}
		}
	}
	return partOf, itemOf
}

// replay adds an item verbatim, and the output of a call from the part that shows
// it. If none does, the call was interrupted.
func (h *history) replay(own []ownItem, i int, shown chat.Part, current bool) {
	n := own[i]
	h.items = append(h.items, param.Override[responses.ResponseInputItemUnionParam](n.raw))
	call, _ := shown.(chat.ToolPart)
	switch n.Type {
	case typeFunction:
		h.result(n.CallID, call)
	case typeApproval:
		h.items = append(h.items, decision(own, n, call, current))
	}
}

// decision answers the question of a provider whether a call may be made. It is yes
// only for a call that the person has approved and that is to be made now, or has
// been made: a call that was interrupted must not be made by a question that the
// person asks later.
func decision(own []ownItem, asked ownItem, call chat.ToolPart, current bool) responses.ResponseInputItemUnionParam {
	made := slices.ContainsFunc(own, func(n ownItem) bool { return n.Type == typeRemote && n.Approval == asked.ID })
	approved, decided := false, call.Approval != nil && call.Approval.Approved != nil
	if decided {
		approved = *call.Approval.Approved
	}
	out := responses.ResponseInputItemParamOfMcpApprovalResponse(asked.ID, made || current && approved && !call.State.Done())
	switch {
	case out.OfMcpApprovalResponse.Approve:
	case approved:
		out.OfMcpApprovalResponse.Reason = param.NewOpt(cmp.Or(call.ErrorText, "The call was interrupted, and may have been carried out."))
	case decided:
		out.OfMcpApprovalResponse.Reason = param.NewOpt(declined)
	default:
		out.OfMcpApprovalResponse.Reason = param.NewOpt("The user has not decided, so the call was not made.")
	}
	return out
}

// retell adds a part that another model wrote, or that was cut off before its
// item was complete.
func (h *history) retell(p chat.Part) {
	switch p := p.(type) {
	case chat.TextPart:
		h.say(responses.EasyInputMessageRoleAssistant, p.Text)
	case chat.ToolPart:
		if dropped(p) {
			return
		}
		h.items = append(h.items, responses.ResponseInputItemParamOfFunctionCall(arguments(p), boundID(p.CallID, maxCallID), soundName(p.Tool.Name)))
		h.result(p.CallID, p)
	}
}

func (h *history) say(who responses.EasyInputMessageRole, text string) {
	if strings.TrimSpace(text) != "" {
		h.items = append(h.items, responses.ResponseInputItemParamOfMessage(text, who))
	}
}

// result notes the output of a call, under the id that the model knows it by.
func (h *history) result(callID string, p chat.ToolPart) {
	item := responses.ResponseInputItemParamOfFunctionCallOutput(outputText(p))
	item.OfFunctionCallOutput.CallID = param.NewOpt(boundID(callID, maxCallID))
	h.outputs = append(h.outputs, item)
}

func (h *history) flush() {
	h.items = append(h.items, h.outputs...)
	h.outputs = nil
}

// replays reports whether a request for a prompt holds items as the model wrote them.
func (c *Client) replays(p chat.Prompt) bool {
	return slices.ContainsFunc(p.Path, func(m chat.Message) bool {
		return slices.ContainsFunc(m.Native, func(n chat.Native) bool { return n.Provider == c.provider && n.Model == p.Model })
	})
}

// waits reports whether a call waits for a decision, which only the item that asked
// for it can be given.
func waits(path []chat.Message) bool {
	if len(path) == 0 {
		return false
	}
	return slices.ContainsFunc(path[len(path)-1].Parts, func(p chat.Part) bool {
		call, ok := p.(chat.ToolPart)
		return ok && call.Hosted && call.Approval != nil && !call.State.Done()
	})
}
