package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// HandlerOptions configures [NewHandler]. The zero value is usable.
type HandlerOptions struct {
	// Version is what the server calls itself in the MCP handshake.
	Version string
	// Logger gets one line for each tool call; nil logs nothing.
	Logger *slog.Logger
	// AllowedHosts lists names, without port, that requests over loopback may carry in their Host header besides
	// loopback's own. A gateway on the same machine that keeps the public name needs it.
	AllowedHosts []string
	// DemoWriteTool adds the tool update, which changes nothing but is announced as one that writes: with it one can
	// see a gateway's policy refuse a call.
	DemoWriteTool bool
}

// maxBody is the most bytes of one request, enough for the longest query with every character escaped.
const maxBody = 256 << 10

// NewHandler serves db over HTTP:
//
//   - /mcp is MCP over Streamable HTTP, stateless, which revision 2026-07-28 asks for and older clients accept. Answers
//     are JSON. A client of that revision that hangs up ends its query; for older ones the deadline does.
//   - GET /livez answers 200 while the process serves.
//   - GET /readyz answers 200 if the database answers, else 503.
//
// All else is 404. Errors of the handler itself are problem details (RFC 9457).
//
// As the transport section of MCP demands against DNS rebinding, a request over loopback must name a loopback host or
// an allowed one, and a browser's request from another origin is refused.
func NewHandler(db *DB, opts HandlerOptions) http.Handler {
	log := opts.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	server := newServer(db, opts.Version, log, opts.DemoWriteTool)
	mux := http.NewServeMux()
	for path, transport := range transports(&mcp.StreamableHTTPOptions{
		Stateless:                    true,
		JSONResponse:                 true,
		MaxRequestBodyBytes:          maxBody,
		PropagateRequestCancellation: true,
		DisableLocalhostProtection:   true, // guard does it, and knows the allowed hosts
	}) {
		mux.Handle(path, mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, transport))
	}
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, db) })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		problem(w, http.StatusNotFound, "There is nothing here; MCP is served at /mcp.")
	})
	return guard(mux, opts.AllowedHosts)
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

// guard refuses what a hostile web page could make a browser send.
func guard(next http.Handler, allowed []string) http.Handler {
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
		if local != nil && loopback(local.String()) && !loopback(r.Host) && !slices.Contains(allowed, hostname(r.Host)) {
			problem(w, http.StatusForbidden, "The Host header names neither this machine nor an allowed host.")
			return
		}
		if err := origins.Check(r); err != nil {
			problem(w, http.StatusForbidden, "Requests from web pages of another origin are refused.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback reports whether an address, with or without a port, is that of this machine alone.
func loopback(address string) bool {
	host := hostname(address)
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// hostname returns the host of an address in lower case, without port and brackets.
func hostname(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.Trim(address, "[]")
	}
	return strings.ToLower(host)
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
