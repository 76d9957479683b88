package guide

import (
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// lookupSQL lists every name by which one can filter, for a country or city with what is there,
// and the days of the first and the
// last order.
const lookupSQL = `SELECT 'category' AS Kind, CategoryName AS Name, '' AS Code FROM Categories
UNION ALL SELECT 'product', ProductName, '' FROM Products
UNION ALL SELECT 'customer', CompanyName, CustomerID FROM Customers
UNION ALL SELECT 'employee', FirstName || ' ' || LastName, '' FROM Employees
UNION ALL SELECT 'shipper', CompanyName, '' FROM Shippers
UNION ALL SELECT 'supplier', CompanyName, '' FROM Suppliers
UNION ALL SELECT 'country', Country, GROUP_CONCAT(Whose) FROM (
  SELECT Country, 'customer' AS Whose FROM Customers UNION SELECT Country, 'supplier' FROM Suppliers UNION SELECT Country, 'employee' FROM Employees
) GROUP BY 2
UNION ALL SELECT 'city', City, GROUP_CONCAT(Whose) FROM (
  SELECT ShipCity AS City, 'order' AS Whose FROM Orders UNION SELECT City, 'customer' FROM Customers UNION SELECT City, 'supplier' FROM Suppliers UNION SELECT City, 'employee' FROM Employees
) GROUP BY 2
UNION ALL SELECT 'orders', MIN(OrderDate), MAX(OrderDate) FROM Orders
ORDER BY Kind, Name`

func lookupArguments(t chat.Tool) map[string]any { return queryArguments(t, lookupSQL) }

// readNames reads the result of lookupSQL, or returns what to say instead. A list
// that was cut short is not good enough to say what a name means.
func readNames(c chat.ToolPart) (*directory, move) {
	t, failed := readRows(c)
	if t == nil {
		return nil, failed
	}
	at, err := t.require("Kind", "Name", "Code")
	if err != nil {
		return nil, strange(*c.Output)
	}
	if t.truncated {
		return nil, move{say: "The server cut its list of names short, so I cannot be sure what is meant. Please ask without a name, or write the query in SQL."}
	}
	dir := newDirectory()
	for _, row := range t.rows {
		if text(row[at[0]]) == "orders" {
			dir.reach = newReach(text(row[at[1]]), text(row[at[2]]))
		}
		if k := kind(text(row[at[0]])); slices.Contains(kinds(), k) && text(row[at[1]]) != "" {
			n, code := name{kind: k, text: text(row[at[1]])}, text(row[at[2]])
			if k == country || k == city {
				n.whose, code = code, ""
			}
			dir.add(n, code)
		}
	}
	return dir, move{}
}
