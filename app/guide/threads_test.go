package guide

// threadsTable is what people ask after an answer.
func threadsTable() []thread {
	sales := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	total := func(where string) string { return `SELECT round(sum(v),2) AS Sales FROM l WHERE ` + where }
	orders := func(where string) string { return `SELECT count(*) AS Orders FROM w WHERE ` + where }
	share := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales, round(100*sum(v)/(SELECT sum(v) FROM l WHERE ` + where + `),1) AS "Share %" FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	reorder := `SELECT ProductName AS Product, UnitsInStock AS "Units in stock" FROM Products WHERE NOT Discontinued AND UnitsInStock+UnitsOnOrder<=ReorderLevel AND `
	return []thread{
		{turns("sales by country", "only 1997"), sales("ShipCountry", "Country", "y='1997'", "ORDER BY 2 DESC")},
		{turns("sales by country", "only 1997", "top 3"), sales("ShipCountry", "Country", "y='1997'", "ORDER BY 2 DESC LIMIT 3")},
		{turns("sales by country", "only 1997", "top 3", "as a share"), share("ShipCountry", "Country", "y='1997'", "ORDER BY 2 DESC LIMIT 3")},
		{turns("sales by year", "now by country"), sales("ShipCountry", "Country", "1", "ORDER BY 2 DESC")},
		{turns("sales in France in 1997", "and for Germany?"), total("ShipCountry='Germany' AND y='1997'")},
		{turns("sales in France in 1997", "and for Germany?", "what about 1998"), total("ShipCountry='Germany' AND y='1998'")},
		{turns("sales by category in 1997", "what about 1998"), sales("CategoryName", "Category", "y='1998'", "ORDER BY 2 DESC")},
		{turns("sales by category", "as a share"), share("CategoryName", "Category", "1", "ORDER BY 2 DESC")},
		{turns("top 5 customers by sales in 1997", "the same for products"), sales("ProductName", "Product", "y='1997'", "ORDER BY 2 DESC LIMIT 5")},
		{turns("How many orders in 1997?", "and in 1998?"), orders("y='1998'")},
		{turns("Who sold the most in 1997?", "and in 1998?"), sales("Employee", "Employee", "y='1998'", "ORDER BY 2 DESC LIMIT 1")},
		{turns("sales by category in 1997", "and orders?"), `SELECT CategoryName AS Category, round(sum(v),2) AS Sales, count(DISTINCT OrderID) AS Orders FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{turns("sales by category in 1997", "what about units instead"), `SELECT CategoryName AS Category, sum(q) AS "Units sold" FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{turns("sales in Q1 1997", "and Q2?"), total("yq='1997-Q2'")},
		{turns("sales in March 1997", "and April?"), total("ym='1997-04'")},
		{turns("sales in 1997", "by month"), sales("ym", "Month", "y='1997'", "ORDER BY 1")},
		{turns("sales in 1997", "break it down by category"), sales("CategoryName", "Category", "y='1997'", "ORDER BY 2 DESC")},
		{turns("sales by category", "only Germany", "and 1998?"), sales("CategoryName", "Category", "ShipCountry='Germany' AND y='1998'", "ORDER BY 2 DESC")},
		{turns("late orders", "only 1998"), `SELECT OrderID AS "Order ID", Customer FROM w WHERE isLate AND y='1998' ORDER BY 1`},
		{turns("how many orders were shipped late in 1997", "by shipper"), `SELECT Shipper, count(*) AS Orders FROM w WHERE isLate AND y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{turns("which products need to be reordered?", "only Beverages"), reorder + `CategoryID=1 ORDER BY 1`},
		{turns("reorder list", "and in Seafood?"), reorder + `CategoryID=8 ORDER BY 1`},
		{turns("sales from 1996 to 1997", "by quarter"), sales("yq", "Quarter", "y<'1998'", "ORDER BY 1")},
		{turns("sales growth from Q1 1997 to Q1 1998", "by shipper"), `SELECT Shipper, round(sum(CASE WHEN yq='1997-Q1' THEN v END),2) AS "Q1 1997", round(sum(CASE WHEN yq='1998-Q1' THEN v END),2) AS "Q1 1998",
			round(100*(sum(CASE WHEN yq='1998-Q1' THEN v END)/sum(CASE WHEN yq='1997-Q1' THEN v END)-1),1) AS "Growth %" FROM l GROUP BY 1 ORDER BY 4 DESC`},
		{turns("sales by shipper in Q1 1998", "compared to Q1 1997"), `SELECT Shipper, round(sum(CASE WHEN yq='1998-Q1' THEN v END)-sum(CASE WHEN yq='1997-Q1' THEN v END),2) AS Change FROM l GROUP BY 1 ORDER BY round(100*(sum(CASE WHEN yq='1998-Q1' THEN v END)/sum(CASE WHEN yq='1997-Q1' THEN v END)-1),1) DESC`},
		{turns("top 5 customers", "only Germany"), sales("Customer", "Customer", "ShipCountry='Germany'", "ORDER BY 2 DESC LIMIT 5")},
		{turns("top 5 customers in Germany", "and in France?"), sales("Customer", "Customer", "ShipCountry='France'", "ORDER BY 2 DESC LIMIT 5")},
		{turns("sales by employee in 1997", "bottom 3"), sales("Employee", "Employee", "y='1997'", "ORDER BY 2 LIMIT 3")},
		{turns("average monthly sales in 1997", "and for Germany"), `SELECT round(sum(t)/12,2) AS "Average sales per month" FROM w WHERE ShipCountry='Germany' AND y='1997'`},
		{turns("What percentage of sales came from Germany?", "and France?"), `SELECT * FROM (` + share("ShipCountry", "Country", "1", "") + `) WHERE Country='France'`},
		{turns("list customers in Germany", "and in France"), `SELECT CompanyName AS Customer, City FROM Customers WHERE Country='France' ORDER BY 1`},
		{turns("sales of Chai", "same for Chang"), total("ProductName='Chang'")},
		{turns("units of Chai by quarter in 1997", "the same for 1998"), `SELECT yq AS Quarter, sum(q) AS "Units sold" FROM l WHERE ProductName='Chai' AND y='1998' GROUP BY 1 ORDER BY 1`},
		{turns("how many customers do we have", "by country"), `SELECT Country, count(*) AS Customers FROM Customers GROUP BY 1 ORDER BY 2 DESC, 1`},
		{turns("freight by shipper", "as a percentage", "only 1997"), `SELECT Shipper, round(sum(Freight),2) AS Freight, round(100*sum(Freight)/(SELECT sum(Freight) FROM w WHERE y='1997'),1) AS "Share %" FROM w WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{turns("orders by employee in 1997", "just the top 3"), `SELECT Employee, count(*) AS Orders FROM w WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`},
		{turns("sales in 1997", "only Q1"), total("yq='1997-Q1'")},
		{turns("sales for Germany in 1997", "now for the USA", "and orders?", "by month"), `SELECT ym AS Month, round(sum(t),2) AS Sales, count(*) AS Orders FROM w WHERE ShipCountry='USA' AND y='1997' GROUP BY 1 ORDER BY 1`},
		{turns("sales by country in 1997", "only Germany and France"), sales("ShipCountry", "Country", "y='1997' AND ShipCountry IN ('Germany','France')", "ORDER BY 2 DESC")},
		{turns("total sales", "since 1997"), total("y>='1997'")},
		{turns("price of Chai", "and Chang?"), `SELECT 'Chang' AS Product, 19 AS "List price"`},
		{turns("discontinued products", "in Meat/Poultry"), `SELECT ProductName AS Product FROM Products WHERE Discontinued AND CategoryID=6 ORDER BY 1`},
		{turns("sales by year", "in Germany"), sales("y", "Year", "ShipCountry='Germany'", "ORDER BY 1")},
		{turns("What was our best month in 1997?", "and the worst?"), sales("ym", "Month", "y='1997'", "ORDER BY 2 LIMIT 1")},
		{turns("top 3 products in 1997", "top 5"), sales("ProductName", "Product", "y='1997'", "ORDER BY 2 DESC LIMIT 5")},
		{turns("sales by month in 1997", "per quarter"), sales("yq", "Quarter", "y='1997'", "ORDER BY 1")},
		{turns("sales by category in 1997", "now sales by country in 1997", "only Beverages"), sales("ShipCountry", "Country", "y='1997' AND CategoryName='Beverages'", "ORDER BY 2 DESC")},
		{turns("sales by category in 1997", "with orders"), `SELECT CategoryName AS Category, round(sum(v),2) AS Sales, count(DISTINCT OrderID) AS Orders FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{turns("sales by category in 1997", "top 3 by units"), `SELECT CategoryName AS Category, sum(q) AS "Units sold" FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`},
		{turns("sales by shipper in 1998", "growth from 1997"), `SELECT Shipper, round(round(sum(CASE WHEN y='1998' THEN v END),2)-round(sum(CASE WHEN y='1997' THEN v END),2),2) AS Change FROM l WHERE y>'1996' AND substr(OrderDate,6)<='05-06' GROUP BY 1 ORDER BY sum(CASE WHEN y='1998' THEN v END)/sum(CASE WHEN y='1997' THEN v END) DESC`},
		{turns("sales by shipper in 1997", "growth in 1998"), `SELECT Shipper, round(round(sum(CASE WHEN y='1998' THEN v END),2)-round(sum(CASE WHEN y='1997' THEN v END),2),2) AS Change FROM l WHERE y>'1996' AND substr(OrderDate,6)<='05-06' GROUP BY 1 ORDER BY sum(CASE WHEN y='1998' THEN v END)/sum(CASE WHEN y='1997' THEN v END) DESC`},
		{turns("sales by category in 1997", "Germany only please"), sales("CategoryName", "Category", "y='1997' AND ShipCountry='Germany'", "ORDER BY 2 DESC")},
		{turns("top 5 products", "by units"), `SELECT ProductName AS Product, sum(q) AS "Units sold" FROM l GROUP BY 1 ORDER BY 2 DESC LIMIT 5`},
		{turns("top 5 products in 1997", "for customers"), sales("Customer", "Customer", "y='1997'", "ORDER BY 2 DESC LIMIT 5")},
		{turns("sales growth from Q1 1997 to Q1 1998", "for orders"), `SELECT 92 AS "Q1 1997", 182 AS "Q1 1998", 90 AS Change, round(9000.0/92,1) AS "Growth %"`},
		{turns("share of sales by category", "of units"), `SELECT CategoryName AS Category, sum(q) AS "Units sold", round(100.0*sum(q)/(SELECT sum(q) FROM l),1) AS "Share %" FROM l GROUP BY 1 ORDER BY 2 DESC`},
		{turns("how many orders were late in 1997?", "which ones?"), `SELECT OrderID AS "Order ID", Customer FROM w WHERE isLate AND y='1997' ORDER BY 1`},
		{turns("how many orders were late in 1997?", "and on time?"), orders("ShippedDate<=RequiredDate AND y='1997'")},
		{turns("how many orders were late?", "as a percentage", "in 1997"), `SELECT sum(isLate) AS "Orders shipped late", count(ShippedDate) AS "Orders shipped", round(100.0*sum(isLate)/count(ShippedDate),1) AS "Share %" FROM w WHERE y='1997'`},
		{turns("which products are discontinued?", "how many?"), `SELECT 8 AS Products`},
		{turns("which products are discontinued?", "how many?", "by category"), `SELECT CategoryName AS Category, count(*) AS Products FROM Products JOIN Categories USING (CategoryID) WHERE Discontinued GROUP BY 1 ORDER BY 2 DESC, 1`},
		{turns("sales in Germany in 1997", "also France"), sales("ShipCountry", "Country", "y='1997' AND ShipCountry IN ('Germany','France')", "ORDER BY 2 DESC")},
		{turns("sales in 1997", "and the growth?"), `SELECT round(331525.55-208083.97,2) AS Change, round(100*(331525.55-208083.97)/208083.97,1) AS "Growth %"`},
		{turns("orders on 5 May 1998", "and on 6 May"), orders("OrderDate='1998-05-06'")},
		{turns("sales by employee and year", "in Germany"), `SELECT Employee, y AS Year, round(sum(v),2) AS Sales FROM l WHERE ShipCountry='Germany' GROUP BY 1,2 ORDER BY 1,2`},
		{turns("sales in 1997", "split that by employee", "top 3", "and for 1998"), sales("Employee", "Employee", "y='1998'", "ORDER BY 2 DESC LIMIT 3")},
	}
}
