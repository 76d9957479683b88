package northwind

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

// Command is `pomchat northwind-mcp`. Its fields are the flags; the caller fills them through the tags, then calls Run.
type Command struct {
	Listen       string        `default:"127.0.0.1:8080" env:"POMCHAT_NORTHWIND_LISTEN" help:"Address to serve MCP on, at /mcp."`
	Stdio        bool          `env:"POMCHAT_NORTHWIND_STDIO" help:"Serve one client on standard input and output instead of HTTP."`
	MaxRows      int           `default:"1000" env:"POMCHAT_NORTHWIND_MAX_ROWS" help:"Most rows in one result."`
	MaxBytes     int           `default:"32768" env:"POMCHAT_NORTHWIND_MAX_BYTES" help:"Most bytes of text in one result."`
	MaxCell      int           `default:"500" env:"POMCHAT_NORTHWIND_MAX_CELL" help:"Most characters shown of one cell."`
	QueryTimeout time.Duration `default:"5s" env:"POMCHAT_NORTHWIND_QUERY_TIMEOUT" help:"Longest run of one query."`
	Concurrency  int           `default:"4" env:"POMCHAT_NORTHWIND_CONCURRENCY" help:"Queries that may run at once."`
	QueueWait    time.Duration `default:"2s" env:"POMCHAT_NORTHWIND_QUEUE_WAIT" help:"Longest wait of a query for its turn."`
	CacheBytes   int           `default:"8388608" env:"POMCHAT_NORTHWIND_CACHE_BYTES" help:"Memory in bytes for answers that are kept, to be given again; 0 keeps none."`

	PublicURL  string   `env:"POMCHAT_NORTHWIND_PUBLIC_URL" placeholder:"URL" help:"https URL of this server's Pomerium route. With it, every request must carry the identity that Pomerium signed for this route."`
	PomeriumCA string   `env:"POMCHAT_NORTHWIND_POMERIUM_CA" placeholder:"FILE" help:"PEM file of the certificate authority of Pomerium, if it is a private one."`
	AllowTools []string `env:"POMCHAT_NORTHWIND_ALLOW_TOOLS" placeholder:"TOOL" help:"Only tools to offer, separated by commas. Default: all."`
	DenyTools  []string `env:"POMCHAT_NORTHWIND_DENY_TOOLS" placeholder:"TOOL" help:"Tools not to offer, separated by commas; stronger than --allow-tools."`

	AllowedHosts []string `env:"POMCHAT_NORTHWIND_ALLOWED_HOSTS" placeholder:"HOST" help:"Names by which the server may be called without a gateway, separated by commas, besides localhost and IP addresses. Default: any, but not for browsers."`

	DemoWriteTool bool `env:"POMCHAT_NORTHWIND_DEMO_WRITE_TOOL" help:"Add the tool update, which changes nothing, to show a policy that blocks writes."`
}

// shutdownTime is how long running requests may take to end after the signal to stop.
const shutdownTime = 10 * time.Second

// Surroundings is what [Command] needs from its process. All fields are required.
type Surroundings struct {
	Log      *slog.Logger
	Database []byte // the image
	Version  string
	// Gateway returns what checks identities, by --public-url and --pomerium-ca, which may be empty. It is called only
	// if the former is set. Its error is one sentence that names the flag. It must not wait for the gateway, which may
	// itself be waiting for this server.
	Gateway func(ctx context.Context, publicURL, caFile string) (*Gateway, error)
}

// Run serves the database until ctx is done or, with Stdio, the client closes its end; both are no error. It logs the
// address once it listens. Running requests may finish first. [ConfigureSQLite] must have run.
func (c *Command) Run(ctx context.Context, env Surroundings) (err error) {
	opts, err := c.options(ctx, env)
	if err != nil {
		return err
	}
	db, err := Open(ctx, env.Database, Limits{
		MaxRows:     c.MaxRows,
		MaxBytes:    c.MaxBytes,
		MaxCell:     c.MaxCell,
		Timeout:     c.QueryTimeout,
		Concurrency: c.Concurrency,
		QueueWait:   c.QueueWait,
		CacheBytes:  cmp.Or(c.CacheBytes, -1),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if c.Stdio {
		return serveStdio(ctx, db, opts)
	}
	listener, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	if opts.Gateway == nil && !loopback(listener.Addr().String()) {
		env.Log.LogAttrs(ctx, slog.LevelWarn, "nobody's identity is checked: whoever reaches this address can read the database",
			slog.String("listen", listener.Addr().String()))
	}
	attrs := []slog.Attr{slog.String("url", endpointURL(listener.Addr())), slog.Int("tables", len(db.Catalogue().Tables))}
	if opts.Gateway != nil {
		attrs = append(attrs, slog.String("public_url", opts.Gateway.PublicURL.String()))
	}
	env.Log.LogAttrs(ctx, slog.LevelInfo, "serving MCP", attrs...)
	return serve(ctx, listener, &http.Server{
		Handler:           NewHandler(db, opts),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      db.limits.QueueWait + db.limits.Timeout + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(env.Log.Handler(), slog.LevelWarn),
	})
}

// endpointURL is where a client on this machine finds MCP. An address that stands for all of the machine cannot be called.
func endpointURL(address net.Addr) string {
	host := address.String()
	if tcp, ok := address.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		host = fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return "http://" + host + "/mcp"
}

// options checks the flags and returns what they ask for.
func (c *Command) options(ctx context.Context, env Surroundings) (HandlerOptions, error) {
	if err := c.check(); err != nil {
		return HandlerOptions{}, err
	}
	rights, err := ParseRights(c.AllowTools, c.DenyTools)
	if err != nil {
		return HandlerOptions{}, err
	}
	if !rights.leaves(c.PublicURL != "", c.DemoWriteTool) {
		return HandlerOptions{}, errors.New("--allow-tools and --deny-tools leave no tool to offer: whoami needs --public-url, update needs --demo-write-tool")
	}
	hosts, err := parseHosts(c.AllowedHosts)
	if err != nil {
		return HandlerOptions{}, err
	}
	opts := HandlerOptions{Version: env.Version, Logger: env.Log, Rights: rights, AllowedHosts: hosts, DemoWriteTool: c.DemoWriteTool}
	switch {
	case c.PublicURL == "" && c.PomeriumCA != "":
		return HandlerOptions{}, errors.New("--pomerium-ca is of no use without --public-url, the URL of this server's Pomerium route")
	case c.PublicURL != "" && c.Stdio:
		return HandlerOptions{}, errors.New("--public-url and --stdio exclude each other: no gateway stands before standard input")
	case hosts != nil && (c.PublicURL != "" || c.Stdio):
		return HandlerOptions{}, errors.New("--allowed-hosts is of no use with --public-url, behind which any name will do, and with --stdio")
	case c.PublicURL != "":
		opts.Gateway, err = env.Gateway(ctx, c.PublicURL, c.PomeriumCA)
	}
	return opts, err
}

func serveStdio(ctx context.Context, db *DB, opts HandlerOptions) error {
	patience := db.limits.QueueWait + db.limits.Timeout + time.Second // the last for all but the query
	err := newServer(db, opts).Run(ctx, &stdio{in: os.Stdin, out: os.Stdout, patience: patience})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("serving MCP on standard input and output: %w", err)
	}
	return nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	if strings.TrimSpace(address) == "" {
		return nil, errors.New("--listen must be an address such as 127.0.0.1:8080, and not empty")
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("cannot listen on %s: another program uses this port; choose another one with --listen", address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("cannot listen on %s: this user may not use this port; choose one above 1023 with --listen", address)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %q, set with --listen: %w", address, err)
	}
	return listener, nil
}

// serve runs the server until ctx is done, then lets the running requests end.
func serve(ctx context.Context, listener net.Listener, server *http.Server) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving HTTP: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	err := server.Shutdown(grace)
	<-failed
	if err != nil {
		return fmt.Errorf("waiting for running requests: %w", errors.Join(err, server.Close()))
	}
	return nil
}
