package northwind

import (
	"context"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// urls is a log handler that reports the url attribute of entries.
type urls chan string

func (urls) Enabled(context.Context, slog.Level) bool { return true }
func (u urls) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "url" {
			u <- a.Value.String()
		}
		return true
	})
	return nil
}
func (u urls) WithAttrs([]slog.Attr) slog.Handler { return u }
func (u urls) WithGroup(string) slog.Handler      { return u }

// start runs the command and returns its URL, what stops it, and where its error comes.
func start(t *testing.T, c Command) (url string, stop func(), ended <-chan error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	listening := make(urls, 1)
	done := make(chan error, 1)
	image := shop(t)
	go func() { done <- c.Run(ctx, surroundings(slog.New(listening), image)) }()
	select {
	case url = <-listening:
	case err := <-done:
		t.Fatalf("the command ended: %v", err)
	}
	return url, cancel, done
}

func TestCommandServes(t *testing.T) {
	url, stop, ended := start(t, command(func(c *Command) { c.QueryTimeout = 500 * time.Millisecond }))
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: url}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	text, _, failed := call(t, session, "read_query", map[string]any{"query": "SELECT count(*) AS n FROM Orders"})
	if want := "1 row\nn\n3"; failed || text != want {
		t.Errorf("got %q, want %q", text, want)
	}

	running := make(chan string, 1)
	go func() {
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "read_query", Arguments: map[string]any{"query": endlessQuery}})
		if err != nil {
			running <- err.Error()
			return
		}
		running <- result.Content[0].(*mcp.TextContent).Text
	}()
	time.AfterFunc(20*time.Millisecond, stop)
	if got := <-running; !strings.HasPrefix(got, "the query was stopped after 500ms") {
		t.Errorf("the request that ran when the command was stopped got %q", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("the command ended with %v", err)
	}
}

func TestCommandRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address := taken.Addr().String()
	for _, tt := range []struct {
		name string
		c    Command
		want string
	}{
		{"a port in use", command(func(c *Command) { c.Listen = address }), "cannot listen on " + address + ": another program uses this port; choose another one with --listen"},
		{"no address", command(func(c *Command) { c.Listen = "nonsense" }), `cannot listen on "nonsense", set with --listen: listen tcp: address nonsense: missing port in address`},
		{"an empty address", command(func(c *Command) { c.Listen = "" }), "--listen must be an address such as 127.0.0.1:8080, and not empty"},
		{"a blank address", command(func(c *Command) { c.Listen = " " }), "--listen must be an address such as 127.0.0.1:8080, and not empty"},
		{"a negative limit", command(func(c *Command) { c.MaxCell = -3 }), "--max-cell must be 1 or more, and not -3"},
		{"no rows", command(func(c *Command) { c.MaxRows = 0 }), "--max-rows must be 1 or more, and not 0"},
		{"too few bytes", command(func(c *Command) { c.MaxBytes = 1 }), "--max-bytes must be 1024 or more, and not 1"},
		{"certificates without a route", command(func(c *Command) { c.PomeriumCA = "ca.pem" }), "--pomerium-ca is of no use without --public-url, the URL of this server's Pomerium route"},
		{"a route to standard input", command(func(c *Command) { c.PublicURL, c.Stdio = "https://db.example.com", true }), "--public-url and --stdio exclude each other: no gateway stands before standard input"},
		{"an unknown tool to allow", command(func(c *Command) { c.AllowTools = []string{"read_query", "read"} }), `--allow-tools: there is no tool "read"; the tools are list_tables, describe_table, read_query, explain_query, find_values, get_query_examples, whoami, update`},
		{"an unknown tool to deny", command(func(c *Command) { c.DenyTools = []string{"Update"} }), `--deny-tools: there is no tool "Update"; the tools are list_tables, describe_table, read_query, explain_query, find_values, get_query_examples, whoami, update`},
		{"nothing to offer", command(func(c *Command) { c.AllowTools, c.DenyTools = []string{"whoami"}, []string{" whoami"} }), "--allow-tools and --deny-tools leave no tool to offer"},
		{"nothing but whoami, without a gateway", command(func(c *Command) { c.AllowTools = []string{"whoami"} }), "--allow-tools and --deny-tools leave no tool to offer: whoami needs --public-url, update needs --demo-write-tool"},
		{"nothing but update, without the demonstration", command(func(c *Command) { c.AllowTools, c.PublicURL = []string{"update"}, publicURL }), "--allow-tools and --deny-tools leave no tool to offer: whoami needs --public-url, update needs --demo-write-tool"},
		{"no tool but those of some servers", command(func(c *Command) {
			c.DenyTools = []string{"list_tables", "describe_table", "read_query", "explain_query", "find_values", "get_query_examples"}
		}), "--allow-tools and --deny-tools leave no tool to offer: whoami needs --public-url, update needs --demo-write-tool"},
		{"a host with a port", command(func(c *Command) { c.AllowedHosts = []string{"nas.local", "db.example.com:8080"} }), `--allowed-hosts: "db.example.com:8080" is no name of a host; write it without scheme, port and wildcards, such as db.example.com`},
		{"blanks for hosts", command(func(c *Command) { c.AllowedHosts = []string{" "} }), "--allowed-hosts names no host"},
		{"hosts behind a gateway", command(func(c *Command) { c.AllowedHosts, c.PublicURL = []string{"nas.local"}, publicURL }), "--allowed-hosts is of no use with --public-url, behind which any name will do, and with --stdio"},
		{"hosts on standard input", command(func(c *Command) { c.AllowedHosts, c.Stdio = []string{"nas.local"}, true }), "--allowed-hosts is of no use with --public-url, behind which any name will do, and with --stdio"},
		{"blanks to allow", command(func(c *Command) { c.AllowTools = []string{"", " "} }), "--allow-tools names no tool"},
		{"blanks to deny", command(func(c *Command) { c.DenyTools = []string{""} }), "--deny-tools names no tool"},
		{"too many rows", command(func(c *Command) { c.MaxRows = 99_999_999_999 }), "--max-rows must be 100000 or less, and not 99999999999"},
		{"too many bytes", command(func(c *Command) { c.MaxBytes = 16 << 20 }), "--max-bytes must be 1048576 or less, and not 16777216"},
		{"longer cells than values", command(func(c *Command) { c.MaxCell = 131_073 }), "--max-cell must be 131072 or less, and not 131073"},
		{"too long a run", command(func(c *Command) { c.QueryTimeout = 24 * time.Hour }), "--query-timeout must be 10m0s or less, and not 24h0m0s"},
		{"too many connections", command(func(c *Command) { c.Concurrency = 5000 }), "--concurrency must be 96 or less, and not 5000"},
		{"too long a wait", command(func(c *Command) { c.QueueWait = time.Hour }), "--queue-wait must be 10m0s or less, and not 1h0m0s"},
		{"too large a cache", command(func(c *Command) { c.CacheBytes = 2 << 30 }), "--cache-bytes must be 1073741824 or less, and not 2147483648"},
		{"too many results at once", command(func(c *Command) { c.MaxBytes = 1 << 20 }), "--concurrency times --max-bytes must be 3145728 or less, and not 4194304, for the memory that results take"},
		{"no time", command(func(c *Command) { c.QueryTimeout = 0 }), "--query-timeout must be 1ms or more, and not 0s"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.c.Run(t.Context(), surroundings(slog.New(slog.DiscardHandler), shop(t)))
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestCommandServesTheToolsOfSomeServers(t *testing.T) {
	for _, c := range []Command{
		command(func(c *Command) { c.AllowTools, c.PublicURL = []string{"whoami"}, publicURL }),
		command(func(c *Command) { c.AllowTools, c.DemoWriteTool = []string{"update"}, true }),
	} {
		_, stop, ended := start(t, c)
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the command ended with %v", err)
		}
	}
}

// TestCommandBearsTheLargestLimits opens what the bounds allow at most.
func TestCommandBearsTheLargestLimits(t *testing.T) {
	for _, c := range []Command{
		command(func(c *Command) { c.Concurrency = 96 }),
		command(func(c *Command) {
			c.Concurrency, c.MaxBytes, c.MaxRows, c.MaxCell = 3, 1<<20, 100_000, maxValue
			c.QueryTimeout, c.QueueWait, c.CacheBytes = 10*time.Minute, 10*time.Minute, 1<<30
		}),
	} {
		_, stop, ended := start(t, c)
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the command ended with %v", err)
		}
	}
}

// surroundings are those of a command whose gateway is that of the tests.
func surroundings(log *slog.Logger, database []byte) Surroundings {
	return Surroundings{
		Log: log, Database: database, Version: "v0",
		Gateway: func(_ context.Context, publicURL, _ string) (*Gateway, error) {
			return gateway(publicURL), nil
		},
	}
}

// command is a Command with the defaults of its tags, changed.
func command(change func(*Command)) Command {
	d := DefaultLimits()
	c := Command{
		Listen: "127.0.0.1:0", MaxRows: d.MaxRows, MaxBytes: d.MaxBytes, MaxCell: d.MaxCell,
		QueryTimeout: d.Timeout, Concurrency: d.Concurrency, QueueWait: d.QueueWait, CacheBytes: d.CacheBytes,
	}
	change(&c)
	return c
}

// TestCommandOnStdio runs itself in a child process, speaks MCP with it, and closes its input.
func TestCommandOnStdio(t *testing.T) {
	const child = "NORTHWIND_TEST_STDIO"
	if os.Getenv(child) != "" {
		c := command(func(c *Command) { c.Stdio = true })
		if err := c.Run(t.Context(), surroundings(slog.New(slog.NewTextHandler(os.Stderr, nil)), shop(t))); err != nil {
			t.Fatal(err)
		}
		os.Exit(0) // before the test framework writes to standard output
	}
	command := exec.Command(os.Args[0], "-test.run=^TestCommandOnStdio$")
	command.Env = append(os.Environ(), child+"=1")
	var log strings.Builder
	command.Stderr = &log
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: command}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := call(t, session, "list_tables", map[string]any{"detail": "names", "include_views": false})
	if want := `["Categories","Customers","Order Details","Orders","Products"]`; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
	if err := session.Close(); err != nil {
		t.Errorf("the child ended with %v", err)
	}
	if code := command.ProcessState.ExitCode(); code != 0 || !strings.Contains(log.String(), "tool=list_tables") {
		t.Errorf("exit code %d, log %q", code, log.String())
	}
}

// TestCommandFlags holds the flags to the rules of the command line: each has a help text and an environment variable.
func TestCommandFlags(t *testing.T) {
	var got []string
	for field := range reflect.TypeFor[Command]().Fields() {
		if !strings.HasSuffix(field.Tag.Get("help"), ".") {
			t.Errorf("the help of %s is %q", field.Name, field.Tag.Get("help"))
		}
		got = append(got, field.Tag.Get("env")+"="+field.Tag.Get("default"))
	}
	want := []string{
		"POMCHAT_NORTHWIND_LISTEN=127.0.0.1:8080", "POMCHAT_NORTHWIND_STDIO=", "POMCHAT_NORTHWIND_MAX_ROWS=1000",
		"POMCHAT_NORTHWIND_MAX_BYTES=32768", "POMCHAT_NORTHWIND_MAX_CELL=500", "POMCHAT_NORTHWIND_QUERY_TIMEOUT=5s",
		"POMCHAT_NORTHWIND_CONCURRENCY=4", "POMCHAT_NORTHWIND_QUEUE_WAIT=2s", "POMCHAT_NORTHWIND_CACHE_BYTES=8388608",
		"POMCHAT_NORTHWIND_PUBLIC_URL=", "POMCHAT_NORTHWIND_POMERIUM_CA=", "POMCHAT_NORTHWIND_ALLOW_TOOLS=", "POMCHAT_NORTHWIND_DENY_TOOLS=",
		"POMCHAT_NORTHWIND_ALLOWED_HOSTS=",
		"POMCHAT_NORTHWIND_DEMO_WRITE_TOOL=",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
