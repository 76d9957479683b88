package toolbox

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// maxOrigins is of how many messages a line remembers the stream.
const maxOrigins = 1000

// A line of a log and a question of a session do not say which call they are about, but
// what comes on the stream that answers a call is about that call. The SDK puts all
// streams into one, so who reads the body of a response notes what it sees there.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server

// origin is a message that came on the stream of a call.
type origin struct {
	message string
	of      *ongoing
}

// cameFor makes the line note what comes in the body of a response to a call. Any other
// response it leaves as it is.
func cameFor(ctx context.Context, resp *http.Response) {
	s, ok := ctx.Value(sendingKey{}).(sending)
	o := ongoingOf(ctx)
	if !ok || o == nil || !strings.HasPrefix(resp.Header.Get("Content-Type"), eventStream) {
		return
	}
	resp.Body = &watchedBody{ReadCloser: resp.Body, heard: func(data []byte) { s.line.noteOrigin(data, o) }}
}

// noteOrigin notes that a message comes on the stream of a call, before the SDK hands it
// over.
func (l *line) noteOrigin(data []byte, o *ongoing) {
	if !bytes.Contains(data, []byte("notifications/message")) && !bytes.Contains(data, []byte("elicitation/create")) {
		return
	}
	msg, err := jsonrpc.DecodeMessage(data)
	if err != nil {
		return
	}
	req, ok := msg.(*jsonrpc.Request)
	if !ok {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.origins) == maxOrigins {
		l.origins = slices.Delete(l.origins, 0, 1)
	}
	l.origins = append(l.origins, origin{nameOf(req), o})
}

// originOf returns the call on whose stream a message came, nil if it came on none. The
// caller holds the lock.
func (l *line) originOf(req *jsonrpc.Request) *ongoing {
	name := nameOf(req)
	i := slices.IndexFunc(l.origins, func(o origin) bool { return o.message == name })
	if i < 0 {
		return nil
	}
	o := l.origins[i].of
	l.origins = slices.Delete(l.origins, i, i+1)
	return o
}

// nameOf tells messages apart that are not the same.
func nameOf(req *jsonrpc.Request) string {
	return fmt.Sprintf("%s %v %s", req.Method, req.ID.Raw(), req.Params)
}

// watchedBody is a stream of events that somebody watches as it is read.
type watchedBody struct {
	io.ReadCloser
	heard func(data []byte) // of each event, before the reader gets its end

	line, data []byte
	cut, long  bool // the line is longer than a notice may be, the event is
}

// Read implements io.Reader.
func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.take(p[:n])
	return n, err
}

func (b *watchedBody) take(p []byte) {
	for len(p) > 0 {
		end := bytes.IndexByte(p, '\n')
		part := p
		if end >= 0 {
			part = p[:end]
		}
		if len(b.line)+len(part) > maxNotice {
			b.cut, b.long = true, true
		}
		if !b.cut {
			b.line = append(b.line, part...)
		}
		if end < 0 {
			return
		}
		p = p[end+1:]
		b.endLine()
	}
}

func (b *watchedBody) endLine() {
	line := bytes.TrimSuffix(b.line, []byte("\r"))
	ends := len(line) == 0 && !b.cut
	b.line, b.cut = b.line[:0], false
	text, isData := bytes.CutPrefix(line, []byte("data:"))
	switch {
	case ends:
		if !b.long && len(b.data) > 0 {
			b.heard(b.data)
		}
		b.data, b.long = b.data[:0], false
	case isData && len(b.data)+len(text) > maxNotice:
		b.long = true
	case isData && !b.long:
		b.data = append(b.data, text...)
	}
}
