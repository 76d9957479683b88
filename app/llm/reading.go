package llm

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"
)

const (
	maxWhole    = 8 << 20         // bytes of an answer that is no stream
	settleAfter = 3 * time.Second // how long to wait for what may follow the end of an answer
)

// errUnheard says that a server streams something, but not by the API it was asked by.
var errUnheard = errors.New("nothing in the answer is of this API")

// dialect turns what one API streams into chunks.
type dialect interface {
	// take handles the data of one event and reports whether it was the last. The
	// error is a report if the provider says that something went wrong.
	take(data []byte) (last bool, err error)
	// settled reports whether all that may still come is of no consequence.
	settled() bool
	// ended handles the end of the stream, and reports whether the reply is complete.
	ended() (complete bool, err error)
	// whole handles a body of JSON that is no stream.
	whole(body []byte) error
	// heard reports whether anything was of that API.
	heard() bool
}

// reported is what a provider says within an answer that went wrong, as JSON.
type reported []byte

func (r reported) Error() string { return "the provider reported a failure" }

// reading is the reading of one response.
type reading struct {
	dialect
	ctx    context.Context // of the request
	cancel context.CancelCauseFunc
	client *Client
	api    API
	model  string
	id     string // the provider's, of the request
	dog    *watchdog
	resp   *http.Response
	out    *emitter
	forget func() // to be called once the reader got a piece of the reply
}

// close ends the request.
func (r *reading) close() {
	r.dog.rest()
	_ = r.resp.Body.Close()
	r.cancel(nil)
}

// read hands the events of a response to its dialect. Only what the dialect takes
// for the end makes a reply complete: the mere end of a stream does not.
func (r *reading) read() error {
	for events := newStream(r.resp.Body); ; {
		data, err := events.next()
		if err != nil {
			return r.end(err)
		}
		if over, err := r.event(data); over || err != nil {
			return err
		}
	}
}

// isNoStream reports whether a response is something else than events, and what.
func isNoStream(resp *http.Response) (media string, is bool) {
	media, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return media, err == nil && media != "text/event-stream"
}

// event handles the data of one event, and reports whether nothing is to be read any more.
func (r *reading) event(data []byte) (over bool, err error) {
	if len(data) == 0 {
		return false, nil
	}
	if len(r.client.servers) > 0 {
		data = []byte(r.client.hide.All(string(data)))
	}
	last, err := r.take(data)
	if r.out.spoke && r.forget != nil {
		r.forget()
		r.forget = nil
	}
	if r.heard() {
		r.client.api.found(r.api)
	}
	if err != nil {
		if _, told := errors.AsType[reported](err); !told && r.settled() {
			return true, r.end(nil)
		}
		return true, r.explain(err)
	}
	if r.out.left || last {
		return true, nil
	}
	if r.settled() {
		r.dog.hurry(settleAfter)
	}
	return false, nil
}

// end judges a stream that is over without a last event.
func (r *reading) end(err error) error {
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if cause := context.Cause(r.ctx); cause != nil {
		err = cause
	}
	if err == nil || r.settled() && !errors.Is(err, context.Canceled) {
		complete, err := r.ended()
		switch {
		case err != nil:
			return r.explain(err)
		case complete:
			return nil
		case !r.heard():
			return r.explain(errUnheard)
		default:
			return r.explain(errors.New("the stream ended without a terminal event"))
		}
	}
	failed := r.client.unreachable(opReply, true, fmt.Errorf("read events of request %s: %w", r.id, err))
	failed.Trace.RequestID = r.id
	return failed
}

// readWhole reads an answer that is no stream: some servers do not stream, or not
// everything.
func (r *reading) readWhole(media string) error {
	body, err := io.ReadAll(io.LimitReader(r.resp.Body, maxWhole))
	if err != nil {
		return r.client.unreachable(opReply, true, err)
	}
	body = bytes.TrimSpace(body)
	if media == "application/json" {
		err := r.whole([]byte(r.client.hide.All(string(body))))
		if r.heard() {
			r.client.api.found(r.api)
		}
		if err == nil {
			return nil
		}
		if !errors.Is(err, errUnheard) {
			return r.explain(err)
		}
	}
	return r.explain(fmt.Errorf("%w: %s: %s", errUnheard, media, body[:min(len(body), maxErrorMessage)]))
}

// explain turns an error of the dialect into one for a person.
func (r *reading) explain(err error) error {
	if report, ok := errors.AsType[reported](err); ok {
		f := parseFailure(report, r.client.redact)
		f.message = cmp.Or(f.message, "no reason given")
		f.requestID = r.id
		return r.client.explainReply(r.model, f)
	}
	return r.client.broken(opReply, err, r.id)
}
