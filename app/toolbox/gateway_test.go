package toolbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// gateway is a stand-in for what is at a gateway's hosts: it notes which token came
// where, and is a toolbox.Directory that lists servers to each subject.
type gateway struct {
	tls *httptest.Server

	mu           sync.Mutex
	hosts        map[string]http.Handler
	seen         []string // "host token"
	listed       map[chat.Subject][]toolbox.Listed
	trouble      error
	asked        int
	disconnected []string
}

func newGateway(t *testing.T) *gateway {
	g := &gateway{hosts: map[string]http.Handler{}, listed: map[chat.Subject][]toolbox.Listed{}}
	g.tls = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		if r.Method == http.MethodPost { // what else there is comes when it likes
			g.seen = append(g.seen, r.Host+" "+r.Header.Get("Authorization"))
		}
		h := g.hosts[r.Host]
		g.mu.Unlock()
		if h == nil {
			h = http.NotFoundHandler()
		}
		r.Host = "127.0.0.1" // as a gateway has it, that of the upstream
		h.ServeHTTP(w, r)
	}))
	g.tls.Config.ErrorLog = quiet()
	g.tls.StartTLS()
	t.Cleanup(func() {
		g.tls.CloseClientConnections()
		g.tls.Close()
	})
	return g
}

// transport finds every host at the gateway.
func (g *gateway) transport() *http.Transport {
	tr := g.tls.Client().Transport.(*http.Transport).Clone()
	tr.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, g.tls.Listener.Addr().String())
	}
	return tr
}

func (g *gateway) Servers(_ context.Context, c chat.Caller) ([]toolbox.Listed, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked++
	return slices.Clone(g.listed[c.Subject]), g.trouble
}

func (g *gateway) Disconnect(_ context.Context, c chat.Caller, serverURL string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.disconnected = append(g.disconnected, fmt.Sprintf("%s %s %s", c.Subject, serverURL, c.Token.Reveal()))
	return nil
}

// visits returns, once, which tokens came where.
func (g *gateway) visits() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := slices.Compact(slices.Sorted(slices.Values(g.seen)))
	g.seen = nil
	return strings.Join(all, "\n")
}

func (g *gateway) box(t *testing.T, cfg toolbox.Config) *toolbox.Toolbox {
	cfg.Directory, cfg.Transport, cfg.Beside = g, g.transport(), "https://chat.example.com"
	return newBox(t, cfg)
}

func caller(subject, token string) chat.Caller {
	return chat.Caller{Identity: chat.Identity{Subject: chat.Subject(subject)}, Token: chat.NewToken(token), TokenAt: time.Now()}
}

func listed(name string) toolbox.Listed {
	return toolbox.Listed{Name: strings.ToUpper(name), URL: "https://" + name + ".example.com"}
}

func TestATokenGoesOnlyToTheHostsOfItsCallersList(t *testing.T) {
	watchLeaks(t)
	g := newGateway(t)
	g.hosts["a.example.com"] = newDesk().serve(t, true).Config.Handler
	g.hosts["b.example.com"] = newDesk().serve(t, false).Config.Handler
	g.hosts["c.example.com"] = http.RedirectHandler("https://evil.example.com/", http.StatusTemporaryRedirect)
	g.hosts["d.example.com"] = http.RedirectHandler("https://d.example.com/elsewhere", http.StatusTemporaryRedirect)
	g.listed["ann"] = []toolbox.Listed{listed("a"), listed("c"), listed("d"), {Name: "plain", URL: "http://e.example.com"}, {Name: "secret", URL: "https://x:y@f.example.com"}}
	g.listed["bob"] = []toolbox.Listed{listed("b")}
	box := g.box(t, toolbox.Config{})
	told := func(c chat.Caller) (out []string) {
		servers, err := box.Servers(t.Context(), c, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range servers {
			out = append(out, fmt.Sprintf("%s %s %d %s", s.ID, s.Status, len(s.Tools), s.Error))
		}
		return out
	}
	want := []string{
		"a-example-com ready 7 ",
		"c-example-com down 0 It redirects to evil.example.com, where nothing is sent.",
		"d-example-com down 0 It redirects to d.example.com, where nothing is sent.",
	}
	if diff := cmp.Diff(want, told(caller("ann", "TE-ann"))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("a.example.com Bearer TE-ann\nc.example.com Bearer TE-ann\nd.example.com Bearer TE-ann", g.visits()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"b-example-com ready 7 "}, told(caller("bob", "TE-bob"))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("b.example.com Bearer TE-bob", g.visits()); diff != "" {
		t.Error(diff)
	}
	tools, err := box.Open(t.Context(), caller("bob", "TE-bob"), []string{"a-example-com", "b-example-com"})
	if err != nil {
		t.Fatal(err)
	}
	defer tools.Close()
	if n := tools.Unavailable(); len(n) != 1 || n[0].Error != "There is no such server any more." {
		t.Errorf("another's server: %+v", n)
	}
	mustCall(t, tools, "b__echo")
	if diff := cmp.Diff("b.example.com Bearer TE-bob", g.visits()); diff != "" {
		t.Error(diff)
	}
}

func TestARenewedTokenIsSentFromThenOn(t *testing.T) {
	watchLeaks(t)
	g := newGateway(t)
	g.hosts["a.example.com"] = newDesk().serve(t, false).Config.Handler
	g.hosts["b.example.com"] = newDesk().serve(t, true).Config.Handler
	g.listed["ann"] = []toolbox.Listed{listed("a"), listed("b")}
	box := g.box(t, toolbox.Config{RemoteByProvider: []string{"b.example.com"}})
	first := caller("ann", "TE-1")
	tools, err := box.Open(t.Context(), first, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tools.Close()
	later, earlier, none := caller("ann", "TE-2"), caller("ann", "TE-0"), caller("ann", "")
	earlier.TokenAt = first.TokenAt.Add(-time.Second)
	for _, tt := range []struct {
		name string
		with chat.Caller
		want string
	}{
		{"at first it is the run's own", first, "TE-1"},
		{"then the new one", later, "TE-2"},
		{"one that was overtaken counts for nothing", earlier, "TE-2"},
		{"nor does none", none, "TE-2"},
		{"nor another's", caller("bob", "TE-bob"), "TE-2"},
	} {
		tools.Renew(tt.with)
		g.visits()
		mustCall(t, tools, "a__echo")
		if diff := cmp.Diff("a.example.com Bearer "+tt.want, g.visits()); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if got := tools.Remote()[0].Token.Reveal(); got != tt.want {
			t.Errorf("%s: the provider gets %s", tt.name, got)
		}
	}
}

// A server's 401 may mean that the gateway does not take the token any more, or that the
// server wants a login of its own.
func TestWhoAsksForALoginIsFoundOut(t *testing.T) {
	for _, tt := range []struct {
		name    string
		trouble error
		want    bool
	}{
		{"the server", nil, false},
		{"the gateway", &chat.Error{Kind: chat.KindUnauthenticated, Op: "list"}, true},
		{"the gateway cannot be asked", errOut, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			g := newGateway(t)
			g.hosts["a.example.com"] = newDesk().serve(t, true).Config.Handler
			g.listed["ann"] = []toolbox.Listed{listed("a")}
			tools, err := g.box(t, toolbox.Config{}).Open(t.Context(), caller("ann", "TE"), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer tools.Close()
			g.mu.Lock()
			g.hosts["a.example.com"] = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
			g.trouble = tt.trouble
			g.mu.Unlock()
			_, failed := call(t, tools, "a__echo")
			if got := errors.Is(failed, chat.ErrTokenRefused); got != tt.want || chat.KindOf(failed) != chat.KindUnauthenticated {
				t.Errorf("%v", failed)
			}
		})
	}
}

func TestTheOrderOfTheListDoesNotMatter(t *testing.T) {
	g := newGateway(t)
	for _, host := range []string{"db.example.com", "wiki.example.com", "db.sub.example.com"} {
		g.hosts[host] = newDesk().serve(t, true).Config.Handler
	}
	all := []toolbox.Listed{listed("db"), listed("wiki"), {Name: "Other", URL: "https://db.example.com/sub"}}
	named := func() map[string]string {
		box := g.box(t, toolbox.Config{})
		servers, err := box.Servers(t.Context(), caller("ann", "TE"), false)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, s := range servers {
			out[s.URL] = s.ID + " " + s.Tools[0].Name
		}
		return out
	}
	want := map[string]string{
		"https://db.example.com":     "db-example-com db-example-com__deny",
		"https://db.example.com/sub": "db-example-com_sub db-example-com_sub__deny",
		"https://wiki.example.com":   "wiki-example-com wiki__deny",
	}
	for range 2 {
		g.listed["ann"] = all
		if diff := cmp.Diff(want, named()); diff != "" {
			t.Error(diff)
		}
		slices.Reverse(all)
	}
}

func TestServersOfADirectoryAreNamedByIDOrHost(t *testing.T) {
	g := newGateway(t)
	g.listed["ann"] = []toolbox.Listed{listed("a"), listed("b"), listed("c")}
	var log bytes.Buffer
	box, err := toolbox.New(toolbox.Config{
		Directory: g, Transport: g.transport(), Log: slog.New(slog.NewTextHandler(&log, nil)),
		Trusted: []string{"A.example.com", "c-example-com", "nobody"}, RemoteByProvider: []string{"b.example.com"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	got := ""
	for range 2 {
		servers, err := box.Servers(t.Context(), caller("ann", "TE"), true)
		if err != nil {
			t.Fatal(err)
		}
		got = ""
		for _, s := range servers {
			got += fmt.Sprint(s.Name, " ", s.Trusted, " ", s.Remote, ", ")
		}
	}
	if got != "A true false, B false true, C true false, " {
		t.Error(got)
	}
	if n := strings.Count(log.String(), `msg="no MCP server of the gateway has that name" name=nobody`); n != 1 || strings.Count(log.String(), "has that name") != 1 {
		t.Errorf("logged %d times:\n%s", n, log.String())
	}
}

func TestNothingShowsTheToken(t *testing.T) {
	g := newGateway(t)
	g.hosts["a.example.com"] = newDesk().serve(t, true).Config.Handler
	g.hosts["f.example.com"] = g.hosts["a.example.com"]
	g.hosts["b.example.com"] = http.RedirectHandler("https://evil.example.com/", http.StatusFound)
	g.hosts["c.example.com"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) })
	g.hosts["d.example.com"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error":"Unauthorized","request_id":"RID"}`)
	})
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		g.listed["ann"] = append(g.listed["ann"], listed(name))
	}
	var shown bytes.Buffer
	box, err := toolbox.New(toolbox.Config{
		Directory: g, Beside: "https://chat.example.com", Transport: g.transport(), RemoteByProvider: []string{"f-example-com"},
		Log: slog.New(slog.NewTextHandler(&shown, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	ann := caller("ann", "TE-s3cr3t+/=")
	servers, err := box.Servers(t.Context(), ann, true)
	if err != nil {
		t.Fatal(err)
	}
	tools, err := box.Open(t.Context(), ann, nil)
	if err != nil {
		t.Fatal(err)
	}
	g.mu.Lock()
	g.hosts["a.example.com"] = g.hosts["d.example.com"]
	g.mu.Unlock()
	_, failed := call(t, tools, "a__echo")
	if err := errors.Join(tools.Close(), box.Close()); err != nil {
		t.Fatal(err)
	}
	for _, v := range []any{box, servers, tools, tools.Remote(), tools.Unavailable(), failed, ann} {
		fmt.Fprintf(&shown, "%v %+v %#v\n", v, v, v)
	}
	if strings.Contains(shown.String(), "s3cr3t") {
		t.Errorf("the token shows:\n%s", shown.String())
	}
	if !strings.Contains(shown.String(), "MCP server is not ready") || !strings.Contains(shown.String(), "It asks you to log in.") || chat.KindOf(failed) != chat.KindUnauthenticated {
		t.Errorf("nothing was looked at:\n%s", shown.String())
	}
}

func TestDisconnect(t *testing.T) {
	g := newGateway(t)
	inner, connected := newDesk().serve(t, true).Config.Handler, true
	g.hosts["a.example.com"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		let := connected
		g.mu.Unlock()
		if !let {
			http.Error(w, "connect first", http.StatusUnauthorized)
			return
		}
		inner.ServeHTTP(w, r)
	})
	g.listed["ann"] = []toolbox.Listed{{Name: "A", URL: "https://a.example.com", Connected: true, NeedsOAuth: true}}
	box := g.box(t, toolbox.Config{})
	ann := caller("ann", "TE")
	before, err := box.Servers(t.Context(), ann, false)
	if err != nil || before[0].Status != chat.ServerReady || !before[0].Connected {
		t.Fatalf("%+v, %v", before, err)
	}
	g.mu.Lock()
	connected = false
	g.listed["ann"][0].Connected = false
	g.mu.Unlock()
	after, err := box.Disconnect(t.Context(), ann, "a-example-com")
	if err != nil {
		t.Fatal(err)
	}
	after.CheckedAt, after.Since = time.Time{}, time.Time{}
	want := chat.Server{ID: "a-example-com", Name: "A", URL: "https://a.example.com", NeedsOAuth: true, Status: chat.ServerNeedsConnect, Error: "It asks you to log in.", Trace: &chat.Trace{Status: 401}}
	if diff := cmp.Diff(want, after); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"ann https://a.example.com TE"}, g.disconnected); diff != "" {
		t.Error(diff)
	}
	if _, err := box.Disconnect(t.Context(), caller("bob", "TE"), "a-example-com"); chat.KindOf(err) != chat.KindNotFound {
		t.Errorf("another's server: %v", err)
	}
	// Who connects it again finds it ready, though it is remembered that it was not.
	g.mu.Lock()
	connected = true
	g.listed["ann"][0].Connected = true
	g.mu.Unlock()
	again, err := box.Servers(t.Context(), ann, false)
	if err != nil || again[0].Status != chat.ServerNeedsConnect {
		t.Errorf("at once: %+v, %v", again, err)
	}
	if again, err = box.Servers(t.Context(), ann, true); err != nil || again[0].Status != chat.ServerReady {
		t.Errorf("fresh: %+v, %v", again, err)
	}
}

var errOut = errors.New("the gateway is out")
