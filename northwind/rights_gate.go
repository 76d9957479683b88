package northwind

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// gate stands before tools, resources and prompts. It refuses what the rights leave out, and writes to the audit what
// no tool writes there itself: reading, and calls that reach no tool.
type gate struct {
	rights Rights
	audit  audit
}

// guard is the middleware of the server.
func (g gate) guard(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		u, tools := useOf(req)
		if u.event == "" {
			return next(ctx, method, req)
		}
		start := time.Now()
		ctx, about := requestOf(ctx)
		if tool := g.rights.lacking(tools...); tool != "" {
			u.outcome, u.took = forbidden, time.Since(start)
			g.audit.write(ctx, u)
			return nil, accessDenied(tool, about.id)
		}
		result, err := next(ctx, method, req)
		if u.event == toolCalled && err == nil {
			return result, nil
		}
		u.outcome, u.took = u.ended(err), time.Since(start)
		if err == nil {
			u.bytes = size(result)
		}
		g.audit.write(ctx, u)
		return result, err
	}
}

// accessDenied is worded as Pomerium words the decisions of its policies, so that clients treat both alike: by the
// section on error handling of tools, MCP answers calls of tools that are not there with invalid params.
func accessDenied(tool, requestID string) error {
	return &jsonrpc.Error{
		Code:    jsonrpc.CodeInvalidParams,
		Message: fmt.Sprintf("access denied: the administrator of this server has switched off the tool %s; the request is %s in its log", tool, requestID),
		Data:    fmt.Appendf(nil, `{"request_id":%q}`, requestID),
	}
}

// useOf returns what a request wants to use, and the tools without which it may not. The event is "" if it is no use.
func useOf(req mcp.Request) (use, []string) {
	switch p := req.GetParams().(type) {
	case *mcp.CallToolParamsRaw:
		u := use{event: toolCalled, name: p.Name, arguments: p.Arguments}
		if !slices.Contains(toolNames(), p.Name) {
			return u, nil
		}
		return u, []string{p.Name}
	case *mcp.ReadResourceParams:
		return use{event: resourceRead, name: p.URI}, neededByResource(p.URI)
	case *mcp.GetPromptParams:
		arguments, err := json.Marshal(p.Arguments)
		if err != nil || len(p.Arguments) == 0 {
			arguments = nil
		}
		return use{event: promptRead, name: p.Name, arguments: arguments}, neededByPrompt(p.Name)
	}
	return use{}, nil
}

// neededByResource returns the tool that shows the same.
func neededByResource(uri string) []string {
	switch {
	case uri == schemaURI:
		return []string{listTablesName}
	case strings.HasPrefix(uri, tableURI):
		return []string{describeTableName}
	}
	return nil
}

// neededByPrompt returns the tools that a prompt cannot do without.
func neededByPrompt(name string) []string {
	switch name {
	case analyzeSalesName:
		return []string{readQueryName}
	case exploreDatabaseName:
		return []string{listTablesName, readQueryName}
	}
	if tool := questionTool(name); tool != "" {
		return []string{tool}
	}
	return nil
}

// ended returns the outcome of a use from its error.
func (u use) ended(err error) ending {
	wire, _ := errors.AsType[*jsonrpc.Error](err)
	switch {
	case err == nil:
		return done
	case wire == nil:
		return ending(KindOf(err))
	case u.event == promptRead && neededByPrompt(u.name) != nil:
		return ending(Invalid)
	}
	return unknown
}

// size returns the bytes of the text of a result.
func size(result mcp.Result) int {
	n := 0
	switch r := result.(type) {
	case *mcp.ReadResourceResult:
		for _, c := range r.Contents {
			n += len(c.Text)
		}
	case *mcp.GetPromptResult:
		for _, m := range r.Messages {
			if text, ok := m.Content.(*mcp.TextContent); ok {
				n += len(text.Text)
			}
		}
	}
	return n
}
