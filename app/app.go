// Package app puts the parts of `pomchat serve` together, runs them and takes
// them down in order.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/guide"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/store"
	"github.com/pomerium/pomchat/app/store/postgres"
	"github.com/pomerium/pomchat/app/toolbox"
	"github.com/pomerium/pomchat/app/web"
)

// Serve is `pomchat serve`. A command line fills it by the tags.
type Serve struct {
	Listen        string     `default:"127.0.0.1:3000" env:"POMCHAT_LISTEN" placeholder:"HOST:PORT" help:"Address to listen on. Without --public-url loopback only, as nobody checks who is asking."`
	PublicURL     string     `env:"POMCHAT_PUBLIC_URL" placeholder:"URL" help:"https URL of this app's Pomerium route. With it, every request must carry the identity that Pomerium signed for this route, and the MCP servers are those that the same Pomerium protects."`
	PomeriumCA    string     `env:"POMCHAT_POMERIUM_CA" placeholder:"FILE" help:"PEM file of the certificate authority of Pomerium, if it is a private one."`
	AdminListen   string     `env:"POMCHAT_ADMIN_LISTEN" placeholder:"HOST:PORT" help:"Address for metrics (/metrics) and profiles (/debug/pprof/), not for users. Default: none."`
	Data          chat.Token `env:"POMCHAT_DATA" placeholder:"FILE|URL" help:"Where threads are kept: a file, :memory: to forget them at the end, or a database of PostgreSQL 14 or newer, postgres://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full. Prefer the environment variable for a URL with a password, or leave the password to PGPASSWORD or PGPASSFILE: others on this machine can see arguments. Default: pomchat.db in the user's state directory."`
	OpenAIAPIKey  chat.Token `name:"openai-api-key" env:"OPENAI_API_KEY" placeholder:"KEY" help:"Key for the model provider. Prefer the environment variable: others on this machine can see arguments."`
	OpenAIBaseURL string     `name:"openai-base-url" env:"OPENAI_BASE_URL" placeholder:"URL" help:"Base URL of a server that speaks OpenAI's Responses API or Chat Completions. Default: OpenAI."`
	OpenAIAPI     string     `name:"openai-api" enum:"auto,responses,chat" default:"auto" env:"POMCHAT_OPENAI_API" help:"Which API the provider speaks: responses, chat (Chat Completions), or auto to find out."`
	AllowModels   []string   `name:"allow-models" sep:" " env:"POMCHAT_ALLOW_MODELS" placeholder:"ID" help:"Only models of the provider to offer; * stands for any letters. Repeatable; in the environment, separated by blanks. Default: those that can hold a chat."`
	Hosted        []string   `name:"hosted-tools" sep:" " env:"POMCHAT_HOSTED_TOOLS" placeholder:"TOOL" help:"What a compatible provider runs itself: web_search, code_interpreter, mcp. Repeatable; in the environment, separated by blanks. OpenAI's are known."`
	Model         string     `env:"POMCHAT_MODEL" placeholder:"ID" help:"Default model. Without it: the provider's, or the guide if there is no provider."`
	Trust         []string   `name:"trust" sep:" " env:"POMCHAT_TRUST" placeholder:"NAME" help:"MCP servers, by host or, standalone, by the name in --mcp, that are believed when they say that a tool only reads, so that its calls need no approval; * for all. Repeatable; in the environment, separated by blanks."`
	RemoteTools   []string   `name:"remote-tools" sep:" " env:"POMCHAT_REMOTE_TOOLS" placeholder:"NAME" help:"MCP servers, by host or, standalone, by the name in --mcp, that the model's provider calls itself, and not pomchat; it must reach them, and gets the caller's token for them. Repeatable; in the environment, separated by blanks."`
	AlwaysAsk     []string   `name:"always-ask" sep:" " env:"POMCHAT_ALWAYS_ASK" placeholder:"SERVER/TOOL" help:"Tools of which every call has to be approved by the person who asks, such as crm/*, crm.example.com/* or */delete_*, whatever the server says and whoever approved before. Repeatable; in the environment, separated by blanks."`
	WebSearch     string     `name:"web-search-with-servers" enum:"ask,allow,forbid" default:"ask" env:"POMCHAT_WEB_SEARCH_WITH_SERVERS" help:"Whether a thread may use web search beside MCP servers, whose data could get out by it: ask the person, allow, or forbid."`
	Prices        string     `env:"POMCHAT_PRICES" placeholder:"FILE" help:"JSON file of what models cost, for estimates: {\"model\": {\"input\": 2, \"output\": 10}}, in US dollars for a million tokens. Default: a table of OpenAI's."`
	MCP           []string   `name:"mcp" sep:" " env:"POMCHAT_MCP" placeholder:"NAME=URL" help:"Another MCP server to offer, without --public-url. What its query holds is sent to it and shown nowhere. Repeatable; in the environment, separated by blanks."`

	Budget `embed:""`
}

// Builtin is an MCP server inside this process.
type Builtin = toolbox.Builtin

// Surroundings is what Serve needs from its process. All fields are required but
// Builtin.
type Surroundings struct {
	UI      fs.FS
	Builtin []Builtin // not offered behind a gateway
	Version string
	Log     *slog.Logger
	Stdout  io.Writer
}

// Run serves until ctx ends, then ends what is going on in order: first runs, so
// that they are stored, then connections, then the store. A wrong setting is an
// error in one sentence that names the flag.
func (s *Serve) Run(ctx context.Context, env Surroundings) (err error) {
	if err := s.check(); err != nil {
		return err
	}
	models, err := s.models(env.Log)
	if err != nil {
		return err
	}
	front, err := s.front(ctx, env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, front.tools.Close()) }()
	listener, err := listen(s.Listen)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	kept, err := s.openStore(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	ctx, done := whileKept(ctx, kept)
	defer func() { err = errors.Join(err, done()) }()
	site, err := s.assemble(ctx, env, models, front, kept)
	if err != nil {
		return err
	}

	operator, err := openAdmin(s.AdminListen, env.Version, site.engine, env.Log)
	if err != nil {
		return err
	}
	if operator != nil {
		defer operator.close()
		go operator.serve(ctx, env.Log)
	}

	address := "http://" + listener.Addr().String()
	env.Log.LogAttrs(ctx, slog.LevelInfo, "listening", slog.String("address", address), slog.String("version", env.Version))
	if s.BehindGateway() {
		address = s.PublicURL
	}
	if _, err := fmt.Fprintf(env.Stdout, "pomchat is ready. Open %s\n", address); err != nil {
		return fmt.Errorf("print the address: %w", err)
	}
	pruning, stopPruning := context.WithCancel(ctx)
	var pruned sync.WaitGroup
	pruned.Go(func() { site.engine.Prune(pruning) })
	if s.AllowModels != nil {
		// The log is to tell at the start, and not to the first user, what allows nothing.
		pruned.Go(func() { _, _ = models.Models(pruning) })
	}
	defer pruned.Wait()
	defer stopPruning()
	return site.serve(ctx, listener, env.Log)
}

// site is what answers requests.
type site struct {
	engine  *chat.Engine
	handler http.Handler
}

func (s *Serve) assemble(ctx context.Context, env Surroundings, models *chat.Catalogue, front *front, kept storage) (*site, error) {
	costs, err := readPrices(s.Prices)
	if err != nil {
		return nil, fmt.Errorf("--prices: %w", err)
	}
	engine := chat.NewEngine(chat.EngineConfig{
		Threads: kept, Journal: kept, Grants: kept, Results: kept, Files: kept, Models: models, Toolbox: front.tools, Resources: front.tools,
		Limits: s.Budget.limits(), Approvals: chat.ApprovalPolicy{AlwaysAsk: s.AlwaysAsk}, Mixing: chat.Mixing(s.WebSearch),
		Price: costs.of, Instructions: instructions, Log: env.Log, Now: now, NewID: chat.NewID,
	})
	if err := engine.Recover(ctx); err != nil {
		return nil, err
	}
	handler, err := web.NewHandler(web.Config{
		Gateway: front.gateway, Upstream: front.upstream, Engine: engine, Threads: kept, Grants: kept, Results: kept, Files: kept, Models: models, Toolbox: front.tools, Prompts: front.tools,
		UI: env.UI, Version: env.Version, Log: env.Log, Now: now,
	})
	if err != nil {
		return nil, err
	}
	return &site{engine: engine, handler: handler}, nil
}

// storage is where all is kept, whatever database it is on.
type storage interface {
	chat.Threads
	chat.Journal
	chat.Grants
	chat.Results
	chat.Files
	Close() error
}

func (s *Serve) openStore(ctx context.Context) (storage, error) {
	data, err := s.dataSource()
	if err != nil {
		return nil, err
	}
	var kept storage
	if postgres.Names(data) {
		kept, err = postgres.Open(ctx, data)
	} else {
		kept, err = store.Open(ctx, data)
	}
	if err != nil {
		return nil, fmt.Errorf("--data: %w", err)
	}
	return kept, nil
}

func (s *Serve) toolbox(env Surroundings) (*toolbox.Toolbox, error) {
	remote, err := remoteServers(s.MCP)
	if err != nil {
		return nil, err
	}
	known := serverIDs(env.Builtin, remote)
	trusted, err := serversNamed("--trust", s.Trust, append(known, "*"))
	if err != nil {
		return nil, err
	}
	byProvider, err := serversNamed("--remote-tools", s.RemoteTools, serverIDs(nil, remote))
	if err != nil {
		return nil, err
	}
	tools, err := toolbox.New(s.Budget.withLimits(toolbox.Config{
		Version: env.Version, Builtin: env.Builtin, Remote: remote, MaxOutput: maxResult,
		Trusted: trusted, RemoteByProvider: byProvider, Log: env.Log,
	}))
	if err != nil {
		return nil, fmt.Errorf("--mcp: %w", err)
	}
	return tools, nil
}

// maxResult is how many bytes of a result are kept: of its text, and of its data.
const maxResult = 8 << 20

// models offers the provider's models, if there is a provider, and the guide.
func (s *Serve) models(log *slog.Logger) (*chat.Catalogue, error) {
	var providers []chat.Provider
	if !s.hasProvider() {
		providers = append(providers, alone{guide.New()})
	} else {
		client, err := llm.New(llm.Config{
			APIKey: s.OpenAIAPIKey, BaseURL: s.OpenAIBaseURL, API: llm.API(s.OpenAIAPI), Model: s.providerModel(),
			Allow: s.AllowModels, Hosted: hostedTools(s.Hosted), Log: log,
		})
		if err != nil {
			return nil, fmt.Errorf("--openai-api-key, --openai-base-url: %w", err)
		}
		providers = append(providers, client, guide.New())
	}
	return chat.NewCatalogue(log, s.Model, providers...), nil
}

// providerModel is the default model, unless that is the guide.
func (s *Serve) providerModel() string {
	if s.Model == guide.ModelID {
		return ""
	}
	return s.Model
}

// now is the clock. The store keeps microseconds, so that is what there is.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

const (
	graceForRuns        = 5 * time.Second
	graceForConnections = 2 * time.Second
)

// serve answers requests until ctx ends or the listener fails.
func (s *site) serve(ctx context.Context, l net.Listener, log *slog.Logger) error {
	srv := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.LogAttrs(ctx, slog.LevelInfo, "shutting down")
	runs, cancelRuns := context.WithTimeout(context.WithoutCancel(ctx), graceForRuns)
	defer cancelRuns()
	err := s.engine.Close(runs)
	connections, cancelConnections := context.WithTimeout(context.WithoutCancel(ctx), graceForConnections)
	defer cancelConnections()
	if srv.Shutdown(connections) != nil {
		// Somebody does not listen or does not speak. There is nothing to wait for.
		_ = srv.Close()
	}
	return err
}
