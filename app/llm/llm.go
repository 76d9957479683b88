// Package llm is a chat.Provider over the Responses API of OpenAI and of
// servers that are compatible with it, or else over Chat Completions.
//
// The history of a thread is ours: nothing is stored at the provider
// (store:false), and each request carries the whole path. What a model wrote is
// replayed to the same model verbatim, its encrypted reasoning included; another
// model is told the words, the calls and their results.
//
// Of openai-go only the package responses is used. It reads no environment
// (the SDK's own NewClient takes OPENAI_* from there), so that a Config is all
// that decides where requests go and with which key.
package llm

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"

	"github.com/pomerium/pomchat/app/chat"
)

const (
	// DefaultBaseURL is where requests go if Config names no other place.
	DefaultBaseURL = "https://api.openai.com/v1"
	// DefaultIdle is how long a provider may be silent in the middle of a reply.
	DefaultIdle = 2 * time.Minute

	maxRetries    = 1                // of a request, before its first event
	maxRetryDelay = 10 * time.Second // a person is waiting
)

// Config says which provider to talk to, and how. Its APIKey cannot be printed.
type Config struct {
	// APIKey is sent as a bearer token. OpenAI and Azure need one; a compatible
	// server may do without.
	APIKey chat.Token
	// BaseURL is the address under which /responses and /models are found, such as
	// http://localhost:11434/v1; empty means DefaultBaseURL.
	BaseURL string
	// Model is the administrator's default. It is offered even where the provider's
	// list lacks it, as that of an Azure deployment does; empty means a choice
	// from Preferred.
	Model string
	// Preferred are model ids of which the first that the provider offers is the
	// default; nil means the ones that suit a chat with tools at OpenAI.
	Preferred []string
	// Allow are the ids of the models that people may choose, in which "*" stands for
	// any text; nil means those that suit a chat. Model is allowed in any case.
	Allow []string
	// Provider names the provider to people; empty means a name from BaseURL.
	Provider string
	// API is what requests are sent by; empty means APIAuto.
	API API
	// Hosted are the tools that the provider runs itself, RemoteMCP among them if it
	// calls MCP servers. Nil means what OpenAI and Azure are known to have, and none
	// at a compatible server.
	Hosted []chat.HostedTool
	// HTTPClient carries all requests; nil means one of its own. It must have no
	// Timeout, which would cut replies short.
	HTTPClient *http.Client
	// Log gets warnings, and details of requests at debug level; nil means silence.
	Log *slog.Logger
	// Idle is how long the provider may be silent within a reply; 0 means DefaultIdle.
	Idle time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Client is one provider. It is safe for concurrent use. It keeps the key only
// where fmt cannot see it.
type Client struct {
	provider  string
	host      host
	api       *apiChoice
	fallback  string // the model to ask where nothing is known
	keyless   bool   // it is asked without a key
	idle      time.Duration
	hosted    []chat.HostedTool
	servers   []labelled // of one request
	get       *getter
	responses responses.ResponseService
	models    *modelList
	refusals  *refusals
	misfits   *misfits
	gone      *containers
	redact    func(string) string // of errors and logs
	key       chat.Token          // to be kept out of answers
	hide      chat.Redactor       // of answers
	log       *slog.Logger
}

var _ chat.Provider = (*Client)(nil)

// New checks cfg and returns a Client. It sends nothing yet. The error says in
// one sentence what is wrong with cfg, and never quotes the key.
func New(cfg Config) (*Client, error) {
	if cfg.BaseURL == "" {
		cfg.BaseURL = DefaultBaseURL
	}
	h, err := parseHost(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	api, err := newAPIChoice(cfg.API, h.flavour)
	if err != nil {
		return nil, err
	}
	if cfg.APIKey.IsZero() && h.flavour != compatible {
		return nil, fmt.Errorf("an API key is needed for %s", h.name)
	}
	if strings.ContainsFunc(cfg.APIKey.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("the API key contains white space or other characters that no key has")
	}
	if slices.Contains(cfg.Allow, "") {
		return nil, errors.New("the list of allowed models has an empty entry")
	}
	for _, tool := range cfg.Hosted {
		if !slices.Contains(hostedBy(openAI), tool) {
			return nil, fmt.Errorf("%q is no tool that a model provider runs; there are %q", tool, hostedBy(openAI))
		}
	}
	if cfg.Hosted == nil {
		cfg.Hosted = hostedBy(h.flavour)
	}
	if cfg.Provider == "" {
		cfg.Provider = h.label()
	}
	if cfg.Preferred == nil {
		cfg.Preferred = preferredModels()
	}
	if cfg.HTTPClient == nil {
		cfg.HTTPClient = &http.Client{Transport: transport()}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Idle == 0 {
		cfg.Idle = DefaultIdle
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	c := &Client{
		provider: cfg.Provider,
		host:     h,
		api:      api,
		keyless:  cfg.APIKey.IsZero(),
		hosted:   cfg.Hosted,
		get:      newGetter(cfg.HTTPClient, h.base, cfg.APIKey),
		idle:     cfg.Idle,
		refusals: newRefusals(), misfits: newMisfits(), gone: newContainers(),
		redact: chat.NewRedactor(cfg.APIKey).All,
		log:    cfg.Log,
	}
	if len(cfg.APIKey.Reveal()) >= chat.ShortestSecret {
		c.key = cfg.APIKey
	}
	c.hide = chat.NewRedactor(c.key)
	c.responses = responses.NewResponseService(append(withoutTelemetry(),
		option.WithBaseURL(h.base.String()),
		option.WithAPIKey(cfg.APIKey.Reveal()),
		option.WithHTTPClient(cfg.HTTPClient),
		option.WithMaxRetries(maxRetries),
		option.WithMaxRetryDelay(maxRetryDelay),
		option.WithMiddleware(c.settle),
	)...)
	c.models = newModelList(c, cfg)
	if models := c.models.fallback(""); len(models) > 0 {
		c.fallback = models[0].ID
	}
	return c, nil
}

// transport holds little memory for a stream, of which there may be a thousand: a
// piece of an answer is far smaller than the usual buffers of 4 KiB.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ReadBufferSize, t.WriteBufferSize = 512, 512
	return t
}

// withoutTelemetry leaves out the headers in which the SDK tells of this machine and of
// itself: a provider need not know, and each stream would hold them.
func withoutTelemetry() (options []option.RequestOption) {
	for _, of := range []string{"Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version", "Retry-Count", "Timeout"} {
		options = append(options, option.WithHeaderDel("X-Stainless-"+of))
	}
	return options
}
