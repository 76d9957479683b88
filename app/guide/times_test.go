package guide

// timesTable is what people ask about times and other filters.
func timesTable() []asking {
	total := func(where string) string { return `SELECT round(sum(v),2) AS Sales FROM l WHERE ` + where }
	number := func(where string) string { return `SELECT count(*) AS Orders FROM w WHERE ` + where }
	sales := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	orders := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, count(*) AS Orders FROM w WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	return []asking{
		{"sales from March to June 1997", total("ym BETWEEN '1997-03' AND '1997-06'")},
		{"sales between March 1997 and May 1997", total("ym IN ('1997-03','1997-04','1997-05')")},
		{"revenue from March 1997 through February 1998", total("ym>='1997-03' AND ym<='1998-02'")},
		{"What were our sales from 1 March 1997 to 15 May 1997?", total("OrderDate>='1997-03-01' AND OrderDate<='1997-05-15'")},
		{"orders from 1 March 1997 to 15 May 1997", number("OrderDate>='1997-03-01' AND OrderDate<='1997-05-15'")},
		{"how many orders between 1997-03-01 and 1997-03-15", number("OrderDate BETWEEN '1997-03-01' AND '1997-03-15'")},
		{"how many orders on 5 May 1998", number("OrderDate='1998-05-05'")},
		{"orders on March 5, 1997", number("OrderDate='1997-03-05'")},
		{"sales on the 3rd of April 1998", total("OrderDate='1998-04-03'")},
		{"number of orders since 15 April 1998", number("OrderDate>='1998-04-15'")},
		{"sales in March and April 1997", sales("ym", "Month", "ym IN ('1997-03','1997-04')", "ORDER BY 1")},
		{"sales in January, February and March 1998", sales("ym", "Month", "ym IN ('1998-01','1998-02','1998-03')", "ORDER BY 1")},
		{"sales in Q1 and Q2 1997", sales("yq", "Quarter", "yq IN ('1997-Q1','1997-Q2')", "ORDER BY 1")},
		{"sales in Q3 1996 and Q3 1997", sales("yq", "Quarter", "yq IN ('1996-Q3','1997-Q3')", "ORDER BY 1")},
		{"sales in the first half of 1997", total("ym BETWEEN '1997-01' AND '1997-06'")},
		{"H2 1997 revenue", total("ym BETWEEN '1997-07' AND '1997-12'")},
		{"sales in H1 1997 and H2 1997", sales("CASE WHEN ym<'1997-07' THEN '1997-H1' ELSE '1997-H2' END", `"Half-year"`, "y='1997'", "ORDER BY 1")},
		{"sales since March 1998", total("ym>='1998-03'")},
		{"sales before April 1997", total("ym<'1997-04'")},
		{"sales after June 1997", total("ym>'1997-06'")},
		{"sales up to the end of March 1997", total("ym<='1997-03'")},
		{"sales from 1997 onwards", total("y>='1997'")},
		{"sales from Q2 1997 to Q1 1998", total("yq>='1997-Q2' AND yq<='1998-Q1'")},
		{"Q1/1998 orders", number("yq='1998-Q1'")},
		{"orders in 1998 Q1", number("yq='1998-Q1'")},
		{"orders in the month of May 1997", number("ym='1997-05'")},
		{"sales by month from July to December 1996", sales("ym", "Month", "ym BETWEEN '1996-07' AND '1996-12'", "ORDER BY 1")},
		{"orders by country in April 1998", orders("ShipCountry", "Country", "ym='1998-04'", "ORDER BY 2 DESC, 1")},
		{"units of Chai by month from 1 Jan 1997 to 30 Jun 1997", `SELECT ym AS Month, sum(q) AS "Units sold" FROM l WHERE ProductName='Chai' AND OrderDate BETWEEN '1997-01-01' AND '1997-06-30' GROUP BY 1 ORDER BY 1`},
		{"sales by quarter since 1997", sales("yq", "Quarter", "y>='1997'", "ORDER BY 1")},
		{"freight in Q4 1997", `SELECT round(sum(Freight),2) AS Freight FROM w WHERE yq='1997-Q4'`},

		{"orders handled by Nancy Davolio for customer Ernst Handel in 1997", number("Employee='Nancy Davolio' AND Customer='Ernst Handel' AND y='1997'")},
		{"sales of Chai to QUICK-Stop by year", sales("y", "Year", "ProductName='Chai' AND Customer='QUICK-Stop'", "ORDER BY 1")},
		{"sales in France shipped by United Package in Q2 1997", total("ShipCountry='France' AND Shipper='United Package' AND yq='1997-Q2'")},
		{"Nancy's sales in Germany in 1997", total("Employee='Nancy Davolio' AND ShipCountry='Germany' AND y='1997'")},
		{"Seafood sales to the USA in H1 1998", total("CategoryName='Seafood' AND ShipCountry='USA' AND y='1998'")},
		{"sales of Côte de Blaye by customer in 1997", sales("Customer", "Customer", "ProductName='Côte de Blaye' AND y='1997'", "ORDER BY 2 DESC, 1 LIMIT 10")},
		{"units of Beverages by supplier", `SELECT Supplier, sum(q) AS "Units sold" FROM l WHERE CategoryName='Beverages' GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"Germany vs France sales in 1997", sales("ShipCountry", "Country", "ShipCountry IN ('Germany','France') AND y='1997'", "ORDER BY 2 DESC")},
		{"Nancy Davolio versus Margaret Peacock orders by year", `SELECT y AS Year, Employee, count(*) AS Orders FROM w WHERE Employee IN ('Nancy Davolio','Margaret Peacock') GROUP BY 1,2 ORDER BY 1,2`},
		{"compare sales in 1997 and 1998 by category", `SELECT CategoryName AS Category, y AS Year, round(sum(v),2) AS Sales FROM l WHERE y>'1996' GROUP BY 1,2 ORDER BY 1,2`},
		{"orders from Germany in Q1 1998", number("ShipCountry='Germany' AND yq='1998-Q1'")},
		{"sales by employee in Germany and Austria in 1997", `SELECT Employee, ShipCountry AS Country, round(sum(v),2) AS Sales FROM l WHERE ShipCountry IN ('Germany','Austria') AND y='1997' GROUP BY 1,2 ORDER BY 1,2`},
		{"top 3 countries by orders in Q1 1998", orders("ShipCountry", "Country", "yq='1998-Q1'", "ORDER BY 2 DESC LIMIT 3")},
		{"bottom 3 employees by sales in 1997", sales("Employee", "Employee", "y='1997'", "ORDER BY 2 LIMIT 3")},
		{"5 best customers in France", sales("Customer", "Customer", "ShipCountry='France'", "ORDER BY 2 DESC LIMIT 5")},
		{"which 3 products sold the most units in 1997", `SELECT ProductName AS Product, sum(q) AS "Units sold" FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`},
		{"worst 3 months of 1997 by orders", orders("ym", "Month", "y='1997'", "ORDER BY 2, 1 LIMIT 3")},
		{"who is our best employee by orders in 1997", orders("Employee", "Employee", "y='1997'", "ORDER BY 2 DESC LIMIT 1")},
		{"top 3 categories in the first half of 1998", sales("CategoryName", "Category", "y='1998'", "ORDER BY 2 DESC LIMIT 3")},
		{"top 5 orders by sales in 1997", `SELECT OrderID AS "Order", round(t,2) AS Sales FROM w WHERE y='1997' ORDER BY 2 DESC LIMIT 5`},
		{"largest order in Germany", `SELECT OrderID AS "Order", round(t,2) AS Sales FROM w WHERE ShipCountry='Germany' ORDER BY 2 DESC LIMIT 1`},
	}
}
