package toolbox

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// maxNotice is how long a line of a stream of notices may be.
const maxNotice = 1 << 20

// listen hears what a server of a revision with sessions says outside of calls, for
// as long as ctx lasts: that its tools are others, or that a visit is complete. The
// SDK has such a stream too, but would not connect before the server opens it. A
// server need not offer one, and it is not opened again when it breaks.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server
func listen(ctx context.Context, client *http.Client, address, session string, l *line) {
	req, err := http.NewRequestWithContext(withSending(ctx, sending{line: l}), http.MethodGet, address, nil)
	if err != nil {
		return
	}
	req.Header.Set("Accept", eventStream)
	if session != "" {
		req.Header.Set("Mcp-Session-Id", session)
	}
	resp, err := client.Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK && strings.HasPrefix(resp.Header.Get("Content-Type"), eventStream) {
		l.overhear(resp.Body)
	}
}

const eventStream = "text/event-stream"

// overhear takes in the notices of a stream of events, and nothing else.
func (l *line) overhear(stream io.Reader) {
	lines := bufio.NewScanner(stream)
	lines.Buffer(nil, maxNotice)
	var data []byte
	for lines.Scan() {
		if text, ok := bytes.CutPrefix(lines.Bytes(), []byte("data:")); ok && len(data) < maxNotice {
			data = append(data, text...)
			continue
		}
		if len(lines.Bytes()) > 0 {
			continue
		}
		if msg, err := jsonrpc.DecodeMessage(data); err == nil {
			if req, ok := msg.(*jsonrpc.Request); ok && !req.IsCall() {
				l.hearNotice(req)
			}
		}
		data = data[:0]
	}
}
