package llm_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// transport is a function that carries requests.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// says answers every request with a body.
func says(status int, body string) transport {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(body)),
		}, nil
	}
}

func clientOver(t *testing.T, carry http.RoundTripper, more ...func(*llm.Config)) *llm.Client {
	t.Helper()
	cfg := llm.Config{APIKey: chat.NewToken(testKey), HTTPClient: &http.Client{Transport: carry}}
	for _, change := range more {
		change(&cfg)
	}
	c, err := llm.New(cfg)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return c
}

func TestModels(t *testing.T) {
	const many = `{"data":[{"id":"gpt-4.1","created":100,"shutdown_date":"2027-04-14"},{"id":"gpt-4.1-2025-04-14","created":100},{"id":"gpt-4-0613","created":50},
		{"id":"gpt-7-nova","created":900},{"id":"gpt-6.1-terra","created":700},{"id":"gpt-6.1-sol","created":700},{"id":"gpt-6.1-sol","created":700},{"id":"o4-mini","created":300},
		{"id":"gpt-image-1","created":950},{"id":"text-embedding-3-small","created":1},{"id":"gpt-4o-realtime-preview","created":2},{"id":"o3-deep-research","created":3},
		{"id":"davinci-002","created":4},{"id":"chatgpt-4o-latest","created":5},{"id":"ft:gpt-4.1-mini:acme::x1","created":6},{"id":""}]}`
	bare := func(id, label string) chat.ModelInfo {
		return chat.ModelInfo{ID: id, Label: label, Provider: "OpenAI"}
	}
	both := []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}
	// What is known of the families that occur here.
	info := func(id, label string) chat.ModelInfo {
		m := bare(id, label)
		for prefix, known := range map[string]chat.ModelInfo{
			"gpt-6.1-": {ContextTokens: 1_050_000, Hosted: both}, "gpt-5.5": {ContextTokens: 1_050_000, Hosted: both},
			"gpt-4.1": {ContextTokens: 1_047_576, Hosted: both}, "o4-mini": {ContextTokens: 200_000, Hosted: both},
			"gpt-4-0613": {ContextTokens: 8_192}, "chatgpt-4o": {ContextTokens: 128_000}, "ft:gpt-4.1": {ContextTokens: 1_047_576},
		} {
			if strings.HasPrefix(id, prefix) {
				m.ContextTokens, m.Hosted = known.ContextTokens, known.Hosted
			}
		}
		return m
	}
	sized := func(m chat.ModelInfo, tokens int64) chat.ModelInfo { m.ContextTokens = tokens; return m }
	hosting := func(m chat.ModelInfo, tools ...chat.HostedTool) chat.ModelInfo { m.Hosted = tools; return m }
	first := func(m chat.ModelInfo) chat.ModelInfo { m.Default = true; return m }
	noted := func(m chat.ModelInfo, note string) chat.ModelInfo { m.Note = note; return m }
	at := func(base string) func(*llm.Config) {
		return func(cfg *llm.Config) { cfg.BaseURL, cfg.Provider = base, "OpenAI" }
	}
	rest := []chat.ModelInfo{
		info("gpt-7-nova", "GPT-7 Nova"), info("o4-mini", "o4-mini"), info("gpt-4-0613", "GPT-4 0613"),
		info("ft:gpt-4.1-mini:acme::x1", "acme x1 (tuned GPT-4.1 Mini)"), info("chatgpt-4o-latest", "ChatGPT-4o Latest"),
	}
	const unlisted = "The list of models could not be fetched. "
	gone := noted(info("gpt-4.1", "GPT-4.1"), "Will be shut down on 14 April 2027.")
	tests := []struct {
		name string
		list transport
		cfg  func(*llm.Config)
		want []chat.ModelInfo
	}{
		{
			name: "OpenAI's are those that can chat, the best choice first, then the newest",
			list: says(200, many),
			want: append([]chat.ModelInfo{first(info("gpt-6.1-sol", "GPT-6.1 Sol")), info("gpt-6.1-terra", "GPT-6.1 Terra"), gone}, rest...),
		},
		{
			name: "the administrator's choice comes first, and may be a dated one",
			list: says(200, `{"data":[{"id":"gpt-4.1"},{"id":"gpt-4.1-2025-04-14"},{"id":"gpt-6.1-sol"}]}`),
			cfg:  func(cfg *llm.Config) { cfg.Model = "gpt-4.1-2025-04-14" },
			want: []chat.ModelInfo{first(info("gpt-4.1-2025-04-14", "GPT-4.1 2025 04 14")), info("gpt-6.1-sol", "GPT-6.1 Sol"), info("gpt-4.1", "GPT-4.1")},
		},
		{
			name: "the administrator's choice is offered even if the list lacks it",
			list: says(200, `{"data":[{"id":"gpt-4.1"}]}`),
			cfg: func(cfg *llm.Config) {
				cfg.BaseURL, cfg.Provider, cfg.Model = "https://x.openai.azure.com/openai/v1", "OpenAI", "our-deployment"
			},
			want: []chat.ModelInfo{first(info("our-deployment", "our-deployment")), info("gpt-4.1", "GPT-4.1")},
		},
		{
			name: "preferences can be configured",
			list: says(200, `{"data":[{"id":"gpt-6.1-sol"},{"id":"gpt-4.1"}]}`),
			cfg:  func(cfg *llm.Config) { cfg.Preferred = []string{"absent", "gpt-4.1"} },
			want: []chat.ModelInfo{first(info("gpt-4.1", "GPT-4.1")), info("gpt-6.1-sol", "GPT-6.1 Sol")},
		},
		{
			name: "of a compatible server all can chat but those that are plainly for something else",
			list: says(200, `{"data":[{"id":"qwen3:8b","created":"2"},{"id":"nomic-embed-text"},{"id":"bge-reranker"},{"id":"whisper-large"},{"id":"llama3.2","created":3}]}`),
			cfg:  at("http://localhost:11434/v1"),
			want: []chat.ModelInfo{first(info("llama3.2", "llama3.2")), info("qwen3:8b", "qwen3:8b")},
		},
		{
			name: "OpenAI's models that are for something else are left out wherever they are, and unknown names are kept",
			list: says(200, `{"data":[{"id":"gpt-image-1"},{"id":"dall-e-3"},{"id":"gpt-realtime-mini"},{"id":"tts-1-hd"},{"id":"gpt-4o-mini-tts"},{"id":"omni-moderation-latest"},
				{"id":"gpt-4o-transcribe"},{"id":"text-embedding-3-large"},{"id":"gpt-audio"},{"id":"sora-2"},{"id":"whisper-1"},{"id":"davinci-002"},{"id":"gpt-3.5-turbo-instruct"},
				{"id":"o3-deep-research"},{"id":"openai/gpt-image-1-mini"},{"id":"stable-diffusion-xl"},{"id":"gemini-3-flash-image"},{"id":"computer-use-preview"},
				{"id":"gpt-oss-20b"},{"id":"openai/gpt-4.1-nano"},{"id":"llama-3.3-70b-instruct"},{"id":"olive-imaginer"},{"id":"our-model"}]}`),
			cfg: func(cfg *llm.Config) {
				cfg.BaseURL, cfg.Provider, cfg.Hosted = "https://api.x.example/v1", "OpenAI", both
			},
			want: []chat.ModelInfo{
				first(hosting(bare("gpt-oss-20b", "gpt-oss-20b"), both...)), hosting(bare("llama-3.3-70b-instruct", "llama-3.3-70b-instruct"), both...),
				hosting(bare("olive-imaginer", "olive-imaginer"), both...), hosting(bare("openai/gpt-4.1-nano", "openai/gpt-4.1-nano"), chat.CodeInterpreter),
				hosting(bare("our-model", "our-model"), both...),
			},
		},
		{
			name: "so they are at Azure",
			list: says(200, `{"data":[{"id":"gpt-image-1"},{"id":"gpt-realtime"},{"id":"gpt-4.1"},{"id":"our-deployment"}]}`),
			cfg:  at("https://x.openai.azure.com/openai/v1"),
			want: []chat.ModelInfo{first(info("gpt-4.1", "GPT-4.1")), info("our-deployment", "our-deployment")},
		},
		{
			name: "what a compatible server says of its contexts is taken, and nothing guessed from names",
			list: says(200, `{"data":[{"id":"a","context_length":131072},{"id":"b","max_model_len":32768},{"id":"c","context_window":8192},{"id":"d","meta":{"n_ctx":4096}},{"id":"gpt-4.1"},{"id":"x","context_length":null}]}`),
			cfg:  at("http://localhost:11434/v1"),
			want: []chat.ModelInfo{first(bare("gpt-4.1", "gpt-4.1")), sized(bare("a", "a"), 131072), sized(bare("b", "b"), 32768), sized(bare("c", "c"), 8192), sized(bare("d", "d"), 4096), bare("x", "x")},
		},
		{
			name: "a compatible server has hosted tools if its administrator says so",
			list: says(200, `{"data":[{"id":"grok"}]}`),
			cfg: func(cfg *llm.Config) {
				cfg.BaseURL, cfg.Provider, cfg.Hosted = "https://api.x.example/v1", "OpenAI", []chat.HostedTool{chat.WebSearch}
			},
			want: []chat.ModelInfo{{ID: "grok", Label: "grok", Provider: "OpenAI", Default: true, Hosted: both[:1]}},
		},
		{
			name: "an administrator may forbid hosted tools",
			list: says(200, `{"data":[{"id":"gpt-4.1"}]}`),
			cfg:  func(cfg *llm.Config) { cfg.Hosted = []chat.HostedTool{} },
			want: []chat.ModelInfo{{ID: "gpt-4.1", Label: "GPT-4.1", Provider: "OpenAI", Default: true, ContextTokens: 1_047_576}},
		},
		{
			name: "Chat Completions have no hosted tools",
			list: says(200, `{"data":[{"id":"gpt-4.1"}]}`),
			cfg:  func(cfg *llm.Config) { cfg.API = llm.APIChat },
			want: []chat.ModelInfo{{ID: "gpt-4.1", Label: "GPT-4.1", Provider: "OpenAI", Default: true, ContextTokens: 1_047_576}},
		},
		{
			name: "the list of the allowed wins over what suits a chat",
			list: says(200, many),
			cfg: func(cfg *llm.Config) {
				cfg.Allow = []string{"gpt-4.1*", "*-sol", "gpt-*-preview", "absent"}
			},
			want: []chat.ModelInfo{
				first(info("gpt-6.1-sol", "GPT-6.1 Sol")), gone, info("gpt-4.1-2025-04-14", "GPT-4.1 2025 04 14"),
				{ID: "gpt-4o-realtime-preview", Label: "GPT-4o Realtime Preview", Provider: "OpenAI", ContextTokens: 128_000, Hosted: both},
			},
		},
		{
			name: "the administrator's choice need not be among the allowed",
			list: says(200, many),
			cfg:  func(cfg *llm.Config) { cfg.Model, cfg.Allow = "gpt-6.1-sol", []string{"gpt-6.1-terra"} },
			want: []chat.ModelInfo{first(info("gpt-6.1-sol", "GPT-6.1 Sol")), info("gpt-6.1-terra", "GPT-6.1 Terra")},
		},
		{
			name: "deployments at Azure are in no list",
			list: says(200, `{"data":[{"id":"gpt-4.1"},{"id":"gpt-5"}]}`),
			cfg: func(cfg *llm.Config) {
				cfg.BaseURL, cfg.Provider, cfg.Allow = "https://x.openai.azure.com/openai/v1", "OpenAI", []string{"ours", "gpt-4.1"}
			},
			want: []chat.ModelInfo{first(info("gpt-4.1", "GPT-4.1")), bare("ours", "ours")},
		},
		{
			name: "without a list the allowed are offered as they are named",
			list: says(500, `no`),
			cfg:  func(cfg *llm.Config) { cfg.Allow = []string{"gpt-5*", "gpt-4.1"} },
			want: []chat.ModelInfo{noted(first(info("gpt-4.1", "GPT-4.1")), unlisted+"OpenAI is in trouble at the moment. Try again.")},
		},
		{
			name: "without a list or a name the default is one that is allowed",
			list: says(500, `no`),
			cfg:  func(cfg *llm.Config) { cfg.Allow = []string{"gpt-5.5*"} },
			want: []chat.ModelInfo{noted(first(info("gpt-5.5", "GPT-5.5")), unlisted+"OpenAI is in trouble at the moment. Try again.")},
		},
		{
			name: "an empty list still has the default",
			list: says(200, `{"data":[]}`),
			want: []chat.ModelInfo{first(info("gpt-6.1-sol", "GPT-6.1 Sol"))},
		},
		{
			name: "without a list there is the administrator's choice",
			list: says(500, `no`),
			cfg:  func(cfg *llm.Config) { cfg.Model = "gpt-5.5" },
			want: []chat.ModelInfo{noted(first(info("gpt-5.5", "GPT-5.5")), unlisted+"OpenAI is in trouble at the moment. Try again.")},
		},
		{
			name: "without a list or a choice there is the default",
			list: says(200, `<html>`),
			want: []chat.ModelInfo{noted(first(info("gpt-6.1-sol", "GPT-6.1 Sol")), unlisted+"What OpenAI answered is no list of models.")},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			change := func(*llm.Config) {}
			if tt.cfg != nil {
				change = tt.cfg
			}
			got, err := clientOver(t, tt.list, change).Models(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("models (-want +got):\n%s", diff)
			}
		})
	}
}

// What is not allowed is not offered, whatever that leaves. The log says once what the
// list of the allowed names in vain.
func TestModelsThatAreNotAllowed(t *testing.T) {
	for _, tt := range []struct {
		name, list, refused, logged string
		status                      int
		allow                       []string
	}{
		{"a pattern that fits nothing", `{"data":[{"id":"gpt-4.1"},{"id":"gpt-6.1-sol"}]}`, "None of the models of OpenAI is among those that this server allows. Please tell the administrator.", "models=[nothing*]", 200, []string{"nothing*"}},
		{"a name with a slip", `{"data":[{"id":"gpt-4.1"}]}`, "None of the models of OpenAI is among those that this server allows. Please tell the administrator.", "models=[gpt-4,1]", 200, []string{"gpt-4,1"}},
		{"one name of two", `{"data":[{"id":"gpt-4.1"}]}`, "", "models=[gpt-5]", 200, []string{"gpt-5", "gpt-4.1"}},
		{"a pattern, and no list", `no`, "The models of OpenAI are not known, and this server allows none by its name. Please tell the administrator.", "", 500, []string{"nothing*"}},
		{"nothing that could hold a chat", `{"data":[{"id":"whisper-1"}]}`, "OpenAI offers no model that can hold a chat. Please tell the administrator.", "", 200, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			c := clientOver(t, says(tt.status, tt.list), func(cfg *llm.Config) {
				cfg.Allow, cfg.Log = tt.allow, slog.New(slog.NewTextHandler(&log, nil))
			})
			for range 2 {
				models, err := c.Models(t.Context())
				if tt.refused != "" && (err == nil || chat.MessageOf(err) != tt.refused || len(models) != 0) {
					t.Errorf("got %v, %v", models, err)
				}
				if tt.refused == "" && (err != nil || len(models) != 1) {
					t.Errorf("got %v, %v", models, err)
				}
			}
			if n := strings.Count(log.String(), "do not offer") + strings.Count(log.String(), "does not offer"); n > 1 || tt.logged != "" && !strings.Contains(log.String(), tt.logged) {
				t.Errorf("the log says: %s", log.String())
			}
		})
	}
}

func TestModelsWithoutAKey(t *testing.T) {
	c := clientOver(t, says(401, `{"error":{"message":"no key"}}`), func(cfg *llm.Config) {
		cfg.APIKey, cfg.BaseURL, cfg.Model = chat.Token{}, "https://models.example/v1", "m"
	})
	models, err := c.Models(t.Context())
	want := "The list of models could not be fetched. models.example wants an AI key, and this server has none. This is not about your own login: please tell the administrator."
	if err != nil || len(models) != 1 || models[0].Note != want {
		t.Errorf("got %+v, %v", models, err)
	}
}

func TestModelsOfTheFake(t *testing.T) {
	fake := llmtest.NewServer(t)
	got, err := newClient(t, fake, asOpenAI(t, fake)).Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, m := range got {
		ids = append(ids, m.ID)
	}
	want := []string{"gpt-6.1-sol", "gpt-6.1-terra", "gpt-4.1", "gpt-6-luna", "gpt-5.4-mini", "o4-mini"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}
