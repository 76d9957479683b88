package llm_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// Whatever a server gives back, its token is in no chunk, no item that is kept, no
// error and no log; nor does a prompt print it.
func TestRemoteTokensStayHidden(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	talk := newRemoteTalk(t, "fake:call whoami")
	fake := llmtest.NewServer(t)
	talk.client = newClient(t, fake, withHosted, func(cfg *llm.Config) { cfg.Log = logger })
	chunks, err := talk.next()
	if err != nil || !strings.Contains(textOf(chunks), "you came with") {
		t.Fatalf("got %q and %v", textOf(chunks), err)
	}
	echo := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		resp, err := says(400, `{"error":{"message":`+string(mustJSON(t, bodyOf(t, r)))+`,"param":"`+remoteToken+`"}}`)(r)
		resp.Header.Set("X-Request-Id", remoteToken)
		return resp, err
	}), func(cfg *llm.Config) { cfg.Log = logger })
	prompt := chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello"), Remote: []chat.RemoteServer{talk.server.remote(remoteToken)}}
	_, failed := ask(t.Context(), echo, prompt)
	inStream := clientOver(t, streams(`{"type":"error","code":"x","message":"it was `+remoteToken+`"}`))
	_, failedLater := ask(t.Context(), inStream, prompt)
	if failed == nil || failedLater == nil {
		t.Fatalf("errors: %v, %v", failed, failedLater)
	}
	logger.Debug("x", "prompt", prompt, "error", failed, "later", failedLater)
	shown := log.String() + string(mustJSON(t, prompt)) + string(mustJSON(t, talk.path)) + string(mustJSON(t, chat.TraceOf(failed))) + transcript(chunks, failed)
	for _, n := range talk.path[1].Native {
		shown += string(n.Raw)
	}
	for _, secretive := range []any{prompt, &prompt, chunks, talk.path, failed, failedLater, talk.client, *talk.client} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			shown += fmt.Sprintf(verb, secretive)
		}
	}
	for _, form := range []string{remoteToken, remoteToken[3:], `te-0123456789\/abcdef`} {
		if at := strings.Index(shown, form); at >= 0 {
			t.Errorf("the token is shown: …%s…", shown[max(0, at-200):at+20])
		}
	}
	if body := string(fake.Requests()[0].Body); strings.Count(body, remoteToken) != 1 || !strings.Contains(body, `"authorization":"`+remoteToken+`"`) {
		t.Errorf("the provider got %s", body)
	}
}

// A provider that quotes the URL of a server shows nobody what its query holds.
func TestTheQueryOfARemoteServerStaysHidden(t *testing.T) {
	const key = "query-key-4711"
	var log bytes.Buffer
	echo := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		return says(400, `{"error":{"message":"no tools at https://crm.example/mcp?v=2&key=`+key+`"}}`)(r)
	}), func(cfg *llm.Config) {
		cfg.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	_, err := ask(t.Context(), echo, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello"), Remote: []chat.RemoteServer{
		{ID: "crm", Name: "CRM", URL: "https://crm.example/mcp?v=2&key=" + key},
	}})
	if shown := log.String() + fmt.Sprint(err); err == nil || !strings.Contains(shown, "crm.example/mcp?v=2") || strings.Contains(shown, key) {
		t.Errorf("it is shown: %s", shown)
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// One server that cannot be used does not end an answer: it is named, and the model
// is asked without it.
func TestRemoteFailures(t *testing.T) {
	noted := func(reason string) []chat.Chunk {
		return []chat.Chunk{chat.RemoteFailed{Server: "tickets", Reason: reason}}
	}
	tests := []struct {
		name, question string
		more           func(*llm.Config)
		want           []chat.Chunk
		says           string
	}{
		{name: "the list fails, and so does the response", question: "fake:text", want: noted("Acme could not read its tools: Unauthorized (code 401)."), says: "You said: fake:text"},
		{name: "the list fails, and the response goes on", question: "fake:lenient f", want: noted("Acme could not read its tools: Unauthorized (code 401).")},
		{name: "the request is refused with 424", question: "fake:remote-424", want: noted("Acme could not read the tools of Tickets (status 401). Connect that server again or leave it out, then ask again."), says: "Without that server"},
		{name: "a provider that calls no servers", question: "fake:text", more: func(cfg *llm.Config) { cfg.Hosted = nil }, want: noted("Acme cannot call MCP servers itself."), says: "You said: fake:text"},
		{name: "an API that has no such thing", question: "fake:text", more: by(llm.APIChat), want: noted("Acme cannot call MCP servers itself."), says: "You said: fake:text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			talk := newRemoteTalk(t, tt.question)
			talk.token = "wrong"
			if tt.more != nil {
				talk.client = newClient(t, llmtest.NewServer(t), withHosted, tt.more)
			}
			chunks, err := talk.next()
			var got []chat.Chunk
			for _, c := range chunks {
				if c, ok := c.(chat.RemoteFailed); ok {
					got = append(got, c)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil || !strings.Contains(textOf(chunks), tt.says) {
				t.Errorf("says %q, error %v, failures (-want +got):\n%s", textOf(chunks), err, diff)
			}
			for _, n := range talk.path[1].Native {
				if strings.Contains(string(n.Raw), "mcp_list_tools") {
					t.Errorf("a failed list is kept: %s", n.Raw)
				}
			}
		})
	}
}
