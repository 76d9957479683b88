package guide

// readingsTable is what was once read as something else: two figures of which one was
// dropped, orders that rank by their value, ranks in each of several groups, and where
// suppliers are.
func readingsTable() []asking {
	by := func(column, as, figures, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, ` + figures + ` FROM w WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	const (
		counts  = `count(*) AS Orders, count(CASE WHEN isLate THEN 1 END) AS "Orders shipped late"`
		largest = `round(max(t),2) AS "Largest order"`
		money   = `round(sum(v),2)`
	)
	// winners are the first n of b in each a, by a figure of the lines.
	winners := func(a, asA, b, asB, figure, name, where, n string) string {
		return `SELECT a AS ` + asA + `, b AS ` + asB + `, f AS "` + name + `" FROM (SELECT *, (SELECT count(*) FROM (SELECT ` + a + ` AS a2, ` + b + ` AS b2, ` + figure + ` AS f2 FROM l WHERE ` + where + ` GROUP BY 1,2) WHERE a2=a AND f2>f) AS better
			FROM (SELECT ` + a + ` AS a, ` + b + ` AS b, ` + figure + ` AS f FROM l WHERE ` + where + ` GROUP BY 1,2)) WHERE better<` + n + ` ORDER BY 1, better, 2`
	}
	sales := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, ` + money + ` AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	from := func(country string) string {
		return `Supplier IN (SELECT CompanyName FROM Suppliers WHERE Country='` + country + `')`
	}
	products := func(where string) string {
		return `SELECT ProductName AS Product FROM Products WHERE SupplierID IN (SELECT SupplierID FROM Suppliers WHERE Country IN (` + where + `)) ORDER BY 1`
	}
	fell := func(column, as, a, b, labelA, labelB, tail string) string {
		return `SELECT ` + as + `, a AS "` + labelA + `", b AS "` + labelB + `", round(b-a,2) AS Change FROM (SELECT ` + column + ` AS ` + as + `, round(total(CASE WHEN ` + a + ` THEN v END),2) AS a, round(total(CASE WHEN ` + b + ` THEN v END),2) AS b
			FROM l GROUP BY 1) WHERE b<a ORDER BY 4, 1 ` + tail
	}
	return []asking{
		{"orders and late orders by shipper", by("Shipper", "Shipper", counts, "1", "ORDER BY 2 DESC")},
		{"number of orders and number of late orders by year", by("y", "Year", counts, "1", "ORDER BY 1")},
		{"orders and unshipped orders by country", by("ShipCountry", "Country", `count(*) AS Orders, sum(ShippedDate IS NULL) AS "Orders not shipped yet"`, "1", "ORDER BY 2 DESC, 1")},
		{"orders and on-time orders by shipper in 1997", by("Shipper", "Shipper", `count(*) AS Orders, sum(ShippedDate<=RequiredDate) AS "Orders shipped on time"`, "y='1997'", "ORDER BY 2 DESC")},
		{"compare late orders with orders by shipper", by("Shipper", "Shipper", counts, "1", "ORDER BY 3 DESC")},
		{"total orders vs late orders in 1997", `SELECT 408 AS Orders, 22 AS "Orders shipped late"`},
		{"sales and late orders by month", by("ym", "Month", `round(sum(t),2) AS Sales, count(CASE WHEN isLate THEN 1 END) AS "Orders shipped late"`, "1", "ORDER BY 1")},
		{"orders and late orders by category", `SELECT CategoryName AS Category, count(DISTINCT OrderID) AS Orders, count(DISTINCT CASE WHEN ShippedDate>RequiredDate THEN OrderID END) AS "Orders shipped late" FROM l GROUP BY 1 ORDER BY 2 DESC`},
		{"customers and late orders by country", by("ShipCountry", "Country", `count(DISTINCT CustomerID) AS "Customers with orders", count(CASE WHEN isLate THEN 1 END) AS "Orders shipped late"`, "1", "ORDER BY 2 DESC, 1")},
		{"late orders and on-time orders by employee", by("Employee", "Employee", `count(CASE WHEN isLate THEN 1 END) AS "Orders shipped late", sum(ShippedDate<=RequiredDate) AS "Orders shipped on time"`, "1", "ORDER BY 2 DESC, 1")},

		{"biggest order for each employee", by("Employee", "Employee", largest, "1", "ORDER BY 2 DESC")},
		{"largest order of each customer", by("Customer", "Customer", largest, "1", "ORDER BY 2 DESC LIMIT 10")},
		{"largest order by country in 1997", by("ShipCountry", "Country", largest, "y='1997'", "ORDER BY 2 DESC")},
		{"smallest order of every country", by("ShipCountry", "Country", `round(min(t),2) AS "Smallest order"`, "1", "ORDER BY 2 DESC, 1")},
		{"which customer placed the largest order", by("Customer", "Customer", largest, "1", "ORDER BY 2 DESC LIMIT 1")},

		{"best month of each year", winners("y", "Year", "ym", "Month", money, "Sales", "1", "1")},
		{"highest sales month each year", winners("y", "Year", "ym", "Month", money, "Sales", "1", "1")},
		{"best quarter in every year", winners("y", "Year", "yq", "Quarter", money, "Sales", "1", "1")},
		{"top 3 months per year", winners("y", "Year", "ym", "Month", money, "Sales", "1", "3")},
		{"who sold the most in each year", winners("y", "Year", "Employee", "Employee", money, "Sales", "1", "1")},
		{"top 3 products in each category in 1997", winners("CategoryName", "Category", "ProductName", "Product", money, "Sales", "y='1997'", "3")},
		{"best customer per country by orders", winners("ShipCountry", "Country", "Customer", "Customer", "count(DISTINCT OrderID)", "Orders", "1", "1")},
		{"top 5 customers in each of Germany and France", winners("ShipCountry", "Country", "Customer", "Customer", money, "Sales", "ShipCountry IN ('Germany','France')", "5")},
		{"worst 2 shippers in each quarter of 1997 by orders", `SELECT yq AS Quarter, Shipper, count(*) AS Orders FROM w o WHERE y='1997' GROUP BY 1,2 HAVING (SELECT count(*) FROM (SELECT count(*) AS n FROM w WHERE yq=o.yq GROUP BY Shipper) WHERE n<(SELECT count(*) FROM w WHERE yq=o.yq AND Shipper=o.Shipper))<2 ORDER BY 1, 3, 2`},
		{"cheapest product in each category", `SELECT CategoryName AS Category, ProductName AS Product, UnitPrice AS "List price" FROM Products p JOIN Categories c USING (CategoryID) WHERE UnitPrice=(SELECT min(UnitPrice) FROM Products x WHERE x.CategoryID=p.CategoryID) ORDER BY 1`},

		{"sales of products from Japan", sales("ProductName", "Product", from("Japan"), "ORDER BY 2 DESC")},
		{"top 5 products from France by sales", sales("ProductName", "Product", from("France"), "ORDER BY 2 DESC LIMIT 5")},
		{"top 2 suppliers from Germany by sales", sales("Supplier", "Supplier", from("Germany"), "ORDER BY 2 DESC LIMIT 2")},
		{"sales by supplier country", sales("(SELECT Country FROM Suppliers s WHERE s.CompanyName=l.Supplier)", `"Supplier country"`, "1", "ORDER BY 2 DESC")},
		{"units of products from Italy by year", `SELECT y AS Year, ProductName AS Product, sum(q) AS "Units sold" FROM l WHERE ` + from("Italy") + ` GROUP BY 1,2 ORDER BY 1,2`},
		{"products from Germany", products("'Germany'")},
		{"products from Germany and France", products("'Germany','France'")},
		{"how many products from Japan", `SELECT 6 AS Products`},

		{"how many orders were late for customers in the USA in 1997", `SELECT 4 AS Orders`},
		{"sales to customers in Germany in 1997", `SELECT ` + money + ` AS Sales FROM l WHERE ShipCountry='Germany' AND y='1997'`},
		{"sales decline by customer from 1997 to 1998", fell("Customer", "Customer", "y='1997' AND OrderDate<='1997-05-06'", "y='1998'", "1 Jan to 6 May 1997", "1 Jan to 6 May 1998", "LIMIT 10")},
		{"decline in orders by country from Q1 1997 to Q1 1998", `SELECT Country, a AS "Q1 1997", b AS "Q1 1998", b-a AS Change FROM (SELECT ShipCountry AS Country, count(CASE WHEN yq='1997-Q1' THEN 1 END) AS a, count(CASE WHEN yq='1998-Q1' THEN 1 END) AS b FROM w GROUP BY 1) WHERE b<a ORDER BY 4, 1`},
	}
}

// readingsThreads is what follow-ups once dropped or took for something else.
func readingsThreads() []thread {
	sales := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	total := func(where string) string { return `SELECT round(sum(v),2) AS Sales FROM l WHERE ` + where }
	const lateInGermany = `SELECT OrderID AS "Order ID", Customer FROM w WHERE isLate AND ShipCountry='Germany' AND y='1997' ORDER BY 1`
	return []thread{
		{turns("sales in Germany", "number of orders"), `SELECT 122 AS Orders`},
		{turns("sales in Germany", "how many orders?"), `SELECT 122 AS Orders`},
		{turns("sales by shipper, United Package", "number of orders"), `SELECT 326 AS Orders`},
		{turns("sales in Germany in 1997", "late orders"), lateInGermany},
		{turns("sales in Germany in 1997", "how many late orders?"), `SELECT 4 AS Orders`},
		{turns("sales in Germany in 1997", "how many customers?"), `SELECT 11 AS "Customers with orders"`},
		{turns("sales by country", "how many orders?"), `SELECT 830 AS Orders`},
		{turns("sales by category in 1997", "the year before"), sales("CategoryName", "Category", "y='1996'", "ORDER BY 2 DESC")},
		{turns("sales by category in 1997", "previous year"), sales("CategoryName", "Category", "y='1996'", "ORDER BY 2 DESC")},
		{turns("sales in April 1998", "the month before"), total("ym='1998-03'")},
		{turns("sales in Q1 1997", "and the quarter before?"), total("yq='1996-Q4'")},
		{turns("sales in Q1 1998", "what about the year before?"), total("yq='1997-Q1'")},
		{turns("sales by category in 1997", "compared to the year before"), `SELECT CategoryName AS Category, round(sum(CASE WHEN y='1996' THEN v END),2) AS "4 Jul to 31 Dec 1996" FROM l WHERE substr(OrderDate,6)>='07-04' AND y<'1998' GROUP BY 1
			ORDER BY sum(CASE WHEN y='1997' THEN v END)/sum(CASE WHEN y='1996' THEN v END) DESC`},
		{turns("top 5 customers by sales in 1997", "only the best"), sales("Customer", "Customer", "y='1997'", "ORDER BY 2 DESC LIMIT 1")},
		{turns("sales by employee in 1997", "only the best"), sales("Employee", "Employee", "y='1997'", "ORDER BY 2 DESC LIMIT 1")},
		{turns("compare 1996 and 1997 sales by category", "and 1998"), `SELECT CategoryName AS Category, y AS Year, round(sum(v),2) AS Sales FROM l GROUP BY 1,2 ORDER BY 1,2`},
		{turns("sales in Germany and France", "and Italy?"), sales("ShipCountry", "Country", "ShipCountry IN ('Germany','France','Italy')", "ORDER BY 2 DESC")},
		{turns("sales in 1997", "only before 1998"), `SELECT 617085.2 AS Sales`},
		{turns("sales in 1997", "only since October 1997"), total("yq='1997-Q4'")},
		{turns("sales in 1997", "since 1998"), total("y='1998'")},
		{turns("list suppliers in Germany", "and in France?"), `SELECT CompanyName AS Supplier, City FROM Suppliers WHERE Country='France' ORDER BY 1`},

		{turns("sales by quarter in 1997", "only Q5", "only Q3"), `SELECT '1997-Q3' AS Quarter, round(sum(v),2) AS Sales FROM l WHERE yq='1997-Q3'`},
		{turns("sales by country", "only last year", "only 1997"), sales("ShipCountry", "Country", "y='1997'", "ORDER BY 2 DESC")},
		{turns("sales by country", "only last year", "and for unicorns?", "only 1997"), sales("ShipCountry", "Country", "y='1997'", "ORDER BY 2 DESC")},
		{turns("sales by country", "only 1997", "only Q7", "top 3"), sales("ShipCountry", "Country", "y='1997'", "ORDER BY 2 DESC LIMIT 3")},
		{turns("sales by category", "thanks", "only 1997"), sales("CategoryName", "Category", "y='1997'", "ORDER BY 2 DESC")},
		{turns("sales by category", "show me the SQL", "only 1997"), sales("CategoryName", "Category", "y='1997'", "ORDER BY 2 DESC")},
	}
}

// readingsDeclined is what was once answered wrongly, and could mean several things.
func readingsDeclined() []declinedQuestion {
	return []declinedQuestion{
		{"sales in late 1997", "late part"},
		{"late March 1997 sales", "late part"},
		{"sales late in 1998", "late part"},
		{"orders in late March 1998", "late part"},
		{"sales late in the year", "late part"},
		{"largest orders by employee", "highest number"},
		{"top 5 orders by country", "highest number"},
		{"which country has the largest orders", "highest number"},
		{"top ten percent of customers", "not a part of all"},
		{"seafood from Japan sales", "suppliers from Japan"},
		{"sales of beverages from Germany by year", "suppliers from Germany"},
		{"sales of Chai from Germany", "suppliers from Germany"},
		{"products from Mexico", "no supplier in Mexico"},
		{"sales from France to Germany in 1997", "from what to what"},
		{"orders from Chai to Chang", "from what to what"},
		{"top 5 customers by sales per month", "average per month"},
		{"top 5 customers by sales in each of Germany", "show apart"},
		{"products with the smallest sales increase 1996 to 1997", "those that fell"},
		{"smallest change in sales by category from 1996 to 1997", "smaller change"},
		{"sales by Steven King", "no employee called"},
		{"sales by Nancy Leverling", "no employee called"},
		{"sales to Nancy Davolio", "orders go to customers"},
		{"sales to King", "orders go to customers"},
		{"sales to Exotic Liquids", "orders go to customers"},
		{"sales to Beverages", "orders go to customers"},
		{"orders by Exotic Liquids", "what the supplier"},
		{"orders by Speedy Express", "what the shipper"},
		{"products sold by Ernst Handel", "Employees sell"},
		{"units bought by Nancy Davolio", "Employees sell"},
		{"sales shipped by Nancy Davolio", "no shipper"},
		{"sales supplied by Ernst Handel", "no supplier"},
		{"sales in Nancy Davolio", "what is in"},
		{"sales per Germany", "by what to group"},
		{"products to reorder and units in stock by supplier", "is said of"},
		{"stock and reorder list by category", "is said of"},
		{"sales of Chai in Chai", "there twice"},
		{"sales of Fuller to Andrew", "there twice"},
		{"number of orders with freight", "side by side"},
		{"sales of products with Chai", "side by side"},
		{"late sales in 1997", "whole orders"},
	}
}

// readingsDeclinedThreads is what follow-ups do not say clearly.
func readingsDeclinedThreads() []declinedThread {
	return []declinedThread{
		{turns("sales in Germany in 1997", "sales by category"), "still about the figures in Germany in 1997"},
		{turns("sales by category in 1997", "how many customers?"), "still about the figures in 1997"},
		{turns("top 5 customers by sales in 1997", "in which countries"), "whole question"},
		{turns("top 5 customers by sales in 1997", "which countries"), "whole question"},
		{turns("top 5 customers by sales in 1997", "and the worst?"), "how many are meant"},
		{turns("sales in 1997", "since March 1997"), "still within 1997"},
		{turns("sales in 1997", "only before 1996"), "Nothing of 1997"},
		{turns("sales by month", "the year before"), "which time"},
		{turns("sales in 1997", "the month before"), "which month"},
		{turns("sales by country", "sales by moon phase", "only 1997"), "answer of mine"},
	}
}
