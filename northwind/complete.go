package northwind

import (
	"context"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// maxCompletions is the most values of one answer, by the section on completion of the MCP specification.
const maxCompletions = 100

// completer completes the names of tables in the resource template and the periods of the prompts.
type completer struct {
	tables  []string
	periods func(context.Context) []string
}

// newCompleter returns a completer for the resources and prompts that the rights offer.
func newCompleter(db *DB, rights Rights) completer {
	c := completer{periods: func(context.Context) []string { return nil }}
	if rights.lacking(neededByResource(tableURI)...) == "" {
		c.tables = db.Catalogue().names()
	}
	if rights.lacking(neededByPrompt(analyzeSalesName)...) == "" {
		c.periods = db.periods
	}
	return c
}

// periods returns the years, quarters and months that have orders.
func (db *DB) periods(ctx context.Context) []string {
	out, err := db.Query(ctx, Query{MaxRows: maxCompletions, SQL: `WITH Months AS (SELECT DISTINCT strftime('%Y', OrderDate) AS y, strftime('%m', OrderDate) AS m FROM Orders WHERE OrderDate IS NOT NULL)
		SELECT y FROM Months UNION SELECT y || '-Q' || ((CAST(m AS INTEGER) + 2) / 3) FROM Months UNION SELECT y || '-' || m FROM Months ORDER BY 1`})
	if err != nil {
		return nil // a database without orders has no periods to offer
	}
	var periods []string
	for _, r := range out.Rows {
		if period, ok := r[0].(string); ok {
			periods = append(periods, period)
		}
	}
	return periods
}

// complete answers completion/complete. What cannot be completed has no values.
func (c completer) complete(ctx context.Context, req *mcp.CompleteRequest) (*mcp.CompleteResult, error) {
	ref, argument := req.Params.Ref, req.Params.Argument
	var candidates []string
	switch {
	case ref.Type == "ref/resource" && ref.URI == tableTemplate && argument.Name == "name":
		candidates = c.tables
	case ref.Type == "ref/prompt" && ref.Name == analyzeSalesName && argument.Name == "period":
		candidates = c.periods(ctx)
	case ref.Type == "ref/prompt" && ref.Name == topCustomersName && argument.Name == "year":
		candidates = slices.DeleteFunc(c.periods(ctx), func(period string) bool { return len(period) != len("1997") })
	}
	values := completions(argument.Value, candidates)
	shown := min(len(values), maxCompletions)
	return &mcp.CompleteResult{Completion: mcp.CompletionResultDetails{
		Values: values[:shown], Total: len(values), HasMore: shown < len(values),
	}}, nil
}

// completions returns the candidates that begin with the typed text in any case, then those that contain it; never nil,
// which would be null in JSON.
func completions(typed string, candidates []string) []string {
	typed = fold(typed)
	begin, within := []string{}, []string{}
	for _, c := range candidates {
		switch strings.Index(fold(c), typed) {
		case 0:
			begin = append(begin, c)
		case -1:
		default:
			within = append(within, c)
		}
	}
	return append(begin, within...)
}
