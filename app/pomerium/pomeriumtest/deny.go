package pomeriumtest

import (
	"encoding/json"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// requireLogin refuses somebody who is not signed in: with the way to the sign-in
// page, unless this is an MCP server or the client would rather have JSON. The
// route is nil for what Pomerium answers itself.
func (v *visit) requireLogin(rt *route) {
	switch {
	case rt.isServer():
		v.challenge()
		v.refuse(http.StatusUnauthorized, "Unauthorized")
	case accepted(v.r, "text/html", "application/json", "text/plain") == "text/html":
		v.w.Header().Set("Location", v.g.signInURL(v.r))
		v.refuse(http.StatusFound, "Login")
	default:
		v.refuse(http.StatusUnauthorized, "Unauthenticated")
	}
}

// forbid refuses somebody whom the policy of the route does not allow this.
func (v *visit) forbid(m message) {
	switch {
	case m.method != "":
		v.forbidMessage(m)
	case v.route.isServer():
		v.challenge()
		v.refuse(http.StatusUnauthorized, "Unauthorized")
	default:
		v.refuse(http.StatusForbidden, "Forbidden")
	}
}

// forbidMessage answers as the MCP server would, in JSON-RPC.
func (v *visit) forbidMessage(m message) {
	type failure struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Data    any    `json:"data"`
	}
	body := struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id,omitempty"`
		Error   failure         `json:"error"`
	}{"2.0", m.id, failure{
		-32602, "access denied, please see the authorization log for the request " + v.id + " for details",
		map[string]string{"request_id": v.id},
	}}
	setCORS(v.w.Header())
	v.w.Header().Set("Cache-Control", "no-cache")
	v.w.Header().Set("Content-Type", "application/json")
	_, _ = v.w.Write(must(json.Marshal(body)))
}

// challenge tells an MCP client where to find out how to get a token.
func (v *visit) challenge() {
	setCORS(v.w.Header())
	v.w.Header().Set("WWW-Authenticate", v.wantedToken())
}

// wantedToken is a challenge of RFC 9728 section 5.1.
func (v *visit) wantedToken() string {
	return `Bearer resource_metadata="` + v.origin() + path.Join(resourceMetadataPath, v.r.URL.Path) + `"`
}

func setCORS(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, MCP-Protocol-Version, MCP-Session-Id, Last-Event-ID")
	h.Set("Access-Control-Expose-Headers", "WWW-Authenticate, MCP-Session-Id")
	h.Set("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
}

// refuse answers in JSON or with a page, whichever the client would rather have.
func (v *visit) refuse(status int, why string) {
	h := v.w.Header()
	if accepted(v.r, "text/html", "application/json") == "application/json" {
		h.Set("Content-Type", "application/json")
		v.w.WriteHeader(status)
		_, _ = v.w.Write(must(json.Marshal(struct {
			Error     string `json:"error"`
			RequestID string `json:"request_id"`
		}{why, v.id})))
		return
	}
	h.Set("Content-Type", "text/html; charset=UTF-8")
	h.Set("X-Pomerium-Intercepted-Response", "true")
	v.w.WriteHeader(status)
	_ = refusalPage.Execute(v.w, struct {
		Status  int
		Why, ID string
	}{status, why, v.id})
}

var refusalPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>{{.Status}} {{.Why}}</title>
<main>
<h1>{{.Status}} {{.Why}}</h1>
<p>Request {{.ID}}</p>
</main>
`))

// accepted returns which of some media types the client would rather have; the
// first one where it does not say. What it cannot have at all is empty.
func accepted(r *http.Request, offered ...string) string {
	type wish struct {
		kind   string
		weight float64
	}
	var wishes []wish
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		kind, parameters, _ := strings.Cut(part, ";")
		w := wish{strings.ToLower(strings.TrimSpace(kind)), 1}
		if _, q, ok := strings.Cut(parameters, "q="); ok {
			w.weight, _ = strconv.ParseFloat(strings.TrimSpace(q), 64)
		}
		if w.weight > 0 {
			wishes = append(wishes, w)
		}
	}
	slices.SortStableFunc(wishes, func(a, b wish) int { return int(1000 * (b.weight - a.weight)) })
	for _, w := range wishes {
		for _, kind := range offered {
			group, _, _ := strings.Cut(kind, "/")
			if w.kind == kind || w.kind == "*/*" || w.kind == group+"/*" {
				return kind
			}
		}
	}
	return offered[0]
}
