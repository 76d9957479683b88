package app

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/guide"
	"github.com/pomerium/pomchat/app/toolbox"
)

// check refuses settings that cannot work, before anything is opened.
func (s *Serve) check() error {
	host, _, err := net.SplitHostPort(s.Listen)
	if err != nil {
		return fmt.Errorf("--listen must be a host and a port, such as 127.0.0.1:3000, and not %q", s.Listen)
	}
	if !s.BehindGateway() && !isLoopback(host) {
		return fmt.Errorf("--listen must be a loopback address, such as 127.0.0.1:3000, and not %q: without --public-url, that is, without a gateway in front, nobody checks who is asking", s.Listen)
	}
	if s.BehindGateway() && len(s.MCP) > 0 {
		return errors.New("--mcp is of no use with --public-url: the MCP servers are those that Pomerium protects, so add a route there")
	}
	if !s.BehindGateway() && s.PomeriumCA != "" {
		return errors.New("--pomerium-ca is of no use without --public-url, the URL of this app's Pomerium route")
	}
	if s.Model != "" && s.Model != guide.ModelID && !s.hasProvider() {
		return fmt.Errorf("--model=%s needs a model provider: set OPENAI_API_KEY, or OPENAI_BASE_URL for a compatible server", s.Model)
	}
	if err := s.Budget.check(); err != nil {
		return err
	}
	if err := (chat.ApprovalPolicy{AlwaysAsk: s.AlwaysAsk}).Check(); err != nil {
		return fmt.Errorf("--always-ask: %w", err)
	}
	if s.OpenAIBaseURL == "" {
		return nil
	}
	if u, err := url.Parse(s.OpenAIBaseURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("--openai-base-url must be an http or https URL, such as http://127.0.0.1:11434/v1")
	}
	return nil
}

// hasProvider reports whether there is a model provider besides the guide.
func (s *Serve) hasProvider() bool { return !s.OpenAIAPIKey.IsZero() || s.OpenAIBaseURL != "" }

// isLoopback reports whether a host, without its port, is this machine itself.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program: stop that one, or choose another port with --listen", address)
	case err != nil:
		return nil, fmt.Errorf("--listen %s: %w", address, err)
	default:
		return l, nil
	}
}

// dataSource returns where threads are kept. The default is a file in the user's
// state directory (XDG Base Directory Specification, section 3), or in what the
// system has in its place. A URL holds a password, so it is kept like a token.
func (s *Serve) dataSource() (string, error) {
	if !s.Data.IsZero() {
		return s.Data.Reveal(), nil
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "pomchat", "pomchat.db"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("there is no home directory to keep threads in: name a file with --data")
	}
	return filepath.Join(home, ".local", "state", "pomchat", "pomchat.db"), nil
}

// remoteServers reads NAME=URL settings.
func remoteServers(settings []string) ([]toolbox.Remote, error) {
	var servers []toolbox.Remote
	for _, setting := range settings {
		name, address, ok := strings.Cut(setting, "=")
		name = strings.TrimSpace(name)
		u, err := url.Parse(strings.TrimSpace(address))
		if !ok || name == "" || err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return nil, fmt.Errorf("--mcp must be a name and an http or https URL, such as wiki=http://127.0.0.1:8080/mcp")
		}
		servers = append(servers, toolbox.Remote{ID: strings.ToLower(name), Name: name, URL: u.String()})
	}
	return servers, nil
}

// serverIDs returns the ids of all servers that are known at the start.
func serverIDs(builtin []Builtin, remote []toolbox.Remote) []string {
	var ids []string
	for _, b := range builtin {
		ids = append(ids, b.ID)
	}
	for _, r := range remote {
		ids = append(ids, r.ID)
	}
	return ids
}

// serversNamed returns the ids that a flag names, in any case. One that is nobody's is
// refused: it would be of no effect.
func serversNamed(flag string, names, known []string) ([]string, error) {
	var ids []string
	for _, name := range names {
		id := strings.ToLower(strings.TrimSpace(name))
		if id == "" {
			continue
		}
		if !slices.Contains(known, id) {
			return nil, fmt.Errorf("%s: it cannot be %q; it can be one of: %s", flag, name, strings.Join(known, ", "))
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// hostedTools returns the tools that a setting names, nil if it names none.
func hostedTools(names []string) []chat.HostedTool {
	var tools []chat.HostedTool
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			tools = append(tools, chat.HostedTool(name))
		}
	}
	return tools
}
