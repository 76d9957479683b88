package guide

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The words with which one order is asked for: “what is in order 10248?”. The whole message
// must be such a sentence; what is said besides would change what is asked.
const (
	polite     = `(?:(?:and|now|ok|so|then|please|can you|could you|can i|may i|i want to|i would like to|id like to|let me) )*`
	shows      = `(?:(?:show|describe|give|get|display|find|open|see|view|list|look up|tell)(?: me| us)?(?: about)? )?`
	parts      = `(?:(?:the )?(?:(?:details|lines|order lines|line items|items|products|contents|content|total|value|amount|total value|customer|freight|dates|status) )(?:of|for|in|on|from) )?`
	asksOf     = `(?:(?:what is|whats|what was|what are|which are|who is|what about|how about) (?:the )?(?:(?:details|lines|items|products|contents|total|value|total value|customer|freight|dates|status) (?:of|for|in|on) |in |on )?)`
	asksGoods  = `(?:(?:what|which)(?: products| items| articles| goods)? (?:are|were|was|is) (?:in|on|part of) )`
	itsNumber  = `(?:the )?order (?:number |no |nr |id |# |with (?:the )?(?:id|number) )*(\d+)`
	ended      = `(?: please)?$`
	nextNumber = `^(?:(?:and|what about|how about|now|show|then) )+(?:the )?(?:number |no |# )*(\d+)$`
	aloneYear  = `^` + polite + shows + `(?:the )?order \d{4}$`
	someNumber = `\borders? (?:number |no |# )*\d{5,}\b`
)

// recordPatterns are the sentences that ask for one order.
func recordPatterns() []string {
	return []string{
		`^` + polite + `(?:` + asksOf + `|` + asksGoods + `|(?:who|which customer) (?:placed|made) |` + shows + parts + `)` + itsNumber + ended,
		`^` + polite + shows + `(?:the )?order details (?:of |for )?(?:order )?(\d+)` + ended,
		`^(?:what|which products|which items) (?:does|did) ` + itsNumber + ` (?:contain|include|have|consist of)$`,
		`^when was ` + itsNumber + ` (?:placed|made|shipped|required)$`,
		`^(?:(?:is|was) ` + itsNumber + ` shipped|has (?:the )?order (?:number |no |# )*(\d+) been shipped)$`,
		`^how much (?:was|is) ` + itsNumber + `(?: worth)?$`,
	}
}

// mostDigits is how many digits the number of an order may have.
const mostDigits = 12

// readRecord reads tokens as a request for one order, and returns its number, or nothing.
// Where afterRecord says that the answer before was one order, another number is enough. Its
// error is a refusal of what names an order and says more than that.
func readRecord(tokens []token, afterRecord func() bool) (string, error) {
	var folded []string
	digits := false
	for _, t := range tokens {
		folded = append(folded, t.fold)
		digits = digits || strings.Trim(t.fold, "0123456789") == ""
	}
	if !digits {
		return "", nil
	}
	s := strings.Join(folded, " ")
	patterns := []string{nextNumber}
	if strings.Contains(s, "order") {
		patterns = recordPatterns()
	}
	for _, p := range patterns {
		m := regexp.MustCompile(p).FindStringSubmatch(s)
		if m == nil || p == nextNumber && !afterRecord() {
			continue
		}
		said := strings.Join(m[1:], "") // one of the groups
		number := strings.TrimLeft(said, "0")
		year := number == said && regexp.MustCompile(onlyYear).MatchString(number)
		switch {
		case number == "" || len(number) > mostDigits:
			return "", refuse("“%s” is no number of an order.", clip(said, 40))
		case year && regexp.MustCompile(aloneYear).MatchString(s):
			return "", nil // the orders of that year
		}
		return number, nil
	}
	if regexp.MustCompile(someNumber).MatchString(s) {
		return "", refuse("I show one whole order at a time; please ask for it alone, as in “show order %s”.", regexp.MustCompile(`\d{5,}`).FindString(s))
	}
	return "", nil
}

// afterRecord reports whether the answer before the last of turns was one order. It goes by
// the query alone: to read all turns before would take twice as long with each of them.
func (g *Guide) afterRecord(turns []turn) bool {
	if len(turns) < 2 || !g.isOwn(turns[len(turns)-2]) {
		return false
	}
	calls := turns[len(turns)-2].calls
	asked := queryOf(calls[len(calls)-1])
	m := regexp.MustCompile(`WHERE o\.OrderID = (\d+)\n`).FindStringSubmatch(asked)
	return m != nil && asked == planRecord(question{record: m[1]})
}

// recordOf returns the reading of a request for the order of that number.
func recordOf(number string) reading {
	return reading{clause: clause{asks: true, record: number, names: map[kind][]string{}}, q: question{list: order, record: number}}
}

// Headings of an order and its lines.
const (
	quantityHeading  = "Quantity"
	unitPriceHeading = "Unit price"
	discountHeading  = "Discount %"
	totalHeading     = "Total"
	inAllHeading     = "Order total"
)

// planRecord returns the SQL that shows one order: a row for each of its lines.
func planRecord(q question) string {
	value := rounded(lineValue, money)
	return query{
		columns: []string{
			as("o.OrderID", "Order ID"), as("c.CompanyName", "Customer"), as(fullName, "Employee"), as("o.OrderDate", "Order date"), as("o.RequiredDate", "Required"),
			as("o.ShippedDate", "Shipped"), as("h.CompanyName", "Shipper"), as("o.ShipCity", "City"), as("o.ShipCountry", "Country"), as(rounded("o.Freight", money), "Freight"),
			as("p.ProductName", "Product"), as("d.Quantity", quantityHeading), as(rounded("d.UnitPrice", money), unitPriceHeading),
			as(rounded("100.0 * d.Discount", percent), discountHeading), as(value, totalHeading), as(rounded("SUM("+lineValue+") OVER ()", money), inAllHeading),
		},
		from: strings.Join([]string{
			"FROM Orders o",
			"JOIN Customers c ON c.CustomerID = o.CustomerID",
			"JOIN Employees e ON e.EmployeeID = o.EmployeeID",
			"JOIN Shippers h ON h.ShipperID = o.ShipVia",
			`LEFT JOIN "Order Details" d ON d.OrderID = o.OrderID`,
			"LEFT JOIN Products p ON p.ProductID = d.ProductID",
			"WHERE o.OrderID = " + q.record,
		}, "\n"),
		order: "Product",
	}.String()
}

// answerRecord tells an order and its lines.
func answerRecord(q question, t table) (string, error) {
	if len(t.rows) == 0 {
		return fmt.Sprintf("There is no order %s in the database.", q.record), nil
	}
	at, err := t.require("Order ID", "Customer", "Employee", "Order date", "Required", "Shipped", "Shipper", "City", "Country", "Freight",
		"Product", quantityHeading, unitPriceHeading, discountHeading, totalHeading, inAllHeading)
	if err != nil {
		return "", err
	}
	cell := func(i int) string { return escape(text(t.rows[0][at[i]])) }
	say := fmt.Sprintf("**Order %s** was placed by **%s** on %s, taken by %s and required by %s. ", cell(0), cell(1), dateOf(cell(3)), cell(2), dateOf(cell(4)))
	if shipped := cell(5); shipped == "" {
		say += fmt.Sprintf("It is not shipped yet; it is to go by %s to %s, %s.", cell(6), cell(7), cell(8))
	} else {
		say += fmt.Sprintf("It was shipped on %s by %s to %s, %s.", dateOf(shipped), cell(6), cell(7), cell(8))
	}
	if text(t.rows[0][at[10]]) == "" {
		return joined(say+" It has no lines.", recordNotes), nil
	}
	say += fmt.Sprintf(" It came to **%s**, and its freight to **%s**.", figure(t.rows[0][at[15]], money), figure(t.rows[0][at[9]], money))
	var rows [][]string
	for _, r := range t.rows[:min(mostTableRows, len(t.rows))] {
		rows = append(rows, []string{escape(text(r[at[10]])), figure(r[at[11]], count), figure(r[at[12]], money), figure(r[at[13]], percent), figure(r[at[14]], money)})
	}
	lines := markdownTable([]string{"Product", quantityHeading, unitPriceHeading, "Discount", totalHeading}, append([]bool{false}, slices.Repeat([]bool{true}, 4)...), rows)
	return joined(say, lines+remainder(max(t.total, len(t.rows)), len(rows)), recordNotes), nil
}

const recordNotes = "*Totals are after discounts and without freight. Prices are those of the order, not today's. " + noCurrency + ".*"

// dateOf writes a day of the data as people do.
func dateOf(s string) string {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return date(d)
}
