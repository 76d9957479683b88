package llm

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const (
	// readAhead is how many bytes are read at once, at first: a piece of an answer is
	// smaller. The SDK's reader takes eight times as much, for each answer that is being
	// written.
	readAhead = 512
	// longestLine is the most bytes of a line, as the SDK has it.
	longestLine = 32 << 20
	// keep is how many bytes of buffers a stream holds on to: a picture, say, is larger,
	// and comes alone.
	keep = 64 << 10
)

// stream reads the data of server-sent events (HTML Standard, section 9.2.6), which is all
// that matters here: their type is in the data, too. Its reader waits beneath all that
// leads to it, for as long as an answer is written, and so it does not go through bufio.
type stream struct {
	from io.Reader
	buf  []byte // what was read, and is not taken yet
	room []byte // of which buf is a part
	err  error  // why no more can be read
	data []byte // of the event
}

func newStream(body io.Reader) *stream {
	return &stream{from: body, room: make([]byte, readAhead)}
}

// next returns the data of the next event that has any, valid until the next call. At the
// end it is io.EOF. Some servers leave out the empty line that ends the last event.
func (s *stream) next() ([]byte, error) {
	s.forget()
	for {
		line, err := s.line()
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if len(line) > 0 {
			s.take(line)
			continue
		}
		if len(s.data) > 0 {
			return bytes.TrimSpace(s.data), nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// forget lets go of the event before, and of large buffers.
func (s *stream) forget() {
	if s.data = s.data[:0]; cap(s.data) > keep {
		s.data = nil
	}
	if len(s.buf) == 0 && len(s.room) > keep {
		s.room = make([]byte, readAhead)
	}
}

// take adds a line to the event: comments and fields other than data count for nothing.
func (s *stream) take(line []byte) {
	if name, value, _ := bytes.Cut(line, []byte(":")); string(name) == "data" {
		s.data = append(append(s.data, bytes.TrimPrefix(value, []byte(" "))...), '\n')
	}
}

// line returns a line without its end, valid until the next call. The last may lack an end.
func (s *stream) line() (line []byte, err error) {
	for seen := 0; ; {
		if i := bytes.IndexByte(s.buf[seen:], '\n'); i >= 0 {
			line, s.buf = s.buf[:seen+i], s.buf[seen+i+1:]
			return bytes.TrimSuffix(line, []byte("\r")), nil
		}
		if len(s.buf) > longestLine {
			return nil, bufio.ErrTooLong
		}
		if s.err != nil {
			line, s.buf = s.buf, nil
			return bytes.TrimSuffix(line, []byte("\r")), s.err
		}
		seen = len(s.buf)
		s.makeRoom()
		n, err := s.from.Read(s.room[seen:])
		s.buf, s.err = s.room[:seen+n], err
	}
}

// makeRoom moves what is not taken to the front, and sees that more fits behind it.
func (s *stream) makeRoom() {
	if len(s.buf) == len(s.room) {
		s.room = make([]byte, 2*len(s.room))
	}
	copy(s.room, s.buf)
}
