package guide

// mixedTable is what people ask when they put several of these together, in their own
// words.
func mixedTable() []asking {
	one := func(figures, from, where string) string {
		return `SELECT ` + figures + ` FROM ` + from + ` WHERE ` + where
	}
	by := func(column, as, figures, from, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, ` + figures + ` FROM ` + from + ` WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	const (
		money   = `round(sum(t),2) AS Sales`
		value   = `round(sum(v),2) AS Sales`
		charged = `round(sum(Freight),2) AS Freight`
	)
	return []asking{
		{"sales, orders and freight for Ernst Handel in 1997", one(money+`, count(*) AS Orders, `+charged, "w", "Customer='Ernst Handel' AND y='1997'")},
		{"freight, units and gross sales by shipper in Germany in Q1 1998", by("Shipper", "Shipper", charged+`, sum(u) AS "Units sold", round(sum((SELECT sum(g) FROM l WHERE l.OrderID=w.OrderID)),2) AS "Gross sales"`, "w", "ShipCountry='Germany' AND yq='1998-Q1'", "ORDER BY 2 DESC")},
		{"sales and freight of late orders by employee", by("Employee", "Employee", money+`, `+charged, "w", "isLate", "ORDER BY 2 DESC")},
		{"freight and sales by month in H1 1997", by("ym", "Month", charged+`, `+money, "w", "ym BETWEEN '1997-01' AND '1997-06'", "ORDER BY 1")},
		{"average freight, average order value and orders by shipper", by("Shipper", "Shipper", `round(avg(Freight),2) AS "Average freight", round(avg(t),2) AS "Average order value", count(*) AS Orders`, "w", "1", "ORDER BY 2 DESC")},
		{"average days to ship and freight by year", by("y", "Year", `round(avg(julianday(ShippedDate)-julianday(OrderDate)),2) AS "Average days to ship", `+charged, "w", "1", "ORDER BY 1")},
		{"sales and average days to ship by shipper", by("Shipper", "Shipper", money+`, round(avg(julianday(ShippedDate)-julianday(OrderDate)),2) AS "Average days to ship"`, "w", "1", "ORDER BY 2 DESC")},
		{"orders, units and sales of Seafood to France by quarter in 1997", by("yq", "Quarter", `count(DISTINCT OrderID) AS Orders, sum(q) AS "Units sold", `+value, "l", "CategoryName='Seafood' AND ShipCountry='France' AND y='1997'", "ORDER BY 1")},
		{"top 4 employees by freight in 1997 with sales", by("Employee", "Employee", charged+`, `+money, "w", "y='1997'", "ORDER BY 2 DESC LIMIT 4")},
		{"share of sales by category in Germany in Q1 1998", `SELECT CategoryName AS Category, ` + value + `, round(100*sum(v)/(SELECT sum(v) FROM l WHERE ShipCountry='Germany' AND yq='1998-Q1'),1) AS "Share %" FROM l WHERE ShipCountry='Germany' AND yq='1998-Q1' GROUP BY 1 ORDER BY 2 DESC`},
		{"share of units by product in Beverages", `SELECT ProductName AS Product, sum(q) AS "Units sold", round(100.0*sum(q)/(SELECT sum(q) FROM l WHERE CategoryName='Beverages'),1) AS "Share %" FROM l WHERE CategoryName='Beverages' GROUP BY 1 ORDER BY 2 DESC LIMIT 10`},
		{"average sales per customer by year", `SELECT y AS Year, round(avg(s),2) AS "Average sales per customer", count(*) AS Customers FROM (SELECT y, CustomerID, sum(t) AS s FROM w GROUP BY 1,2) GROUP BY 1 ORDER BY 1`},
		{"average units per order by category", `SELECT CategoryName AS Category, round(avg(s),2) AS "Average units sold per order" FROM (SELECT CategoryName, OrderID, sum(q) AS s FROM l GROUP BY 1,2) GROUP BY 1 ORDER BY 2 DESC`},
		{"average sales per quarter in Germany in 1997", `SELECT round(sum(t)/4,2) AS "Average sales per quarter" FROM w WHERE ShipCountry='Germany' AND y='1997'`},
		{"average monthly units of Chai from April 1997 to September 1997", `SELECT round(sum(q)/6.0,2) AS "Average units sold per month" FROM l WHERE ProductName='Chai' AND ym BETWEEN '1997-04' AND '1997-09'`},
		{"average number of late orders per month in 1997", `SELECT round(count(*)/12.0,2) AS "Average orders per month" FROM w WHERE isLate AND y='1997'`},
		{"average monthly sales since 1997", `SELECT round(sum(t)/16,2) AS "Average sales per month", 16 AS Months FROM w WHERE y>'1996' AND ym<'1998-05'`},
		{"what percentage of orders by Nancy were shipped late in 1997", `SELECT sum(isLate) AS "Orders shipped late", count(ShippedDate) AS "Orders shipped", round(100.0*sum(isLate)/count(ShippedDate),1) AS "Share %" FROM w WHERE Employee='Nancy Davolio' AND y='1997'`},
		{"what percentage of products are out of stock by category", `SELECT CategoryName AS Category, sum(UnitsInStock=0) AS "Products out of stock", count(*) AS Products, round(100.0*sum(UnitsInStock=0)/count(*),1) AS "Share %" FROM Products JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 4 DESC, 1`},
		{"on-time rate by employee in 1998", `SELECT Employee, sum(ShippedDate<=RequiredDate) AS "Orders shipped on time", count(ShippedDate) AS "Orders shipped", round(100.0*sum(ShippedDate<=RequiredDate)/count(ShippedDate),1) AS "Share %" FROM w WHERE y='1998' AND ShippedDate IS NOT NULL GROUP BY 1 ORDER BY 4 DESC, 1`},
		{"growth of late orders from 1996 to 1997", `SELECT sum(y='1996') AS "4 Jul to 31 Dec 1996", sum(y='1997') AS "4 Jul to 31 Dec 1997", sum(y='1997')-sum(y='1996') AS Change FROM w WHERE isLate AND (y='1996' OR y='1997' AND OrderDate>='1997-07-04')`},
		{"biggest drop in sales by country from 1997 to 1998", `SELECT ShipCountry AS Country, round(round(sum(CASE WHEN y='1998' THEN v ELSE 0 END),2)-round(sum(CASE WHEN y='1997' THEN v ELSE 0 END),2),2) AS Change FROM l WHERE y>'1996' AND substr(OrderDate,6)<='05-06' GROUP BY 1 HAVING Change<0 ORDER BY 2 LIMIT 10`},
		{"sales from January to April 1997 vs January to April 1998", `SELECT CASE y WHEN '1997' THEN 'January 1997 to April 1997' ELSE 'January 1998 to April 1998' END AS Period, ` + value + ` FROM l WHERE y>'1996' AND substr(ym,6)<='04' GROUP BY 1 ORDER BY 1`},
		{"sales by category in H1 1997 and H2 1997", `SELECT CategoryName AS Category, CASE WHEN ym<'1997-07' THEN '1997-H1' ELSE '1997-H2' END AS "Half-year", ` + value + ` FROM l WHERE y='1997' GROUP BY 1,2 ORDER BY 1,2`},
		{"sales Q1-Q3 1997", one(value, "l", "yq BETWEEN '1997-Q1' AND '1997-Q3'")},
		{"sales March–May 1997 by employee", by("Employee", "Employee", value, "l", "ym BETWEEN '1997-03' AND '1997-05'", "ORDER BY 2 DESC")},
		{"which country buys the most Seafood", by("ShipCountry", "Country", value, "l", "CategoryName='Seafood'", "ORDER BY 2 DESC LIMIT 1")},
		{"who sold the least in Q1 1998", by("Employee", "Employee", value, "l", "yq='1998-Q1'", "ORDER BY 2 LIMIT 1")},
		{"how much discount did Ernst Handel get", one(`round(sum(off),2) AS Discounts`, "l", "Customer='Ernst Handel'")},
		{"gross vs net sales by year", by("y", "Year", `round(sum(g),2) AS "Gross sales", `+value, "l", "1", "ORDER BY 1")},
		{"top 3 orders by freight", `SELECT OrderID AS "Order", Freight FROM w ORDER BY 2 DESC LIMIT 3`},
		{"how many customers per country in 1997", `SELECT ShipCountry AS Country, count(DISTINCT CustomerID) AS "Customers with orders" FROM w WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"average sales per customer by country", `SELECT Country, round(avg(s),2) AS "Average sales per customer", count(*) AS Customers FROM (SELECT ShipCountry AS Country, CustomerID, sum(t) AS s FROM w GROUP BY 1,2) GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"bottom 3 months by average order value", by("ym", "Month", `round(avg(t),2) AS "Average order value"`, "w", "1", "ORDER BY 2 LIMIT 3")},
		{"how many units of Chai are in stock", `SELECT 39 AS "Units in stock"`},
		{"units of Beverages in stock by product", `SELECT ProductName AS Product, UnitsInStock AS "Units in stock" FROM Products WHERE CategoryID=1 AND UnitsInStock>=17 ORDER BY 2 DESC, 1`},
		{"which employee has the highest late rate", `SELECT Employee, sum(isLate) AS "Orders shipped late", count(ShippedDate) AS "Orders shipped" FROM w GROUP BY 1 ORDER BY 1.0*sum(isLate)/count(ShippedDate) DESC LIMIT 1`},
		{"which shipper has the highest on-time rate in 1997", `SELECT Shipper, sum(ShippedDate<=RequiredDate) AS "Orders shipped on time", count(ShippedDate) AS "Orders shipped" FROM w WHERE y='1997' GROUP BY 1 ORDER BY 1.0*sum(ShippedDate<=RequiredDate)/count(ShippedDate) DESC LIMIT 1`},
		{"How much did Ernst Handel spend on Beverages in 1997", one(value, "l", "Customer='Ernst Handel' AND CategoryName='Beverages' AND y='1997'")},
		{"top 3 orders by units", `SELECT OrderID AS "Order", u AS "Units sold" FROM w ORDER BY 2 DESC LIMIT 3`},
		{"by what percent did orders rise between Q1 1997 and Q1 1998", `SELECT 92 AS "Q1 1997", 182 AS "Q1 1998", 90 AS Change, round(9000.0/92,1) AS "Growth %"`},
		{"what do we need to order from Pavlova, Ltd.", `SELECT ProductName AS Product, UnitsInStock AS "Units in stock" FROM Products WHERE SupplierID=7 AND NOT Discontinued AND UnitsInStock+UnitsOnOrder<=ReorderLevel`},
		{"sales of open orders", one(money, "w", "ShippedDate IS NULL")},
		{"average delay by shipper in 1998", by("Shipper", "Shipper", `round(avg(julianday(ShippedDate)-julianday(RequiredDate)),2) AS "Average days late"`, "w", "isLate AND y='1998'", "ORDER BY 2 DESC")},
		{"May I see the sales by year?", by("y", "Year", value, "l", "1", "ORDER BY 1")},
		{"SHOW US SALES BY YEAR", by("y", "Year", value, "l", "1", "ORDER BY 1")},
		{"top 3 products in Germany and France", by("ProductName", "Product", value, "l", "ShipCountry IN ('Germany','France')", "ORDER BY 2 DESC LIMIT 3")},
		{"sales before 15 August 1996", one(value, "l", "OrderDate<'1996-08-15'")},
		{"orders after 30 April 1998", one(`count(*) AS Orders`, "w", "OrderDate>'1998-04-30'")},
		{"orders since 1 May 1998 by employee", by("Employee", "Employee", `count(*) AS Orders`, "w", "OrderDate>='1998-05-01'", "ORDER BY 2 DESC, 1")},
		{"sales since March 1997 and before March 1998", one(value, "l", "ym>='1997-03' AND ym<'1998-03'")},
		{"units on order and units in stock by supplier", `SELECT CompanyName AS Supplier, sum(UnitsOnOrder) AS "Units on order", sum(UnitsInStock) AS "Units in stock" FROM Products JOIN Suppliers USING (SupplierID) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10`},
		{"share of stock value by category", `SELECT CategoryName AS Category, round(sum(UnitPrice*UnitsInStock),2) AS "Stock value", round(100*sum(UnitPrice*UnitsInStock)/(SELECT sum(UnitPrice*UnitsInStock) FROM Products),1) AS "Share %" FROM Products JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC`},
	}
}
