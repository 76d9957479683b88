// Package web is the HTTP face of pomchat: the API, the event streams and the
// page. It authenticates each request once, at the door, and hands the caller
// on as an argument.
package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/pomerium/pomchat/app/chat"
)

// Gateway tells who is asking.
type Gateway interface {
	// Authenticate returns the caller whom the request proves, or an *chat.Error
	// with KindUnauthenticated.
	Authenticate(r *http.Request) (chat.Caller, error)
	// Mode is "standalone" or "gateway".
	Mode() string
	// Origin returns the origin at which a browser has this site, such as
	// https://chat.example.com, and false if the request is for another host: that
	// means DNS rebinding.
	Origin(r *http.Request) (string, bool)
}

// Config is what a handler is made of. All fields are required but Upstream.
type Config struct {
	Gateway  Gateway
	Upstream Upstream // nil if there is no gateway
	Engine   *chat.Engine
	Threads  chat.Threads
	Grants   chat.Grants
	Results  chat.Results
	Files    chat.Files
	Models   *chat.Catalogue
	Toolbox  chat.Toolbox
	Prompts  Prompts
	UI       fs.FS // the built page, with index.html at its root
	Version  string
	Log      *slog.Logger
	Now      func() time.Time
}

// NewHandler returns the whole site: /api, the page, /livez and /readyz.
func NewHandler(c Config) (http.Handler, error) {
	page, err := newPage(c.UI)
	if err != nil {
		return nil, err
	}
	speakInProblems()
	site := http.NewServeMux()
	s := &server{Config: c, start: rand.Text()}
	// Standalone the browser is on this machine, to which bytes cost less than their compression.
	api := humago.New(answers{site, c.Upstream != nil}, apiConfig(c.Version))
	s.routes(api)
	site.HandleFunc(followPattern, s.followRun)
	site.HandleFunc("GET /api/openapi.json", serveDescription(api.OpenAPI()))
	site.HandleFunc("/api/", s.unknownEndpoint)
	site.Handle("/", page)

	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", alive)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("/", s.door(csvNames(site)))
	return secureHeaders(s.recovered(mux)), nil
}

type server struct {
	Config
	start string // names this process: another may write the same data differently
}

func apiConfig(version string) huma.Config {
	c := huma.DefaultConfig("pomchat", version)
	c.Components.Schemas = newRegistry()
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	return c
}

// serveDescription serves the OpenAPI document, which it makes when it is first
// asked for. The framework's own handler would make it without a lock.
func serveDescription(doc *huma.OpenAPI) http.HandlerFunc {
	made := sync.OnceValues(func() ([]byte, error) { return json.Marshal(doc) })
	return func(w http.ResponseWriter, _ *http.Request) {
		text, err := made()
		if err != nil {
			http.Error(w, "The description cannot be made.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(text)
	}
}

// routes registers every endpoint of the API.
func (s *server) routes(api huma.API) {
	s.infoRoutes(api)
	s.serverRoutes(api)
	s.promptRoutes(api)
	s.resourceRoutes(api)
	s.upstreamRoutes(api)
	s.threadRoutes(api)
	s.exportRoutes(api)
	s.runRoutes(api)
	s.decisionRoutes(api)
	s.rerunRoutes(api)
	s.fileRoutes(api)
	s.resultRoutes(api)
	describeFollowing(api)
}

// endpoint registers one operation. Its function takes the caller as an argument
// and returns an error of any kind; both are translated here.
func endpoint[I, O any](s *server, api huma.API, op huma.Operation, do func(ctx context.Context, c chat.Caller, in *I) (*O, error)) {
	op.MaxBodyBytes = maxBody
	op.Errors = append(op.Errors, http.StatusUnauthorized)
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, callerOf(ctx), in)
		if err != nil {
			return nil, problemOf(ctx, s.Log, err)
		}
		return out, nil
	})
}

// body is a response that is just a JSON value.
type body[T any] struct{ Body T }

// maxBody is above the longest question, so that one that is too long gets the
// sentence that names the limit.
const maxBody = 4 << 20

func alive(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// ready answers while the server can do its work: its threads can be read. The
// model's provider is not asked: its troubles are no reason to restart us.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if _, err := s.Threads.ListThreads(r.Context(), "", chat.ThreadQuery{Limit: 1}); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelError, "not ready", slog.Any("error", err))
		http.Error(w, chat.MessageOf(err), http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
