package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
)

// over returns clients that post the calls to the MCP endpoint, each over one connection, in turn.
func over(address string, calls []call) asker {
	return clients(address, calls, func(c call) string { return "/mcp" })
}

// echoes returns clients that send the same to the bare server and get as many bytes.
func echoes(address string, calls []call) asker {
	return clients(address, calls, func(c call) string { return fmt.Sprintf("/?size=%d", c.size) })
}

func clients(address string, calls []call, path func(call) string) asker {
	return func(ctx context.Context, n int) (func() error, func() error, error) {
		w, err := dial(ctx, address)
		if err != nil {
			return nil, nil, err
		}
		requests := make([][]byte, len(calls))
		for i, c := range calls {
			requests[i] = request(address, path(c), c)
		}
		next := func() error {
			n++
			_, err := w.send(requests[n%len(requests)])
			return err
		}
		return next, w.close, nil
	}
}

// wire is one connection of a client that does little more than what the protocol asks, to leave the machine to the
// server.
type wire struct {
	connection net.Conn
	in         *bufio.Reader
	body       bytes.Buffer
}

func dial(ctx context.Context, address string) (*wire, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("connecting: %w", err)
	}
	return &wire{connection: c, in: bufio.NewReaderSize(c, 64<<10)}, nil
}

// send sends a request and returns the body of the answer, which is valid until the next call.
func (w *wire) send(request []byte) ([]byte, error) {
	if _, err := w.connection.Write(request); err != nil {
		return nil, fmt.Errorf("sending a request: %w", err)
	}
	response, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return nil, fmt.Errorf("reading an answer: %w", err)
	}
	w.body.Reset()
	if _, err := io.Copy(&w.body, response.Body); err != nil {
		return nil, fmt.Errorf("reading an answer: %w", err)
	}
	if response.StatusCode != http.StatusOK || bytes.Contains(w.body.Bytes(), []byte(`"isError":true`)) || bytes.Contains(w.body.Bytes(), []byte(`"error":`)) {
		return nil, fmt.Errorf("the server says %s: %s", response.Status, w.body.Bytes())
	}
	return w.body.Bytes(), nil
}

func (w *wire) close() error { return w.connection.Close() }

// request writes a call as it goes over the wire.
func request(host, path string, c call) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n%sContent-Length: %d\r\n\r\n%s",
		path, host, c.headers, len(c.body), c.body)
}

// learnSizes asks each call once and notes how many bytes its answer has.
func learnSizes(ctx context.Context, address string, calls []call) error {
	w, err := dial(ctx, address)
	if err != nil {
		return err
	}
	for i, c := range calls {
		body, err := w.send(request(address, "/mcp", c))
		if err != nil {
			return fmt.Errorf("asking %q: %w", c.name, err)
		}
		calls[i].size = len(body)
	}
	return w.close()
}
