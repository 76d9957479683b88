package pomerium_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/pomerium"
)

const te = "pom_mat_O4ritg/3im2LziH1+s3cr3t=="

// newGateway returns a gateway that is answered by do.
func newGateway(t *testing.T, do roundTrip) (*pomerium.Gateway, *logbook) {
	t.Helper()
	book := &logbook{}
	g, err := pomerium.NewGateway(&url.URL{Scheme: "https", Host: host}, &http.Client{Transport: do}, book.logger())
	if err != nil {
		t.Fatal(err)
	}
	return g, book
}

func answer(status int, kind, body string) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		h := http.Header{"Content-Type": {kind}}
		if status/100 == 3 {
			h.Set("Location", "https://authenticate.example.com/sign_in")
		}
		return &http.Response{Status: fmt.Sprint(status, " ", http.StatusText(status)), StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

func TestRoutes(t *testing.T) {
	entries := []string{
		`{"name":"Wiki","description":"Pages\nand more","logo_url":"https://x.example.com/w.png","url":"https://wiki.example.com","connected":false,"needs_oauth":true}`,
		`{"name":"GitHub","url":"https://gh.example.com/mcp","connected":true,"needs_oauth":true}`,
		`{"name":"github","url":"https://gh2.example.com:8443/mcp","connected":false,"needs_oauth":true,"later":{"version":2}}`,
		`{"url":"https://b.example.com","connected":false,"needs_oauth":true}`,
		`{"url":"https://a.example.com","logo_url":"http://x.example.com/w.png","connected":false,"needs_oauth":true}`,
		`{"name":"plain","url":"http://c.example.com"}`,
		`{"name":"secret","url":"https://ann:pw@d.example.com"}`,
		`{"name":"lost","url":"https:///mcp"}`,
		`{"name":"broken","url":"https://a b"}`,
		`{"name":"nowhere"}`,
		`{"name":7,"url":"https://e.example.com"}`,
		`"https://f.example.com"`,
		`null`,
	}
	want := []pomerium.Route{
		{Name: "a.example.com", URL: "https://a.example.com", NeedsOAuth: true},
		{Name: "b.example.com", URL: "https://b.example.com", NeedsOAuth: true},
		{Name: "GitHub", URL: "https://gh.example.com/mcp", Connected: true, NeedsOAuth: true},
		{Name: "github", URL: "https://gh2.example.com:8443/mcp", NeedsOAuth: true},
		{Name: "Wiki", Description: "Pages and more", Logo: "https://x.example.com/w.png", URL: "https://wiki.example.com", NeedsOAuth: true},
	}
	var asked http.Header
	g, book := newGateway(t, func(r *http.Request) (*http.Response, error) {
		asked = r.Header
		rand.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		if r.Method+" "+r.URL.String() != "GET https://chat.example.com/.pomerium/mcp/routes" {
			t.Errorf("asked for %s %s", r.Method, r.URL)
		}
		return answer(200, "application/json", `{"servers":[`+strings.Join(entries, ",")+`],"cursor":null}`)(r)
	})
	for range 10 {
		got, err := g.Routes(t.Context(), chat.NewToken(te))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
	if diff := cmp.Diff(http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer " + te}}, asked); diff != "" {
		t.Error(diff)
	}
	log := book.String()
	if n := strings.Count(log, "left out"); n != 7 || strings.Contains(log, "pw") { // two are no servers, which is said once
		t.Errorf("%d lines:\n%s", n, log)
	}
}

func TestRoutesThatCannotBeHad(t *testing.T) {
	const gone, out, off = "the gateway does not accept the token: ", "the gateway does not answer as it should: ", "the gateway is not available: "
	type outcome struct {
		Unauthenticated, Gateway, Down bool
		Err                            string
	}
	signIn := func(why string) outcome { return outcome{Unauthenticated: true, Err: gone + why} }
	trouble := func(why string) outcome { return outcome{Gateway: true, Err: out + why} }
	down := func(why string) outcome { return outcome{Down: true, Err: off + why} }
	const path = "/.pomerium/mcp/routes "
	for _, tt := range []struct {
		name  string
		do    roundTrip
		token string
		want  outcome
	}{
		{"no token", nil, "", signIn("there is none")},
		{"an expired one", answer(401, "application/json", `{"error":"Unauthenticated","request_id":"RID-1"}`), te, signIn(path + `answered "401 Unauthorized" to request "RID-1"`)},
		{"a sign-in page", answer(302, "text/html", "<h1>"), te, signIn(path + `answered "302 Found"`)},
		{"trouble", answer(500, "text/plain", "oh"), te, down(path + `answered "500 Internal Server Error"`)},
		{"nothing behind what is in front of it", answer(503, "text/html", "no healthy upstream"), te, down(path + `answered "503 Service Unavailable"`)},
		{"too many questions", answer(429, "application/json", `{"request_id":"RID-2"}`), te, down(path + `answered "429 Too Many Requests" to request "RID-2"`)},
		{"no such page", answer(404, "text/plain", "oh"), te, trouble(path + `answered "404 Not Found"`)},
		{"half an answer", halved, te, down("read " + path[:len(path)-1] + ": unexpected EOF")},
		{"a list that ends nowhere", answer(200, "application/json", `{"servers":[`), te, trouble(path + "answered something other than a list of servers")},
		{"a list of something else", answer(200, "application/json", `{"routes":[]}`), te, trouble(path + "answered something other than a list of servers")},
		{"no list", answer(200, "application/json", `null`), te, trouble(path + "answered something other than a list of servers")},
		{"a text for a list", answer(200, "application/json", `{"servers":"none"}`), te, trouble(path + "answered something other than a list of servers")},
		{"a page", answer(200, "text/html; charset=utf-8", `<h1>`), te, trouble(path + `answered "text/html" instead of JSON: is chat.example.com a host of Pomerium, with MCP switched on?`)},
		{"an endless list", answer(200, "application/json", strings.Repeat(" ", 2<<20)), te, trouble(path + "answered more than 1048576 bytes")},
		{"too many", answer(200, "application/json", `{"servers":[`+strings.Repeat("1,", 500)+`1]}`), te, trouble(path + "answered a list of more than 500 servers")},
		{"nobody", func(*http.Request) (*http.Response, error) { return nil, errors.New("refused") }, te, down(`Get "https://chat.example.com/.pomerium/mcp/routes": refused`)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, book := newGateway(t, tt.do)
			routes, err := g.Routes(t.Context(), chat.NewToken(tt.token))
			if err == nil {
				t.Fatalf("got %+v", routes)
			}
			got := outcome{errors.Is(err, pomerium.ErrUnauthenticated), errors.Is(err, pomerium.ErrGateway), errors.Is(err, pomerium.ErrDown), err.Error()}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			var shown bytes.Buffer
			fmt.Fprintf(&shown, "%v %+v %#v %s", err, err, err, book)
			if strings.Contains(shown.String(), "s3cr3t") {
				t.Errorf("the token shows: %s", shown.String())
			}
		})
	}
}

// halved is a list whose connection breaks.
func halved(r *http.Request) (*http.Response, error) {
	response, err := answer(200, "application/json", "")(r)
	if err == nil {
		response.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"serv`), iotest.ErrReader(io.ErrUnexpectedEOF)))
	}
	return response, err
}

func TestNoServersIsAnEmptyList(t *testing.T) {
	g, _ := newGateway(t, answer(200, "application/json; charset=utf-8", `{"servers":null}`))
	if got, err := g.Routes(t.Context(), chat.NewToken(te)); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestDisconnect(t *testing.T) {
	var body string
	g, _ := newGateway(t, func(r *http.Request) (*http.Response, error) {
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = fmt.Sprintf("%s %s %s %s %s", r.Method, r.URL, r.Header.Get("Content-Type"), r.Header.Get("Authorization"), sent)
		return answer(200, "application/json", `{"servers":[{"url":"https://gh.example.com/mcp","connected":false,"needs_oauth":true}]}`)(r)
	})
	got, err := g.Disconnect(t.Context(), chat.NewToken(te), "https://gh.example.com/mcp")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]pomerium.Route{{Name: "gh.example.com", URL: "https://gh.example.com/mcp", NeedsOAuth: true}}, got); diff != "" {
		t.Error(diff)
	}
	want := `POST https://chat.example.com/.pomerium/mcp/routes/disconnect application/json Bearer ` + te + ` {"routes":["https://gh.example.com/mcp"]}`
	if diff := cmp.Diff(want, body); diff != "" {
		t.Error(diff)
	}
}

func TestConnectURL(t *testing.T) {
	for _, tt := range []struct{ server, redirect, want string }{
		{
			"https://gh.example.com:8443/mcp?x=y", "https://chat.example.com/t/thr_1?a=b&c=d",
			"https://gh.example.com:8443/.pomerium/mcp/connect?redirect_url=https%3A%2F%2Fchat.example.com%2Ft%2Fthr_1%3Fa%3Db%26c%3Dd",
		},
		{"http://gh.example.com", "https://chat.example.com/", ""},
		{"https://ann@gh.example.com", "https://chat.example.com/", ""},
		{"https://gh.example.com", "http://chat.example.com/", ""},
		{"https://gh.example.com", "/t/thr_1", ""},
		{"https://gh.example.com", "javascript:alert(1)", ""},
	} {
		got, err := pomerium.ConnectURL(tt.server, tt.redirect)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s, %s: got %q, %v", tt.server, tt.redirect, got, err)
		}
	}
}

func FuzzRoutes(f *testing.F) {
	f.Add(`{"servers":[{"name":"a","url":"https://a.example.com","logo_url":"https://b"}]}`)
	f.Add(`{"servers":null}`)
	f.Add(`{"servers":[{"url":"https://a@b.example.com#c"},null,[],{"url":"HTTPS://[::1]:8443"}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		g, _ := newGateway(t, answer(200, "application/json", body))
		routes, err := g.Routes(t.Context(), chat.NewToken(te))
		if err != nil && !errors.Is(err, pomerium.ErrGateway) {
			t.Errorf("an error of no kind: %v", err)
		}
		for _, r := range routes {
			u, err := url.Parse(r.URL)
			if err != nil || u.Scheme != "https" || u.User != nil || u.Hostname() == "" || r.Name == "" {
				t.Errorf("listed: %+v", r)
			}
		}
	})
}
