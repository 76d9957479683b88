package web

import (
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestPrompts(t *testing.T) {
	c := newClient(t, chattest.NewModel())
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"are listed", "GET", "/prompts", "", 200, `{"prompts":[{"name":"greet","title":"Greet somebody","arguments":[{"name":"who","required":true}]}],"completes":true}`},
		{"are text", "POST", "/prompts/get", `{"name":"greet","arguments":{"who":"Bob"}}`, 200, `{"messages":[{"role":"user","text":"Greet Bob."}]}`},
		{"are refused in the server's words", "POST", "/prompts/get", `{"name":"greet"}`, 422, `"detail":"Desk refused: \"greet\" needs to know who.","kind":"invalid"`},
		{"need a name", "POST", "/prompts/get", `{"arguments":{}}`, 422, `expected required property name to be present`},
		{"have arguments that are texts", "POST", "/prompts/get", `{"name":"greet","arguments":{"who":7}}`, 422, `expected string`},
		{"have a length", "POST", "/prompts/get", `{"name":"greet","arguments":{"who":"` + strings.Repeat("x", maxFilledIn) + `"}}`, 413, "longer than 256 KiB"},
		{"are completed", "POST", "/complete", `{"prompt":"greet","argument":"who","value":"An"}`, 200, `{"values":["Ann","Anton"]}`},
		{"are completed without end", "POST", "/complete", `{"prompt":"greet","argument":"who","value":"` + strings.Repeat("x", maxFilledIn+1) + `"}`, 413, "longer than 256 KiB"},
		{"are completed for an argument", "POST", "/complete", `{"prompt":"greet","argument":"","value":""}`, 422, "expected length >= 1"},
	} {
		res, text := c.do(tt.method, "/api/servers/desk"+tt.path, tt.body)
		if res.StatusCode != tt.status || !strings.Contains(text, tt.want) {
			t.Errorf("%s: %s %s", tt.name, res.Status, text)
		}
	}
	for _, op := range [][2]string{{"GET", "/prompts"}, {"POST", "/prompts/get"}, {"POST", "/complete"}} {
		body := map[string]string{"/prompts/get": `{"name":"greet"}`, "/complete": `{"prompt":"greet","argument":"who","value":""}`}[op[1]]
		if res, text := c.do(op[0], "/api/servers/nowhere"+op[1], body); res.StatusCode != 404 {
			t.Errorf("%s of no server: %s %s", op[1], res.Status, text)
		}
	}
}
