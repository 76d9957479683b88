package llm

import (
	"strings"

	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"

	"github.com/pomerium/pomchat/app/chat"
)

// inputItems translates the path of a thread into input items, for a model of a
// provider. Whatever befell the thread, the items are a valid request: each call
// is followed by exactly one output, and reasoning by the item it led to. Our own
// words, that an answer shall go on, are said in the role of advisor.
func inputItems(path []chat.Message, provider, model string, advisor responses.EasyInputMessageRole) responses.ResponseInputParam {
	h := history{provider: provider, model: model, items: responses.ResponseInputParam{}}
	for i, m := range path {
		switch m.Role {
		case chat.RoleUser:
			h.say(responses.EasyInputMessageRoleUser, m.Text())
			h.answered = false
		case chat.RoleAssistant:
			if wasCutOff(path, i) && h.answered {
				h.say(advisor, goOn)
			}
			before := len(h.items)
			h.answer(m)
			h.answered = len(h.items) > before
		}
	}
	return h.items
}

// history collects input items. Outputs of calls wait until all items of their
// step are in, for that is the order in which the model and we spoke.
type history struct {
	provider, model string
	items, outputs  responses.ResponseInputParam
	answered        bool // the model has said something since the last question
}

// answer adds an assistant's message. Parts whose item the model itself wrote
// are replayed as it wrote them, those items included which no part shows; other
// parts are told in general terms. Reasoning of others is dropped: nobody else
// can read it.
func (h *history) answer(m chat.Message) {
	own := ownItems(m.Native, h.provider, h.model)
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
			h.replay(own[next], partOf[next])
		}
	}
	h.flush()
	for ; next < len(own); next++ {
		h.replay(own[next], partOf[next])
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
func (h *history) replay(n ownItem, shown chat.Part) {
	h.items = append(h.items, param.Override[responses.ResponseInputItemUnionParam](n.raw))
	if n.Type == "function_call" {
		call, _ := shown.(chat.ToolPart)
		h.result(n.CallID, call)
	}
}

// retell adds a part that another model wrote, or that was cut off before its
// item was complete.
func (h *history) retell(p chat.Part) {
	switch p := p.(type) {
	case chat.TextPart:
		h.say(responses.EasyInputMessageRoleAssistant, p.Text)
	case chat.ToolPart:
		h.items = append(h.items, responses.ResponseInputItemParamOfFunctionCall(arguments(p), p.CallID, soundName(p.Tool.Name)))
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
	item.OfFunctionCallOutput.CallID = param.NewOpt(callID)
	h.outputs = append(h.outputs, item)
}

func (h *history) flush() {
	h.items = append(h.items, h.outputs...)
	h.outputs = nil
}
