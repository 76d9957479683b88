package northwind

import (
	"context"
	"fmt"
	"net/url"
	"strings"

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

// tableText returns the description of the table that the URI names. Of names that it does not know it says only that.
func (db *DB) tableText(ctx context.Context, uri string) (string, error) {
	name, err := url.PathUnescape(strings.TrimPrefix(uri, tableURI))
	if err != nil {
		return "", mcp.ResourceNotFoundError(uri)
	}
	r, err := db.describe(ctx, name)
	if KindOf(err) == Invalid {
		return "", mcp.ResourceNotFoundError(uri)
	}
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", uri, err)
	}
	return r.text, nil
}

func resource(uri, text string) *mcp.ReadResourceResult {
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: uri, MIMEType: plainText, Text: text}}}
}
