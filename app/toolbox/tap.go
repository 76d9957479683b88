package toolbox

import (
	"context"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// tap is a transport whose connections are heard by a line.
type tap struct {
	mcp.Transport
	line *line
}

// Connect implements mcp.Transport.
func (t *tap) Connect(ctx context.Context) (mcp.Connection, error) {
	conn, err := t.Transport.Connect(withSending(ctx, sending{line: t.line}))
	if err != nil {
		return nil, err
	}
	return &tapped{Connection: conn, line: t.line}, nil
}

// tapped is such a connection.
type tapped struct {
	mcp.Connection
	line *line
}

// Read implements mcp.Connection. It passes over what the line has dealt with.
func (t *tapped) Read(ctx context.Context) (jsonrpc.Message, error) {
	for {
		msg, err := t.Connection.Read(ctx)
		if err != nil {
			return nil, err
		}
		done, err := t.line.hear(msg)
		if err != nil {
			return nil, err
		}
		if !done {
			return msg, nil
		}
	}
}

// Write implements mcp.Connection.
func (t *tapped) Write(ctx context.Context, msg jsonrpc.Message) error {
	t.line.say(ctx, msg)
	method := ""
	if req, ok := msg.(*jsonrpc.Request); ok {
		method = req.Method
	}
	ctx = withSending(ctx, sending{t.line, method})
	switch method {
	case "subscriptions/listen":
		// The SDK waits until the server has begun to answer, and would do so for
		// ever. Its context ends with the session.
		ctx = untraced(ctx)
		go func() { _ = t.Connection.Write(ctx, msg) }()
		return nil
	case "notifications/cancelled":
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, farewell)
		defer cancel()
	}
	return t.Connection.Write(ctx, msg)
}

// sending is what the context of a request knows about it.
type sending struct {
	line   *line
	method string // of the message, if it is a request or a notice
}

type sendingKey struct{}

func withSending(ctx context.Context, s sending) context.Context {
	return context.WithValue(ctx, sendingKey{}, s)
}

// addHeaders sets the headers that the SDK leaves out: behind a tap it does not tell
// its connection which revision was agreed.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#protocol-version-header
// and https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
func addHeaders(ctx context.Context, h http.Header) {
	const revision, method = "Mcp-Protocol-Version", "Mcp-Method"
	s, ok := ctx.Value(sendingKey{}).(sending)
	if !ok || h.Get(revision) != "" {
		return
	}
	agreed := s.line.agreedRevision()
	if agreed == "" {
		return
	}
	h.Set(revision, agreed)
	if agreed >= statelessRevision && s.method != "" {
		h.Set(method, s.method)
	}
}
