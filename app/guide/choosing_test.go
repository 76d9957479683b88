package guide

// choosingTable is what people ask of those that are not named, or not so named: all but
// some, those over a number, those who bought.
func choosingTable() []asking {
	sales := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	total := func(where string) string { return `SELECT round(sum(v),2) AS Sales FROM l WHERE ` + where }
	orders := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, count(*) AS Orders FROM w WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	products := func(columns, where, tail string) string {
		return `SELECT ProductName AS Product` + columns + ` FROM Products p JOIN Categories c USING (CategoryID) JOIN Suppliers s USING (SupplierID) WHERE ` + where + ` ORDER BY ` + tail
	}
	bought := func(column, as, where string) string {
		return `SELECT ` + column + ` AS ` + as + `, sum(q) AS "Units sold" FROM l WHERE ` + where + ` GROUP BY 1 ORDER BY 2 DESC, 1`
	}
	list := func(where string) string {
		return `SELECT CompanyName AS Customer FROM Customers WHERE ` + where + ` ORDER BY 1`
	}
	return []asking{
		{"sales outside the USA", total("ShipCountry<>'USA'")},
		{"sales not from Germany", total("ShipCountry<>'Germany'")},
		{"sales excluding Germany", total("ShipCountry<>'Germany'")},
		{"sales without Germany and France", total("ShipCountry NOT IN ('Germany','France')")},
		{"sales outside Germany, France and Austria by year", sales("y", "Year", "ShipCountry NOT IN ('Germany','France','Austria')", "ORDER BY 1")},
		{"sales by country except USA", sales("ShipCountry", "Country", "ShipCountry<>'USA'", "ORDER BY 2 DESC")},
		{"top 3 countries by orders except Germany and the USA in 1997", orders("ShipCountry", "Country", "ShipCountry NOT IN ('Germany','USA') AND y='1997'", "ORDER BY 2 DESC LIMIT 3")},
		{"sales except Beverages in 1997", total("CategoryName<>'Beverages' AND y='1997'")},
		{"sales in Germany without customer QUICK-Stop", total("ShipCountry='Germany' AND Customer<>'QUICK-Stop'")},
		{"orders without Nancy Davolio", `SELECT count(*) AS Orders FROM w WHERE Employee<>'Nancy Davolio'`},
		{"customers not in Germany", list("Country<>'Germany'")},
		{"products not from Germany", products("", "s.Country<>'Germany'", "1")},
		{"units of products outside Beverages and Seafood by category", `SELECT CategoryName AS Category, ProductName AS Product, sum(q) AS "Units sold" FROM l WHERE CategoryName NOT IN ('Beverages','Seafood') GROUP BY 1,2 ORDER BY 1,2`},
		{"late orders outside Germany in 1998", `SELECT OrderID AS "Order ID", Customer FROM w WHERE isLate AND y='1998' AND ShipCountry<>'Germany' ORDER BY 1`},

		{"sales in London", total("ShipCity='London'")},
		{"sales in Köln in 1997", total("ShipCity='Köln' AND y='1997'")},
		{"sales in London and Paris by year", `SELECT y AS Year, ShipCity AS City, round(sum(v),2) AS Sales FROM l WHERE ShipCity IN ('London','Paris') GROUP BY 1,2 ORDER BY 1,2`},
		{"top 3 cities by orders in 1997", orders("ShipCity", "City", "y='1997'", "ORDER BY 2 DESC LIMIT 3")},
		{"sales by city in Germany", sales("ShipCity", "City", "ShipCountry='Germany'", "ORDER BY 2 DESC LIMIT 10")},
		{"sales outside London in the UK", total("ShipCity<>'London' AND ShipCountry='UK'")},
		{"customers in London", list("City='London'")},
		{"customers by city", `SELECT City, count(*) AS Customers FROM Customers GROUP BY 1 HAVING count(*)>=2 ORDER BY 2 DESC, 1`},
		{"how many employees in London", `SELECT count(*) AS Employees FROM Employees WHERE City='London'`},
		{"suppliers in Tokyo", `SELECT 'Tokyo Traders' AS Supplier`},
		{"products from Singapore", products("", "s.Country='Singapore'", "1")},

		{"customers without orders", list("CustomerID NOT IN (SELECT CustomerID FROM Orders)")},
		{"customers who never ordered", list("CustomerID NOT IN (SELECT CustomerID FROM Orders)")},
		{"how many customers have no orders", `SELECT 2 AS Customers`},
		{"customers without orders in Spain", list("CustomerID NOT IN (SELECT CustomerID FROM Orders) AND Country='Spain'")},

		{"customers with sales over 100000", sales("Customer", "Customer", "1", "HAVING sum(v)>100000 ORDER BY 2 DESC")},
		{"customers with sales of more than 100,000", sales("Customer", "Customer", "1", "HAVING sum(v)>100000 ORDER BY 2 DESC")},
		{"which customers have sales above 20,000 in 1997", sales("Customer", "Customer", "y='1997'", "HAVING sum(v)>20000 ORDER BY 2 DESC")},
		{"customers with more than 10 orders", orders("Customer", "Customer", "1", "HAVING count(*)>10 ORDER BY 2 DESC, 1 COLLATE NOCASE")},
		{"how many customers have more than 10 orders", orders("Customer", "Customer", "1", "HAVING count(*)>10 ORDER BY 2 DESC, 1 COLLATE NOCASE")},
		{"countries with at least 100 orders", orders("ShipCountry", "Country", "1", "HAVING count(*)>=100 ORDER BY 2 DESC, 1")},
		{"months with sales over 100000", sales("ym", "Month", "1", "HAVING sum(v)>100000 ORDER BY 1")},
		{"products with price > 20", products(`, UnitPrice AS "List price"`, "UnitPrice>20", "2 DESC, 1")},
		{"products with price over 50 in Seafood", products(`, UnitPrice AS "List price"`, "UnitPrice>50 AND CategoryName='Seafood'", "2 DESC, 1")},
		{"products with fewer than 10 in stock", products(`, UnitsInStock AS "Units in stock"`, "UnitsInStock<10", "2 DESC, 1")},
		{"products with more than 100 units in stock", products(`, UnitsInStock AS "Units in stock"`, "UnitsInStock>100", "2 DESC, 1")},
		{"products with at most 15 units in stock in Beverages", products(`, UnitsInStock AS "Units in stock"`, "UnitsInStock<=15 AND CategoryName='Beverages'", "2 DESC, 1")},

		{"which customers bought Chai in 1997", bought("Customer", "Customer", "ProductName='Chai' AND y='1997'")},
		{"which customers ordered Chai in 1997", bought("Customer", "Customer", "ProductName='Chai' AND y='1997'")},
		{"who bought Chai in 1997", bought("Customer", "Customer", "ProductName='Chai' AND y='1997'")},
		{"which products did Ernst Handel buy", bought("ProductName", "Product", "Customer='Ernst Handel'")},
		{"which products did Ernst Handel buy in Seafood in 1998", bought("ProductName", "Product", "Customer='Ernst Handel' AND CategoryName='Seafood' AND y='1998'")},
		{"which employees sold Chai in March 1998", bought("Employee", "Employee", "ProductName='Chai' AND ym='1998-03'")},
		{"what products did Nancy Davolio sell in May 1998", bought("ProductName", "Product", "Employee='Nancy Davolio' AND ym='1998-05'")},

		{"which products does Tokyo Traders supply?", products("", "s.CompanyName='Tokyo Traders'", "1")},
		{"suppliers of Chai", `SELECT 'Exotic Liquids' AS Supplier, 'London' AS City`},
		{"who supplies Chai?", `SELECT 'Exotic Liquids' AS Supplier, 'London' AS City`},
		{"which suppliers supply Beverages", `SELECT DISTINCT CompanyName AS Supplier FROM Suppliers JOIN Products USING (SupplierID) WHERE CategoryID=1 ORDER BY 1`},
		{"how many suppliers of Beverages", `SELECT count(DISTINCT SupplierID) AS Suppliers FROM Products WHERE CategoryID=1`},
	}
}

// choosingThreads is the same of what follows an answer.
func choosingThreads() []thread {
	sales := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	return []thread{
		{turns("sales by country", "without Germany"), sales("ShipCountry", "Country", "ShipCountry<>'Germany'", "ORDER BY 2 DESC")},
		{turns("sales by country", "not Germany"), sales("ShipCountry", "Country", "ShipCountry<>'Germany'", "ORDER BY 2 DESC")},
		{turns("sales by country", "without Germany", "without the USA"), sales("ShipCountry", "Country", "ShipCountry NOT IN ('Germany','USA')", "ORDER BY 2 DESC")},
		{turns("sales in London", "and in Paris?"), `SELECT round(sum(v),2) AS Sales FROM l WHERE ShipCity='Paris'`},
		{turns("sales outside Germany", "only Germany"), `SELECT round(sum(v),2) AS Sales FROM l WHERE ShipCountry='Germany'`},
		{turns("sales outside Germany", "only 1997"), `SELECT round(sum(v),2) AS Sales FROM l WHERE ShipCountry<>'Germany' AND y='1997'`},
		{turns("sales outside Germany in 1997", "how many orders?"), `SELECT count(*) AS Orders FROM w WHERE ShipCountry<>'Germany' AND y='1997'`},
		{turns("customers with sales over 20000", "in 1997"), sales("Customer", "Customer", "y='1997'", "HAVING sum(v)>20000 ORDER BY 2 DESC")},
		{turns("which customers bought Chai?", "in 1997"), `SELECT Customer, sum(q) AS "Units sold" FROM l WHERE ProductName='Chai' AND y='1997' GROUP BY 1 ORDER BY 2 DESC, 1`},
	}
}

// choosingDeclined is what could mean several things among these.
func choosingDeclined() []declinedQuestion {
	return []declinedQuestion{
		{"orders without Beverages", "among others"},
		{"orders of customers in London", "where the customers are"},
		{"sales by employees in London", "where the employees are"},
		{"sales of products from London", "where the products are"},
		{"sales in London and Germany", "beside the other"},
		{"sales by customer city", "that of a customer"},
		{"average daily sales", "days without any orders"},
		{"daily sales growth", "from day to day"},
		{"customers without Chai", "by product"},
		{"sales in Germany without Germany", "there twice"},
		{"sales in Germany and France without Austria", "what remains"},
		{"share of sales by country without Germany", "of what remains"},
		{"sales by country without", "leave out what has a name"},
		{"sales without unicorns", "“unicorns”"},
		{"sales but Germany", "leave out what has a name"},
		{"sales not by country", "leave out what has a name"},
		{"orders not shipped by Speedy Express", "another way"},
		{"customers without orders in 1997", "has no dates"},
		{"customers with fewer than 5 orders", "would be missing"},
		{"products with sales under 1000", "would be missing"},
		{"customers with sales over 1000 orders", "compare a figure"},
		{"customers with sales over ten", "compare a figure"},
		{"customers with sales over", "compare a figure"},
		{"customers over 10000", "compare a figure"},
		{"sales over 10000", "one sort of thing"},
		{"orders by country over 50 in 1997", "compare a figure"},
		{"top 5 customers with sales over 10000", "one sort of thing"},
		{"customers with sales over 10000 and orders over 10", "one number"},
		{"customers with sales over 10000 and more than 10 orders", "one number"},
		{"sales by customer over 10000 by year", "compare a figure"},
		{"which customers bought Speedy Express", "what to measure"},
		{"which customers did Ernst Handel buy", "what to measure"},
		{"which products bought Ernst Handel and QUICK-Stop", "what to measure"},
		{"which customers supply Germany", "who supplies what"},
		{"which employees bought Chai", "what to measure"},
	}
}
