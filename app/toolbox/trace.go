package toolbox

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// sight is what was seen of the last request: a response, or why there was none.
type sight struct {
	status    int
	media     string
	location  string // host that a redirect leads to
	code      string // of the error that it asks for a login with
	requestID string // under which the other side knows it
	forgotten bool   // the server knows nothing of the session
	err       error
}

// turnedAway reports whether the other side did not take in the request: it could not
// be reached, or it said so.
func (s sight) turnedAway() bool {
	if s.err == nil {
		return s.status >= http.StatusMultipleChoices && s.status < http.StatusInternalServerError
	}
	reach, ok := errors.AsType[*net.OpError](s.err)
	_, unsafe := errors.AsType[*tls.CertificateVerificationError](s.err)
	_, plain := errors.AsType[tls.RecordHeaderError](s.err)
	return ok && reach.Op == "dial" || unsafe || plain || errors.Is(s.err, http.ErrSchemeMismatch)
}

// look returns what a response shows of itself. Of a short refusal it reads the body
// too, where a gateway tells its id of the request.
func look(resp *http.Response) sight {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	s := sight{status: resp.StatusCode, media: media, requestID: brief(resp.Header.Get("X-Request-Id"))}
	if to, err := resp.Location(); err == nil {
		s.location = to.Host
	}
	if _, code, ok := strings.Cut(resp.Header.Get("WWW-Authenticate"), ` error="`); ok {
		code, _, _ = strings.Cut(code, `"`)
		s.code = brief(code)
	}
	of := resp.Request != nil && resp.Request.Header.Get("Mcp-Session-Id") != ""
	s.forgotten = of && resp.StatusCode == http.StatusNotFound
	if resp.StatusCode < http.StatusBadRequest || media != "application/json" && !(of && resp.StatusCode == http.StatusBadRequest) {
		return s
	}
	const short = 4 << 10
	begin, err := io.ReadAll(io.LimitReader(resp.Body, short))
	resp.Body = &rewound{io.MultiReader(bytes.NewReader(begin), resp.Body), resp.Body}
	var refusal struct {
		RequestID string `json:"request_id"`
	}
	if err == nil && json.Unmarshal(begin, &refusal) == nil && refusal.RequestID != "" {
		s.requestID = brief(refusal.RequestID)
	}
	// Many servers answer so where the protocol wants a 404: the examples of an SDK did.
	s.forgotten = s.forgotten || of && resp.StatusCode == http.StatusBadRequest && bytes.Contains(bytes.ToLower(begin), []byte("session"))
	return s
}

// rewound is a body of which the beginning was read before.
type rewound struct {
	io.Reader
	io.Closer
}

// trace remembers what was seen of the last request made under its context. The SDK
// tells a failed request in prose; the trace has the facts. A nil trace notes
// nothing.
type trace struct {
	mu    sync.Mutex
	begun int   // requests
	last  sight // of the newest of those that came to something
	lasts int   // which of them that is

	told     chan struct{} // closed once the server was told that the call is cancelled
	tellOnce sync.Once
}

type traceKey struct{}

func withTrace(ctx context.Context) (context.Context, *trace) {
	t := &trace{told: make(chan struct{})}
	return context.WithValue(ctx, traceKey{}, t), t
}

func traceOf(ctx context.Context) *trace {
	t, _ := ctx.Value(traceKey{}).(*trace)
	return t
}

// untraced hides the trace from a request that nobody waits for: what comes of it says
// nothing of the others.
func untraced(ctx context.Context) context.Context {
	return context.WithValue(ctx, traceKey{}, (*trace)(nil))
}

// begin returns what notes the sights of one request that begins now. The SDK reads
// some answers to their end long after it has used them: what comes of that is no news
// once another request was begun and seen.
func (t *trace) begin() (note func(sight)) {
	if t == nil {
		return func(sight) {}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.begun++
	number := t.begun
	return func(s sight) {
		t.mu.Lock()
		defer t.mu.Unlock()
		if number >= t.lasts {
			t.last, t.lasts = s, number
		}
	}
}

func (t *trace) see() sight {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last
}

func (t *trace) toldCancelled() {
	if t != nil {
		t.tellOnce.Do(func() { close(t.told) })
	}
}

// awaitTold waits until the server knows that the call is cancelled, or for as long
// as that is worth it.
func (t *trace) awaitTold() {
	select {
	case <-t.told:
	case <-time.After(farewell):
	}
}

// cancels reports whether a request carries the notice that a call is cancelled. The
// SDK sends it behind the back of the call, which returns at once
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/cancellation).
func cancels(req *http.Request) bool {
	const notice, longest = "notifications/cancelled", 4 << 10
	if req.Method != http.MethodPost || req.GetBody == nil || req.ContentLength > longest {
		return false
	}
	body, err := req.GetBody()
	if err != nil {
		return false
	}
	defer body.Close()
	data, err := io.ReadAll(io.LimitReader(body, longest))
	if err != nil || !bytes.Contains(data, []byte(notice)) {
		return false
	}
	var message struct {
		Method string `json:"method"`
	}
	return json.Unmarshal(data, &message) == nil && message.Method == notice
}
