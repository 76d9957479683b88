package data

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhoReportsToWhom(t *testing.T) {
	db := openCommitted(t)
	got := query(t, db, `
		WITH RECURSIVE Under AS (
			SELECT EmployeeID, LastName AS Chain FROM Employees WHERE ReportsTo IS NULL
			UNION ALL
			SELECT e.EmployeeID, Chain || ' > ' || e.LastName FROM Employees e JOIN Under u ON e.ReportsTo = u.EmployeeID
		)
		SELECT Chain, Title, HireDate, BirthDate FROM Under JOIN Employees USING (EmployeeID) ORDER BY EmployeeID`)
	want := [][]any{
		row("Fuller > Davolio", "Sales Representative", "1992-05-01", "1948-12-08"),
		row("Fuller", "Vice President, Sales", "1992-08-14", "1952-02-19"),
		row("Fuller > Leverling", "Sales Representative", "1992-04-01", "1963-08-30"),
		row("Fuller > Peacock", "Sales Representative", "1993-05-03", "1937-09-19"),
		row("Fuller > Buchanan", "Sales Manager", "1993-10-17", "1955-03-04"),
		row("Fuller > Buchanan > Suyama", "Sales Representative", "1993-10-17", "1963-07-02"),
		row("Fuller > Buchanan > King", "Sales Representative", "1994-01-02", "1960-05-29"),
		row("Fuller > Callahan", "Inside Sales Coordinator", "1994-03-05", "1958-01-09"),
		row("Fuller > Buchanan > Dodsworth", "Sales Representative", "1994-11-15", "1966-01-27"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTerritoriesOfEmployees(t *testing.T) {
	db := openCommitted(t)
	got := query(t, db, `
		SELECT LastName, group_concat(DISTINCT RegionDescription), group_concat(TerritoryDescription, ', ')
		FROM (SELECT * FROM EmployeeTerritories ORDER BY EmployeeID, TerritoryID)
		JOIN Employees USING (EmployeeID) JOIN Territories USING (TerritoryID) JOIN Region USING (RegionID)
		GROUP BY EmployeeID`)
	want := [][]any{
		row("Davolio", "Eastern", "Wilton, Neward"),
		row("Fuller", "Eastern", "Westboro, Bedford, Georgetow, Boston, Cambridge, Braintree, Louisville"),
		row("Leverling", "Southern", "Atlanta, Savannah, Orlando, Tampa"),
		row("Peacock", "Eastern", "Rockville, Greensboro, Cary"),
		row("Buchanan", "Eastern", "Providence, Morristown, Edison, New York, New York, Mellvile, Fairport"),
		row("Suyama", "Western", "Phoenix, Scottsdale, Bellevue, Redmond, Seattle"),
		row("King", "Western", "Hoffman Estates, Chicago, Denver, Colorado Springs, Santa Monica, Menlo Park, "+
			"San Francisco, Campbell, Santa Clara, Santa Cruz"),
		row("Callahan", "Northern", "Philadelphia, Beachwood, Findlay, Racine"),
		row("Dodsworth", "Northern", "Hollis, Portsmouth, Southfield, Troy, Bloomfield Hills, Roseville, Minneapolis"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTerritoriesOfNobody(t *testing.T) {
	db := openCommitted(t)
	got := query(t, db, `SELECT TerritoryDescription, RegionDescription FROM Territories JOIN Region USING (RegionID)
		WHERE TerritoryID NOT IN (SELECT TerritoryID FROM EmployeeTerritories) ORDER BY TerritoryID`)
	want := [][]any{
		row("Columbia", "Southern"),
		row("Bentonville", "Southern"),
		row("Dallas", "Southern"),
		row("Austin", "Southern"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
