package toolbox

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// However a stream is cut, the same events are heard, and the reader gets all of it.
func FuzzAStreamIsWatched(f *testing.F) {
	f.Add("event: message\ndata: {\"a\":1}\r\n\r\ndata: x\ndata: y\n\n: ping\n\ndata:")
	f.Add("\n\ndata:\n\n")
	f.Fuzz(func(t *testing.T, stream string) {
		hear := func(r io.Reader) (events []string) {
			b := &watchedBody{ReadCloser: io.NopCloser(r), heard: func(data []byte) { events = append(events, string(data)) }}
			if got, err := io.ReadAll(b); err != nil || string(got) != stream {
				t.Fatalf("read %q, %v", got, err)
			}
			return events
		}
		if whole, pieces := hear(strings.NewReader(stream)), hear(iotest.OneByteReader(strings.NewReader(stream))); !slices.Equal(whole, pieces) {
			t.Errorf("as a whole %q, in pieces %q", whole, pieces)
		}
	})
}

func TestEventsThatAreTooLongArePassedOver(t *testing.T) {
	var got []string
	b := &watchedBody{heard: func(data []byte) { got = append(got, string(data)) }}
	b.take([]byte("data: a\n\ndata: " + strings.Repeat("x", maxNotice) + "\ndata: y\ndata: z\n\ndata: b\n\n"))
	if want := []string{" a", " b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if cap(b.line) > 2*maxNotice || cap(b.data) > 2*maxNotice {
		t.Errorf("it holds %d and %d bytes", cap(b.line), cap(b.data))
	}
}
