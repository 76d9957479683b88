package data

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The figures below are the ones everybody gets from an unaltered Northwind.
func TestKnownFacts(t *testing.T) {
	const net = `round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2)`
	const exact = `round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 4)`
	tests := []struct {
		name, query string
		want        [][]any
	}{
		{
			"net sales", `SELECT ` + net + ` FROM "Order Details" d`,
			[][]any{row(1265793.04)},
		},
		{
			"gross sales and pieces", `SELECT round(sum(UnitPrice * Quantity), 2), sum(Quantity) FROM "Order Details"`,
			[][]any{row(1354458.59, 51317)},
		},
		{
			"freight", `SELECT round(sum(Freight), 2) FROM Orders`,
			[][]any{row(64942.69)},
		},
		{
			"orders and net sales by year",
			`SELECT strftime('%Y', OrderDate) AS Year, count(DISTINCT OrderID), ` + net + `
				FROM Orders JOIN "Order Details" d USING (OrderID) GROUP BY Year`,
			[][]any{
				row("1996", 152, 208083.97),
				row("1997", 408, 617085.20),
				row("1998", 270, 440623.87),
			},
		},
		{
			"net sales by category",
			`SELECT CategoryName, ` + net + `
				FROM "Order Details" d JOIN Products USING (ProductID) JOIN Categories USING (CategoryID) GROUP BY CategoryName`,
			[][]any{
				row("Beverages", 267868.18),
				row("Condiments", 106047.09),
				row("Confections", 167357.23),
				row("Dairy Products", 234507.29),
				row("Grains/Cereals", 95744.59),
				row("Meat/Poultry", 163022.36),
				row("Produce", 99984.58),
				row("Seafood", 131261.74),
			},
		},
		{
			"products by category",
			`SELECT CategoryID, count(*) FROM Products GROUP BY CategoryID`,
			[][]any{row(1, 12), row(2, 12), row(3, 13), row(4, 10), row(5, 7), row(6, 6), row(7, 5), row(8, 12)},
		},
		{
			"orders and net sales by employee",
			`SELECT LastName, count(DISTINCT OrderID), ` + exact + ` FROM Orders
				JOIN Employees USING (EmployeeID) JOIN "Order Details" d USING (OrderID) GROUP BY EmployeeID`,
			[][]any{
				row("Davolio", 123, 192107.6045),
				row("Fuller", 96, 166537.755),
				row("Leverling", 127, 202812.843),
				row("Peacock", 156, 232890.846),
				row("Buchanan", 42, 68792.2825),
				row("Suyama", 67, 73913.1295),
				row("King", 72, 124568.235),
				row("Callahan", 104, 126862.2775),
				row("Dodsworth", 43, 77308.0665),
			},
		},
		{
			"best customers",
			`SELECT CustomerID, ` + exact + ` AS Net FROM Orders JOIN "Order Details" d USING (OrderID)
				GROUP BY CustomerID ORDER BY Net DESC LIMIT 3`,
			[][]any{row("QUICK", 110277.305), row("ERNSH", 104874.9785), row("SAVEA", 104361.95)},
		},
		{
			"orders by shipper",
			`SELECT CompanyName, count(*) FROM Orders JOIN Shippers ON ShipperID = ShipVia GROUP BY ShipperID`,
			[][]any{row("Speedy Express", 249), row("United Package", 326), row("Federal Shipping", 255)},
		},
		{
			"customers who ordered",
			`SELECT count(DISTINCT CustomerID) FROM Orders`,
			[][]any{row(89)},
		},
		{
			"customers who never ordered",
			`SELECT CustomerID FROM Customers WHERE CustomerID NOT IN (SELECT CustomerID FROM Orders) ORDER BY 1`,
			[][]any{row("FISSA"), row("PARIS")},
		},
		{
			"the first and the last order",
			`SELECT OrderID, OrderDate FROM Orders WHERE OrderID IN (
				(SELECT min(OrderID) FROM Orders), (SELECT max(OrderID) FROM Orders)) ORDER BY OrderID`,
			[][]any{row(10248, "1996-07-04"), row(11077, "1998-05-06")},
		},
		{
			"no order number is skipped, none is dated outside",
			`SELECT max(OrderID) - min(OrderID) + 1, min(OrderDate), max(OrderDate), max(ShippedDate) FROM Orders`,
			[][]any{row(830, "1996-07-04", "1998-05-06", "1998-05-06")},
		},
		{
			"orders not shipped, shipped late, shipped before they were placed",
			`SELECT sum(ShippedDate IS NULL), sum(ShippedDate > RequiredDate), sum(ShippedDate < OrderDate) FROM Orders`,
			[][]any{row(21, 37, 0)},
		},
		{
			"discontinued products",
			`SELECT group_concat(ProductID, ' ') FROM (SELECT ProductID FROM Products WHERE Discontinued ORDER BY 1)`,
			[][]any{row("5 9 17 24 28 29 42 53")},
		},
		{
			"the dearest product",
			`SELECT ProductName, UnitPrice FROM Products ORDER BY UnitPrice DESC LIMIT 1`,
			[][]any{row("Côte de Blaye", 263.5)},
		},
		{
			"discounts",
			`SELECT Discount, count(*) FROM "Order Details" GROUP BY Discount`,
			[][]any{
				row(0.0, 1317), row(0.01, 1), row(0.02, 2), row(0.03, 3), row(0.04, 1), row(0.05, 185),
				row(0.06, 1), row(0.1, 173), row(0.15, 157), row(0.2, 161), row(0.25, 154),
			},
		},
		{
			"countries of customers and suppliers",
			`SELECT (SELECT count(DISTINCT Country) FROM Customers), (SELECT count(DISTINCT Country) FROM Suppliers)`,
			[][]any{row(21, 16)},
		},
	}
	db := openCommitted(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, query(t, db, test.query)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
