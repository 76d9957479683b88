package llmtest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// responseTime is when all responses were created, in Unix seconds.
const responseTime = 1790000000

// stream writes the events of one response as OpenAI does: numbered, each in a
// frame of its own that is flushed, with a terminal event last and no [DONE].
type stream struct {
	h     *Handler
	ctx   context.Context
	w     http.ResponseWriter
	reply int // number of this reply, for ids
	size  int // bytes of the request, for the usage
	model string
	wait  time.Duration // before each delta of a text

	tools  []tool
	seq    int
	output []any
	dead   bool // nothing more is written
	ended  bool
	// unsealed says that reasoning comes without what it would have to come back with.
	unsealed bool
}

// newStream sends the headers and the first events.
func newStream(ctx context.Context, h *Handler, w http.ResponseWriter, p *prompt) *stream {
	h.mu.Lock()
	h.replies++
	s := &stream{h: h, ctx: ctx, w: w, reply: h.replies, size: p.size, model: p.Model, wait: h.cfg.Pace, tools: p.Tools, output: []any{}}
	h.mu.Unlock()
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.WriteHeader(http.StatusOK)
	s.event("response.created", map[string]any{"response": s.response("in_progress", nil)})
	s.event("response.in_progress", map[string]any{"response": s.response("in_progress", nil)})
	return s
}

func (s *stream) event(kind string, fields map[string]any) {
	fields["type"] = kind
	fields["sequence_number"] = s.seq
	s.seq++
	data, err := json.Marshal(fields)
	if err != nil {
		panic(fmt.Sprintf("encode %s: %v", kind, err))
	}
	s.frame(kind, string(data))
}

// frame writes data as it is.
func (s *stream) frame(kind, data string) {
	if s.dead {
		return
	}
	_, _ = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", kind, data)
	_ = http.NewResponseController(s.w).Flush()
}

func (s *stream) response(status string, more map[string]any) map[string]any {
	r := map[string]any{
		"id": fmt.Sprintf("resp_%d", s.reply), "object": "response", "created_at": responseTime, "status": status,
		"model": s.model, "output": s.output, "error": nil, "incomplete_details": nil, "store": false, "usage": nil,
	}
	if echo := s.echo(); len(echo) > 0 {
		r["tools"] = echo
	}
	for k, v := range more {
		r[k] = v
	}
	return r
}

// echo tells the MCP servers of the request again, without what is secret.
func (s *stream) echo() []any {
	var out []any
	for _, t := range s.tools {
		if t.Type == "mcp" {
			out = append(out, map[string]any{
				"type": t.Type, "server_label": t.Label, "server_url": t.URL, "authorization": nil, "headers": nil, "allowed_tools": t.Allowed,
			})
		}
	}
	return out
}

func (s *stream) id(prefix string) string {
	return fmt.Sprintf("%s_%d_%d", prefix, s.reply, len(s.output))
}

// open announces an item and returns the fields that its events share.
func (s *stream) open(item map[string]any) func(more map[string]any) map[string]any {
	index := len(s.output)
	s.event("response.output_item.added", map[string]any{"output_index": index, "item": item})
	return func(more map[string]any) map[string]any {
		more["item_id"], more["output_index"] = item["id"], index
		return more
	}
}

// done completes an item and remembers it, for it may come back: at once, from a client that
// leaves as soon as it has it.
func (s *stream) done(item map[string]any) {
	raw, err := json.Marshal(item)
	if err != nil {
		panic(fmt.Sprintf("encode item: %v", err))
	}
	before, id, index := "", item["id"].(string), len(s.output)
	if index > 0 {
		before, _ = s.output[index-1].(map[string]any)["id"].(string)
	}
	s.output = append(s.output, item)
	s.h.mu.Lock()
	s.h.issued[id], s.h.thinker[id], s.h.follows[before] = raw, s.model, id
	s.h.mu.Unlock()
	s.event("response.output_item.done", map[string]any{"output_index": index, "item": item})
}

// text writes a message, a few words at a time, and leaves it at status.
func (s *stream) text(text, status string) { s.message("final_answer", text, status, nil) }

// message writes a message of a phase, with what it refers to.
func (s *stream) message(phase, text, status string, annotations []any) {
	id := s.id("msg")
	message := func(status string, content ...any) map[string]any {
		if content == nil {
			content = []any{}
		}
		return map[string]any{
			"id": id, "type": "message", "role": "assistant", "phase": phase, "status": status, "content": content,
		}
	}
	of := s.open(message("in_progress"))
	if !s.deltas(of, text) {
		return
	}
	part := textPart(text)
	for i, note := range annotations {
		s.event("response.output_text.annotation.added", of(map[string]any{"content_index": 0, "annotation_index": i, "annotation": note}))
		part["annotations"] = annotations
	}
	s.event("response.output_text.done", of(map[string]any{"content_index": 0, "text": text, "logprobs": []any{}}))
	s.event("response.content_part.done", of(map[string]any{"content_index": 0, "part": part}))
	s.done(message(status, part))
}

// half writes the beginning of a message that will not be completed.
func (s *stream) half(text string) {
	s.deltas(s.open(map[string]any{
		"id": s.id("msg"), "type": "message", "role": "assistant", "status": "in_progress", "content": []any{},
	}), text)
}

// deltas writes the text of an open message and reports whether the client is
// still there.
func (s *stream) deltas(of func(map[string]any) map[string]any, text string) bool {
	s.event("response.content_part.added", of(map[string]any{"content_index": 0, "part": textPart("")}))
	for _, delta := range pieces(text) {
		if !pause(s.ctx, s.wait) {
			return false
		}
		s.event("response.output_text.delta", of(map[string]any{"content_index": 0, "delta": delta, "logprobs": []any{}, "obfuscation": "x"}))
	}
	return true
}

func textPart(text string) map[string]any {
	return map[string]any{"type": "output_text", "text": text, "annotations": []any{}, "logprobs": []any{}}
}

// refuse writes a message that is a refusal.
func (s *stream) refuse(text string) {
	id := s.id("msg")
	message := func(status string, content ...any) map[string]any {
		return map[string]any{"id": id, "type": "message", "role": "assistant", "status": status, "content": append([]any{}, content...)}
	}
	of := s.open(message("in_progress"))
	for _, delta := range pieces(text) {
		s.event("response.refusal.delta", of(map[string]any{"content_index": 0, "delta": delta}))
	}
	s.event("response.refusal.done", of(map[string]any{"content_index": 0, "refusal": text}))
	s.done(message("completed", map[string]any{"type": "refusal", "refusal": text}))
}

// reason writes reasoning whose summary has these parts.
func (s *stream) reason(summary ...string) {
	id := s.id("rs")
	item := func(sealed string, parts []any) map[string]any {
		it := map[string]any{"id": id, "type": "reasoning", "summary": parts}
		if !s.unsealed {
			it["encrypted_content"] = sealed
		}
		return it
	}
	of := s.open(item("", []any{}))
	parts := make([]any, 0, len(summary))
	for i, text := range summary {
		part := map[string]any{"type": "summary_text", "text": text}
		s.event("response.reasoning_summary_part.added", of(map[string]any{"summary_index": i, "part": map[string]any{"type": "summary_text", "text": ""}}))
		for _, delta := range pieces(text) {
			s.event("response.reasoning_summary_text.delta", of(map[string]any{"summary_index": i, "delta": delta}))
		}
		s.event("response.reasoning_summary_text.done", of(map[string]any{"summary_index": i, "text": text}))
		s.event("response.reasoning_summary_part.done", of(map[string]any{"summary_index": i, "part": part}))
		parts = append(parts, part)
	}
	s.done(item(base64.StdEncoding.EncodeToString([]byte(id+":"+strings.Join(summary, "|"))), parts))
}

// call writes a call of a function.
func (s *stream) call(name, arguments string) { s.callAs(s.id("call"), name, arguments) }

// callAs is call with the id that the result will name.
func (s *stream) callAs(callID, name, arguments string) {
	id := s.id("fc")
	item := func(status, arguments string) map[string]any {
		return map[string]any{
			"id": id, "type": "function_call", "status": status, "call_id": callID, "name": name, "arguments": arguments,
		}
	}
	of := s.open(item("in_progress", ""))
	for _, delta := range pieces(arguments) {
		s.event("response.function_call_arguments.delta", of(map[string]any{"delta": delta, "obfuscation": "x"}))
	}
	s.event("response.function_call_arguments.done", of(map[string]any{"arguments": arguments}))
	s.done(item("completed", arguments))
}

// complete writes the terminal event.
func (s *stream) complete() {
	s.end("completed", map[string]any{"usage": s.usage()})
}

// end writes a terminal event: completed, incomplete or failed.
func (s *stream) end(status string, more map[string]any) {
	s.event("response."+status, map[string]any{"response": s.response(status, more)})
	s.ended = s.ctx.Err() == nil
	s.dead = true
}

// usage counts four bytes as a token, and half of the input as cached.
func (s *stream) usage() map[string]any {
	written, err := json.Marshal(s.output)
	if err != nil {
		panic(fmt.Sprintf("encode output: %v", err))
	}
	in, out := s.size/4, len(written)/4
	return map[string]any{
		"input_tokens": in, "input_tokens_details": map[string]any{"cached_tokens": in / 2},
		"output_tokens": out, "output_tokens_details": map[string]any{"reasoning_tokens": out / 4},
		"total_tokens": in + out,
	}
}

// pause waits before a delta and reports whether the client is still there.
func pause(ctx context.Context, wait time.Duration) bool {
	if wait > 0 {
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return ctx.Err() == nil
}

// pieces splits text as tokens would, after each space.
func pieces(text string) []string { return strings.SplitAfter(text, " ") }
