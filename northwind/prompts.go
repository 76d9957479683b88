package northwind

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// The names of the prompts.
const (
	analyzeSalesName    = "analyze_sales"
	exploreDatabaseName = "explore_database"
)

// addPrompts adds the prompts, which users choose in their client; each only if the rights offer the tools that it
// needs. They name no tool that is left out.
func addPrompts(server *mcp.Server, db *DB, rights Rights) {
	examples := rights.offers(queryExamplesName)
	if rights.lacking(neededByPrompt(analyzeSalesName)...) == "" {
		addAnalyzeSales(server, db, examples)
	}
	if rights.lacking(neededByPrompt(exploreDatabaseName)...) == "" {
		addExploreDatabase(server, examples)
	}
	addQuestions(server, db, rights)
}

func addAnalyzeSales(server *mcp.Server, db *DB, examples bool) {
	server.AddPrompt(&mcp.Prompt{
		Name:        analyzeSalesName,
		Title:       "Analyze sales",
		Description: "Revenue, its trend, the best customers, products and employees of a period.",
		Arguments: []*mcp.PromptArgument{
			{Name: "period", Title: "Period", Description: "A year, quarter or month: 1997, 1997-Q2 or 1997-05. All if left out."},
		},
	}, func(ctx context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		for name := range req.Params.Arguments {
			if name != "period" {
				return nil, wrongPrompt("analyze_sales has one argument, period, and no other")
			}
		}
		return db.analyzeSales(ctx, req.Params.Arguments["period"], examples)
	})
}

func addExploreDatabase(server *mcp.Server, examples bool) {
	end := "End with five questions worth asking, each answerable with one query"
	if examples {
		end += "; get_query_examples has tested ones"
	}
	server.AddPrompt(&mcp.Prompt{
		Name:        exploreDatabaseName,
		Title:       "Explore the database",
		Description: "What the database holds and which questions it can answer.",
	}, func(_ context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		if len(req.Params.Arguments) > 0 {
			return nil, wrongPrompt("explore_database has no arguments")
		}
		return prompt("Explore the Northwind database", `Show me what the Northwind database holds.
Call list_tables, then describe in a few sentences what the business sells, to whom, and how the tables belong together.
Check with read_query which dates the orders cover and how many customers, products and employees there are.
`+end+"."), nil
	})
}

// wrongPrompt is the error for wrong arguments. It does not repeat what was sent, which may end up with a model.
func wrongPrompt(message string) error {
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: message}
}

func (db *DB) analyzeSales(ctx context.Context, period string, examples bool) (*mcp.GetPromptResult, error) {
	title, scope := "Analyze all sales", "over all orders"
	if period = strings.TrimSpace(period); period != "" {
		from, to, ok := dates(period)
		if !ok {
			return nil, wrongPrompt("period must be a year, quarter or month, such as 1997, 1997-Q2 or 1997-05")
		}
		if err := db.checkPeriod(ctx, from, to); err != nil {
			return nil, err
		}
		title, scope = "Analyze the sales of "+period, fmt.Sprintf("for orders with OrderDate >= '%s' AND OrderDate < '%s'", from, to)
	}
	start := "Run queries with read_query"
	if examples {
		start = "Start from get_query_examples and adapt its queries; run them with read_query"
	}
	return prompt(title, `Analyze the sales of Northwind `+scope+`.
`+start+` and aggregate in SQL.
Report: revenue and number of orders, with the period before for comparison where the data have it; the trend by month;
the five best customers, products and employees; revenue by category and by country.
Give the figures in tables, name what stands out, and say which figures are of incomplete months.`), nil
}

// checkPeriod refuses a period in which there are no orders.
func (db *DB) checkPeriod(ctx context.Context, from, to string) error {
	if first, last, empty := db.emptyPeriod(ctx, from, to); empty {
		return wrongPrompt(fmt.Sprintf("there are no orders in that period; they run from %s to %s", first, last))
	}
	return nil
}

// emptyPeriod returns the days of the first and the last order, if no order is between the days from and to. It is false
// as well if that cannot be found out now: a prompt is worth giving without.
func (db *DB) emptyPeriod(ctx context.Context, from, to string) (first, last string, empty bool) {
	out, err := db.Query(ctx, Query{
		SQL:    "SELECT date(min(OrderDate)), date(max(OrderDate)), count(*) FILTER (WHERE OrderDate >= ? AND OrderDate < ?) FROM Orders",
		Params: []any{from, to},
	})
	if err != nil || out.Rows[0][2] != int64(0) {
		return "", "", false
	}
	first, _ = out.Rows[0][0].(string)
	last, empty = out.Rows[0][1].(string)
	return first, last, empty
}

func prompt(description, text string) *mcp.GetPromptResult {
	return &mcp.GetPromptResult{
		Description: description,
		Messages:    []*mcp.PromptMessage{{Role: "user", Content: &mcp.TextContent{Text: text}}},
	}
}

// dates returns the first day of a period and the first day after it, or false if it is not one.
func dates(period string) (from, to string, ok bool) {
	year, first, months := 0, 1, 12
	switch {
	case len(period) == 4 && shaped(period, "0000"):
	case len(period) == 7 && shaped(strings.ToUpper(period), "0000-Q0"):
		first, months = 3*int(period[6]-'0')-2, 3
	case len(period) == 7 && shaped(period, "0000-00"):
		first, months = 10*int(period[5]-'0')+int(period[6]-'0'), 1
	default:
		return "", "", false
	}
	for _, digit := range period[:4] {
		year = 10*year + int(digit-'0')
	}
	if first < 1 || first+months > 13 || year == 9999 {
		return "", "", false
	}
	day := func(month int) string { return fmt.Sprintf("%04d-%02d-01", year+(month-1)/12, (month-1)%12+1) }
	return day(first), day(first + months), true
}
