package toolbox

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Config says which servers there are and what they may cost. The servers are
// shown and their tools listed in this order, those inside the process first.
type Config struct {
	Version string // of pomchat, told to servers
	Builtin []Builtin
	Remote  []Remote
	// Directory lists the other servers of each caller; nil if there are none. The
	// names of servers below may then be hosts of theirs too, and one that fits no
	// server is logged.
	Directory Directory
	// Beside is a URL of the gateway: the tools of servers in the same domain have short
	// names, which begin with the first label of the host and not with all of it.
	Beside string

	// Trusted are the ids of the servers that the administrator believes in what they
	// say of their tools, or "*" for all. Those inside the process are trusted anyway.
	Trusted []string
	// RemoteByProvider are the ids of servers that the model's provider calls itself,
	// and not pomchat. They must be reachable for it, and get the caller's token from
	// it.
	RemoteByProvider []string

	// AlwaysAsk are patterns of server/tool, as in chat.ApprovalPolicy, which applies
	// them. They are here for one that fits no server of the directory to be logged.
	AlwaysAsk []string

	// Transport reaches the remote servers; nil stands for one that trusts the system's
	// certificate authorities.
	Transport *http.Transport

	// Patience is how long a server may take to connect and to list its tools; 5 s
	// if zero.
	Patience time.Duration
	// Wait is how long a run, or a list of servers, waits for one of which nothing new
	// enough is known, and then does without it; 1.5 s if zero.
	Wait time.Duration
	// Idle is how long a server may say nothing in a call, neither progress nor a line
	// of its log; 60 s if zero. The time that the person takes to answer what the
	// server asks does not count.
	Idle time.Duration
	// CallCap is how long a call may take as a whole, but for that time; 10 min if
	// zero.
	CallCap time.Duration
	// Memory is how long a status is remembered; 30 s if zero.
	Memory time.Duration
	// MaxOutput bounds the text and, apart from it, the data of a result, in bytes;
	// 1 MiB if zero.
	MaxOutput int
	// MaxResponse bounds a whole HTTP response, in bytes; 16 MiB if zero.
	MaxResponse int64

	Log *slog.Logger // never nil
}

// Builtin is a server inside this process.
type Builtin struct {
	ID, Name, Description string
	Server                *mcp.Server
}

// Remote is a server at a URL, http or https, which speaks MCP's Streamable HTTP
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports).
type Remote struct {
	ID, Name, URL string
}

const idPattern = `^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`

// complete checks the configuration and fills in what is zero. The error is one
// sentence for whoever configures.
func (c Config) complete() (Config, error) {
	seen := map[string]bool{}
	for _, b := range c.Builtin {
		if err := checkID(b.ID, seen); err != nil {
			return Config{}, err
		}
		if slices.Contains(c.RemoteByProvider, b.ID) {
			return Config{}, fmt.Errorf("the MCP server %q is inside this process, where the model's provider cannot call it", b.ID)
		}
	}
	for _, r := range c.Remote {
		if err := checkID(r.ID, seen); err != nil {
			return Config{}, err
		}
		if err := checkURL(r.URL); err != nil {
			return Config{}, fmt.Errorf("the URL of the MCP server %q %w", r.ID, err)
		}
	}
	c.Patience = orDefault(c.Patience, 5*time.Second)
	c.Wait = orDefault(c.Wait, 1500*time.Millisecond)
	c.Idle = orDefault(c.Idle, time.Minute)
	c.CallCap = orDefault(c.CallCap, 10*time.Minute)
	c.Memory = orDefault(c.Memory, 30*time.Second)
	c.MaxOutput = orDefault(c.MaxOutput, 1<<20)
	c.MaxResponse = orDefault(c.MaxResponse, 16<<20)
	return c, nil
}

// trusts reports whether a server of these names is trusted.
func (c Config) trusts(names ...string) bool {
	return slices.Contains(c.Trusted, "*") || named(c.Trusted, names)
}

// byProvider reports whether the model's provider calls a server of these names.
func (c Config) byProvider(names ...string) bool { return named(c.RemoteByProvider, names) }

func named(wanted, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		return slices.ContainsFunc(wanted, func(w string) bool { return sameName(n, w) })
	})
}

func checkID(id string, seen map[string]bool) error {
	if ok, err := regexp.MatchString(idPattern, id); err != nil || !ok {
		return fmt.Errorf("%q cannot name an MCP server: use up to 64 letters, digits, dots, hyphens and underscores", id)
	}
	if seen[id] {
		return fmt.Errorf("two MCP servers are called %q: give each its own name", id)
	}
	seen[id] = true
	return nil
}

func checkURL(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return fmt.Errorf("cannot be read: write it like https://example.com/mcp")
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("must begin with http:// or https://")
	case u.Hostname() == "":
		return fmt.Errorf("names no host: write it like https://example.com/mcp")
	case u.User != nil:
		return fmt.Errorf("holds a user or password, which everybody could read there: leave it out")
	case u.Fragment != "":
		return fmt.Errorf("has a part after #, which no server ever sees: leave it out")
	}
	return nil
}

func orDefault[T int | int64 | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}
