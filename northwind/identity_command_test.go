package northwind

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// started returns what the command logs up to where it listens, without times and ports.
func started(t *testing.T, c Command) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	log, lines := logLines()
	listening := make(urls, 1)
	done := make(chan error, 1)
	go func() {
		done <- c.Run(ctx, surroundings(slog.New(slog.NewMultiHandler(log.Handler(), listening)), shop(t)))
	}()
	url := <-listening
	alive, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(url, "/mcp")+"/livez", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := do(t, alive); got.Status != 200 {
		t.Errorf("at %s there is %+v", url, got)
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("the command ended with %v", err)
	}
	_, port, err := net.SplitHostPort(strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/mcp"))
	if err != nil {
		t.Fatal(err)
	}
	listened := strings.ReplaceAll(lines.String(), ":"+port, ":PORT")
	return strings.NewReplacer("0.0.0.0", "ANY", "[::]", "ANY").Replace(listened) // as the machine has IPv6 or not
}

func TestCommandSaysWhetherItKnowsWhoAsks(t *testing.T) {
	const warning = `{"level":"WARN","msg":"nobody's identity is checked: whoever reaches this address can read the database","listen":"ANY:PORT"}` + "\n"
	for _, tt := range []struct {
		name string
		c    Command
		want string
	}{
		{"on loopback", command(func(*Command) {}),
			`{"level":"INFO","msg":"serving MCP","url":"http://127.0.0.1:PORT/mcp","tables":6}` + "\n"},
		{"on all addresses", command(func(c *Command) { c.Listen = ":0" }),
			warning + `{"level":"INFO","msg":"serving MCP","url":"http://localhost:PORT/mcp","tables":6}` + "\n"},
		{"on all addresses behind a gateway", command(func(c *Command) { c.Listen, c.PublicURL = ":0", publicURL }),
			`{"level":"INFO","msg":"serving MCP","url":"http://localhost:PORT/mcp","tables":6,"public_url":"https://db.example.com:8443"}` + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, started(t, tt.c)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestCommandIdentifiesItsCallers(t *testing.T) {
	url, stop, ended := start(t, command(func(c *Command) { c.PublicURL = publicURL }))
	base := strings.TrimSuffix(url, "/mcp")
	r := post(t, base, listCall)
	if got := do(t, r); got.Status != 403 {
		t.Errorf("nobody got %+v", got)
	}
	r = post(t, base, listCall)
	r.Header.Set("X-Pomerium-Jwt-Assertion", "ada")
	if got := do(t, r); got.Status != 200 || !strings.Contains(got.Body, `"whoami"`) {
		t.Errorf("Ada got %+v", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("the command ended with %v", err)
	}
}

func TestCommandRefusesAGatewayThatCannotBe(t *testing.T) {
	wrong := errors.New("--public-url: it has a path")
	env := surroundings(slog.New(slog.DiscardHandler), shop(t))
	var asked []string
	env.Gateway = func(_ context.Context, publicURL, caFile string) (*Gateway, error) {
		asked = append(asked, publicURL, caFile)
		return nil, wrong
	}
	c := command(func(c *Command) { c.PublicURL, c.PomeriumCA = publicURL+"/mcp", "ca.pem" })
	if err := c.Run(t.Context(), env); !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff([]string{publicURL + "/mcp", "ca.pem"}, asked); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
