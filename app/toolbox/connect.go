package toolbox

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// server is a server as one caller may use it.
type server struct {
	id, name, description string
	prefix                string // of the names of its tools
	url                   string // empty for one inside this process; without what may be secret
	endpoint              string // url as the server knows it
	logo                  string // URL of its picture
	connected, needsOAuth bool   // as in Listed
	trusted               bool   // what it says of its tools is believed
	remote                bool   // the model's provider calls it
	connect               connector
}

// asListed returns a status, which may be remembered, with what the newest list says of
// the server.
func (s server) asListed(status chat.Server) chat.Server {
	status.Name, status.Description, status.Logo = s.name, s.description, s.logo
	status.Connected, status.NeedsOAuth = s.connected, s.needsOAuth
	return status
}

// connector connects to one server with a caller's credential, over that line. The end
// of ctx ends the attempt, not the session.
type connector func(ctx context.Context, k *credential, l *line) (*session, error)

// session is a connection to a server. It is safe for concurrent use.
type session struct {
	*mcp.ClientSession
	line   *line
	traced bool                                 // its requests leave traces
	listen func(ctx context.Context, id string) // hears what is said outside of calls; nil if the SDK does
	done   func() error                         // waits for the other end, if that is ours too

	deafen  context.CancelFunc // ends listening
	hearing sync.WaitGroup
}

// newSession returns the session that a client has begun.
func newSession(cs *mcp.ClientSession, l *line) *session {
	l.agreed(cs.InitializeResult().ProtocolVersion)
	return &session{ClientSession: cs, line: l, done: func() error { return nil }, deafen: func() {}}
}

// hangUp ends the session. What it returns is for the log alone.
func (s *session) hangUp() error {
	s.deafen()
	err := errors.Join(s.Close(), s.done())
	s.hearing.Wait()
	return err
}

// newClient returns a client that talks over that line. It offers to ask the person,
// and neither a model nor files.
func newClient(version string, l *line) *mcp.Client {
	opts := &mcp.ClientOptions{
		Capabilities: &mcp.ClientCapabilities{Elicitation: &mcp.ElicitationCapabilities{
			Form: &mcp.FormElicitationCapabilities{}, URL: &mcp.URLElicitationCapabilities{},
		}},
		ElicitationHandler: l.elicit,
		MultiRoundTrip:     &mcp.MultiRoundTripOptions{Disabled: true}, // see converse
	}
	if l.changed != nil {
		// The line hears the notice itself; that there is a handler makes the SDK
		// subscribe to it.
		opts.ToolListChangedHandler = func(context.Context, *mcp.ToolListChangedRequest) {}
	}
	if l.offered != nil {
		opts.PromptListChangedHandler = func(context.Context, *mcp.PromptListChangedRequest) {}
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "pomchat", Version: version}, opts)
	client.AddReceivingMiddleware(survive)
	return client
}

// begin begins a session over a transport.
func begin(ctx context.Context, version string, t mcp.Transport, l *line) (s *session, err error) {
	err = guarded(func() error {
		cs, err := newClient(version, l).Connect(ctx, l.tap(t), nil)
		if err != nil {
			return fmt.Errorf("connect: %w", err)
		}
		s = newSession(cs, l)
		return nil
	})
	return s, err
}

// survive guards the handling of what a server sends: the SDK does that in goroutines
// of its own, where a panic would end the process.
func survive(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (res mcp.Result, err error) {
		err = guarded(func() (err error) {
			res, err = next(ctx, method, req)
			return err
		})
		return res, err
	}
}

// guarded turns a panic of the SDK, which some nonsense from a server provokes, into
// an error.
func guarded(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", errNonsense, v)
		}
	}()
	return do()
}

// inProcess connects to a server in this process through memory. Each session has
// a server's end of its own: to connect and hang up costs less than a millisecond,
// so there is no need to share one among people.
func inProcess(version string, srv *mcp.Server) connector {
	return func(ctx context.Context, _ *credential, l *line) (*session, error) {
		near, far := mcp.NewInMemoryTransports()
		end, err := srv.Connect(ctx, far, nil)
		if err != nil {
			return nil, fmt.Errorf("connect the server's end: %w", err)
		}
		s, err := begin(ctx, version, near, l)
		if err != nil {
			return nil, errors.Join(err, end.Close())
		}
		s.done = func() error { return await(end.Wait) }
		return s, nil
	}
}

// await waits for wait, but not for ever: a tool may not heed its context.
func await(wait func() error) error {
	ended := make(chan error, 1)
	go func() { ended <- wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(farewell):
		return fmt.Errorf("a tool is still at work %s after the end", farewell)
	}
}
