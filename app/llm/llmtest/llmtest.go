// Package llmtest is a fake of OpenAI's API that works, of Responses and of Chat
// Completions: it answers from what it is asked, refuses what OpenAI refuses, and
// records every request.
//
// Which of its scenarios is played depends on the last question, if that begins
// with "fake:" and a name ("fake:quota"), or on a model called "fake-" and a name
// ("fake-quota"); see Scenarios and ChatScenarios. Any other question gets an answer in words, and
// one about sales by year a call of the tool whose name ends in "read_query". A
// request that ends with the wish to go on gets the rest of half an answer.
//
// It really calls MCP servers that a request names, with the token that the request
// gives; a call that waits for approval is made by the request that approves it.
// What scenarios of hosted tools leave behind is served as the files of containers.
// Command serve in this folder runs it for tests in other languages.
package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Config decides how a Handler behaves. The zero Config is a good one.
type Config struct {
	// Key is the only key that is accepted; empty means any but none.
	Key string
	// Pace is how long to wait before each delta of a text.
	Pace time.Duration
	// API is "responses" or "chat" for a server that has only one of them.
	API string
	// Script says for a question which scenario it asks for, as a question that begins
	// with "fake:" would: for pictures, in which people ask what people ask.
	Script map[string]string
	// Models are the ids at /v1/models; nil means DefaultModels.
	Models []string
}

// DefaultModels are the ids that a Handler lists: models to chat with, and models
// of every kind that a chat has no use for.
func DefaultModels() []string {
	return []string{
		"gpt-6.1-sol", "gpt-6.1-terra", "gpt-6-luna", "gpt-5.4-mini", "gpt-4.1", "gpt-4.1-2025-04-14",
		"o4-mini", "gpt-realtime", "gpt-image-1", "gpt-4o-mini-tts", "text-embedding-3-small",
		"whisper-1", "omni-moderation-latest", "o3-deep-research", "dall-e-3",
	}
}

// Request is a request as it arrived.
type Request struct {
	Method, Path string
	Header       http.Header
	Body         json.RawMessage // nil if there was none
}

// Handler is the fake, for base URLs that end in /v1. It is safe for concurrent
// use. It forgets nothing, so it is for tests only.
type Handler struct {
	cfg     Config
	hangups chan struct{}

	mu       sync.Mutex
	requests []Request
	refused  []string
	replies  int
	issued   map[string]json.RawMessage // items that it wrote, by id
	follows  map[string]string          // which item came after which, by id
	thinker  map[string]string          // which model wrote an item, by its id
	files    map[string][]byte          // by container and id
	expired  map[string]bool            // containers
	visits   map[string]int             // by scenario
}

// NewHandler returns a fake that nobody has spoken to yet.
func NewHandler(cfg Config) *Handler {
	if cfg.Models == nil {
		cfg.Models = DefaultModels()
	}
	return &Handler{
		cfg: cfg, hangups: make(chan struct{}, 64),
		issued: map[string]json.RawMessage{}, follows: map[string]string{}, thinker: map[string]string{}, files: map[string][]byte{}, expired: map[string]bool{}, visits: map[string]int{},
	}
}

// Server is a Handler that listens on loopback.
type Server struct {
	*Handler
	// BaseURL is what a client takes as the base URL; it ends in /v1.
	BaseURL string
}

// NewServer starts a fake with the zero Config, and stops it when t ends.
func NewServer(t testing.TB) *Server {
	t.Helper()
	return NewServerWith(t, Config{})
}

// NewServerWith is NewServer with a Config.
func NewServerWith(t testing.TB, cfg Config) *Server {
	t.Helper()
	h := NewHandler(cfg)
	s := httptest.NewServer(h)
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return &Server{Handler: h, BaseURL: s.URL + "/v1"}
}

// Requests returns all requests so far, oldest first.
func (h *Handler) Requests() []Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.requests)
}

// Refused returns why requests for answers were invalid, oldest first: what a client that
// owns its history must never hear.
func (h *Handler) Refused() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.refused)
}

// ExpireContainers gives up all containers so far, as OpenAI does after twenty minutes in
// which nothing ran in them.
func (h *Handler) ExpireContainers() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, raw := range h.issued {
		var it inputItem
		if json.Unmarshal(raw, &it) == nil && it.Container != "" {
			h.expired[it.Container] = true
		}
	}
}

// Hangups delivers one value for each client that left in the middle of a stream.
func (h *Handler) Hangups() <-chan struct{} { return h.hangups }

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := h.record(r)
	w.Header().Set("X-Request-Id", fmt.Sprintf("req_%d", len(h.Requests())))
	if err := h.authorize(r); err != nil {
		err.write(w)
		return
	}
	_, resource, _ := strings.Cut(r.URL.Path, "/v1/")
	switch r.Method + " " + resource {
	case "GET models":
		h.serveModels(w)
	case "POST responses":
		h.serveResponse(w, r, body)
	case "POST chat/completions":
		h.serveCompletion(w, r, body)
	default:
		if r.Method == http.MethodGet && strings.HasPrefix(resource, "containers/") {
			h.serveFile(w, r, resource)
			return
		}
		noSuchAddress(r).write(w)
	}
}

func noSuchAddress(r *http.Request) *refusal {
	return &refusal{
		status: http.StatusNotFound, kind: "invalid_request_error",
		message: fmt.Sprintf("Invalid URL (%s %s)", r.Method, r.URL.Path),
	}
}

func (h *Handler) serveResponse(w http.ResponseWriter, r *http.Request, body []byte) {
	if h.cfg.API == "chat" {
		noSuchAddress(r).write(w)
		return
	}
	p, bad := parsePrompt(body)
	if bad != nil {
		bad.write(w)
		return
	}
	h.serveAnswer(w, r, p, func() *refusal { return h.check(body, p) })
}

func (h *Handler) serveCompletion(w http.ResponseWriter, r *http.Request, body []byte) {
	if h.cfg.API == "responses" {
		noSuchAddress(r).write(w)
		return
	}
	p, bad := parseCompletion(body)
	if bad != nil {
		bad.write(w)
		return
	}
	h.serveAnswer(w, r, p, func() *refusal { return h.checkCompletion(body, p) })
}

func (h *Handler) authorize(r *http.Request) *refusal {
	key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || key == "" {
		return &refusal{
			status: http.StatusUnauthorized, kind: "invalid_request_error",
			message: "You didn't provide an API key.",
		}
	}
	if h.cfg.Key != "" && key != h.cfg.Key {
		return &refusal{
			status: http.StatusUnauthorized, kind: "invalid_request_error", code: "invalid_api_key",
			message: "Incorrect API key provided.",
		}
	}
	return nil
}

// serveModels lists the models, newest first; gpt-4.1 announces its end.
func (h *Handler) serveModels(w http.ResponseWriter) {
	type model struct {
		ID       string  `json:"id"`
		Object   string  `json:"object"`
		Created  int64   `json:"created"`
		OwnedBy  string  `json:"owned_by"`
		Shutdown *string `json:"shutdown_date"`
	}
	list := struct {
		Object string  `json:"object"`
		Data   []model `json:"data"`
	}{Object: "list", Data: []model{}}
	for i, id := range h.cfg.Models {
		m := model{ID: id, Object: "model", Created: 1790000000 - int64(i)*86400, OwnedBy: "system"}
		if id == "gpt-4.1" {
			day := "2027-04-14"
			m.Shutdown = &day
		}
		list.Data = append(list.Data, m)
	}
	writeJSON(w, http.StatusOK, list)
}
