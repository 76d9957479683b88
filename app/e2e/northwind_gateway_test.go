package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// house is the built northwind-mcp with the stand-in for Pomerium before it.
type house struct {
	gateway  *pomeriumtest.Gateway
	public   *url.URL // of the route
	upstream *url.URL // of the server itself
	process  *process
}

// behindPomerium starts the server, for the host localhost. Its log is JSON.
func behindPomerium(t *testing.T, gateway *pomeriumtest.Gateway, args ...string) *house {
	t.Helper()
	return behindPomeriumAt(t, gateway, "localhost", args...)
}

// behindPomeriumAt is behindPomerium for any host.
func behindPomeriumAt(t *testing.T, gateway *pomeriumtest.Gateway, host string, args ...string) *house {
	t.Helper()
	h := &house{gateway: gateway, public: gateway.URL(host)}
	p, err := launch("", []string{"HTTPS_PROXY=" + gateway.ProxyURL()}, append([]string{"northwind-mcp", "--log-format=json",
		"--public-url=" + h.public.String(), "--pomerium-ca=" + gateway.CAFile()}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	h.process = p
	t.Cleanup(func() {
		if err := p.end(syscall.SIGTERM); err != nil {
			t.Errorf("northwind-mcp ended with %v\n%s", err, p.log)
		}
		if strings.Contains(p.log.String(), "eyJ") {
			t.Errorf("there is an assertion in the log:\n%s", p.log)
		}
	})
	if h.upstream, err = url.Parse(p.base); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) visit(user pomeriumtest.User, preserveHost bool) {
	h.gateway.Route("localhost", h.upstream, pomeriumtest.RouteOptions{
		PassIdentityHeaders: true, PreserveHostHeader: preserveHost, User: user, AllowPublicUnauthenticatedAccess: user.Subject == "",
	})
}

// connect returns a session of an MCP client that speaks to the route.
func (h *house) connect(t *testing.T) *mcp.ClientSession {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "e2e", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint: h.public.JoinPath("mcp").String(), HTTPClient: h.gateway.Client(), DisableStandaloneSSE: true,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// use calls a tool and returns its text, or the message of the error of the protocol.
func use(t *testing.T, session *mcp.ClientSession, tool string, arguments any) string {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if wire, ok := errors.AsType[*jsonrpc.Error](err); ok {
		return wire.Message
	}
	if err != nil {
		t.Fatal(err)
	}
	return result.Content[0].(*mcp.TextContent).Text
}

// reply is what a plain HTTP client sees of an answer.
type reply struct {
	Status int
	Type   string
	Body   string
}

// send posts a ping with headers.
func send(t *testing.T, client *http.Client, base *url.URL, headers http.Header) reply {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base.JoinPath("mcp").String(), strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}}
	for name, values := range headers {
		r.Header[name] = values
	}
	r.Host = headers.Get("Host")
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header.Get("Content-Type"), string(body)}
}

func pong() reply { return reply{200, "application/json", `{"jsonrpc":"2.0","id":1,"result":{}}`} }

func refusal(status int, detail string) reply {
	body, _ := json.Marshal(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(status), status, detail})
	return reply{status, "application/problem+json", string(body)}
}

// audited waits for n lines about tools in the log after its first from bytes, and returns them with 0 for what changes
// from run to run. The log comes through a pipe, so it may be later than an answer.
func (h *house) audited(from, n int) (lines []string) {
	changing := regexp.MustCompile(`"(time|ms|bytes|request_id)":("[^"]+"|[0-9.]+)`)
	for range 1000 {
		lines = nil
		for line := range strings.Lines(h.process.log.String()[from:]) {
			if strings.Contains(line, `"msg":"tool called"`) && strings.HasSuffix(line, "\n") {
				lines = append(lines, changing.ReplaceAllString(strings.TrimSpace(line), `"$1":0`))
			}
		}
		if len(lines) >= n {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return lines
}

func bob() pomeriumtest.User {
	return pomeriumtest.User{Subject: "user-2", Email: "bob@example.com"}
}

// TestNorthwindKnowsWhoAsks uses one session as two people in turn, through both kinds of routes.
func TestNorthwindKnowsWhoAsks(t *testing.T) {
	h := behindPomerium(t, pomeriumtest.New(t), "--deny-tools=find_values")
	for _, route := range []struct {
		name         string
		preserveHost bool
	}{{"the host rewritten", false}, {"the host preserved", true}} {
		t.Run(route.name, func(t *testing.T) {
			from := len(h.process.log.String())
			h.visit(pomeriumtest.Ann(), route.preserveHost)
			session := h.connect(t)
			got := []string{
				use(t, session, "whoami", nil),
				use(t, session, "read_query", map[string]any{"query": "SELECT count(*) AS n FROM Orders WHERE ShipCity = ?", "params": []string{"Köln"}}),
				use(t, session, "find_values", map[string]any{"text": "Chai"}),
			}
			h.visit(bob(), route.preserveHost)
			got = append(got,
				use(t, session, "whoami", nil),
				use(t, session, "read_query", map[string]any{"query": "DELETE FROM Orders"}),
			)
			got[2] = regexp.MustCompile(`the request is [0-9a-f-]{36} in`).ReplaceAllString(got[2], "the request is … in")
			if diff := cmp.Diff([]string{
				"subject: user-1\nemail: ann@example.com\nname: Ann Example\ngroups: staff, buyers",
				"1 row\nn\n10",
				"access denied: the administrator of this server has switched off the tool find_values; the request is … in its log",
				"subject: user-2\nemail: bob@example.com",
				"DELETE is blocked\nThis server only reads: send one SELECT, WITH … SELECT, VALUES or EXPLAIN statement.",
			}, got); diff != "" {
				t.Errorf("answers (-want +got)\n%s", diff)
			}
			const ann, bob = `"user":"user-1","email":"ann@example.com"`, `"user":"user-2","email":"bob@example.com"`
			line := func(fields string) string {
				return `{"time":0,"level":"INFO","msg":"tool called",` + fields + `,"bytes":0,"ms":0,"request_id":0}`
			}
			cached := `"cached":false`
			audit := h.audited(from, 5)
			for i := range audit {
				audit[i] = strings.Replace(audit[i], `"cached":true`, cached, 1)
			}
			if diff := cmp.Diff([]string{
				line(ann + `,"tool":"whoami","outcome":"ok","rows":1,` + cached),
				line(ann + `,"tool":"read_query","sql":"SELECT count(*) AS n FROM Orders WHERE ShipCity = ?","arguments":"{\"params\":[\"Köln\"]}","outcome":"ok","rows":1,` + cached),
				line(ann + `,"tool":"find_values","arguments":"{\"text\":\"Chai\"}","outcome":"forbidden","rows":0,` + cached),
				line(bob + `,"tool":"whoami","outcome":"ok","rows":1,` + cached),
				line(bob + `,"tool":"read_query","sql":"DELETE FROM Orders","outcome":"denied","rows":0,` + cached),
			}, audit); diff != "" {
				t.Errorf("audit (-want +got)\n%s", diff)
			}
		})
	}
}

// TestNorthwindLogsUnderTheIDOfPomerium follows one request from the answer to the log.
func TestNorthwindLogsUnderTheIDOfPomerium(t *testing.T) {
	h := behindPomerium(t, pomeriumtest.New(t))
	h.visit(pomeriumtest.Ann(), false)
	call := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"whoami"}}`
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.public.JoinPath("mcp").String(), strings.NewReader(call))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}}
	response, err := h.gateway.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	id := response.Header.Get("X-Request-Id")
	h.audited(0, 1)
	if !regexp.MustCompile(`^[0-9a-f-]{36}$`).MatchString(id) || !strings.Contains(h.process.log.String(), `"request_id":"`+id+`"}`) {
		t.Errorf("the answer has the id %q; the log says\n%s", id, h.process.log)
	}
}

// TestNorthwindRefusesWhoIsNotIdentified speaks to the port of the server itself, as somebody inside the network may.
func TestNorthwindRefusesWhoIsNotIdentified(t *testing.T) {
	g := pomeriumtest.New(t)
	h := behindPomerium(t, g)
	missing := refusal(403, "This request does not say who is asking. Send it to "+h.public.String()+"; if it went there, the administrator of the gateway has to set pass_identity_headers: true on this route.")
	wrong := refusal(403, "What this request says about who is asking is not to be believed. The log of this server tells its administrator why; most often --public-url is not the URL of the route.")
	other := refusal(403, "Requests from web pages of another origin are refused.")
	assertion := func(changes ...pomeriumtest.Change) http.Header {
		return http.Header{"X-Pomerium-Jwt-Assertion": {g.Assertion("localhost", changes...)}}
	}
	with := func(h http.Header, name, value string) http.Header {
		h.Set(name, value)
		return h
	}
	hour, twice := time.Now().Add(-time.Hour).Unix(), g.Assertion("localhost")
	for _, tt := range []struct {
		name    string
		headers http.Header
		want    reply
	}{
		{"an assertion of the gateway", assertion(), pong()},
		{"with the host of a container", with(assertion(), "Host", "northwind:8080"), pong()},
		{"with a public host", with(assertion(), "Host", "db.example.com"), pong()},
		{"nobody", nil, missing},
		{"an assertion that was passed along", http.Header{"X-Pomerium-Jwt-Assertion-For": {g.Assertion("localhost")}}, missing},
		{"an assertion for another route", http.Header{"X-Pomerium-Jwt-Assertion": {g.Assertion("chat.example.com")}}, wrong},
		{"an assertion of an hour ago", assertion(pomeriumtest.Claim("iat", hour), pomeriumtest.Claim("exp", hour+300)), wrong},
		{"an assertion about nobody", assertion(pomeriumtest.For(pomeriumtest.Anonymous())), wrong},
		{"an unsigned one", assertion(pomeriumtest.Unsigned()), wrong},
		{"one signed with the published key", assertion(pomeriumtest.SignedWithPublicKey()), wrong},
		{"one signed by a stranger", assertion(pomeriumtest.SignedByStranger("ES256")), wrong},
		{"one that brings its key along", assertion(pomeriumtest.BringingKey("https://evil.example.com/keys")), wrong},
		{"two of them", http.Header{"X-Pomerium-Jwt-Assertion": {g.Assertion("localhost"), g.Assertion("localhost")}}, wrong},
		{"one by the other header", http.Header{"X-Pomerium-Assertion": {g.Assertion("localhost")}}, pong()},
		{"the same by both", http.Header{"X-Pomerium-Jwt-Assertion": {twice}, "X-Pomerium-Assertion": {twice}}, pong()},
		{"two that differ", with(assertion(), "X-Pomerium-Assertion", g.Assertion("localhost", pomeriumtest.For(bob()))), wrong},
		{"one by the other header, for another route", http.Header{"X-Pomerium-Assertion": {g.Assertion("chat.example.com")}}, wrong},
		{"one by the other header, signed by a stranger", http.Header{"X-Pomerium-Assertion": {g.Assertion("localhost", pomeriumtest.SignedByStranger("ES256"))}}, wrong},
		{"a web page of the route", with(assertion(), "Origin", h.public.String()), pong()},
		{"a web page of another origin", with(assertion(), "Origin", "https://evil.example.com"), other},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, send(t, http.DefaultClient, h.upstream, tt.headers)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	t.Run("through a route that does not pass the identity", func(t *testing.T) {
		g.Route("localhost", h.upstream, pomeriumtest.RouteOptions{User: pomeriumtest.Ann()})
		if diff := cmp.Diff(missing, send(t, g.Client(), h.public, nil)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
	t.Run("through a public route", func(t *testing.T) {
		h.visit(pomeriumtest.Anonymous(), false)
		if diff := cmp.Diff(wrong, send(t, g.Client(), h.public, nil)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

// TestNorthwindNeedNotWaitForPomerium starts the server while the gateway is down, and has the gateway change its key.
func TestNorthwindNeedNotWaitForPomerium(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Suffer(pomeriumtest.Down)
	h := behindPomerium(t, g)
	for _, path := range []string{"livez", "readyz"} {
		response, err := http.Get(h.upstream.JoinPath(path).String())
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != 200 {
			t.Errorf("%s answers %s", path, response.Status)
		}
	}
	later := refusal(503, "Nobody can be identified at the moment, because the keys of the gateway cannot be had. Try again soon; if that does not help, the log of this server tells its administrator why.")
	identified := http.Header{"X-Pomerium-Jwt-Assertion": {g.Assertion("localhost")}}
	if diff := cmp.Diff(later, send(t, http.DefaultClient, h.upstream, identified)); diff != "" {
		t.Errorf("while the gateway is down (-want +got)\n%s", diff)
	}
	g.Suffer(0)
	h.visit(pomeriumtest.Ann(), false)
	if diff := cmp.Diff(pong(), send(t, g.Client(), h.public, nil)); diff != "" {
		t.Errorf("when it is up (-want +got)\n%s", diff)
	}
	g.RotateKey("RS256")
	g.DropOldKeys()
	if diff := cmp.Diff(pong(), send(t, g.Client(), h.public, nil)); diff != "" {
		t.Errorf("with another key (-want +got)\n%s", diff)
	}
}
