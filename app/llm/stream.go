package llm

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const (
	// readAhead is how many bytes are read at once. The SDK's reader takes four times as
	// much, for each answer that is being written.
	readAhead = 1 << 10
	// longestLine is the most bytes of a line, as the SDK has it.
	longestLine = 32 << 20
)

// stream reads the data of server-sent events (HTML Standard, section 9.2.6), which is all
// that matters here: their type is in the data, too.
type stream struct {
	in   *bufio.Reader
	data []byte
	line []byte // one that is longer than what is read at once
}

func newStream(body io.Reader) *stream { return &stream{in: bufio.NewReaderSize(body, readAhead)} }

// next returns the data of the next event that has any, valid until the next call. At the
// end it is io.EOF. Some servers leave out the empty line that ends the last event.
func (s *stream) next() ([]byte, error) {
	const keep = 64 << 10 // bytes; a picture, say, is larger, and comes alone
	if s.data = s.data[:0]; cap(s.data) > keep {
		s.data, s.line = nil, nil
	}
	for {
		line, err := s.readLine()
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

// take adds a line to the event: comments and fields other than data count for nothing.
func (s *stream) take(line []byte) {
	if name, value, _ := bytes.Cut(line, []byte(":")); string(name) == "data" {
		s.data = append(append(s.data, bytes.TrimPrefix(value, []byte(" "))...), '\n')
	}
}

// readLine returns a line without its end.
func (s *stream) readLine() ([]byte, error) {
	s.line = s.line[:0]
	for {
		part, err := s.in.ReadSlice('\n')
		if len(s.line)+len(part) > longestLine {
			return nil, bufio.ErrTooLong
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			s.line = append(s.line, part...)
			continue
		}
		if len(s.line) > 0 {
			s.line = append(s.line, part...)
			part = s.line
		}
		part = bytes.TrimSuffix(part, []byte("\n"))
		return bytes.TrimSuffix(part, []byte("\r")), err
	}
}
