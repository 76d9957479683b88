package llmtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// exchange is one request for a response, and what is needed to answer it.
type exchange struct {
	h     *Handler
	w     http.ResponseWriter
	r     *http.Request
	p     *prompt
	visit int    // how often this scenario has been asked for, from 1
	rest  string // of the question, after the name of the scenario

	stream *stream
}

// begin starts the stream of events.
func (x *exchange) begin() *stream {
	x.stream = newStream(x.r.Context(), x.h, x.w, x.p)
	return x.stream
}

// Scenarios returns the names of all scenarios, sorted.
func Scenarios() []string { return slices.Sorted(maps.Keys(scenarios())) }

func scenarios() map[string]func(*exchange) {
	all := replies()
	maps.Copy(all, failures())
	return all
}

func (h *Handler) serveResponse(w http.ResponseWriter, r *http.Request, body []byte) {
	p, bad := parsePrompt(body)
	if bad != nil {
		bad.write(w)
		return
	}
	x := &exchange{h: h, w: w, r: r, p: p}
	name, play := x.choose()
	h.mu.Lock()
	h.visits[name]++
	x.visit = h.visits[name]
	h.mu.Unlock()
	if bad := h.check(body, p); bad != nil {
		bad.write(w)
		return
	}
	defer func() {
		if x.stream != nil && !x.stream.ended && r.Context().Err() != nil {
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
	question := x.p.question()
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
		"call":  playCalls,
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
			s.wait = max(s.wait, 20*time.Millisecond)
			s.text(strings.Repeat("slowly ", 10_000), "completed")
			s.complete()
		},
		"unknown-event": func(x *exchange) {
			s := x.begin()
			s.event("response.sparkles.delta", map[string]any{"delta": map[string]any{"shape": "star"}, "item": 7})
			s.text("Unknown events do not matter.", "completed")
			s.complete()
		},
		"error-null": func(x *exchange) {
			s := x.begin()
			s.event("response.output_text.delta", map[string]any{"item_id": "msg_null", "output_index": 0, "content_index": 0, "delta": "Null is ", "error": nil})
			s.event("response.output_text.delta", map[string]any{"item_id": "msg_null", "output_index": 0, "content_index": 0, "delta": "no error.", "error": nil})
			s.event("keepalive", map[string]any{"error": nil})
			s.complete()
		},
		"bare": func(x *exchange) {
			s := x.begin()
			s.event("response.output_item.done", map[string]any{"item": map[string]any{"type": "message", "role": "assistant", "content": []any{map[string]any{"type": "output_text", "text": "No ids, no deltas."}}}})
			s.event("response.output_item.done", map[string]any{"output_index": 1, "item": map[string]any{"type": "function_call", "call_id": "call_0", "name": "noop", "arguments": map[string]any{"a": 1}}})
			s.event("response.completed", map[string]any{"response": map[string]any{}})
			s.ended = true
		},
		"only-completed": func(x *exchange) {
			s := x.begin()
			s.output = append(s.output, map[string]any{"id": "msg_late", "type": "message", "role": "assistant", "content": []any{map[string]any{"type": "output_text", "text": "All at once."}}})
			s.end("completed", nil)
		},
		"picky": func(x *exchange) {
			for _, refused := range []string{"effort", "summary"} {
				if _, sent := x.p.Reasoning[refused]; sent {
					invalid("unsupported_value", "reasoning."+refused, "Unsupported value: 'reasoning.%s' is not supported with this model.", refused).write(x.w)
					return
				}
			}
			s := x.begin()
			s.text("That suits me.", "completed")
			s.complete()
		},
	}
}
