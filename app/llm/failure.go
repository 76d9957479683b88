package llm

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

const (
	maxErrorBody    = 64 << 10 // bytes of a refusal that are read
	maxErrorMessage = 500      // bytes of a provider's words that reach the log
)

// failure is what a provider said went wrong, in a response's body or within a
// stream. Fields that it does not give are empty. It holds no key.
type failure struct {
	status     int           // HTTP status; 0 within a stream
	code, kind string        // kind is the body's "type"
	param      string        // the parameter that it objects to
	message    string        // its words, for the log alone
	requestID  string        // its own name for the request
	retryAfter time.Duration // how long it asks to wait
	unheard    bool          // the answer was not of the API that was asked for
}

// failureIn returns the failure in err's chain.
func failureIn(err error) (failure, bool) {
	return errors.AsType[failure](err)
}

// trace is what a person can hand to the provider.
func (f failure) trace() chat.Trace {
	return chat.Trace{Status: f.status, Code: cmp.Or(f.code, f.kind), RequestID: f.requestID}
}

// Error returns all that is known, in one line for a log.
func (f failure) Error() string {
	var b strings.Builder
	b.WriteString("provider failed")
	if f.status != 0 {
		fmt.Fprintf(&b, " with status %d", f.status)
	}
	for _, field := range []struct{ name, value string }{
		{"code", f.code}, {"type", f.kind}, {"param", f.param}, {"message", f.message}, {"request", f.requestID},
	} {
		if field.value != "" {
			fmt.Fprintf(&b, " %s=%q", field.name, field.value)
		}
	}
	return b.String()
}

// failureOf reads a response with a status of 400 or more. Bodies vary:
// OpenAI's {"error":{…}}, {"error":"words"}, {"detail":…}, the flat
// {"code":…,"message":…}, HTML of a proxy, nothing.
func failureOf(resp *http.Response, body []byte, redact func(string) string) failure {
	f := parseFailure(body, redact)
	f.status = resp.StatusCode
	f.requestID = redact(requestID(resp))
	f.retryAfter = retryAfter(resp.Header)
	return f
}

// parseFailure reads the JSON of a refusal or of an error event.
func parseFailure(body []byte, redact func(string) string) failure {
	var outer struct {
		detail
		Error   json.RawMessage `json:"error"`
		Detail  loose           `json:"detail"`
		ErrText loose           `json:"errors"`
	}
	if err := json.Unmarshal(body, &outer); err != nil {
		return failure{message: clean(string(body), redact)}
	}
	d := outer.detail
	var nested detail
	if json.Unmarshal(outer.Error, &nested) == nil && nested != (detail{}) {
		d = nested
	}
	if d.Message == "" && len(outer.Error) > 0 && outer.Error[0] == '"' {
		d.Message = looseOf(outer.Error)
	}
	for _, other := range []loose{outer.Detail, outer.ErrText} {
		if d.Message == "" {
			d.Message = other
		}
	}
	if d.Type == "error" {
		d.Type = ""
	}
	return failure{
		code: clean(string(d.Code), redact), kind: clean(string(d.Type), redact),
		param: clean(string(d.Param), redact), message: clean(string(d.Message), redact),
	}
}

type detail struct {
	Code    loose `json:"code"`
	Type    loose `json:"type"`
	Param   loose `json:"param"`
	Message loose `json:"message"`
}

// loose is a string that may arrive as another kind of JSON: a number, a list,
// an object. It then holds its text; null is empty.
type loose string

// UnmarshalJSON implements json.Unmarshaler.
func (l *loose) UnmarshalJSON(data []byte) error {
	*l = looseOf(data)
	return nil
}

func looseOf(data []byte) loose {
	var s string
	if json.Unmarshal(data, &s) == nil {
		return loose(s)
	}
	return loose(bytes.TrimSpace(data))
}

// clean makes a provider's words fit for one line of a log: without the key, of
// bounded length, without control characters.
func clean(s string, redact func(string) string) string {
	s = strings.Join(strings.Fields(redact(strings.ToValidUTF8(s, "�"))), " ")
	return cutText(s, maxErrorMessage)
}

// requestID returns the provider's name for a request, whatever it calls it.
func requestID(resp *http.Response) string {
	for _, name := range []string{"X-Request-Id", "Apim-Request-Id", "Request-Id"} {
		if v := resp.Header.Get(name); v != "" {
			return cutText(v, 100)
		}
	}
	return ""
}

// retryAfter reads how long a provider asks to wait (RFC 9110, section 10.2.3, in seconds
// or until a date, by the provider's own clock; or OpenAI's header in milliseconds). It is 0
// if it does not say.
func retryAfter(h http.Header) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 && ms < 1e9 {
		return time.Duration(ms * float64(time.Millisecond))
	}
	if s, err := strconv.ParseFloat(h.Get("Retry-After"), 64); err == nil && s > 0 && s < 1e6 {
		return time.Duration(s * float64(time.Second))
	}
	until, err := http.ParseTime(h.Get("Retry-After"))
	now, err2 := http.ParseTime(h.Get("Date"))
	if err != nil || err2 != nil || until.Sub(now) > 1e6*time.Second {
		return 0
	}
	return max(0, until.Sub(now))
}

// cutText returns at most limit bytes of s, whole characters only.
func cutText(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}
