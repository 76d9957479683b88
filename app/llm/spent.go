package llm

import (
	"errors"
	"io"
	"net/http"
	"sync"
)

// letGo sees that what a request sends can be forgotten once it is answered: a thread of
// some hundred kilobytes would otherwise be held for as long as its reply is written. The
// returned function says that it is answered, and will not be sent again.
func letGo(req *http.Request) (answered func()) {
	if req.Body != nil && req.Body != http.NoBody {
		req.Body = &spentBody{body: req.Body}
	}
	again := &replay{get: req.GetBody}
	if req.GetBody != nil {
		req.GetBody = again.body
	}
	return again.forget
}

// spentBody forgets the body of a request that was sent.
type spentBody struct {
	mu   sync.Mutex
	body io.ReadCloser // nil once it is closed
}

// Read implements io.Reader.
func (s *spentBody) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.body == nil {
		return 0, http.ErrBodyReadAfterClose
	}
	return s.body.Read(p)
}

// Close implements io.Closer.
func (s *spentBody) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.body == nil {
		return nil
	}
	body := s.body
	s.body = nil
	return body.Close()
}

// replay gives out the body of a request anew, for as long as that may be wanted.
type replay struct {
	mu  sync.Mutex
	get func() (io.ReadCloser, error)
}

func (r *replay) body() (io.ReadCloser, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.get == nil {
		return nil, errors.New("the request is answered")
	}
	body, err := r.get()
	if err != nil {
		return nil, err
	}
	return &spentBody{body: body}, nil
}

func (r *replay) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.get = nil
}
