package llmtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// playCalls calls the tools that a question names, one a line: "fake:call
// list_tables {}", where the arguments may be left out. A tool that is no function
// is looked for at the MCP servers. Once it has the results, it quotes them.
func playCalls(x *exchange) {
	s := x.begin()
	results := append(x.p.results(), x.resume()...)
	if len(results) > 0 {
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
			s.call(t.Name, arguments)
		} else if r, tool := x.remoteTool(name); r != nil {
			results = append(results, r.use(x, tool, arguments)...)
		} else {
			s.call(name, arguments)
		}
	}
	if len(results) > 0 {
		s.text("The results:\n\n"+strings.Join(results, "\n\n"), "completed")
	}
	s.complete()
}

// playChain calls the tools that a question names, one a line as playCalls has them, each
// once the call before it has its result. Then it quotes the last, or says what follows
// after "say" on the last line.
func playChain(x *exchange) {
	s := x.begin()
	results := x.p.results()
	lines := slices.Collect(strings.Lines(cmp.Or(x.rest, "f {\"x\": 1}\ng")))
	if len(results) < len(lines) {
		name, arguments, _ := strings.Cut(strings.TrimSpace(lines[len(results)]), " ")
		if name == "say" {
			s.text(strings.ReplaceAll(arguments, `\n`, "\n"), "completed")
			s.complete()
			return
		}
		if t := x.p.tool(name); t != nil {
			name = t.Name
		}
		s.call(name, cmp.Or(strings.TrimSpace(arguments), "{}"))
	} else {
		s.text("The result:\n\n"+results[len(results)-1], "completed")
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
	results := append(x.p.results(), x.resume()...)
	arguments := func(name string) string {
		text, err := json.Marshal(map[string]string{name: salesSQL})
		if err != nil {
			panic(fmt.Sprintf("encode arguments: %v", err))
		}
		return string(text)
	}
	if r, tool := x.remoteTool("read_query"); r != nil && query == nil && len(results) == 0 {
		results = r.use(x, tool, arguments("query"))
		if len(results) == 0 { // approval is awaited
			s.complete()
			return
		}
	}
	switch {
	case len(results) > 0:
		s.text(tellSales(strings.Join(results, "\n")), "completed")
	case query == nil:
		s.text("I have no tool to read the sales with.", "completed")
	default:
		s.reason("**Reading the orders.** Sales are price times quantity, less the discount.")
		s.call(query.Name, arguments(queryArgument(query)))
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
