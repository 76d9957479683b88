package northwind

import (
	"context"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// questionKey is the name, in the metadata of a prompt, of the plain question that it is. A client can show that as an
// example and have it asked with one press, of a model that knows this server's data as well as of a person.
const questionKey = "com.pomerium/question"

// topCustomersName is the prompt whose question may be about a year.
const topCustomersName = "top_customers"

// plainQuestion is a prompt that is one plain question, as somebody would ask it who wants to know.
type plainQuestion struct {
	name, title, description, text string
	tool                           string // that answers it
	year                           bool   // it may be asked of one year
}

// plainQuestions returns them in the order of their names, as prompts are listed.
func plainQuestions() []plainQuestion {
	return []plainQuestion{
		{name: "reorder", title: "Products to reorder", description: "The products of which less is left than their reorder level.",
			text: "Which products are below their reorder level?", tool: readQueryName},
		{name: "sales_by_year", title: "Sales by year", description: "What was sold in each year.",
			text: "What were our sales by year?", tool: readQueryName},
		{name: "show_tables", title: "Show tables", description: "The tables and how many rows they have.",
			text: "Show tables", tool: listTablesName},
		{name: topCustomersName, title: "Top customers", description: "The five customers who bought for the most.",
			text: "Top 5 customers by sales", tool: readQueryName, year: true},
	}
}

// questionTool returns the tool that answers a question, or "" if no prompt of that name is one.
func questionTool(name string) string {
	all := plainQuestions()
	if i := slices.IndexFunc(all, func(q plainQuestion) bool { return q.name == name }); i >= 0 {
		return all[i].tool
	}
	return ""
}

func addQuestions(server *mcp.Server, db *DB, rights Rights) {
	for _, q := range plainQuestions() {
		if rights.lacking(neededByPrompt(q.name)...) != "" {
			continue
		}
		p := &mcp.Prompt{Name: q.name, Title: q.title, Description: q.description, Meta: mcp.Meta{questionKey: q.text}}
		if q.year {
			p.Arguments = []*mcp.PromptArgument{{Name: "year", Title: "Year", Description: "A year such as 1997. All if left out."}}
		}
		server.AddPrompt(p, func(ctx context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return db.ask(ctx, q, req.Params.Arguments)
		})
	}
}

func (db *DB) ask(ctx context.Context, q plainQuestion, arguments map[string]string) (*mcp.GetPromptResult, error) {
	for name := range arguments {
		switch {
		case !q.year:
			return nil, wrongPrompt(q.name + " has no arguments")
		case name != "year":
			return nil, wrongPrompt(q.name + " has one argument, year, and no other")
		}
	}
	year := arguments["year"]
	if year == "" {
		return prompt(q.title, q.text), nil
	}
	from, to, ok := dates(year)
	if !ok || len(year) != 4 {
		return nil, wrongPrompt("year must be one such as 1997")
	}
	if err := db.checkPeriod(ctx, from, to); err != nil {
		return nil, err
	}
	return prompt(q.title+" of "+year, q.text+" in "+year), nil
}
