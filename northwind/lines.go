package northwind

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// line is one line of input.
type line struct {
	text []byte
	long bool // it had more than maxBody bytes, and its text is dropped
}

// readLines sends the lines of in, the last one even if no line break follows, and closes the channel when in ends, for
// whatever reason. It gives up when closed is closed.
func readLines(in io.Reader, lines chan<- line, closed <-chan struct{}) {
	defer close(lines)
	r := bufio.NewReaderSize(in, 64<<10)
	for {
		l, err := nextLine(r)
		if len(l.text) > 0 || l.long {
			select {
			case lines <- l:
			case <-closed:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// nextLine reads up to a line break, and keeps no more than maxBody bytes of it.
func nextLine(r *bufio.Reader) (l line, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if !l.long {
			l.text = append(l.text, part...)
		}
		if len(bytes.TrimRight(l.text, "\r\n")) > maxBody {
			l = line{long: true}
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return l, err
		}
	}
}
