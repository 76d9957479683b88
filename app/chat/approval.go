package chat

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// Grant is an approval that holds for more than one call. It is bound to what the
// person saw: the server and its address, the tool, and how the server described
// it. If any of these changes, the person is asked again.
type Grant struct {
	ID          string    `json:"id"`
	Scope       Scope     `json:"scope" enum:"thread,always"`
	ThreadID    string    `json:"threadId,omitempty" doc:"The thread in which it holds, if not everywhere."`
	Server      string    `json:"server"`
	ServerName  string    `json:"serverName"`
	ServerURL   string    `json:"serverUrl,omitempty"`
	Tool        string    `json:"tool" doc:"The tool's own name on its server."`
	Fingerprint string    `json:"-"`
	At          time.Time `json:"at"`
}

// covers reports whether the grant holds for the tool in the thread, as far as its
// names go.
func (g Grant) covers(t Tool, threadID string) bool {
	return g.Server == t.Server && g.Tool == t.Tool && (g.Scope == Everywhere || g.ThreadID == threadID)
}

// matches reports whether the tool is the one that was approved.
func (g Grant) matches(t Tool) bool {
	return g.ServerURL == t.ServerURL && g.Fingerprint == t.Fingerprint()
}

// Allows reports whether the grant allows calls of the tool in the thread.
func (g Grant) Allows(t Tool, threadID string) bool { return g.covers(t, threadID) && g.matches(t) }

// answers reports whether the grant allows a call that waits in its thread: Allows, for
// the tool as it was when the call was asked for.
func (g Grant) answers(p ToolPart) bool {
	return g.Server == p.Tool.Server && g.Tool == p.Tool.Tool && g.ServerURL == p.Approval.ServerURL && g.Fingerprint == p.Approval.Of
}

// Fingerprint returns a hash of what a server says of the tool: its name, its
// description, its arguments, and that it only reads or only adds; and of what is not
// shown of the server's address.
func (t Tool) Fingerprint() string {
	// A struct of strings and bools cannot fail to encode.
	said, _ := json.Marshal(struct {
		Name, Description, Schema string
		ReadOnly                  bool
		AddsOnly                  bool   `json:",omitempty"`
		Seal                      string `json:",omitempty"`
	}{t.Tool, t.Description, string(t.Schema), t.ReadOnly, t.AddsOnly, t.Seal})
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:])
}

// ApprovalPolicy is what an administrator demands, and people cannot lower.
type ApprovalPolicy struct {
	// AlwaysAsk are patterns of server/tool in the manner of [path.Match], such as
	// crm/* or */delete_*: each call of such a tool is asked for, whatever the server
	// says and the person approved before. A * stands for a / as well, since servers
	// name their tools as they like, and case does not matter. A server is meant by its
	// id, by what people see as its name, and by the host of its URL, with the port or
	// without, or the first label of that, with which the names of its tools begin: a
	// demand that fits one server too many does less harm than one that fits none.
	AlwaysAsk []string
}

// Check returns an error that names the first pattern that is none.
func (p ApprovalPolicy) Check() error {
	for _, pattern := range p.AlwaysAsk {
		if _, err := matches(pattern, "server/tool"); err != nil {
			return fmt.Errorf("%q is no pattern of server/tool: %w", pattern, err)
		}
		if server, tool, _ := strings.Cut(pattern, "/"); server == "" || tool == "" {
			return fmt.Errorf("%q is no pattern of server/tool: write, for example, crm/* or */delete_*", pattern)
		}
	}
	return nil
}

// matches is path.Match in which / is a character like any other.
func matches(pattern, name string) (bool, error) {
	plain := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "/", "\x00") }
	return path.Match(plain(pattern), plain(name))
}

// Reason returns why a call of the tool has to be approved by a person who has
// approved nothing yet, in one sentence; empty if it need not be.
func (p ApprovalPolicy) Reason(t Tool) string { return p.permission(t, "", nil).reason }

func (p ApprovalPolicy) demands(t Tool) bool {
	servers := DemandedAs(t.Server, t.ServerName, t.ServerURL)
	return slices.ContainsFunc(p.AlwaysAsk, func(pattern string) bool {
		return slices.ContainsFunc(servers, func(server string) bool {
			ok, err := matches(pattern, server+"/"+t.Tool)
			return ok || err != nil // a pattern that is none demands everything
		})
	})
}

// DemandedAs returns the names by which ApprovalPolicy.AlwaysAsk may mean a server.
func DemandedAs(id, name, address string) []string {
	names := []string{id, name}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host := strings.TrimSuffix(u.Hostname(), ".")
		label, _, _ := strings.Cut(host, ".")
		names = append(names, host, u.Host, label)
	}
	return names
}

// Why a call is asked for.
const (
	demanded    = "Your administrator wants every call of this tool to be approved."
	changedTool = "The tool is not as it was when you approved it."
)

func anyScope() []Scope { return []Scope{Once, InThread, Everywhere} }

// permission says whether a call may be carried out now.
type permission struct {
	granted *Approval // under which it may, if somebody had to be asked for it
	ask     bool      // the person has to be asked
	reason  string    // why
	scopes  []Scope   // for how long the person may approve
}

// permission decides about a call of the tool in a thread. Grants are the owner's.
func (p ApprovalPolicy) permission(t Tool, threadID string, grants []Grant) permission {
	if p.demands(t) {
		return permission{ask: true, reason: demanded, scopes: []Scope{Once}}
	}
	if t.ReadOnly && t.Trusted {
		return permission{}
	}
	changed := false
	for _, g := range grants {
		if g.covers(t, threadID) {
			if g.matches(t) {
				yes := true
				return permission{granted: &Approval{ID: g.ID, Approved: &yes, Scope: g.Scope}}
			}
			changed = true
		}
	}
	ask := permission{ask: true, scopes: anyScope()}
	switch {
	case changed:
		ask.reason = changedTool
	case t.ReadOnly:
		ask.reason = fmt.Sprintf("%s says that this only reads, but nobody here vouches for that server.", t.ServerName)
	default:
		ask.reason = "This may change something."
	}
	return ask
}
