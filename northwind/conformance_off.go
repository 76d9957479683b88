//go:build !conformance

package northwind

import "github.com/modelcontextprotocol/go-sdk/mcp"

// The build tag conformance replaces the functions of this file by those of conformance_on.go, which add what the
// official conformance suite calls by name. Without the tag they add nothing.

func fixtureOptions(opts *mcp.ServerOptions) *mcp.ServerOptions { return opts }

func addFixtures(*mcp.Server) {}

// logs says whether the capability of logging is announced.
const logs = false

// transports returns the options of MCP at each path.
func transports(production *mcp.StreamableHTTPOptions) map[string]*mcp.StreamableHTTPOptions {
	return map[string]*mcp.StreamableHTTPOptions{"/mcp": production}
}
