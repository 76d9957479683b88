package pomeriumtest

import (
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"time"
)

// RouteOptions are settings of a route, called as in Pomerium's configuration. The
// zero value has Pomerium's defaults: it is a plain route, for whoever is signed in.
type RouteOptions struct {
	Name        string // name
	Description string // description
	LogoURL     string // logo_url

	MCPClient bool       // mcp: {client: {}}
	MCPServer *MCPServer // mcp: {server: …}

	PassIdentityHeaders bool // pass_identity_headers
	PreserveHostHeader  bool // preserve_host_header
	// Timeout and IdleTimeout are timeout and idle_timeout: for a whole answer, 30 s
	// if nil, and between two pieces of it, 5 min if nil. 0 is none. Server routes
	// have none anyway.
	Timeout, IdleTimeout *time.Duration

	// AllowPublicUnauthenticatedAccess is allow_public_unauthenticated_access.
	AllowPublicUnauthenticatedAccess bool
	// PublicPaths are those of other routes to the same upstream, with
	// allow_public_unauthenticated_access.
	PublicPaths []string
	Policy      Policy

	// User, if not anonymous, spares a test the login: whoever comes to this host
	// without a session is taken for this user. Pomerium has nothing like it.
	User User
}

// MCPServer are the settings of a route to an MCP server.
type MCPServer struct {
	Path            string          // path: is added to the URL in the list, and changes nothing else
	MaxRequestBytes int             // max_request_bytes: 4096 if 0
	UpstreamOAuth2  *UpstreamOAuth2 // upstream_oauth2
}

// UpstreamOAuth2 is the authorization server of an MCP server.
type UpstreamOAuth2 struct {
	ClientID, ClientSecret string   // client_id, client_secret
	Scopes                 []string // scopes
	AuthURL, TokenURL      string   // endpoint: {auth_url, token_url}
}

// Policy says who may use a route, and what for.
type Policy struct {
	AllowedUsers   []string // allow: {or: [{email: {is: …}}]}
	AllowedDomains []string // allow: {or: [{domain: {is: …}}]}; with neither, whoever is signed in
	DeniedTools    []string // deny: {and: [{mcp_tool: {in: …}}]}
	OnlyTools      []string // deny: {and: [{mcp_tool: {not_in: …}}]}, unless empty
}

// allows reports whether a user may send a message. A rule about tools says nothing
// about what is no call of a tool, or was not understood.
func (p Policy) allows(u User, m message) bool {
	if m.tool != "" && (slices.Contains(p.DeniedTools, m.tool) || len(p.OnlyTools) > 0 && !slices.Contains(p.OnlyTools, m.tool)) {
		return false
	}
	if len(p.AllowedUsers) == 0 && len(p.AllowedDomains) == 0 {
		return true
	}
	_, domain, _ := strings.Cut(u.Email, "@")
	return slices.Contains(p.AllowedUsers, u.Email) || slices.Contains(p.AllowedDomains, domain)
}

// route is one way through the gateway.
type route struct {
	RouteOptions
	host     string // without a port
	upstream *url.URL
	proxy    *httputil.ReverseProxy
	broken   bool
}

func (rt *route) isServer() bool { return rt != nil && rt.MCPServer != nil }

// Route adds a route, or replaces it: requests to the host, on any port, go to the
// upstream, which has no path.
func (g *Gateway) Route(host string, upstream *url.URL, o RouteOptions) {
	rt := &route{RouteOptions: o, host: bare(host), upstream: upstream}
	rt.proxy = g.proxyTo(rt)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.routes[rt.host] = rt
}

// Break lets the upstream of a route be out of reach, or in reach again.
func (g *Gateway) Break(host string, broken bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if rt := g.routes[bare(host)]; rt != nil {
		changed := *rt
		changed.broken = broken
		changed.proxy = g.proxyTo(&changed)
		g.routes[rt.host] = &changed
	}
}

// route returns the one of a host, or nil.
func (g *Gateway) route(host string) *route {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.routes[bare(host)]
}
