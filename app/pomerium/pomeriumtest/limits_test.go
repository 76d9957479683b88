package pomeriumtest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestTimeouts(t *testing.T) {
	zero, minute := time.Duration(0), time.Minute
	type options = pomeriumtest.RouteOptions
	for _, tt := range []struct {
		name    string
		options options
		advance []time.Duration // after each word
		want    string
	}{
		{"an answer within 30 s", options{MCPClient: true}, []time.Duration{10 * time.Second, 10 * time.Second}, "one two three"},
		{"an answer is cut after 30 s", options{MCPClient: true}, []time.Duration{15 * time.Second, 15 * time.Second}, "one two cut"},
		{"with a timeout of its own", options{MCPClient: true, Timeout: &minute}, []time.Duration{30 * time.Second, 15 * time.Second}, "one two three"},
		{"which cuts as well", options{MCPClient: true, Timeout: &minute}, []time.Duration{30 * time.Second, 30 * time.Second}, "one two cut"},
		{"without a timeout, if it does not pause", options{MCPClient: true, Timeout: &zero}, []time.Duration{200 * time.Second, 200 * time.Second}, "one two three"},
		{"without a timeout, it is cut after a pause of 5 min", options{MCPClient: true, Timeout: &zero}, []time.Duration{200 * time.Second, 300 * time.Second}, "one two cut"},
		{"without either", options{MCPClient: true, Timeout: &zero, IdleTimeout: &zero}, []time.Duration{time.Hour, 2 * time.Hour}, "one two three"},
		{"any route that is no MCP server", options{}, []time.Duration{30 * time.Second}, "one cut"},
		{"an MCP server has none", options{MCPServer: &pomeriumtest.MCPServer{}}, []time.Duration{time.Hour, 2 * time.Hour}, "one two three"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := pomeriumtest.New(t)
			words := make(chan string, 1)
			tt.options.User = pomeriumtest.Ann()
			g.Route(chatHost, listen(t, func(w http.ResponseWriter, _ *http.Request) {
				for word := range words {
					_, _ = io.WriteString(w, word)
					_ = http.NewResponseController(w).Flush()
				}
			}), tt.options)
			defer close(words)
			words <- "one"
			response, err := g.Client().Get(g.URL(chatHost).String())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			got := read(response, "one")
			for i, d := range tt.advance {
				g.Advance(d)
				next := []string{" two", " three"}[i]
				words <- next
				piece := read(response, next)
				if got += piece; piece != next {
					break
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// read reads as much as is wanted, or says that the answer was cut.
func read(response *http.Response, want string) string {
	got := make([]byte, len(want))
	n, err := io.ReadFull(response.Body, got)
	if err != nil && !errors.Is(err, io.EOF) {
		return string(got[:n]) + " cut"
	}
	return string(got[:n])
}

func TestATimeoutBeforeTheAnswer(t *testing.T) {
	g := pomeriumtest.New(t)
	arrived := make(chan struct{})
	g.Route(chatHost, listen(t, func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	}), pomeriumtest.RouteOptions{MCPClient: true, User: pomeriumtest.Ann()})
	go func() {
		<-arrived
		g.Advance(30 * time.Second)
	}()
	response, body := fetch(t, g, http.MethodGet, g.URL(chatHost).String(), "", "")
	if got := fmt.Sprint(response.StatusCode, " ", body); got != "504 upstream request timeout\n" {
		t.Errorf("answered %s", got)
	}
}

func TestAnOpenStreamOutlivesItsTE(t *testing.T) {
	g := pomeriumtest.New(t)
	words := make(chan string)
	g.Route(dbHost, listen(t, func(w http.ResponseWriter, _ *http.Request) {
		for word := range words {
			_, _ = io.WriteString(w, word)
			_ = http.NewResponseController(w).Flush()
		}
	}), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
	token := g.SignIn(pomeriumtest.Ann()).Token()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, g.URL(dbHost).String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	go func() { words <- "one" }()
	response, err := g.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	first := read(response, "one")
	g.Advance(pomeriumtest.Lifetime)
	words <- " two"
	close(words)
	got := first + readAll(t, response)
	late, _ := fetch(t, g, http.MethodGet, g.URL(dbHost).String(), token, "")
	if got != "one two" || late.StatusCode != http.StatusUnauthorized {
		t.Errorf("the stream held %q, and a new request was answered %s", got, late.Status)
	}
}

// Envoy does not wait for the end of a request before it passes on the answer. Go's
// server does, over HTTP/1, and then takes the rest of the request from the proxy.
func TestAnAnswerMayBeginBeforeTheRequestEnds(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(dbHost, listen(t, func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).EnableFullDuplex()
		_, _ = io.WriteString(w, "one")
		_ = http.NewResponseController(w).Flush()
		_, _ = io.Copy(w, r.Body)
	}), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
	for _, protocols := range []string{"HTTP/1.1", "HTTP/2.0"} {
		t.Run(protocols, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			sent, rest := io.Pipe()
			defer context.AfterFunc(ctx, func() { _ = sent.Close() })() // a write to it waits for ever
			r, err := http.NewRequestWithContext(ctx, http.MethodPut, g.URL(dbHost).String(), sent)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+g.SignIn(pomeriumtest.Ann()).Token())
			client := g.Client()
			client.Transport.(*http.Transport).ForceAttemptHTTP2 = protocols == "HTTP/2.0"
			response, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			got := read(response, "one")
			_, _ = io.WriteString(rest, " two")
			_ = rest.Close()
			if got += readAll(t, response); got != "one two" || response.Proto != protocols {
				t.Errorf("got %q over %s", got, response.Proto)
			}
		})
	}
}
