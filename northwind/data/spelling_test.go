package data

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each row here is one that copies of Northwind are known to lose or alter.
func TestSpelling(t *testing.T) {
	tests := []struct {
		name, query string
		want        [][]any
	}{
		{
			"accents of customers",
			`SELECT CompanyName, City FROM Customers WHERE CustomerID IN ('ANTON', 'BERGS', 'FOLKO', 'GALED', 'MEREP', 'VAFFE') ORDER BY CustomerID`,
			[][]any{
				row("Antonio Moreno Taquería", "México D.F."),
				row("Berglunds snabbköp", "Luleå"),
				row("Folk och fä HB", "Bräcke"),
				row("Galería del gastrónomo", "Barcelona"),
				row("Mère Paillarde", "Montréal"),
				row("Vaffeljernet", "Århus"),
			},
		},
		{
			"accents of products",
			`SELECT ProductName FROM Products WHERE ProductID IN (28, 38, 75, 77) ORDER BY ProductID`,
			[][]any{row("Rössle Sauerkraut"), row("Côte de Blaye"), row("Rhönbräu Klosterbier"), row("Original Frankfurter grüne Soße")},
		},
		{
			"ordinals, states and provinces",
			`SELECT Address, Region FROM Customers WHERE CustomerID IN ('GROSR', 'HILAA', 'MEREP', 'SAVEA') ORDER BY CustomerID`,
			[][]any{
				row("5ª Ave. Los Palos Grandes", "DF"),
				row("Carrera 22 con Ave. Carlos Soublette #8-35", "Táchira"),
				row("43 rue St. Laurent", "Québec"),
				row("187 Suffolk Ln.", "ID"),
			},
		},
		{
			"Sao Paulo has no tilde, anywhere",
			`SELECT City, count(*) FROM (
				SELECT City FROM Customers UNION ALL SELECT City FROM Suppliers UNION ALL SELECT ShipCity FROM Orders)
				WHERE City LIKE 's_o paulo' GROUP BY City`,
			[][]any{row("Sao Paulo", 36)},
		},
		{
			"apostrophes, capitals and commas",
			`SELECT CustomerID, CompanyName, Address FROM Customers WHERE CustomerID IN ('BOLID', 'BONAP', 'GROSR', 'LACOR', 'QUEDE') ORDER BY CustomerID`,
			[][]any{
				row("BOLID", "Bólido Comidas preparadas", "C/ Araquil, 67"),
				row("BONAP", "Bon app'", "12, rue des Bouchers"),
				row("GROSR", "GROSELLA-Restaurante", "5ª Ave. Los Palos Grandes"),
				row("LACOR", "La corne d'abondance", "67, avenue de l'Europe"),
				row("QUEDE", "Que Delícia", "Rua da Panificadora, 12"),
			},
		},
		{
			"two spaces where the original has two",
			`SELECT CompanyName, Address FROM Customers WHERE CustomerID IN ('ANTON', 'WOLZA') ORDER BY CustomerID`,
			[][]any{row("Antonio Moreno Taquería", "Mataderos  2312"), row("Wolski  Zajazd", "ul. Filtrowa 68")},
		},
		{
			"postal codes are text and keep their zeros",
			`SELECT group_concat(PostalCode, ' ') FROM (SELECT PostalCode FROM Customers WHERE PostalCode LIKE '0%' ORDER BY 1)`,
			[][]any{row("01-012 01307 02389-673 02389-890 04179 04876-786 05021 05022 05023 05033 05033 " +
				"05432-043 05442-030 05454-876 05487-020 05634-030 08022 08737-363")},
		},
		{
			"postal codes that begin with a zero, in other tables",
			`SELECT (SELECT count(*) FROM Orders WHERE ShipPostalCode LIKE '0%'),
				(SELECT group_concat(PostalCode, ' ') FROM Suppliers WHERE PostalCode LIKE '0%'),
				(SELECT count(*) FROM Territories WHERE TerritoryID LIKE '0%')`,
			[][]any{row(151, "02134 0512", 12)},
		},
		{
			"no postal code in Cork", `SELECT CustomerID, City, Region FROM Customers WHERE PostalCode IS NULL`,
			[][]any{row("HUNGO", "Cork", "Co. Cork")},
		},
		{
			"what is missing is NULL",
			`SELECT
				(SELECT count(*) FROM Customers WHERE Region IS NULL), (SELECT count(*) FROM Customers WHERE Fax IS NULL),
				(SELECT count(*) FROM Suppliers WHERE Region IS NULL), (SELECT count(*) FROM Suppliers WHERE Fax IS NULL),
				(SELECT count(*) FROM Suppliers WHERE HomePage IS NULL), (SELECT count(*) FROM Employees WHERE Region IS NULL),
				(SELECT count(*) FROM Orders WHERE ShipRegion IS NULL), (SELECT count(*) FROM Orders WHERE ShipPostalCode IS NULL)`,
			[][]any{row(60, 22, 20, 16, 24, 4, 507, 19)},
		},
		{
			"the original misspells three territories",
			`SELECT TerritoryDescription FROM Territories WHERE TerritoryID IN ('01833', '11747', '19713') ORDER BY TerritoryID`,
			[][]any{row("Georgetow"), row("Mellvile"), row("Neward")},
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
