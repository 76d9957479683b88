package llm

import (
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"weak"
)

// What a request sends can be read, and read again, until it is answered; then nothing
// holds it.
func TestAnAnsweredRequestHoldsNothing(t *testing.T) {
	text := strings.Repeat("a long thread ", 1000)
	data := []byte(text)
	held := weak.Make(&data[0])
	req, err := http.NewRequest(http.MethodPost, "http://127.0.0.1/", &onceReader{data: data})
	if err != nil {
		t.Fatal(err)
	}
	own := data
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(own))), nil }
	answered := letGo(req)

	if got, err := io.ReadAll(req.Body); string(got) != text || err != nil {
		t.Errorf("the body is %d bytes, %v", len(got), err)
	}
	again, err := req.GetBody()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(again); string(got) != text || err != nil {
		t.Errorf("the body is %d bytes at the second time, %v", len(got), err)
	}
	for range 2 {
		if err := req.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if n, err := req.Body.Read(make([]byte, 1)); n != 0 || err != http.ErrBodyReadAfterClose {
		t.Errorf("after its end %d bytes, %v", n, err)
	}
	answered()
	if _, err := req.GetBody(); err == nil {
		t.Error("the body of an answered request is given out")
	}
	data, own, again = nil, nil, nil
	runtime.GC()
	if held.Value() != nil {
		t.Error("the body is held")
	}
	runtime.KeepAlive(req)
}

// onceReader is a body that holds its bytes, as the SDK's does.
type onceReader struct {
	data []byte
	read int
}

func (r *onceReader) Read(p []byte) (int, error) {
	if r.read == len(r.data) {
		return 0, io.EOF
	}
	n := copy(p, r.data[r.read:])
	r.read += n
	return n, nil
}
