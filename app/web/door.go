package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"

	"github.com/pomerium/pomchat/app/chat"
)

type callerKey struct{}

// callerOf returns the caller whom the door let in. It is called by endpoint
// alone; everything behind it takes the caller as an argument.
func callerOf(ctx context.Context) chat.Caller {
	c, _ := ctx.Value(callerKey{}).(chat.Caller)
	return c
}

// door lets in who may enter: the right host name, no write from another
// origin, a caller whom the gateway vouches for.
func (s *server) door(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		admitted, err := s.admit(r)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, admitted)
	})
}

// admit returns the request with its caller, or why it may not enter.
func (s *server) admit(r *http.Request) (*http.Request, error) {
	origin, ok := s.Gateway.Origin(r)
	switch {
	case !ok:
		return nil, &chat.Error{Kind: chat.KindForbidden, Op: "check host", Message: "This server does not answer to that host name."}
	case fromElsewhere(r, origin):
		return nil, &chat.Error{Kind: chat.KindForbidden, Op: "check origin", Message: "Another site may not do this in your name."}
	}
	caller, err := s.Gateway.Authenticate(r)
	if err != nil {
		return nil, err
	}
	return r.WithContext(context.WithValue(r.Context(), callerKey{}, caller)), nil
}

// fromElsewhere reports whether a browser sends a write for a page of another origin.
// It goes by what browsers say of where a request comes from (W3C Fetch Metadata), else
// by its Origin (RFC 6454, section 7). The Host header plays no part: a gateway changes
// it.
func fromElsewhere(r *http.Request, own string) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "":
		origins := r.Header.Values("Origin")
		return len(origins) > 1 || len(origins) == 1 && origins[0] != own
	default:
		return true
	}
}

// secureHeaders forbids the page everything it does not need: it loads scripts
// and data from here alone, images never from elsewhere, nobody frames it, and no text
// becomes HTML or a script (W3C Trusted Types).
func secureHeaders(next http.Handler) http.Handler {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
		"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
		"frame-ancestors 'none'; base-uri 'none'; form-action 'self'; " +
		"require-trusted-types-for 'script'; trusted-types 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into a logged 500, so that one request never takes the
// server with it.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				s.Log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.Any("value", v), slog.String("stack", string(debug.Stack())))
				writeProblem(w, problemOf(r.Context(), s.Log, &chat.Error{Kind: chat.KindInternal, Op: "serve request"}))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *server) unknownEndpoint(w http.ResponseWriter, r *http.Request) {
	s.refuse(w, r, &chat.Error{Kind: chat.KindNotFound, Op: "route", Message: "The API has no such endpoint. /api/openapi.json lists them all."})
}

func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(r.Context(), s.Log, err)
	if navigates(r) {
		writeRefusal(w, p)
		return
	}
	writeProblem(w, p)
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}
