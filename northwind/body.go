package northwind

import (
	"bytes"
	"io"
	"net/http"
)

// maxBody is the most bytes of one request, enough for the longest query with every character escaped.
const maxBody = 256 << 10

// trusted is the length of a body, in bytes, for which there is room as soon as it is announced. For more there is once it
// comes, lest many announcements without a body take all memory.
const trusted = 8 << 10

// readBody returns the body of a request, which can be read again, as often as it is asked for. It is false if the body is
// longer than maxBody or cannot be read; the next reader will find out the same.
func readBody(r *http.Request) ([]byte, bool) {
	if b, ok := r.Body.(*body); ok && b.whole != nil {
		b.Reader = bytes.NewReader(b.whole)
		return b.whole, true
	}
	var text bytes.Buffer
	text.Grow(int(min(max(0, r.ContentLength), trusted)) + bytes.MinRead)
	_, err := text.ReadFrom(io.LimitReader(r.Body, maxBody+1))
	b := &body{Reader: bytes.NewReader(text.Bytes()), Closer: r.Body}
	if err != nil || text.Len() > maxBody {
		b.Reader = io.MultiReader(b.Reader, r.Body)
		r.Body = b
		return nil, false
	}
	b.whole = text.Bytes()
	r.Body = b
	return b.whole, true
}

// body is one that was read, or a part of it.
type body struct {
	io.Reader
	io.Closer
	whole []byte // nil if there is more
}
