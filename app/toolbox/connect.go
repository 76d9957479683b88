package toolbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// server is a server as one caller may use it.
type server struct {
	id, name, description string
	url                   string // empty for one inside this process
	connect               connector
}

// connector connects to one server on a caller's behalf. The end of ctx ends the
// attempt, not the session.
type connector func(ctx context.Context, c chat.Caller) (*session, error)

// session is a connection to a server. It is safe for concurrent use.
type session struct {
	*mcp.ClientSession
	traced bool         // its requests leave traces
	done   func() error // waits for the other end, if that is ours too
}

// hangUp ends the session. What it returns is for the log alone.
func (s *session) hangUp() error {
	return errors.Join(s.Close(), s.done())
}

// inProcess connects to a server in this process through memory. Each session has
// a server's end of its own: to connect and hang up costs less than a millisecond,
// so there is no need to share one among people.
func inProcess(client *mcp.Client, srv *mcp.Server) connector {
	return func(ctx context.Context, _ chat.Caller) (*session, error) {
		near, far := mcp.NewInMemoryTransports()
		end, err := srv.Connect(ctx, far, nil)
		if err != nil {
			return nil, fmt.Errorf("connect the server's end: %w", err)
		}
		cs, err := client.Connect(ctx, near, nil)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("connect: %w", err), end.Close())
		}
		return &session{ClientSession: cs, done: func() error { return await(end.Wait) }}, nil
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
