package llm

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3/packages/ssestream"
)

func TestStream(t *testing.T) {
	long := strings.Repeat("x", 3*readAhead)
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"two events", "data: a\n\ndata: b\n\n", []string{"a", "b"}},
		{"the last line is missing", "data: a\n\ndata: b", []string{"a", "b"}},
		{"the last empty line is missing", "data: a\n\ndata: b\n", []string{"a", "b"}},
		{"several lines are one text", "data: a\ndata: b\n\n", []string{"a\nb"}},
		{"other fields and comments count for nothing", ": hello\nevent: x\nid: 1\ndata:a\nretry: 5\n\n: bye\n\n", []string{"a"}},
		{"lines end as in Windows", "data: a\r\n\r\ndata: b\r\n\r\n", []string{"a", "b"}},
		{"an event without data is none", "event: x\n\ndata: a\n\n", []string{"a"}},
		{"a long line", "data: " + long + "\n\ndata: b\n\n", []string{long, "b"}},
		{"a field that only begins like data", "database: a\n\n", nil},
		{"nothing", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, body := range []io.Reader{strings.NewReader(tt.body), iotest.OneByteReader(strings.NewReader(tt.body))} {
				if diff := cmp.Diff(tt.want, eventsIn(t, body)); diff != "" {
					t.Errorf("events (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func eventsIn(t *testing.T, body io.Reader) (all []string) {
	s := newStream(body)
	for {
		data, err := s.next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
}

// A stream that breaks off is told by its error, after the events that came whole.
func TestStreamThatBreaks(t *testing.T) {
	s := newStream(io.MultiReader(strings.NewReader("data: a\n\ndata: b"), iotest.ErrReader(io.ErrUnexpectedEOF)))
	if data, err := s.next(); string(data) != "a" || err != nil {
		t.Errorf("first %q, %v", data, err)
	}
	if data, err := s.next(); data != nil || err != io.ErrUnexpectedEOF {
		t.Errorf("then %q, %v", data, err)
	}
}

// FuzzStream holds the reader against the SDK's.
func FuzzStream(f *testing.F) {
	f.Add([]byte("data: a\n\n: c\r\nevent: x\ndata:b\ndata: c\n\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		body = append(body, "\n\n"...)
		theirs := ssestream.NewDecoder(&http.Response{Header: http.Header{"Content-Type": {"text/event-stream"}}, Body: io.NopCloser(bytes.NewReader(body))})
		var want []string
		for theirs.Next() {
			want = append(want, string(bytes.TrimSpace(theirs.Event().Data)))
		}
		if diff := cmp.Diff(want, eventsIn(t, bytes.NewReader(body))); diff != "" {
			t.Errorf("events (-SDK +ours):\n%s", diff)
		}
	})
}
