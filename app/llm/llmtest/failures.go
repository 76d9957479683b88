package llmtest

import "net/http"

// refusals are the scenarios in which no answer begins.
func refusals() map[string]func(*exchange) {
	return map[string]func(*exchange){
		"rate-limit":   refuseWith(&refusal{status: 429, kind: "requests", code: "rate_limit_exceeded", message: "Rate limit reached."}, "Retry-After", "17"),
		"quota":        refuseWith(&refusal{status: 429, kind: "insufficient_quota", code: "insufficient_quota", message: "You exceeded your current quota."}),
		"unauthorized": refuseWith(&refusal{status: 401, kind: "invalid_request_error", code: "invalid_api_key", message: "Incorrect API key provided."}),
		"forbidden":    refuseWith(&refusal{status: 403, kind: "request_forbidden", code: "unsupported_country_region_territory", message: "Country, region, or territory not supported."}),
		"no-model":     refuseWith(&refusal{status: 404, kind: "invalid_request_error", code: "model_not_found", param: "model", message: "The model does not exist or you do not have access to it."}),
		"too-long":     refuseWith(&refusal{status: 400, kind: "invalid_request_error", code: "context_length_exceeded", param: "input", message: "Your input exceeds the context window of this model."}),
		"policy":       refuseWith(&refusal{status: 400, kind: "invalid_request_error", code: "invalid_prompt", message: "Your prompt was flagged."}),
		"settings":     refuseWith(&refusal{status: 400, kind: "invalid_request_error", code: "unsupported_value", param: "input[0].role", message: "Unsupported value."}),

		"no-route":    page(http.StatusNotFound, "text/plain", "404 page not found"),
		"bad-gateway": page(http.StatusBadGateway, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>"),
		"error-text":  page(http.StatusBadRequest, "application/json", `{"error":"the words of a server that has no codes"}`),
		"detail":      page(http.StatusUnprocessableEntity, "application/json", `{"detail":[{"loc":["body"],"msg":"field required"}]}`),
		"html":        page(http.StatusOK, "text/html", "<html>Please sign in</html>"),
		"json":        page(http.StatusOK, "application/json", `{"status":"ok"}`),

		"once-busy": func(x *exchange) {
			if x.visit == 1 {
				refuseWith(&refusal{status: 429, kind: "requests", code: "rate_limit_exceeded", message: "Rate limit reached."}, "Retry-After-Ms", "1")(x)
				return
			}
			replies()["text"](x)
		},
		"echo-key": func(x *exchange) {
			auth := x.r.Header.Get("Authorization")
			(&refusal{status: 401, kind: auth, code: "invalid_api_key", param: auth, message: "Incorrect API key provided: " + auth}).write(x.w)
		},
	}
}

// brokenStreams begin well, and write a part of a text.
func brokenStreams() map[string]func(*stream) {
	half := func(then func(*stream)) func(*stream) {
		return func(s *stream) {
			s.half("Half of an")
			then(s)
		}
	}
	return map[string]func(*stream){
		"eof":       half(func(*stream) {}),
		"reset":     half(func(*stream) { panic(http.ErrAbortHandler) }),
		"not-json":  half(func(s *stream) { s.frame("response.output_text.delta", `{"type":`) }),
		"done-only": half(func(s *stream) { s.frame("done", "[DONE]") }),
		"silent":    half(func(s *stream) { <-s.ctx.Done() }),
		"failed": half(func(s *stream) {
			s.end("failed", map[string]any{"error": map[string]any{"code": "server_error", "message": "The model had an accident."}})
		}),
		"failed-mute": half(func(s *stream) { s.end("failed", nil) }),
		"incomplete": func(s *stream) {
			s.text("Half of an", "incomplete")
			s.end("incomplete", map[string]any{"usage": s.usage(), "incomplete_details": map[string]any{"reason": "max_output_tokens"}})
		},
		"filtered": func(s *stream) {
			s.text("Half of an", "incomplete")
			s.end("incomplete", map[string]any{"incomplete_details": map[string]any{"reason": "content_filter"}})
		},
		"error-flat": half(func(s *stream) {
			s.event("error", map[string]any{"code": "rate_limit_exceeded", "message": "Slow down.", "param": nil})
		}),
		"error-nested": half(func(s *stream) {
			s.event("error", map[string]any{"error": (&refusal{kind: "insufficient_quota", code: "insufficient_quota", message: "No money."}).body()})
		}),
		"error-bare": half(func(s *stream) {
			s.frame("error", `{"error":{"code":503,"message":"upstream is gone","type":"server_error"}}`)
		}),
		"cut-call": func(s *stream) {
			item := map[string]any{"id": s.id("fc"), "type": "function_call", "status": "in_progress", "call_id": s.id("call"), "name": "noop", "arguments": ""}
			of := s.open(item)
			s.event("response.function_call_arguments.delta", of(map[string]any{"delta": `{"que`}))
			item["status"], item["arguments"] = "incomplete", `{"que`
			s.done(item)
			s.end("incomplete", map[string]any{"incomplete_details": map[string]any{"reason": "max_output_tokens"}})
		},
	}
}

// refuseWith answers with a refusal and, if given, a header.
func refuseWith(err *refusal, header ...string) func(*exchange) {
	return func(x *exchange) {
		if len(header) == 2 {
			x.w.Header().Set(header[0], header[1])
		}
		err.write(x.w)
	}
}

// page answers with a body of any kind.
func page(status int, contentType, body string) func(*exchange) {
	return func(x *exchange) {
		x.w.Header().Set("Content-Type", contentType)
		x.w.WriteHeader(status)
		_, _ = x.w.Write([]byte(body))
	}
}
