// Pomchat is a chat web app for MCP servers behind the Pomerium gateway, and a
// read-only SQL MCP server over the Northwind database.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/pomerium/pomchat/app"
	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/embed"
	"github.com/pomerium/pomchat/northwind"
)

// version is set by the linker in releases.
var version = "dev"

func main() {
	easeCollection()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// easeCollection lets the heap grow to three times what is in use, unless GOGC says otherwise. The live heap is a few
// megabytes, and a call through the MCP SDK leaves 0.3 MB of garbage: with Go's default of 100 a third of the processor
// time went into collecting it. GOMEMLIMIT is heeded as ever.
func easeCollection() {
	const growth = 200 // percent
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(growth)
	}
}

// spareProcessor lets one thread more run than there are processors, unless GOMAXPROCS says otherwise. The thread that
// writes to the database computes for a millisecond or two at a time and gives way to others, as far as the system is
// concerned; but for Go it holds one of so many places, and with two of them answers waited for it.
func spareProcessor() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
}

// commands is the command line.
type commands struct {
	LogFormat string `enum:"text,json" default:"text" env:"POMCHAT_LOG_FORMAT" help:"Format of the log on standard error: text or json."`
	LogLevel  string `enum:"debug,info,warn,error" default:"info" env:"POMCHAT_LOG_LEVEL" help:"Least severe entry to log: debug, info, warn or error."`

	Serve     serve        `cmd:"" help:"Serve the chat app."`
	Northwind northwindMCP `cmd:"" name:"northwind-mcp" help:"Serve the Northwind database over MCP, read-only."`
	Health    healthcheck  `cmd:"" name:"healthcheck" help:"Ask a pomchat on this machine whether it is ready. The exit code is 0 if it says so within 3 seconds, else 1."`
	Version   versionInfo  `cmd:"" help:"Print the version."`

	VersionFlag versionFlag `name:"version" help:"Print the version."`
}

// process is what a command gets from the outside.
type process struct {
	ctx    context.Context
	log    *slog.Logger
	stdout io.Writer
}

// run returns the exit code: 0, 1 for a failure, 2 for a wrong command line.
func run(args []string, stdout, stderr io.Writer) int {
	var line commands
	exited := -1
	parser, err := kong.New(&line, kong.Name("pomchat"), kong.Writers(stdout, stderr),
		kong.Description("Chat with your MCP servers behind Pomerium."),
		kong.Exit(func(code int) { exited = code }))
	if err != nil {
		return complain(stderr, err, 1)
	}
	chosen, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		return complain(stderr, fmt.Errorf("%w (see pomchat --help)", err), 2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err = chosen.Run(process{ctx: ctx, log: line.logger(stderr), stdout: stdout})
	if err != nil {
		return complain(stderr, err, 1)
	}
	return 0
}

func complain(stderr io.Writer, err error, code int) int {
	_, _ = fmt.Fprintf(stderr, "pomchat: %v\n", err)
	return code
}

func (c *commands) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // kong has checked the enum
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

type serve struct{ app.Serve }

// Run is called by kong.
func (s *serve) Run(p process) error {
	spareProcessor()
	if err := northwind.ConfigureSQLite(); err != nil {
		return err
	}
	ui, err := embed.UI()
	if err != nil {
		return fmt.Errorf("open the built page: %w", err)
	}
	surroundings := app.Surroundings{UI: ui, Version: version, Log: p.log, Stdout: p.stdout}
	if s.BehindGateway() {
		return s.Serve.Run(p.ctx, surroundings)
	}
	db, err := northwind.Open(p.ctx, embed.Northwind(), northwind.Limits{})
	if err != nil {
		return fmt.Errorf("open Northwind: %w", err)
	}
	defer func() { _ = db.Close() }()
	surroundings.Builtin = []app.Builtin{{
		ID: "northwind", Name: "Northwind", Description: "Orders, customers and products of a food trader, 1996 to 1998.",
		Server: northwind.NewServer(db, version),
	}}
	return s.Serve.Run(p.ctx, surroundings)
}

type northwindMCP struct{ northwind.Command }

// Run is called by kong.
func (n *northwindMCP) Run(p process) error {
	if err := northwind.ConfigureSQLite(); err != nil {
		return err
	}
	return n.Command.Run(p.ctx, northwind.Surroundings{
		Log: p.log, Database: embed.Northwind(), Version: version,
		Gateway: func(ctx context.Context, publicURL, caFile string) (*northwind.Gateway, error) {
			return behindPomerium(ctx, publicURL, caFile, p.log)
		},
	})
}

// behindPomerium returns what lets Northwind check who is asking.
func behindPomerium(ctx context.Context, publicURL, caFile string, log *slog.Logger) (*northwind.Gateway, error) {
	route, err := pomerium.ParsePublicURL(publicURL)
	if err != nil {
		return nil, fmt.Errorf("--public-url: %w", err)
	}
	client, err := pomerium.NewClient(caFile)
	if err != nil {
		return nil, fmt.Errorf("--pomerium-ca: %w", err)
	}
	checked, err := pomerium.NewVerifier(ctx, route, client, log)
	if err != nil {
		return nil, fmt.Errorf("--public-url: %w", err)
	}
	return &northwind.Gateway{PublicURL: route, Verifier: verifier{checked}}, nil
}

// verifier is a pomerium.Verifier in the words of northwind.
type verifier struct{ *pomerium.Verifier }

// Assertion finds what [Verify] is to check, as the chat app does.
func (verifier) Assertion(headers http.Header) (string, error) { return pomerium.AssertionOf(headers) }

// Verify tells who the assertion is about.
func (v verifier) Verify(ctx context.Context, assertion string) (northwind.Caller, error) {
	identity, err := v.Verifier.Verify(ctx, assertion)
	if errors.Is(err, pomerium.ErrUnavailable) {
		err = fmt.Errorf("%w: %w", northwind.ErrUnavailable, err)
	}
	return northwind.Caller{Subject: identity.Subject, Email: identity.Email, Name: identity.Name, Groups: identity.Groups}, err
}

// healthcheck lets an image without a shell or curl have a health check.
type healthcheck struct {
	URL string `arg:"" optional:"" default:"http://127.0.0.1:3000" help:"Address of the server, as in http://127.0.0.1:8080; without a path, its /readyz is asked."`
}

// Run is called by kong. Its error says what is wrong in one sentence.
func (h *healthcheck) Run(p process) error {
	const patience = 3 * time.Second
	u, err := url.Parse(h.URL)
	if err != nil || u.Scheme != "http" || u.Host == "" {
		return fmt.Errorf("healthcheck needs an address such as http://127.0.0.1:3000, and not %q", h.URL)
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/readyz"
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return fmt.Errorf("healthcheck: %w", err)
	}
	response, err := (&http.Transport{}).RoundTrip(request) // which knows no proxies and no redirects
	if err != nil {
		return fmt.Errorf("not ready: %s does not answer: %w", u, err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s answers %s", u, response.Status)
	}
	return nil
}

// versionFlag is what people try before they look for a command.
type versionFlag bool

// BeforeReset is called by kong, before it asks for a command.
func (versionFlag) BeforeReset(k *kong.Kong) error {
	defer k.Exit(0)
	return printVersion(k.Stdout)
}

type versionInfo struct{}

// Run is called by kong.
func (versionInfo) Run(p process) error { return printVersion(p.stdout) }

func printVersion(w io.Writer) error {
	commit := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	_, err := fmt.Fprintf(w, "pomchat %s\ncommit %s\n%s %s/%s\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
