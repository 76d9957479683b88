package northwind

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// The resources. Names of tables are percent-encoded in URIs: northwind://tables/Order%20Details.
const (
	schemaURI     = "northwind://schema"
	tableURI      = "northwind://tables/"
	tableTemplate = tableURI + "{name}"
	plainText     = "text/plain"
)

// addResources adds the schema, and each table by a template, as the texts of list_tables and describe_table; each only
// if the rights offer that tool.
func addResources(server *mcp.Server, db *DB, rights Rights) {
	if rights.lacking(neededByResource(schemaURI)...) == "" {
		addSchema(server, db)
	}
	if rights.lacking(neededByResource(tableURI)...) == "" {
		addTables(server, db)
	}
}

func addSchema(server *mcp.Server, db *DB) {
	overview := db.Catalogue().Overview(true)
	server.AddResource(&mcp.Resource{
		URI:         schemaURI,
		Name:        "schema",
		Title:       "Database schema",
		Description: "Every table and view with columns, types, keys and row counts.",
		MIMEType:    plainText,
		Size:        int64(len(overview)),
	}, func(_ context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		return resource(req.Params.URI, overview), nil
	})
}

func addTables(server *mcp.Server, db *DB) {
	server.AddResourceTemplate(&mcp.ResourceTemplate{
		URITemplate: tableTemplate,
		Name:        "table",
		Title:       "Table or view",
		Description: "One table or view in detail: columns with their value ranges, keys, indexes and sample rows.",
		MIMEType:    plainText,
	}, func(ctx context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		text, err := db.tableText(ctx, req.Params.URI)
		if err != nil {
			return nil, err
		}
		return resource(req.Params.URI, text), nil
	})
}

// tableText returns the description of the table that the URI names. Of names that it does not know it says which ones are
// near, without repeating them.
func (db *DB) tableText(ctx context.Context, uri string) (string, error) {
	name, err := url.PathUnescape(strings.TrimPrefix(uri, tableURI))
	if err != nil {
		return "", mcp.ResourceNotFoundError(uri)
	}
	r, err := db.describe(ctx, name)
	if KindOf(err) == Invalid {
		return "", db.noTable(uri, name)
	}
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", uri, err)
	}
	return r.text, nil
}

// noTable is the error for a URI whose name is that of no table.
func (db *DB) noTable(uri, name string) error {
	err := mcp.ResourceNotFoundError(uri)
	wire, ok := errors.AsType[*jsonrpc.Error](err)
	near := nearest(name, db.catalogue.names(), 3)
	if !ok || len(near) == 0 {
		return err
	}
	for i := range near {
		near[i] = tableURI + url.PathEscape(near[i])
	}
	wire.Message += ". Did you mean " + strings.Join(near, " or ") + "?"
	return wire
}

// escapeNames lets clients write names of tables in URIs as they are. By RFC 6570 section 3.2.2 a template with {name}
// matches only what is percent-encoded, so that the SDK does not find the name of two words.
func escapeNames(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		read, ok := req.(*mcp.ReadResourceRequest)
		if !ok || !strings.HasPrefix(read.Params.URI, tableURI) {
			return next(ctx, method, req)
		}
		written := strings.TrimPrefix(read.Params.URI, tableURI)
		name, err := url.PathUnescape(written)
		if err != nil || !strings.ContainsFunc(written, unescaped) {
			return next(ctx, method, req)
		}
		params := *read.Params
		params.URI = tableURI + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
		escaped := *read
		escaped.Params = &params
		return next(ctx, method, &escaped)
	}
}

// unescaped reports whether a character should have been percent-encoded in a name.
func unescaped(c rune) bool { return c != '%' && c != '~' && strange(c) }

func resource(uri, text string) *mcp.ReadResourceResult {
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: uri, MIMEType: plainText, Text: text}}}
}
