package pomerium_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/pomerium/pomchat/app/pomerium"
)

const (
	host  = "chat.example.com"
	other = "db.example.com"
)

var ann = pomerium.Identity{Subject: "user-1", Email: "ann@example.com", Name: "Ann Example", Groups: []string{"staff", "buyers"}}

// outcome is all that Verify returned.
type outcome struct {
	Identity             pomerium.Identity
	Invalid, Unavailable bool
	Err                  string
}

func accepted(who pomerium.Identity) outcome { return outcome{Identity: who} }

func refused(why string) outcome {
	return outcome{Invalid: true, Err: "the identity assertion is not valid: " + why}
}

func unavailable(why string) outcome {
	return outcome{Unavailable: true, Err: "the keys that Pomerium signs with cannot be had: " + why}
}

func verify(t *testing.T, v *pomerium.Verifier, assertion string) outcome {
	t.Helper()
	return outcomeOf(v.Verify(t.Context(), assertion))
}

func outcomeOf(who pomerium.Identity, err error) outcome {
	out := outcome{Identity: who, Invalid: errors.Is(err, pomerium.ErrInvalid), Unavailable: errors.Is(err, pomerium.ErrUnavailable)}
	if err != nil {
		out.Err = err.Error()
	}
	return out
}

func newVerifier(t testing.TB, client *http.Client) *pomerium.Verifier {
	t.Helper()
	v, _ := newLoggingVerifier(t, client)
	return v
}

func newLoggingVerifier(t testing.TB, client *http.Client) (*pomerium.Verifier, *logbook) {
	t.Helper()
	book := &logbook{}
	v, err := pomerium.NewVerifier(t.Context(), &url.URL{Scheme: "https", Host: host}, client, book.logger())
	if err != nil {
		t.Fatal(err)
	}
	return v, book
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// logbook keeps what was logged.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// logger writes into the book, without times.
func (b *logbook) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// checkSecrecy fails if the text holds so many bytes of the assertion in a row, or
// anything about Ann.
func checkSecrecy(t *testing.T, text, assertion string, bytes int) {
	t.Helper()
	for i := 0; i+bytes <= len(assertion); i++ {
		if strings.Contains(text, assertion[i:i+bytes]) {
			t.Fatalf("%q holds %q of the assertion", text, assertion[i:i+bytes])
		}
	}
	for _, secret := range []string{ann.Subject, ann.Email, ann.Name, ann.Groups[0]} {
		if strings.Contains(text, secret) {
			t.Fatalf("%q holds %q", text, secret)
		}
	}
}

// roundTrip is an http.RoundTripper.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
