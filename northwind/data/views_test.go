package data

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestViews(t *testing.T) {
	db := openCommitted(t)
	var got [][]any
	for _, name := range query(t, db, `SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name`) {
		var columns []string
		for _, c := range query(t, db, `SELECT name FROM pragma_table_info(?)`, name[0]) {
			columns = append(columns, c[0].(string))
		}
		count := query(t, db, fmt.Sprintf("SELECT count(*) FROM %q", name[0]))[0][0]
		got = append(got, row(name[0], count, strings.Join(columns, " ")))
	}
	want := [][]any{
		row("Alphabetical list of products", 69, "ProductID ProductName SupplierID CategoryID QuantityPerUnit "+
			"UnitPrice UnitsInStock UnitsOnOrder ReorderLevel Discontinued CategoryName"),
		row("Category Sales for 1997", 8, "CategoryName CategorySales"),
		row("Current Product List", 69, "ProductID ProductName"),
		row("Customer and Suppliers by City", 120, "City CompanyName ContactName Relationship"),
		row("Invoices", 2155, "ShipName ShipAddress ShipCity ShipRegion ShipPostalCode ShipCountry "+
			"CustomerID CustomerName Address City Region PostalCode Country Salesperson "+
			"OrderID OrderDate RequiredDate ShippedDate ShipperName "+
			"ProductID ProductName UnitPrice Quantity Discount ExtendedPrice Freight"),
		row("Order Details Extended", 2155, "OrderID ProductID ProductName UnitPrice Quantity Discount ExtendedPrice"),
		row("Order Subtotals", 830, "OrderID Subtotal"),
		row("Orders Qry", 830, "OrderID CustomerID EmployeeID OrderDate RequiredDate ShippedDate ShipVia Freight "+
			"ShipName ShipAddress ShipCity ShipRegion ShipPostalCode ShipCountry "+
			"CompanyName Address City Region PostalCode Country"),
		row("Product Sales for 1997", 77, "CategoryName ProductName ProductSales"),
		row("Products Above Average Price", 25, "ProductName UnitPrice"),
		row("Products by Category", 69, "CategoryName ProductName QuantityPerUnit UnitsInStock Discontinued"),
		row("Quarterly Orders", 86, "CustomerID CompanyName City Country"),
		row("Sales Totals by Amount", 66, "SaleAmount OrderID CompanyName ShippedDate"),
		row("Sales by Category", 77, "CategoryID CategoryName ProductName ProductSales"),
		row("Summary of Sales by Quarter", 809, "ShippedDate OrderID Subtotal"),
		row("Summary of Sales by Year", 809, "ShippedDate OrderID Subtotal"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The file says how many rows its views have, and says it of no other view.
func TestCountsOfViewsAreTrue(t *testing.T) {
	db := openCommitted(t)
	var want [][]any
	for _, name := range query(t, db, `SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name`) {
		want = append(want, query(t, db, fmt.Sprintf("SELECT '%s', CAST(count(*) AS TEXT) FROM %q", name[0], name[0]))...)
	}
	got := query(t, db, `SELECT tbl, stat FROM sqlite_stat1 WHERE idx IS NULL AND tbl NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table') ORDER BY tbl`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Ten-thousandths of a dollar, counted in integers, say what an amount is exactly.
func TestAmountsOfViewsAreExact(t *testing.T) {
	const line = `CAST(round(UnitPrice * 100) AS INTEGER) * Quantity * (100 - CAST(round(Discount * 100) AS INTEGER))`
	tests := []struct{ name, view, exact string }{
		{
			"lines",
			`SELECT OrderID, ProductID, ExtendedPrice FROM "Order Details Extended" ORDER BY 1, 2`,
			`SELECT OrderID, ProductID, ` + line + ` / 10000.0 FROM "Order Details" ORDER BY 1, 2`,
		},
		{
			"lines of invoices",
			`SELECT OrderID, ProductID, ExtendedPrice FROM Invoices ORDER BY 1, 2`,
			`SELECT OrderID, ProductID, ` + line + ` / 10000.0 FROM "Order Details" ORDER BY 1, 2`,
		},
		{
			"orders",
			`SELECT OrderID, Subtotal FROM "Order Subtotals" ORDER BY 1`,
			`SELECT OrderID, sum(` + line + `) / 10000.0 FROM "Order Details" GROUP BY 1 ORDER BY 1`,
		},
		{
			"products of 1997",
			`SELECT ProductName, ProductSales FROM "Sales by Category" ORDER BY 1`,
			`SELECT ProductName, sum(` + strings.Replace(line, "UnitPrice", "d.UnitPrice", 1) + `) / 10000.0
				FROM "Order Details" d JOIN Orders USING (OrderID) JOIN Products USING (ProductID)
				WHERE OrderDate LIKE '1997-%' GROUP BY 1 ORDER BY 1`,
		},
	}
	db := openCommitted(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(query(t, db, test.exact), query(t, db, test.view)); diff != "" {
				t.Errorf("(-exact +view):\n%s", diff)
			}
		})
	}
}

func TestViewsAgreeWithTheFormula(t *testing.T) {
	db := openCommitted(t)
	got := query(t, db, `SELECT
		(SELECT round(sum(ExtendedPrice), 2) FROM Invoices),
		(SELECT round(sum(Subtotal), 2) FROM "Order Subtotals"),
		(SELECT round(sum(ProductSales), 2) FROM "Sales by Category"),
		(SELECT round(sum(CategorySales), 4) FROM "Category Sales for 1997")`)
	want := [][]any{row(1265793.04, 1265793.04, 617085.20, 608846.875)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRowsOfViews(t *testing.T) {
	tests := []struct {
		name, query string
		want        [][]any
	}{
		{
			"lists of products come in order", `SELECT ProductName FROM "Alphabetical list of products" LIMIT 3`,
			[][]any{row("Aniseed Syrup"), row("Boston Crab Meat"), row("Camembert Pierrot")},
		},
		{
			"the dearest product comes first", `SELECT * FROM "Products Above Average Price" LIMIT 2`,
			[][]any{row("Côte de Blaye", 263.5), row("Thüringer Rostbratwurst", 123.79)},
		},
		{
			"customers and suppliers share a city", `SELECT * FROM "Customer and Suppliers by City" WHERE City = 'Berlin' ORDER BY CompanyName`,
			[][]any{
				row("Berlin", "Alfreds Futterkiste", "Maria Anders", "Customers"),
				row("Berlin", "Heli Süßwaren GmbH & Co. KG", "Petra Winkler", "Suppliers"),
			},
		},
		{
			"categories sold in 1997", `SELECT * FROM "Category Sales for 1997" ORDER BY 1`,
			[][]any{
				row("Beverages", 102074.305),
				row("Condiments", 55277.59),
				row("Confections", 80894.1515),
				row("Dairy Products", 114749.77),
				row("Grains/Cereals", 55948.825),
				row("Meat/Poultry", 81338.056),
				row("Produce", 53019.9875),
				row("Seafood", 65544.19),
			},
		},
		{
			"an invoice names people and products",
			`SELECT Salesperson, CustomerName, ShipperName, ProductName, ExtendedPrice, Freight
				FROM Invoices WHERE OrderID = 10248 ORDER BY ProductID`,
			[][]any{
				row("Steven Buchanan", "Vins et alcools Chevalier", "Federal Shipping", "Queso Cabrales", 168.0, 32.38),
				row("Steven Buchanan", "Vins et alcools Chevalier", "Federal Shipping", "Singaporean Hokkien Fried Mee", 98.0, 32.38),
				row("Steven Buchanan", "Vins et alcools Chevalier", "Federal Shipping", "Mozzarella di Giovanni", 174.0, 32.38),
			},
		},
		{
			"summaries hold the orders that were shipped",
			`SELECT (SELECT count(*) FROM "Summary of Sales by Year" y JOIN "Summary of Sales by Quarter" q
				ON (y.OrderID, y.ShippedDate, y.Subtotal) = (q.OrderID, q.ShippedDate, q.Subtotal)),
				(SELECT min(SaleAmount) > 2500 FROM "Sales Totals by Amount")`,
			[][]any{row(809, 1)},
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
