package llmtest

import (
	"encoding/json"
	"net/http"
)

// refusal is an error in the form of OpenAI's API.
type refusal struct {
	status                     int
	kind, code, param, message string
}

// body returns the object that stands under "error". Empty strings are null.
func (e *refusal) body() map[string]any {
	orNull := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	return map[string]any{
		"message": e.message, "type": orNull(e.kind), "param": orNull(e.param), "code": orNull(e.code),
	}
}

func (e *refusal) write(w http.ResponseWriter) {
	writeJSON(w, e.status, map[string]any{"error": e.body()})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
