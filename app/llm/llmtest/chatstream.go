package llmtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// quirk is how a server of Chat Completions differs from OpenAI's.
type quirk struct {
	index     string // of calls: "none", or "zero" for all
	ids       string // of calls: "none", "late" (not with the first piece), "changing" with each piece
	arguments string // "whole" at once, "object" in place of text
	names     string // "repeated" with each piece
	reasoning string // "reasoning" in place of reasoning_content, "think" for tags in the content
	pieces    bool   // content is a list
	finish    string // in place of the right reason
	noUsage   bool
	noDone    bool
	chunkIDs  bool // each chunk has another id
	whole     bool // nothing is streamed
}

// quirks are the scenarios that differ from "call" in one way each.
func quirks() map[string]quirk {
	return map[string]quirk{
		"no-index":           {index: "none"},
		"no-index-or-ids":    {index: "none", ids: "none"},
		"same-index":         {index: "zero"},
		"same-index-no-ids":  {index: "zero", ids: "none", arguments: "whole"},
		"no-ids":             {ids: "none"},
		"long-ids":           {ids: "long"},
		"late-ids":           {ids: "late"},
		"changing-ids":       {ids: "changing"},
		"repeated-names":     {names: "repeated"},
		"whole-arguments":    {arguments: "whole"},
		"object-arguments":   {arguments: "object"},
		"reasoning-field":    {reasoning: "reasoning"},
		"think":              {reasoning: "think"},
		"pieces":             {pieces: true},
		"stop-with-calls":    {finish: "stop"},
		"no-usage":           {noUsage: true},
		"no-done":            {noDone: true},
		"changing-chunk-ids": {chunkIDs: true},
		"not-streamed":       {whole: true},
	}
}

// chatStream writes the chunks of one answer.
type chatStream struct {
	x     *exchange
	ctx   context.Context
	w     http.ResponseWriter
	reply int
	wait  time.Duration
	quirk quirk

	chunks  int
	written int
	calls   int
	answer  map[string]any // in place of chunks, if the answer comes as a whole
	ended   bool
}

// newChatStream sends the headers and the first chunk.
func newChatStream(x *exchange) *chatStream {
	x.h.mu.Lock()
	x.h.replies++
	s := &chatStream{x: x, ctx: x.r.Context(), w: x.w, reply: x.h.replies, wait: x.h.cfg.Pace, quirk: x.quirk}
	x.h.mu.Unlock()
	if s.quirk.whole || !x.p.Stream {
		s.answer = map[string]any{"role": "assistant", "content": nil}
		return s
	}
	s.w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	s.w.WriteHeader(http.StatusOK)
	s.delta(map[string]any{"role": "assistant", "content": ""})
	return s
}

func (s *chatStream) frame(data string) {
	_, _ = fmt.Fprintf(s.w, "data: %s\n\n", data)
	_ = http.NewResponseController(s.w).Flush()
}

func (s *chatStream) chunk(fields map[string]any) {
	id := fmt.Sprintf("chatcmpl-%d", s.reply)
	if s.quirk.chunkIDs {
		id = fmt.Sprintf("%s-%d", id, s.chunks)
	}
	s.chunks++
	body := map[string]any{"id": id, "object": "chat.completion.chunk", "created": 1790000000, "model": s.x.p.Model}
	for k, v := range fields {
		body[k] = v
	}
	s.frame(encode(body))
}

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode chunk: %v", err))
	}
	return string(data)
}

func (s *chatStream) delta(delta map[string]any) {
	s.chunk(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": delta, "finish_reason": nil}}})
}

// say writes text under a name, a few words at a time.
func (s *chatStream) say(name, text string) {
	s.written += len(text)
	if s.answer != nil {
		before, _ := s.answer[name].(string)
		s.answer[name] = before + text
		return
	}
	for _, piece := range pieces(text) {
		if !pause(s.ctx, s.wait) {
			return
		}
		var value any = piece
		if s.quirk.pieces && name == "content" {
			value = []any{map[string]any{"type": "text", "text": piece}}
		}
		s.delta(map[string]any{name: value})
	}
}

// text implements voice. A text that is not completed ends the answer early.
func (s *chatStream) text(text, status string) { s.say("content", text) }

func (s *chatStream) refuse(text string) { s.say("refusal", text) }

func (s *chatStream) reason(summary ...string) {
	text := strings.Join(summary, "\n\n")
	switch {
	case s.quirk.reasoning == "think":
		s.say("content", "<think>\n"+text+"\n</think>\n\n")
	case s.quirk.pieces:
		s.delta(map[string]any{"content": []any{map[string]any{"type": "thinking", "thinking": []any{map[string]any{"type": "text", "text": text}}}}})
	case s.quirk.reasoning != "":
		s.say(s.quirk.reasoning, text)
	default:
		s.say("reasoning_content", text)
	}
}

// call implements voice.
func (s *chatStream) call(name, arguments string) {
	id := fmt.Sprintf("call_%d_%d", s.reply, s.calls)
	s.written += len(arguments)
	if s.answer != nil {
		calls, _ := s.answer["tool_calls"].([]any)
		s.answer["tool_calls"] = append(calls, map[string]any{"id": id, "type": "function", "function": map[string]any{"name": name, "arguments": arguments}})
		s.calls++
		return
	}
	parts := append([]string{""}, pieces(arguments)...)
	if s.quirk.arguments != "" {
		parts = []string{arguments}
	}
	for i, part := range parts {
		function := map[string]any{"arguments": part}
		if s.quirk.arguments == "object" {
			function["arguments"] = json.RawMessage(part)
		}
		if i == 0 || s.quirk.names == "repeated" {
			function["name"] = name
		}
		call := map[string]any{"function": function}
		switch {
		case s.quirk.ids == "none":
		case s.quirk.ids == "changing":
			call["id"] = fmt.Sprintf("%s_%d", id, i)
		case s.quirk.ids == "long" && i == 0:
			call["id"], call["type"] = strings.Repeat("x", 90)+id, "function"
		case s.quirk.ids == "late":
			call["id"] = map[bool]string{true: "", false: id}[i == 0]
		case i == 0:
			call["id"], call["type"] = id, "function"
		}
		switch s.quirk.index {
		case "none":
		case "zero":
			call["index"] = 0
		default:
			call["index"] = s.calls
		}
		s.delta(map[string]any{"tool_calls": []any{call}})
	}
	s.calls++
}

// complete implements voice.
func (s *chatStream) complete() {
	reason := "stop"
	if s.calls > 0 {
		reason = "tool_calls"
	}
	if s.quirk.finish != "" {
		reason = s.quirk.finish
	}
	s.finish(reason)
}

// finish ends the answer, with its usage if that was asked for.
func (s *chatStream) finish(reason string) {
	usage := map[string]any{
		"prompt_tokens": s.x.p.size / 4, "completion_tokens": s.written / 4, "total_tokens": (s.x.p.size + s.written) / 4,
		"prompt_tokens_details": map[string]any{"cached_tokens": s.x.p.size / 8}, "completion_tokens_details": map[string]any{"reasoning_tokens": s.written / 16},
	}
	if s.answer != nil {
		writeJSON(s.w, http.StatusOK, map[string]any{
			"id": fmt.Sprintf("chatcmpl-%d", s.reply), "object": "chat.completion", "created": 1790000000, "model": s.x.p.Model, "usage": usage,
			"choices": []any{map[string]any{"index": 0, "message": s.answer, "finish_reason": reason}},
		})
		s.ended = true
		return
	}
	s.chunk(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{}, "finish_reason": reason}}})
	if s.x.p.chat.StreamOptions.IncludeUsage && !s.quirk.noUsage {
		s.chunk(map[string]any{"choices": []any{}, "usage": usage})
	}
	if !s.quirk.noDone {
		s.frame("[DONE]")
	}
	s.ended = s.ctx.Err() == nil
}

// brokenChats begin well, and write a part of a text.
func brokenChats() map[string]func(*chatStream) {
	half := func(then func(*chatStream)) func(*chatStream) {
		return func(s *chatStream) {
			s.say("content", "Half of an")
			then(s)
		}
	}
	return map[string]func(*chatStream){
		"eof":      half(func(*chatStream) {}),
		"reset":    half(func(*chatStream) { panic(http.ErrAbortHandler) }),
		"not-json": half(func(s *chatStream) { s.frame(`{"choices":`) }),
		"silent":   half(func(s *chatStream) { <-s.ctx.Done() }),
		"hanging": half(func(s *chatStream) {
			s.chunk(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{}, "finish_reason": "stop"}}})
			<-s.ctx.Done()
		}),
		"done-only":  half(func(s *chatStream) { s.frame("[DONE]") }),
		"incomplete": half(func(s *chatStream) { s.finish("length") }),
		"filtered":   half(func(s *chatStream) { s.finish("content_filter") }),
		"error-nested": half(func(s *chatStream) {
			s.frame(encode(map[string]any{"error": (&refusal{kind: "insufficient_quota", code: "insufficient_quota", message: "No money."}).body()}))
		}),
		"error-text": half(func(s *chatStream) { s.frame(`{"error":"the words of a server that has no codes"}`) }),
		"error-flat": half(func(s *chatStream) {
			s.frame(`{"object":"error","message":"EngineDeadError","type":"InternalServerError","param":null,"code":500}`)
		}),
		"error-null": half(func(s *chatStream) {
			s.chunk(map[string]any{"error": nil, "choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": " answer."}, "finish_reason": nil}}})
			s.finish("stop")
		}),
		"error-finish": half(func(s *chatStream) {
			s.chunk(map[string]any{
				"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": ""}, "finish_reason": "error"}},
				"error":   map[string]any{"code": 502, "message": "Provider disconnected unexpectedly"},
			})
		}),
		"cut-call": func(s *chatStream) {
			s.delta(map[string]any{"tool_calls": []any{map[string]any{"index": 0, "id": "call_cut", "type": "function", "function": map[string]any{"name": "noop", "arguments": `{"que`}}}})
			s.finish("length")
		},
	}
}
