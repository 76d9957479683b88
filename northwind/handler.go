package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// HandlerOptions configures [NewHandler]. The zero value is usable.
type HandlerOptions struct {
	// Version is what the server calls itself in the MCP handshake.
	Version string
	// Logger gets one line for each use of a tool, resource or prompt, and for requests that are refused; nil logs
	// nothing.
	Logger *slog.Logger
	// Gateway, unless nil, has every request identified, and adds the tool whoami.
	Gateway *Gateway
	// Rights leaves out tools.
	Rights Rights
	// AllowedHosts lists names, without port, that requests may carry in their Host header besides loopback's own and, on
	// a network address, any IP address. Without names there, a network address takes any name from all but browsers. It
	// does not matter with a Gateway, behind which any name is accepted.
	AllowedHosts []string
	// DemoWriteTool adds the tool update, which changes nothing but is announced as one that writes: with it one can
	// see a gateway's policy refuse a call.
	DemoWriteTool bool
}

func (o HandlerOptions) logger() *slog.Logger {
	if o.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return o.Logger
}

// NewHandler serves db over HTTP:
//
//   - /mcp is MCP over Streamable HTTP, stateless, which revision 2026-07-28 asks for and older clients accept. Answers
//     are JSON. A client of that revision that hangs up ends its query; for older ones the deadline does.
//   - GET /livez answers 200 while the process serves.
//   - GET /readyz answers 200 if the database answers, else 503. The gateway does not matter to it.
//
// All else is 404. Errors of the handler itself are problem details (RFC 9457). Each answer has the id under which its
// request is logged, in the header X-Request-Id.
//
// A message that cannot be read, or whose params have wrong types, is answered with an error of JSON-RPC, see [faultOf].
//
// What will be the same the next time is kept, within the CacheBytes of the [Limits] of db, and given again to whoever
// sends the same request and may; the log says so.
//
// Without a gateway anybody may ask, but no web page: see [hosts] for what is refused against DNS rebinding, as the
// transport section of MCP demands.
//
// With a gateway, /mcp wants an assertion that the gateway signed, which no page can make a browser send; so any Host
// header will do, of which gateways make what they like. A browser's request must come from the origin of the public
// URL: the gateway takes its cookie for any. What the gateway may have read as another call than the server would, or
// not at all, such as a batch, is refused: it has escaped policies on tools.
func NewHandler(db *DB, opts HandlerOptions) http.Handler {
	server := newServer(db, opts)
	refusals := &refusals{log: opts.logger()}
	guarded := hosts{names: opts.AllowedHosts}.guard(refusals)
	if opts.Gateway != nil {
		guarded = opts.Gateway.guard(refusals)
	}
	mux := http.NewServeMux()
	for path, transport := range transports(&mcp.StreamableHTTPOptions{
		Stateless:                    true,
		JSONResponse:                 true,
		MaxRequestBodyBytes:          maxBody,
		PropagateRequestCancellation: true,
		DisableLocalhostProtection:   true, // guard does it, and knows the allowed hosts
	}) {
		var endpoint http.Handler = mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, transport)
		endpoint = screened(endpoint, refusals)
		if opts.Gateway != nil {
			endpoint = unambiguous(endpoint, refusals)
		}
		if kept := db.limits.CacheBytes / 2; kept > 0 && transport.Stateless && transport.JSONResponse {
			endpoint = &memo{next: endpoint, audit: audit{log: opts.logger()}, kept: newCache[response](kept)}
		}
		if opts.Gateway != nil {
			endpoint = opts.Gateway.identify(endpoint, refusals)
		}
		mux.Handle(path, endpoint)
	}
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, db) })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		problem(w, http.StatusNotFound, "There is nothing here; MCP is served at /mcp.")
	})
	return receive(guarded(mux))
}

// receive gives each request its id, and answers the headers that all answers have.
func receive(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		about := request{id: requestID(r.Header)}
		w.Header().Set(requestIDHeader, about.id)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r.WithContext(withRequest(r.Context(), about)))
	})
}

// readyTime bounds a readiness check.
const readyTime = time.Second

func ready(w http.ResponseWriter, r *http.Request, db *DB) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTime)
	defer cancel()
	if err := db.Ready(ctx); err != nil {
		problem(w, http.StatusServiceUnavailable, "The database does not answer.")
		return
	}
	fmt.Fprintln(w, "ok")
}

// problem answers with problem details (RFC 9457).
func problem(w http.ResponseWriter, status int, detail string) {
	body, err := json.Marshal(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(status), status, detail})
	if err != nil {
		http.Error(w, detail, status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	w.Write(body)
}
