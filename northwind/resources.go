package northwind

import (
	"context"
	"fmt"
	"log/slog"
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

// addResources adds the schema, and each table by a template, as the texts of list_tables and describe_table.
func addResources(server *mcp.Server, db *DB, log *slog.Logger) {
	overview := db.Catalogue().Overview(true)
	server.AddResource(&mcp.Resource{
		URI:         schemaURI,
		Name:        "schema",
		Title:       "Database schema",
		Description: "Every table and view with columns, types, keys and row counts.",
		MIMEType:    plainText,
		Size:        int64(len(overview)),
	}, func(ctx context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		logRead(ctx, log, req.Params.URI, nil)
		return resource(req.Params.URI, overview), nil
	})
	server.AddResourceTemplate(&mcp.ResourceTemplate{
		URITemplate: tableTemplate,
		Name:        "table",
		Title:       "Table or view",
		Description: "One table or view in detail: columns, keys, indexes and sample rows.",
		MIMEType:    plainText,
	}, func(ctx context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		text, err := db.tableText(ctx, req.Params.URI)
		logRead(ctx, log, req.Params.URI, err)
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

func logRead(ctx context.Context, log *slog.Logger, uri string, err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	log.LogAttrs(ctx, slog.LevelInfo, "resource read", slog.String("uri", uri), slog.String("outcome", outcome))
}
