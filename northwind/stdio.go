package northwind

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// stdio is the transport of one client who writes to in and reads from out, each message on a line: the section on stdio in
// the transports of MCP. The SDK's own ends at a line that is no message, and forgets what it was asked when its input
// ends. This one answers the former, see [faultOf], and at the end waits for the answers that it owes, at most for its
// patience; then the session ends without an error. It ends at once with the context that it is connected under.
type stdio struct {
	in       io.Reader
	out      io.Writer
	patience time.Duration
}

// Connect starts to read. The goroutine that does so ends with the input: a read from it cannot be interrupted.
func (s *stdio) Connect(ctx context.Context) (mcp.Connection, error) {
	c := &stdioConn{
		out: s.out, patience: s.patience, lines: make(chan line), stopped: ctx.Done(), closed: make(chan struct{}),
		owed: map[jsonrpc.ID]debt{}, paid: make(chan struct{}, 1),
	}
	go readLines(s.in, c.lines, c.closed)
	return c, nil
}

// stdioConn is an [mcp.Connection].
type stdioConn struct {
	out      io.Writer
	patience time.Duration
	lines    chan line
	stopped  <-chan struct{}
	closed   chan struct{}
	once     sync.Once
	queue    []jsonrpc.Message // of a batch; used by Read alone

	mu   sync.Mutex // held while a line is written
	owed map[jsonrpc.ID]debt
	paid chan struct{} // has a token after an answer was written
}

// debt is a call without an answer.
type debt struct {
	batch *batch // nil if it came alone
	at    int    // its place in the batch
	// lasting says that the answer comes when the client is no longer interested.
	lasting bool
}

// batch is what a batch of messages gets in return, in their order.
type batch struct {
	answers []json.RawMessage // nil where a message needs none, or has none yet
	open    int
}

// SessionID returns "": there is one session.
func (c *stdioConn) SessionID() string { return "" }

// Close ends a waiting Read. Input and output stay open.
func (c *stdioConn) Close() error {
	c.once.Do(func() { close(c.closed) })
	return nil
}

// Read returns the next message, or io.EOF after the last one has its answer.
func (c *stdioConn) Read(context.Context) (jsonrpc.Message, error) {
	for len(c.queue) == 0 {
		select {
		case l, ok := <-c.lines:
			if !ok {
				c.settle()
				return nil, io.EOF
			}
			if err := c.take(l); err != nil {
				return nil, err
			}
		case <-c.stopped:
			return nil, io.EOF
		case <-c.closed:
			return nil, io.EOF
		}
	}
	message := c.queue[0]
	c.queue = c.queue[1:]
	return message, nil
}

// settle waits for the answers that are owed.
func (c *stdioConn) settle() {
	late := time.NewTimer(c.patience)
	defer late.Stop()
	for c.owes() {
		select {
		case <-c.paid:
		case <-late.C:
			return
		case <-c.stopped:
			return
		case <-c.closed:
			return
		}
	}
}

func (c *stdioConn) owes() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.owed {
		if !d.lasting {
			return true
		}
	}
	return false
}

// take puts the messages of a line into the queue, and answers those that are none.
func (c *stdioConn) take(l line) error {
	text := bytes.TrimSpace(l.text)
	if l.long {
		return c.write(faultAnswer(nil, invalid(fmt.Sprintf("the line is longer than the %d bytes that a message may have", maxBody))))
	}
	if len(text) == 0 {
		return nil
	}
	messages, several := split(text)
	if len(messages) > maxBatch {
		return c.write(faultAnswer(nil, invalid(fmt.Sprintf("a batch may have %d messages, and this one has %d", maxBatch, len(messages)))))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	all := &batch{answers: make([]json.RawMessage, len(messages))}
	for i, text := range messages {
		message, answer := c.accept(text)
		all.answers[i] = answer
		if message == nil {
			continue
		}
		c.queue = append(c.queue, message)
		if call, ok := message.(*jsonrpc.Request); ok && call.IsCall() {
			d := debt{lasting: call.Method == "subscriptions/listen"}
			if several {
				d.batch, d.at = all, i
				all.open++
			}
			c.owed[call.ID] = d
		}
	}
	if several {
		return c.finish(all)
	}
	return c.writeLine(all.answers[0])
}

// accept returns the message of a text, or what to answer if it is none. Both are nil for a faulty notification, to which
// JSON-RPC gives no answer. The caller holds the lock.
func (c *stdioConn) accept(text []byte) (jsonrpc.Message, json.RawMessage) {
	id, fault := faultOf(text)
	var message jsonrpc.Message
	if fault == nil {
		var err error
		if message, err = jsonrpc.DecodeMessage(text); err != nil {
			fault = invalid("the message is none of JSON-RPC, or nested too deep")
		}
	}
	if call, ok := message.(*jsonrpc.Request); ok && call.IsCall() {
		if _, ok := c.owed[call.ID]; ok {
			fault = invalid("the id is that of a call that has no answer yet")
			id = nil // lest this be taken for that answer
		}
	}
	switch {
	case fault == nil:
		return message, nil
	case fault.Code == jsonrpc.CodeInvalidParams && string(id) == "null":
		return nil, nil
	}
	return nil, faultAnswer(id, fault)
}

// Write sends a message, or keeps the answer to a part of a batch until there are all.
func (c *stdioConn) Write(_ context.Context, message jsonrpc.Message) error {
	text, err := jsonrpc.EncodeMessage(message)
	if err != nil {
		return fmt.Errorf("encoding a message: %w", err)
	}
	answer, ok := message.(*jsonrpc.Response)
	if !ok {
		return c.write(text)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.owed[answer.ID]
	delete(c.owed, answer.ID)
	defer func() {
		select {
		case c.paid <- struct{}{}:
		default: // there is a token
		}
	}()
	if d.batch == nil {
		return c.writeLine(text)
	}
	d.batch.answers[d.at] = text
	d.batch.open--
	return c.finish(d.batch)
}

// finish writes the answers to a batch, if there are all, and any. The caller holds the lock.
func (c *stdioConn) finish(b *batch) error {
	if b.open > 0 {
		return nil
	}
	answers := slices.DeleteFunc(b.answers, func(answer json.RawMessage) bool { return answer == nil })
	if len(answers) == 0 {
		return nil
	}
	text, err := json.Marshal(answers)
	if err != nil {
		return fmt.Errorf("encoding the answers to a batch: %w", err)
	}
	return c.writeLine(text)
}

func (c *stdioConn) write(text []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writeLine(text)
}

// writeLine writes a text, unless there is none. The caller holds the lock.
func (c *stdioConn) writeLine(text []byte) error {
	if text == nil {
		return nil
	}
	if _, err := c.out.Write(append(text, '\n')); err != nil {
		return fmt.Errorf("writing a message: %w", err)
	}
	return nil
}
