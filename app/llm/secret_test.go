package llm_test

import (
	"bytes"
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

// Nothing shows the key: no verb, no log, and no error of a server that echoes
// the header which carries it.
func TestTheKeyStaysHidden(t *testing.T) {
	fake := llmtest.NewServer(t)
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cfg := llm.Config{APIKey: chat.NewToken(testKey), BaseURL: fake.BaseURL, Log: logger}
	c, err := llm.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	_, failed := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:echo-key")})
	echo := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		return says(500, r.Header.Get("Authorization")+strings.Repeat(" "+testKey, 10_000))(r)
	}), func(cfg *llm.Config) { cfg.Log = logger })
	if _, err := echo.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, secretive := range []any{cfg, &cfg, c, *c, failed} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%T"} {
			shown := fmt.Sprintf(verb, secretive)
			for _, form := range []string{testKey, testKey[3:], fmt.Sprintf("%x", testKey), fmt.Sprintf("%X", testKey)} {
				if strings.Contains(shown, form) {
					t.Errorf("%s of %T shows the key: %s", verb, secretive, shown)
				}
			}
		}
		logger.Debug("x", "value", secretive)
	}
	if strings.Contains(log.String(), testKey[3:]) {
		t.Errorf("the log shows the key: %s", log.String())
	}
	if got := fake.Requests()[0].Header.Get("Authorization"); got != "Bearer "+testKey {
		t.Errorf("the provider got %q", got)
	}
}

// The SDK would take its address, its key and more from the environment.
func TestTheEnvironmentIsNotRead(t *testing.T) {
	for _, name := range []string{"API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID", "WEBHOOK_SECRET"} {
		t.Setenv("OPENAI_"+name, "from-the-environment")
	}
	t.Setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/from-the-environment")
	t.Setenv("OPENAI_CUSTOM_HEADERS", "X-Custom: from-the-environment")
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, func(cfg *llm.Config) { cfg.HTTPClient = http.DefaultClient })
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello")}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	requests := fake.Requests()
	if len(requests) != 2 {
		t.Fatalf("got %d requests", len(requests))
	}
	for _, r := range requests {
		if shown := fmt.Sprint(r.Header); strings.Contains(shown, "from-the-environment") {
			t.Errorf("%s %s has %s", r.Method, r.Path, shown)
		}
	}
}

// A compatible server may need no key; then none is sent.
func TestNoKey(t *testing.T) {
	var got []string
	c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		got = append(got, strings.Join(r.Header["Authorization"], "|"))
		return says(404, `{}`)(r)
	}), func(cfg *llm.Config) {
		cfg.APIKey, cfg.BaseURL, cfg.API = chat.Token{}, "http://localhost:11434/v1", llm.APIResponses
	})
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")}); chat.KindOf(err) != chat.KindProtocol {
		t.Errorf("got %v", err)
	}
	if _, err := c.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"", ""}, got); diff != "" {
		t.Errorf("Authorization (-want +got):\n%s", diff)
	}
}

// A model that quotes a secret word by word, a piece at a time, quotes nothing.
func TestSecretsThatComeInPieces(t *testing.T) {
	for _, api := range []llm.API{llm.APIResponses, llm.APIChat} {
		t.Run(string(api), func(t *testing.T) {
			var thought, said []string
			for i := 0; i < len(testKey); i += 3 {
				piece := testKey[i:min(i+3, len(testKey))]
				if api == llm.APIChat {
					thought = append(thought, delta(fmt.Sprintf(`{"reasoning_content":%q}`, piece)))
					said = append(said, delta(fmt.Sprintf(`{"content":%q}`, piece)))
				} else {
					said = append(said, textDelta(0, piece))
				}
			}
			events := append(thought, said...)
			if api == llm.APIChat {
				events = append(events, finish("stop"))
			} else {
				events = append(events, message(fmt.Sprintf(`{"type":"output_text","text":%q,"annotations":[]}`, testKey+".")), completed)
			}
			chunks, err := over(t, api, streams(events...))
			if err != nil {
				t.Fatal(err)
			}
			want := map[llm.API]string{llm.APIResponses: "[redacted].", llm.APIChat: "[redacted]"}[api]
			if got := textOf(chunks); got != want {
				t.Errorf("says %q, want %q", got, want)
			}
			var all strings.Builder
			for _, c := range chunks {
				if item, ok := c.(chat.ItemDone); ok {
					all.Write(item.Raw)
				}
				fmt.Fprintf(&all, "%+v", c)
			}
			if strings.Contains(all.String(), testKey) {
				t.Errorf("a chunk shows it: %s", all.String())
			}
		})
	}
}
