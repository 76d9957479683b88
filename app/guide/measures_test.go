package guide

// measuresTable is what people ask for several figures at once, for averages and for
// shares.
func measuresTable() []asking {
	by := func(column, as, figures, from, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, ` + figures + ` FROM ` + from + ` GROUP BY 1 ` + tail
	}
	const money = `round(sum(t),2) AS Sales`
	// The months of which the data hold every day: July 1996 begins on the 4th, May 1998 ends on the 6th.
	const wholeMonths = `ym BETWEEN '1996-08' AND '1998-04'`
	share := func(column, as, figure, name, from, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, ` + figure + ` AS "` + name + `", round(100.0*` + figure + `/(SELECT ` + figure + ` FROM ` + from + ` WHERE ` + where + `),1) AS "Share %" FROM ` + from + ` WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	return []asking{
		{"sales and freight by year", by("y", "Year", money+`, round(sum(Freight),2) AS Freight`, "w", "ORDER BY 1")},
		{"sales, orders and units by country", by("ShipCountry", "Country", money+`, count(*) AS Orders, sum(u) AS "Units sold"`, "w", "ORDER BY 2 DESC")},
		{"sales, freight and average order value in 1997", `SELECT ` + money + `, round(sum(Freight),2) AS Freight, round(avg(t),2) AS "Average order value" FROM w WHERE y='1997'`},
		{"orders and units of Chai by quarter in 1997", `SELECT yq AS Quarter, count(DISTINCT OrderID) AS Orders, sum(q) AS "Units sold" FROM l WHERE y='1997' AND ProductName='Chai' GROUP BY 1 ORDER BY 1`},
		{"revenue and number of orders per employee in 1997", by("Employee", "Employee", money+`, count(*) AS Orders`, "w WHERE y='1997'", "ORDER BY 2 DESC")},
		{"sales, orders, customers and average order value by year", by("y", "Year", money+`, count(*) AS Orders, count(DISTINCT CustomerID) AS "Customers with orders", round(avg(t),2) AS "Average order value"`, "w", "ORDER BY 1")},
		{"freight and orders by shipper", by("Shipper", "Shipper", `round(sum(Freight),2) AS Freight, count(*) AS Orders`, "w", "ORDER BY 2 DESC")},
		{"units and sales by category in 1998", `SELECT CategoryName AS Category, sum(q) AS "Units sold", round(sum(v),2) AS Sales FROM l WHERE y='1998' GROUP BY 1 ORDER BY 2 DESC`},
		{"gross sales, discounts and sales by year", `SELECT y AS Year, round(sum(g),2) AS "Gross sales", round(sum(off),2) AS Discounts, round(sum(v),2) AS Sales FROM l GROUP BY 1 ORDER BY 1`},
		{"discounts by category in 1997", `SELECT CategoryName AS Category, round(sum(off),2) AS Discounts FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{"gross sales in 1997", `SELECT round(sum(g),2) AS "Gross sales" FROM l WHERE y='1997'`},
		{"sales before discounts in Germany", `SELECT round(sum(g),2) AS "Gross sales" FROM l WHERE ShipCountry='Germany'`},
		{"average freight and average order value by country in 1997", by("ShipCountry", "Country", `round(avg(Freight),2) AS "Average freight", round(avg(t),2) AS "Average order value"`, "w WHERE y='1997'", "ORDER BY 2 DESC")},
		{"top 3 customers by sales with orders and freight", by("Customer", "Customer", money+`, count(*) AS Orders, round(sum(Freight),2) AS Freight`, "w", "ORDER BY 2 DESC LIMIT 3")},

		{"average sales per month", `SELECT round(sum(t)/21,2) AS "Average sales per month", 21 AS Months FROM w WHERE ` + wholeMonths},
		{"average monthly sales in 1997", `SELECT round(617085.2035/12,2) AS "Average sales per month"`},
		{"average orders per month in 1997", `SELECT 408/12 AS "Average orders per month"`},
		{"how many orders do we get per month on average", `SELECT round(count(*)/21.0,2) AS "Average orders per month" FROM w WHERE ` + wholeMonths},
		{"average number of orders per customer", `SELECT round(830.0/89,2) AS "Average orders per customer", 89 AS Customers`},
		{"average sales per customer in 1997", `SELECT round(avg(s),2) AS "Average sales per customer" FROM (SELECT sum(t) AS s FROM w WHERE y='1997' GROUP BY CustomerID)`},
		{"average units per order", `SELECT round(avg(u),2) AS "Average units sold per order" FROM w`},
		{"average monthly sales by category in 1997", `SELECT CategoryName AS Category, round(sum(v)/12,2) AS "Average sales per month" FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{"average sales per quarter", `SELECT round(sum(t)/6,2) AS "Average sales per quarter", 6 AS Quarters FROM w WHERE yq BETWEEN '1996-Q4' AND '1998-Q1'`},
		{"average sales per employee in 1997", `SELECT round(avg(s),2) AS "Average sales per employee" FROM (SELECT sum(t) AS s FROM w WHERE y='1997' GROUP BY Employee)`},
		{"average orders per employee in Germany", `SELECT round(avg(s),2) AS "Average orders per employee" FROM (SELECT count(*) AS s FROM w WHERE ShipCountry='Germany' GROUP BY Employee)`},
		{"average monthly sales in 1998", `SELECT round(sum(t)/4,2) AS "Average sales per month", 4 AS Months FROM w WHERE y='1998' AND ym<'1998-05'`},
		{"average units of Chai per month in 1997", `SELECT round(sum(q)/12.0,2) AS "Average units sold per month" FROM l WHERE y='1997' AND ProductName='Chai'`},
		{"average number of customers per month in 1997", `SELECT round(avg(n),2) AS "Average customers with orders per month" FROM (SELECT count(DISTINCT CustomerID) AS n FROM w WHERE y='1997' GROUP BY ym)`},
		{"average sales per year", `SELECT round(sum(t),2) AS "Average sales per year", 1 AS Years FROM w WHERE y='1997'`},
		{"top 3 countries by average monthly sales in 1997", `SELECT ShipCountry AS Country, round(sum(t)/12,2) AS "Average sales per month" FROM w WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`},
		{"average price of Beverages", `SELECT round(avg(UnitPrice),2) AS "Average list price" FROM Products WHERE CategoryID=1`},
		{"average order value in Germany in Q1 1998", `SELECT round(avg(t),2) AS "Average order value" FROM w WHERE ShipCountry='Germany' AND yq='1998-Q1'`},
		{"average shipping time by shipper", by("Shipper", "Shipper", `round(avg((strftime('%s',ShippedDate)-strftime('%s',OrderDate))/86400.0),2) AS "Average days to ship"`, "w", "ORDER BY 2 DESC")},
		{"average days to ship in 1997", `SELECT round(avg((strftime('%s',ShippedDate)-strftime('%s',OrderDate))/86400.0),2) AS "Average days to ship" FROM w WHERE y='1997'`},
		{"average order value per quarter", by("yq", "Quarter", `round(avg(t),2) AS "Average order value"`, "w", "ORDER BY 1")},

		{"share of sales by category", share("CategoryName", "Category", "round(sum(v),2)", "Sales", "l", "1", "ORDER BY 2 DESC")},
		{"what percentage of sales came from Germany", `SELECT * FROM (` + share("ShipCountry", "Country", "round(sum(v),2)", "Sales", "l", "1", "") + `) WHERE Country='Germany'`},
		{"Beverages' share of sales in 1997", `SELECT * FROM (` + share("CategoryName", "Category", "round(sum(v),2)", "Sales", "l", "y='1997'", "") + `) WHERE Category='Beverages'`},
		{"share of orders by shipper in 1997", share("Shipper", "Shipper", "count(*)", "Orders", "w", "y='1997'", "ORDER BY 2 DESC")},
		{"sales by country in 1997 as a percentage", share("ShipCountry", "Country", "round(sum(v),2)", "Sales", "l", "y='1997'", "ORDER BY 2 DESC")},
		{"top 5 customers by share of sales in 1997", share("Customer", "Customer", "round(sum(v),2)", "Sales", "l", "y='1997'", "ORDER BY 2 DESC LIMIT 5")},
		{"what share of freight does each shipper have", share("Shipper", "Shipper", "round(sum(Freight),2)", "Freight", "w", "1", "ORDER BY 2 DESC")},
		{"percentage of units by category", share("CategoryName", "Category", "sum(q)", "Units sold", "l", "1", "ORDER BY 2 DESC")},
		{"share of each employee in sales in Germany in 1997", share("Employee", "Employee", "round(sum(v),2)", "Sales", "l", "ShipCountry='Germany' AND y='1997'", "ORDER BY 2 DESC")},
		{"share of sales of Beverages and Seafood in 1997", `SELECT * FROM (` + share("CategoryName", "Category", "round(sum(v),2)", "Sales", "l", "y='1997'", "") + `) WHERE Category IN ('Beverages','Seafood') ORDER BY 2 DESC`},
	}
}
