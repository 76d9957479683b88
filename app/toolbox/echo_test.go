package toolbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// echoing answers requests as a small server would, and those of one method with an answer
// in which it quotes what only it may know.
func echoing(method string, answer func(w http.ResponseWriter, id json.RawMessage, secret string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var req struct {
			ID     json.RawMessage
			Method string
		}
		if json.Unmarshal(body, &req) != nil || len(req.ID) == 0 {
			w.WriteHeader(http.StatusAccepted)
			return
		}
		secret := r.URL.RequestURI()
		if auth := r.Header.Get("Authorization"); auth != "" {
			secret = auth
		}
		if req.Method == method {
			answer(w, req.ID, secret)
			return
		}
		results := map[string]string{
			"initialize": `{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"echo","version":"1"}}`,
			"tools/list": `{"tools":[{"name":"do","inputSchema":{"type":"object"}}]}`,
			"tools/call": `{"content":[{"type":"text","text":"Done."}]}`,
		}
		if results[req.Method] == "" {
			reply(w, req.ID, `"error":{"code":-32601,"message":"no such method"}`)
			return
		}
		reply(w, req.ID, `"result":`+results[req.Method])
	})
}

func reply(w http.ResponseWriter, id json.RawMessage, member string) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,%s}`, id, member)
}

// A server may quote what it was sent, in whatever it says. It stays between the two.
func TestWhatAServerQuotesOfASecretIsBlottedOut(t *testing.T) {
	const token, key = "TE-s3cr3t+5ee/that=nobody", "s3cr3t-k3y+of%2Fa-server"
	quoted := func(s string) string {
		text, _ := json.Marshal(s)
		return string(text)
	}
	for _, tt := range []struct {
		name, method string
		answer       func(w http.ResponseWriter, id json.RawMessage, secret string)
	}{
		{"a page that is not there", "initialize", func(w http.ResponseWriter, _ json.RawMessage, secret string) {
			http.Error(w, "Cannot POST "+secret, http.StatusNotFound)
		}},
		{"a refusal of the list", "tools/list", func(w http.ResponseWriter, _ json.RawMessage, secret string) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, `{"error":%s,"request_id":%s}`, quoted(secret), quoted(secret))
		}},
		{"an error of the list", "tools/list", func(w http.ResponseWriter, id json.RawMessage, secret string) {
			reply(w, id, `"error":{"code":-32000,"message":`+quoted(secret)+`}`)
		}},
		{"a description", "tools/list", func(w http.ResponseWriter, id json.RawMessage, secret string) {
			reply(w, id, `"result":{"tools":[{"name":"do","description":`+quoted(secret)+`,"inputSchema":{"type":"object","title":`+quoted(secret)+`}}]}`)
		}},
		{"a header", "tools/call", func(w http.ResponseWriter, _ json.RawMessage, secret string) {
			w.Header().Set("X-Request-Id", secret)
			http.Error(w, "no", http.StatusInternalServerError)
		}},
		{"an error of the call", "tools/call", func(w http.ResponseWriter, id json.RawMessage, secret string) {
			reply(w, id, `"error":{"code":-32000,"message":`+quoted(secret)+`}`)
		}},
		{"a result", "tools/call", func(w http.ResponseWriter, id json.RawMessage, secret string) {
			reply(w, id, `"result":{"content":[{"type":"text","text":`+quoted(secret)+`}],"structuredContent":{"a":`+strings.ReplaceAll(quoted(secret), "/", `\/`)+`}}`)
		}},
		{"a stream, in pieces", "tools/call", func(w http.ResponseWriter, id json.RawMessage, secret string) {
			w.Header().Set("Content-Type", "text/event-stream")
			text := fmt.Sprintf("data: {\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[{\"type\":\"text\",\"text\":%s}]}}\n\n", id, quoted(url.QueryEscape(secret)+" "+secret))
			for _, b := range []byte(text) {
				_, _ = w.Write([]byte{b})
				w.(http.Flusher).Flush()
			}
		}},
	} {
		for _, gated := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/with a token %v", tt.name, gated), func(t *testing.T) {
				h := echoing(tt.method, tt.answer)
				var log bytes.Buffer
				cfg := toolbox.Config{Version: "1", Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
				if gated {
					g := newGateway(t)
					g.hosts["a.example.com"] = h
					g.listed["ann"] = []toolbox.Listed{listed("a")}
					cfg.Directory, cfg.Beside, cfg.Transport = g, "https://chat.example.com", g.transport()
				} else {
					cfg.Remote = []toolbox.Remote{remote("a", serve(t, h).URL+"/mcp?v=1&key="+key+"&"+key+"-bare")}
				}
				box, err := toolbox.New(cfg)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = box.Close() }()
				ann := caller("ann", token)
				servers, err := box.Servers(t.Context(), ann, true)
				if err != nil {
					t.Fatal(err)
				}
				tools, err := box.Open(t.Context(), ann, nil)
				if err != nil {
					t.Fatal(err)
				}
				result, failed := call(t, tools, "a__do")
				_ = tools.Close()
				shown, _ := json.Marshal([]any{servers, result, chat.MessageOf(failed), chat.TraceOf(failed)})
				all := fmt.Sprintf("%s\n%+v\n%v\n%s", shown, tools.List(), failed, log.String())
				if strings.Contains(all, "s3cr3t") {
					t.Errorf("it shows:\n%s", all)
				}
				if tt.name == "a result" && !strings.Contains(result.Text, "[redacted]") {
					t.Errorf("the result is %q", result.Text)
				}
			})
		}
	}
}
