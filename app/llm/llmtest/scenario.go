package llmtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// exchange is one request for an answer, and what is needed to give it.
type exchange struct {
	h     *Handler
	w     http.ResponseWriter
	r     *http.Request
	p     *prompt
	visit int    // how often this scenario has been asked for, from 1
	rest  string // of the question, after the name of the scenario
	quirk quirk  // of Chat Completions
	// uncited says that the answer does not name all files that it made.
	uncited bool

	stream  *stream
	chat    *chatStream
	remotes []*remote
}

// voice is what a scenario can say by either API.
type voice interface {
	text(text, status string)
	refuse(text string)
	reason(summary ...string)
	call(name, arguments string)
	complete()
}

// begin starts the stream of the API that was asked for.
func (x *exchange) begin() voice {
	if x.p.completion {
		return x.beginChat()
	}
	return x.beginResponse()
}

func (x *exchange) beginResponse() *stream {
	x.stream = newStream(x.r.Context(), x.h, x.w, x.p)
	x.listRemotes()
	return x.stream
}

func (x *exchange) beginChat() *chatStream {
	x.chat = newChatStream(x)
	return x.chat
}

// slow makes the answer wait at least that long before each delta.
func (x *exchange) slow(wait time.Duration) {
	if x.chat != nil {
		x.chat.wait = max(x.chat.wait, wait)
	} else {
		x.stream.wait = max(x.stream.wait, wait)
	}
}

// hungUp reports whether the client left in the middle of a stream.
func (x *exchange) hungUp() bool {
	ended := x.stream == nil || x.stream.ended
	if x.chat != nil {
		ended = x.chat.ended
	}
	return !ended && x.r.Context().Err() != nil
}

// Scenarios returns the names of all scenarios of the Responses API, sorted.
func Scenarios() []string { return slices.Sorted(maps.Keys(scenarios())) }

// ChatScenarios returns the names of all scenarios of Chat Completions, sorted.
func ChatScenarios() []string { return slices.Sorted(maps.Keys(chatScenarios())) }

func scenarios() map[string]func(*exchange) {
	all := replies()
	maps.Copy(all, peculiar())
	maps.Copy(all, hosted())
	maps.Copy(all, refusals())
	for name, play := range brokenStreams() {
		all[name] = func(x *exchange) { play(x.beginResponse()) }
	}
	return all
}

func chatScenarios() map[string]func(*exchange) {
	all := replies()
	maps.Copy(all, refusals())
	for name, q := range quirks() {
		all[name] = func(x *exchange) {
			x.quirk = q
			playCalls(x)
		}
	}
	for name, play := range brokenChats() {
		all[name] = func(x *exchange) { play(x.beginChat()) }
	}
	return all
}

// serveAnswer plays the scenario that a request for an answer asks for.
func (h *Handler) serveAnswer(w http.ResponseWriter, r *http.Request, p *prompt, check func() *refusal) {
	x := &exchange{h: h, w: w, r: r, p: p}
	name, play := x.choose()
	h.mu.Lock()
	h.visits[name]++
	x.visit = h.visits[name]
	h.mu.Unlock()
	if bad := check(); bad != nil {
		h.mu.Lock()
		h.refused = append(h.refused, bad.message)
		h.mu.Unlock()
		bad.write(w)
		return
	}
	defer func() {
		x.closeRemotes()
		if x.hungUp() {
			select {
			case h.hangups <- struct{}{}:
			default:
			}
		}
	}()
	play(x)
}

// choose finds the scenario that a request asks for.
func (x *exchange) choose() (string, func(*exchange)) {
	all := scenarios()
	if x.p.completion {
		all = chatScenarios()
	}
	if x.p.goesOn() {
		return "go-on", all["go-on"]
	}
	question := x.p.question()
	if asked, ok := x.h.cfg.Script[question]; ok {
		question = asked
	}
	if after, ok := strings.CutPrefix(question, "fake:"); ok {
		name, rest, _ := strings.Cut(strings.TrimSpace(after), " ")
		if play, ok := all[name]; ok {
			x.rest = strings.TrimSpace(rest)
			return name, play
		}
	}
	if name, ok := strings.CutPrefix(x.p.Model, "fake-"); ok && all[name] != nil {
		return name, all[name]
	}
	if strings.Contains(strings.ToLower(question), "sales by year") {
		return "sales", playSales
	}
	return "text", all["text"]
}

// replies are the scenarios in which all goes well.
func replies() map[string]func(*exchange) {
	return map[string]func(*exchange){
		"text": func(x *exchange) {
			s := x.begin()
			s.text(fmt.Sprintf("You said: %s", x.p.question()), "completed")
			s.complete()
		},
		"reasoning": func(x *exchange) {
			s := x.begin()
			s.reason("**First** I think.", "**Then** I answer.")
			s.text("Here is what I thought of.", "completed")
			s.complete()
		},
		"refusal": func(x *exchange) {
			s := x.begin()
			s.refuse("I cannot help with that.")
			s.complete()
		},
		"go-on": func(x *exchange) {
			s := x.begin()
			s.text(" answer, and this is the rest.", "completed")
			s.complete()
		},
		"call":  playCalls,
		"chain": playChain,
		"sales": playSales,
		"loop": func(x *exchange) {
			s := x.begin()
			if len(x.p.Tools) == 0 {
				s.text("There is no tool to call.", "completed")
			} else {
				s.call(x.p.Tools[0].Name, "{}")
			}
			s.complete()
		},
		"slow": func(x *exchange) {
			s := x.begin()
			x.slow(20 * time.Millisecond)
			s.text(strings.Repeat("slowly ", 10_000), "completed")
			s.complete()
		},
		"picky": func(x *exchange) {
			for _, path := range []string{"reasoning.effort", "reasoning.summary", "stream_options", "reasoning_effort"} {
				if x.p.sends(path) {
					invalid("unsupported_value", path, "Unsupported value: '%s' is not supported with this model.", path).write(x.w)
					return
				}
			}
			s := x.begin()
			s.text("That suits me.", "completed")
			s.complete()
		},
	}
}

// peculiar are replies of the Responses API that are right, but strange.
func peculiar() map[string]func(*exchange) {
	return map[string]func(*exchange){
		"unknown-event": func(x *exchange) {
			s := x.beginResponse()
			s.event("response.sparkles.delta", map[string]any{"delta": map[string]any{"shape": "star"}, "item": 7})
			s.text("Unknown events do not matter.", "completed")
			s.complete()
		},
		"error-null": func(x *exchange) {
			s := x.beginResponse()
			s.event("response.output_text.delta", map[string]any{"item_id": "msg_null", "output_index": 0, "content_index": 0, "delta": "Null is ", "error": nil})
			s.event("response.output_text.delta", map[string]any{"item_id": "msg_null", "output_index": 0, "content_index": 0, "delta": "no error.", "error": nil})
			s.event("keepalive", map[string]any{"error": nil})
			s.complete()
		},
		"bare": func(x *exchange) {
			s := x.beginResponse()
			s.event("response.output_item.done", map[string]any{"item": map[string]any{"type": "message", "role": "assistant", "content": []any{map[string]any{"type": "output_text", "text": "No ids, no deltas."}}}})
			s.event("response.output_item.done", map[string]any{"output_index": 1, "item": map[string]any{"type": "function_call", "call_id": "call_0", "name": "noop", "arguments": map[string]any{"a": 1}}})
			s.event("response.completed", map[string]any{"response": map[string]any{}})
			s.ended = true
		},
		"not-streamed": func(x *exchange) {
			part := textPart("All in one piece.")
			writeJSON(x.w, http.StatusOK, map[string]any{
				"id": "resp_whole", "object": "response", "status": "completed", "created_at": responseTime, "model": x.p.Model,
				"output": []any{map[string]any{"id": "msg_whole", "type": "message", "role": "assistant", "status": "completed", "content": []any{part}}},
				"usage":  map[string]any{"input_tokens": x.p.size / 4, "output_tokens": 4, "total_tokens": x.p.size/4 + 4},
			})
		},
		"unsealed": func(x *exchange) {
			s := x.beginResponse()
			thought := map[string]any{"id": s.id("rs"), "type": "reasoning", "summary": []any{}, "encrypted_content": nil}
			s.open(thought)
			s.done(thought)
			s.text("What I thought cannot be sent again.", "completed")
			s.complete()
		},
		"long-id": func(x *exchange) {
			s := x.beginResponse()
			if tool := x.p.tool(""); tool == nil || len(x.p.results()) > 0 {
				s.text("I have the result, or no tool.", "completed")
			} else {
				s.callAs(strings.Repeat("x", 69)+"_"+strconv.Itoa(s.reply), tool.Name, "{}")
			}
			s.complete()
		},
		"unsealed-call": func(x *exchange) {
			s := x.beginResponse()
			if results := x.p.results(); len(results) > 0 {
				s.text("The results:\n\n"+strings.Join(results, "\n\n"), "completed")
				s.complete()
				return
			}
			s.unsealed = true
			s.reason("I have to call something.")
			s.call("f", "{}")
			s.complete()
		},
		"incomplete-empty": func(x *exchange) {
			s := x.beginResponse()
			s.reason("I have to think of much.")
			item := map[string]any{"id": s.id("msg"), "type": "message", "role": "assistant", "status": "incomplete", "content": []any{}}
			s.open(item)
			s.done(item)
			s.end("incomplete", map[string]any{"incomplete_details": map[string]any{"reason": "max_output_tokens"}, "usage": s.usage()})
		},
		"only-completed": func(x *exchange) {
			s := x.beginResponse()
			s.output = append(s.output, map[string]any{"id": "msg_late", "type": "message", "role": "assistant", "content": []any{map[string]any{"type": "output_text", "text": "All at once."}}})
			s.end("completed", nil)
		},
	}
}
