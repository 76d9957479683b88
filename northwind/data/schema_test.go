package data

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTables(t *testing.T) {
	db := openCommitted(t)
	var got [][]any
	for _, name := range query(t, db, `SELECT name FROM pragma_table_list
		WHERE schema = 'main' AND type = 'table' AND strict ORDER BY name`) {
		got = append(got, append(name, query(t, db, fmt.Sprintf("SELECT count(*) FROM %q", name[0]))[0]...))
	}
	want := [][]any{
		row("Categories", 8),
		row("Customers", 91),
		row("EmployeeTerritories", 49),
		row("Employees", 9),
		row("Order Details", 2155),
		row("Orders", 830),
		row("Products", 77),
		row("Region", 4),
		row("Shippers", 3),
		row("Suppliers", 29),
		row("Territories", 53),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestForeignKeys(t *testing.T) {
	db := openCommitted(t)
	got := query(t, db, `SELECT t.name || '.' || k."from", k."table" || '.' || k."to"
		FROM sqlite_schema t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table' ORDER BY 1`)
	want := [][]any{
		row("EmployeeTerritories.EmployeeID", "Employees.EmployeeID"),
		row("EmployeeTerritories.TerritoryID", "Territories.TerritoryID"),
		row("Employees.ReportsTo", "Employees.EmployeeID"),
		row("Order Details.OrderID", "Orders.OrderID"),
		row("Order Details.ProductID", "Products.ProductID"),
		row("Orders.CustomerID", "Customers.CustomerID"),
		row("Orders.EmployeeID", "Employees.EmployeeID"),
		row("Orders.ShipVia", "Shippers.ShipperID"),
		row("Products.CategoryID", "Categories.CategoryID"),
		row("Products.SupplierID", "Suppliers.SupplierID"),
		row("Territories.RegionID", "Region.RegionID"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestColumnIsNotNullExactlyWhenNoRowIsNull(t *testing.T) {
	db := openCommitted(t)
	columns := query(t, db, `SELECT t.name, c.name, c."notnull" FROM sqlite_schema t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`)
	if len(columns) != 82 {
		t.Errorf("%d columns, want 82", len(columns))
	}
	for _, c := range columns {
		nulls := query(t, db, fmt.Sprintf("SELECT count(*) - count(%q) FROM %q", c[1], c[0]))[0][0].(int64)
		if declared := c[2] == int64(1); declared != (nulls == 0) {
			t.Errorf("%s.%s: NOT NULL is %t, and %d rows are NULL", c[0], c[1], declared, nulls)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, readCommitted(t), 0o600); err != nil {
		t.Fatal(err)
	}
	db := openFile(t, path, "_pragma=foreign_keys(1)")

	tests := []struct{ name, statement, want string }{
		{"a date with a time", `UPDATE Orders SET OrderDate = '1996-07-04 00:00:00' WHERE OrderID = 10248`, "CHECK"},
		{"a day that does not exist", `UPDATE Orders SET ShippedDate = '1997-02-30' WHERE OrderID = 10248`, "CHECK"},
		{"a discount in percent", `UPDATE "Order Details" SET Discount = 15 WHERE OrderID = 10248`, "CHECK"},
		{"no pieces at all", `UPDATE "Order Details" SET Quantity = 0 WHERE OrderID = 10248`, "CHECK"},
		{"a price below zero", `UPDATE Products SET UnitPrice = -1 WHERE ProductID = 1`, "CHECK"},
		{"half discontinued", `UPDATE Products SET Discontinued = 2 WHERE ProductID = 1`, "CHECK"},
		{"words for a number", `UPDATE Products SET UnitsInStock = 'many' WHERE ProductID = 1`, "cannot store TEXT"},
		{"an order of nobody", `UPDATE Orders SET CustomerID = 'NOONE' WHERE OrderID = 10248`, "FOREIGN KEY"},
		{"the same line twice", `INSERT INTO "Order Details" SELECT * FROM "Order Details" LIMIT 1`, "UNIQUE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := db.ExecContext(t.Context(), test.statement)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestNamesCompareWithoutCase(t *testing.T) {
	db := openCommitted(t)
	got := query(t, db, `SELECT
		(SELECT count(*) FROM Customers WHERE Country = 'GERMANY'),
		(SELECT ProductID FROM Products WHERE ProductName = 'chai'),
		(SELECT count(*) FROM Orders WHERE CustomerID = 'alfki'),
		(SELECT count(*) FROM Invoices WHERE ShipperName = 'speedy express')`)
	if diff := cmp.Diff([][]any{row(11, 1, 6, 646)}, got); diff != "" {
		t.Error(diff)
	}
}
