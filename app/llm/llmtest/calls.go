package llmtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// playCalls calls the tools that a question names, one a line: "fake:call
// list_tables {}", where the arguments may be left out. Once it has the results,
// it quotes them.
func playCalls(x *exchange) {
	s := x.begin()
	if results := x.p.results(); len(results) > 0 {
		s.text("The results:\n\n"+strings.Join(results, "\n\n"), "completed")
		s.complete()
		return
	}
	s.reason("I have to call something.")
	if x.rest == "" {
		x.rest = "f {\"x\": 1}\ng"
	}
	for line := range strings.Lines(x.rest) {
		name, arguments, _ := strings.Cut(strings.TrimSpace(line), " ")
		if arguments = strings.TrimSpace(arguments); arguments == "" {
			arguments = "{}"
		}
		if t := x.p.tool(name); t != nil {
			name = t.Name
		}
		s.call(name, arguments)
	}
	s.complete()
}

const salesSQL = `SELECT strftime('%Y', o.OrderDate) AS Year, ROUND(SUM(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Sales ` +
	`FROM Orders AS o JOIN "Order Details" AS d ON d.OrderID = o.OrderID GROUP BY Year ORDER BY Year`

// playSales answers how sales went by year. It knows nothing of them by itself:
// it asks the tool whose name ends in "read_query", and tells what rows it got.
func playSales(x *exchange) {
	s := x.begin()
	query := x.p.tool("read_query")
	results := x.p.results()
	switch {
	case len(results) > 0:
		s.text(tellSales(strings.Join(results, "\n")), "completed")
	case query == nil:
		s.text("I have no tool to read the sales with.", "completed")
	default:
		arguments, err := json.Marshal(map[string]string{queryArgument(query): salesSQL})
		if err != nil {
			panic(fmt.Sprintf("encode arguments: %v", err))
		}
		s.reason("**Reading the orders.** Sales are price times quantity, less the discount.")
		s.call(query.Name, string(arguments))
	}
	s.complete()
}

// queryArgument returns the name of the argument that takes the SQL.
func queryArgument(t *tool) string {
	properties, _ := t.Parameters["properties"].(map[string]any)
	for _, name := range []string{"query", "sql", "statement"} {
		if _, ok := properties[name]; ok {
			return name
		}
	}
	return "query"
}

// tellSales writes the rows that it finds in a result: a year, then an amount.
func tellSales(result string) string {
	row := regexp.MustCompile(`(?m)\b((?:19|20)\d\d)\b[^\d\n]+(\d[\d,]*(?:\.\d+)?)`)
	rows := row.FindAllStringSubmatch(result, -1)
	if len(rows) == 0 {
		return "I found no sales in this result:\n\n" + result
	}
	var b strings.Builder
	b.WriteString("Sales by year:\n\n| Year | Sales |\n| --- | ---: |\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |\n", r[1], r[2])
	}
	fmt.Fprintf(&b, "\nThe last year on record is %s.", rows[len(rows)-1][1])
	return b.String()
}
