package guide

import "fmt"

// phrasesTable is what people say more shortly, or in another way, than the tables before.
func phrasesTable() []asking {
	sales := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	total := func(where string) string { return `SELECT round(sum(v),2) AS Sales FROM l WHERE ` + where }
	grown := func(where, early, last, tail string) string {
		return fmt.Sprintf(`SELECT a AS "%[2]s", b AS "%[3]s", round(b-a,2) AS Change, round(100.0*(b-a)/a,1) AS "Growth %%" FROM (SELECT round(total(CASE WHEN y='1997' THEN v END),2) AS a, round(total(CASE WHEN y='1998' THEN v END),2) AS b FROM l WHERE %[1]s AND substr(OrderDate,6)<='05-06') %[4]s`, where, early, last, tail)
	}
	return []asking{
		{"What did we sell in total?", total("1")},
		{"What did we sell in total in 1997?", total("y='1997'")},
		{"sales in 97", total("y='1997'")},
		{"sales in March 97", total("ym='1997-03'")},
		{"sales by category since 97", sales("CategoryName", "Category", "y>='1997'", "ORDER BY 2 DESC")},
		{"sales between 96 and 97", total("y<'1998'")},
		{"1997Q1 sales", total("yq='1997-Q1'")},
		{"orders in 1997H2", `SELECT count(*) AS Orders FROM w WHERE ym BETWEEN '1997-07' AND '1997-12'`},
		{"sales from 1 to 15 June 1997", total("OrderDate BETWEEN '1997-06-01' AND '1997-06-15'")},
		{"orders between 1 and 15 June 1997", `SELECT count(*) AS Orders FROM w WHERE OrderDate BETWEEN '1997-06-01' AND '1997-06-15'`},
		{"sales for ALFKI", total("CustomerID='ALFKI'")},
		{"ALFKI orders in 1997", `SELECT count(*) AS Orders FROM w WHERE CustomerID='ALFKI' AND y='1997'`},
		{"dairy sales in Q1 1997", total("CategoryName='Dairy Products' AND yq='1997-Q1'")},
		{"top 5 cheapest products", `SELECT ProductName AS Product, UnitPrice AS "List price" FROM Products ORDER BY 2, 1 LIMIT 5`},
		{"top 3 most expensive products in Seafood", `SELECT ProductName AS Product, UnitPrice AS "List price" FROM Products WHERE CategoryID=8 ORDER BY 2 DESC LIMIT 3`},
		{"top 5 orders by value", `SELECT OrderID AS "Order", round(t,2) AS Sales FROM w ORDER BY t DESC LIMIT 5`},
		{"top 3 orders by value in Germany in 1997", `SELECT OrderID AS "Order", round(t,2) AS Sales FROM w WHERE y='1997' AND ShipCountry='Germany' ORDER BY t DESC LIMIT 3`},
		{"which category grew the most from 1996 to 1997", `SELECT CategoryName AS Category, round(sum(CASE WHEN y='1997' THEN v END),2) AS "4 Jul to 31 Dec 1997" FROM l WHERE substr(OrderDate,6)>='07-04' AND y<'1998' GROUP BY 1
			ORDER BY sum(CASE WHEN y='1997' THEN v END)/sum(CASE WHEN y='1996' THEN v END) DESC LIMIT 1`},
		{"growth in Germany from 1997 to 1998", grown("ShipCountry='Germany'", "1 Jan to 6 May 1997", "1 Jan to 6 May 1998", "")},
		{"growth of Chai from 1997 to 1998", grown("ProductName='Chai'", "1 Jan to 6 May 1997", "1 Jan to 6 May 1998", "")},
		{"month over month growth in 1997", `SELECT a AS "Before", b AS "After" FROM (SELECT ym, lag(s) OVER (ORDER BY ym) AS a, s AS b FROM (SELECT ym, round(sum(v),2) AS s FROM l WHERE y='1997' GROUP BY 1)) WHERE a IS NOT NULL ORDER BY ym`},
		{"percentage of late orders by year", `SELECT y AS Year, sum(isLate) AS "Orders shipped late", count(ShippedDate) AS "Orders shipped", round(100.0*sum(isLate)/count(ShippedDate),1) AS "Share %" FROM w GROUP BY 1 ORDER BY 1`},
		{"how many customers ordered in 1997", `SELECT 86 AS "Customers with orders"`},
		{"how many customers ordered Chai in 1997", `SELECT count(DISTINCT CustomerID) AS "Customers with orders" FROM l WHERE ProductName='Chai' AND y='1997'`},
		{"sales by day in June 1997", sales("OrderDate", "Day", "ym='1997-06'", "ORDER BY 1")},
		{"daily orders in May 1998", `SELECT OrderDate AS Day, count(*) AS Orders FROM w WHERE ym='1998-05' GROUP BY 1 ORDER BY 1`},
		{"which day had the highest sales", sales("OrderDate", "Day", "1", "ORDER BY 2 DESC LIMIT 1")},
		{"sales by half-year", sales("y||'-H'||CASE WHEN substr(ym,6)<='06' THEN 1 ELSE 2 END", `"Half-year"`, "1", "ORDER BY 1")},
		{"sales by day and country in May 1998", `SELECT OrderDate AS Day, ShipCountry AS Country, round(sum(v),2) AS Sales FROM l WHERE ym='1998-05' GROUP BY 1,2 ORDER BY 1,2`},
		{"average sales per half-year", `SELECT round(sum(v)/2,2) AS "Average sales per half-year" FROM l WHERE y='1997'`},
		{"share of Chai in beverages sales", `SELECT 'Chai' AS Product, round(sum(CASE WHEN ProductName='Chai' THEN v END),2) AS Sales, round(sum(v),2) AS "Sales in all", round(100*sum(CASE WHEN ProductName='Chai' THEN v END)/sum(v),1) AS "Share %" FROM l WHERE CategoryName='Beverages'`},
	}
}

// phrasesThreads is the same of what follows an answer.
func phrasesThreads() []thread {
	return []thread{
		{turns("sales by category in 1997", "total"), `SELECT 617085.2 AS Sales`},
		{turns("sales by category in 1997", "and the total?"), `SELECT 617085.2 AS Sales`},
		{turns("freight by shipper", "in total"), `SELECT round(sum(Freight),2) AS Freight FROM w`},
		{turns("orders by month in Germany", "total"), `SELECT 122 AS Orders`},
		{turns("sales by category", "as a percentage"), `SELECT CategoryName AS Category, round(sum(v),2) AS Sales, round(100*sum(v)/(SELECT sum(v) FROM l),1) AS "Share %" FROM l GROUP BY 1 ORDER BY 2 DESC`},
	}
}
