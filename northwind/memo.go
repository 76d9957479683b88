package northwind

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// memo stands before an MCP endpoint and gives again what it has answered before. It does so because the endpoint
// spends far more on reading and writing a request than this server does on its tools.
//
// It knows nothing of MCP but where a call has its id. An answer is kept only if the handler says that it lasts, which
// see [note], and is given only for a request that is the same byte for byte but for the id, under the same headers, as
// far as the endpoint reads them. What is out of the ordinary in any way goes through untouched. Callers must have been
// checked before: answers that last are the same for all of them.
type memo struct {
	next  http.Handler
	audit audit
	kept  *cache[response]
}

// response is an answer of the endpoint, in two parts, between which the id belongs.
type response struct {
	header        http.Header // what the endpoint set
	before, after []byte
	use           use // what the audit had to say about it, unless its event is ""
}

func (p response) size() int {
	return len(p.before) + cap(p.after) + len(p.use.name) + cap(p.use.arguments)
}

// ServeHTTP answers from memory, or asks the endpoint.
func (m *memo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	call, key, ok := readEnvelope(r)
	if !ok {
		m.next.ServeHTTP(w, r)
		return
	}
	if p, ok := m.kept.get(key); ok {
		if u := p.use; u.event != "" {
			u.cached, u.took = true, time.Since(start)
			m.audit.write(r.Context(), u)
		}
		maps.Copy(w.Header(), p.header)
		_, _ = w.Write(slices.Concat(p.before, call.id, p.after))
		return
	}
	ctx, n := withNote(r.Context())
	seen := &recorder{ResponseWriter: w, had: w.Header().Clone()}
	m.next.ServeHTTP(seen, r.WithContext(ctx))
	if u, ok := n.lasts(); ok {
		if p, ok := seen.answer(call.id); ok {
			p.use = u
			m.kept.put(key, p)
		}
	}
}

// readEnvelope reads a request, and returns it with the key of its answer. It is false for requests whose answers are not
// kept; these can be read again.
func readEnvelope(r *http.Request) (envelope, string, bool) {
	if r.Method != http.MethodPost || r.ContentLength > maxBody || r.URL.RawQuery != "" {
		return envelope{}, "", false
	}
	key, ok := headerKey(r.Header)
	if !ok {
		return envelope{}, "", false
	}
	text, ok := readBody(r)
	if !ok {
		return envelope{}, "", false
	}
	e, ok := openEnvelope(text)
	if !ok || !memorable(e.method) {
		return envelope{}, "", false
	}
	return e, key + "\n" + string(e.before) + "\x00" + string(e.after), true
}

// memorable reports whether answers to a method can last at all.
func memorable(method string) bool {
	switch method {
	case "tools/call", "tools/list", "resources/list", "resources/templates/list", "prompts/list":
		return true
	}
	return false
}

// headerKey returns the headers that Streamable HTTP gives a meaning, as a key. It is false if there are such that have
// none here, such as that of a session, or twice what there should be once.
func headerKey(h http.Header) (string, bool) {
	for name := range h {
		if name == "Last-Event-Id" || name == "Content-Encoding" || strings.HasPrefix(name, "Mcp-Param-") || name == "Mcp-Session-Id" {
			return "", false
		}
	}
	var b strings.Builder
	for _, name := range []string{"Accept", "Content-Type", "Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name"} {
		switch values := h[name]; len(values) {
		case 0:
			b.WriteString("-\n")
		case 1:
			b.WriteString("+" + values[0] + "\n") // no value of a header has a line break
		default:
			return "", false
		}
	}
	return b.String(), true
}

// recorder keeps what an endpoint writes.
type recorder struct {
	http.ResponseWriter
	had    http.Header // before the endpoint
	status int
	body   []byte
	writes int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	r.writes++
	r.body = b
	return r.ResponseWriter.Write(b)
}

// Unwrap is called by [http.ResponseController].
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// answer returns what was written, if it was a whole answer to the call of this id, in one piece.
func (r *recorder) answer(id []byte) (response, bool) {
	const opening = `{"jsonrpc":"2.0","id":`
	if r.writes != 1 || r.status != 0 && r.status != http.StatusOK {
		return response{}, false
	}
	rest, ok := bytes.CutPrefix(r.body, append([]byte(opening), id...))
	if !ok || !bytes.HasPrefix(rest, []byte(`,"result":`)) {
		return response{}, false
	}
	p := response{header: http.Header{}, before: []byte(opening), after: bytes.Clone(rest)}
	for name, values := range r.ResponseWriter.Header() {
		if !slices.Equal(values, r.had[name]) {
			p.header[name] = values
		}
	}
	return p, true
}
