package toolbox

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// statelessRevision is the first revision of MCP that has no sessions: what a server
// wants to know comes as a result, and lists are watched by a request of their own.
const statelessRevision = "2026-07-28"

// maxAsked is how many requests a server may send in a session.
const maxAsked = 1000

var errAsksTooMuch = errors.New("the server sends too many requests")

// line is what passes between us and one server in one session. It hears every
// message in the order of arrival, which the SDK does not promise: there, a result
// may overtake the progress that was told before it. It is safe for concurrent use.
type line struct {
	changed func() // called when the server says that its tools are others; nil if nobody cares
	offered func() // the same of its prompts

	mu       sync.Mutex
	revision string                  // of the protocol, once it is agreed
	greeting jsonrpc.ID              // of the request that agrees it
	calls    map[jsonrpc.ID]*ongoing // by the ids of their requests
	open     []*ongoing              // the calls that are going on, the newest last
	visits   map[string]func()       // by the id of an elicitation: told that it is complete
	asks     []asked                 // what the server wants to know, as it came
	origins  []origin                // of messages that are on their way
	asked    int
	results  int // bytes
}

func newLine(changed func()) *line {
	return &line{changed: changed, calls: map[jsonrpc.ID]*ongoing{}, visits: map[string]func(){}}
}

// tap puts the line between the SDK and a transport.
func (l *line) tap(t mcp.Transport) mcp.Transport { return &tap{Transport: t, line: l} }

// agreed notes the revision of the protocol.
func (l *line) agreed(revision string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.revision = revision
}

func (l *line) agreedRevision() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.revision
}

// enter makes a call known until the returned function is called.
func (l *line) enter(o *ongoing) (leave func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = append(l.open, o)
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.open = slices.DeleteFunc(l.open, func(other *ongoing) bool { return other == o })
		for id, other := range l.calls {
			if other == o {
				delete(l.calls, id)
			}
		}
		l.origins = slices.DeleteFunc(l.origins, func(m origin) bool { return m.of == o })
	}
}

// newest returns the call that began last, nil if none is going on: whom a question is
// for that came on no call's stream.
func (l *line) newest() *ongoing {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.open) == 0 {
		return nil
	}
	return l.open[len(l.open)-1]
}

// say notes what is about to be sent.
func (l *line) say(ctx context.Context, msg jsonrpc.Message) {
	req, ok := msg.(*jsonrpc.Request)
	if !ok || !req.IsCall() {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch o := ongoingOf(ctx); {
	case req.Method == "initialize":
		l.greeting = req.ID
	case req.Method == "tools/call" && o != nil:
		l.calls[req.ID] = o
	}
}

// hear takes in a message and reports whether that is all there is to do about it.
// The error ends the session.
func (l *line) hear(msg jsonrpc.Message) (done bool, err error) {
	switch msg := msg.(type) {
	case *jsonrpc.Response:
		l.hearResult(msg)
	case *jsonrpc.Request:
		if msg.IsCall() {
			return false, l.hearRequest(msg)
		}
		return l.hearNotice(msg), nil
	}
	return false, nil
}

// heard returns how many bytes of results have come.
func (l *line) heard() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.results
}

func (l *line) hearResult(res *jsonrpc.Response) {
	l.mu.Lock()
	l.results += len(res.Result)
	o := l.calls[res.ID]
	delete(l.calls, res.ID)
	greeted := l.greeting.IsValid() && res.ID == l.greeting
	l.mu.Unlock()
	if greeted {
		var said struct{ ProtocolVersion string }
		if json.Unmarshal(res.Result, &said) == nil {
			l.agreed(said.ProtocolVersion)
		}
	}
	if o != nil {
		o.keepRaw(res.Result)
	}
}

func (l *line) hearRequest(req *jsonrpc.Request) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.asked++; l.asked > maxAsked {
		return errAsksTooMuch
	}
	if req.Method == "elicitation/create" {
		l.keepAsked(req)
	}
	return nil
}

// hearNotice deals with what a server says about calls. All other notices are the
// SDK's business too.
func (l *line) hearNotice(req *jsonrpc.Request) (done bool) {
	switch req.Method {
	case "notifications/progress":
		l.progress(req.Params)
	case "notifications/message":
		l.log(req)
	case "notifications/elicitation/complete":
		l.complete(req.Params)
	case "notifications/tools/list_changed":
		if l.changed != nil {
			l.changed()
		}
		return false
	case "notifications/prompts/list_changed":
		if l.offered != nil {
			l.offered()
		}
		return false
	default:
		return false
	}
	return true
}

// progress goes to the call whose token it bears, and to no other.
func (l *line) progress(params json.RawMessage) {
	var p mcp.ProgressNotificationParams
	if json.Unmarshal(params, &p) != nil {
		return
	}
	l.mu.Lock()
	i := slices.IndexFunc(l.open, func(o *ongoing) bool { return o.token == p.ProgressToken })
	if i < 0 {
		l.mu.Unlock()
		return
	}
	o := l.open[i]
	l.mu.Unlock()
	o.progress(p)
}

// log goes to the call on whose stream it came, or else to all: better twice than where
// nobody looks. As a sign of life it counts for all of them.
func (l *line) log(req *jsonrpc.Request) {
	l.mu.Lock()
	open, of := slices.Clone(l.open), l.originOf(req)
	l.mu.Unlock()
	for _, o := range open {
		o.clock.heard()
		if of == nil || of == o {
			o.log(req.Params)
		}
	}
}
