package guide

// lines makes a table of every order line with all that belongs to it, for the queries
// below, which were written by hand and share nothing with the planner. The table w holds
// every order with its value, units and number of lines.
const lines = `CREATE TEMP TABLE l AS
  SELECT od.UnitPrice*od.Quantity*(1-od.Discount) AS v, od.UnitPrice*od.Quantity AS g, od.UnitPrice*od.Quantity*od.Discount AS off, od.Quantity AS q, o.*,
    substr(o.OrderDate,1,4) AS y, substr(o.OrderDate,1,7) AS ym, substr(o.OrderDate,1,4)||'-Q'||((substr(o.OrderDate,6,2)+2)/3) AS yq,
    pr.ProductName, ca.CategoryName, cu.CompanyName AS Customer, su.CompanyName AS Supplier,
    em.FirstName||' '||em.LastName AS Employee, sh.CompanyName AS Shipper
  FROM "Order Details" od, Orders o, Products pr, Categories ca, Customers cu, Suppliers su, Employees em, Shippers sh
  WHERE od.OrderID=o.OrderID AND pr.ProductID=od.ProductID AND ca.CategoryID=pr.CategoryID AND su.SupplierID=pr.SupplierID
    AND cu.CustomerID=o.CustomerID AND em.EmployeeID=o.EmployeeID AND sh.ShipperID=o.ShipVia;
CREATE TEMP TABLE w AS
  SELECT *, sum(v) AS t, sum(q) AS u, count(*) AS n, ShippedDate>RequiredDate AS isLate FROM l GROUP BY OrderID`

// asking is a question and the query, written by hand, whose rows must come out.
type asking struct{ question, want string }

// figuresTable is what people ask, and the rows that must come out, in order. The columns
// of want name the columns of the guide's own result to compare.
func figuresTable() []asking {
	salesBy := func(expr, as, where, tail string) string {
		return `SELECT ` + expr + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	total := func(where string) string { return `SELECT round(sum(v),2) AS Sales FROM l WHERE ` + where }
	byYear := `VALUES ('1996', 208083.97), ('1997', 617085.20), ('1998', 440623.87)`
	years := `SELECT column1 AS Year, column2 AS Sales FROM (` + byYear + `)`
	ordersBy := func(column, as, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, count(*) AS Orders FROM Orders o GROUP BY 1 ` + tail
	}
	below := `SELECT ProductName AS Product, UnitsInStock AS "Units in stock", UnitsOnOrder AS "Units on order", ReorderLevel AS "Reorder level"
		FROM Products WHERE NOT Discontinued AND UnitsInStock<ReorderLevel ORDER BY 1`
	lateOrders := func(where string) string {
		return `SELECT OrderID AS "Order ID", (SELECT CompanyName FROM Customers c WHERE c.CustomerID=o.CustomerID) AS Customer, RequiredDate AS Required, ShippedDate AS Shipped,
			(strftime('%s',ShippedDate)-strftime('%s',RequiredDate))/86400 AS "Days late" FROM Orders o WHERE strftime('%s',ShippedDate)>strftime('%s',RequiredDate) AND ` + where + ` ORDER BY 1`
	}
	return []asking{
		{"What were our sales by year?", years},
		{"sales by year", years},
		{"Show me the revenue per year, please.", years},
		{"annual turnover", years},
		{"yearly sales", years},
		{"how much did we sell each year", years},
		{"What was our revenue in each year?", years},
		{"What's our total sales for every year?", years},
		{"SALES BY YEAR!!!", years},
		{"breakdown of sales by year as a table", years},

		{"What were total sales?", total("1")},
		{"sales in 1997", total("y='1997'")},
		{"How much did we sell in 1997?", total("y='1997'")},
		{"revenue during March 1997", total("ym='1997-03'")},
		{"sales for 1997-03", total("ym='1997-03'")},
		{"sales in May", total("substr(ym,6)='05'")},
		{"sales in Q1 1998", total("ym IN ('1998-01','1998-02','1998-03')")},
		{"turnover in the second quarter of 1997", total("ym IN ('1997-04','1997-05','1997-06')")},
		{"sales from 1996 to 1997", total("y<'1998'")},
		{"sales between 1996 and 1997", total("y<'1998'")},
		{"sales 1996–1997", total("y<'1998'")},
		{"sales since 1997", total("y>='1997'")},
		{"sales before 1998", total("y<='1997'")},
		{"sales after 1996", total("y>='1997'")},
		{"Sales in Germany in 1997", total("ShipCountry='Germany' AND y='1997'")},
		{"sales to the US", total("ShipCountry='USA'")},
		{"revenue from the United Kingdom", total("ShipCountry='UK'")},
		{"Germany's sales", total("ShipCountry='Germany'")},
		{"Nancy's sales in 1997", total("Employee='Nancy Davolio' AND y='1997'")},
		{"sales by Nancy Davolio", total("Employee='Nancy Davolio'")},
		{"How much did Peacock sell in 1996?", total("Employee='Margaret Peacock' AND y='1996'")},
		{"sales of cote de blaye", total("ProductName='Côte de Blaye'")},
		{"sales of Chef Anton's Cajun Seasoning", total("ProductName='Chef Anton''s Cajun Seasoning'")},
		{"Beverage sales in 1997", total("CategoryName='Beverages' AND y='1997'")},
		{"sales for Meat and Poultry", total("CategoryName='Meat/Poultry'")},
		{"sales for dairy products", total("CategoryName='Dairy Products'")},
		{"sales to B's Beverages", total("Customer='B''s Beverages'")},
		{"sales for customer ALFKI", total("Customer='Alfreds Futterkiste'")},
		{"sales for customer Alfreds", total("Customer='Alfreds Futterkiste'")},
		{"sales of products from supplier Exotic Liquids", `SELECT ProductName AS Product, round(sum(v),2) AS Sales FROM l WHERE Supplier='Exotic Liquids' GROUP BY 1 ORDER BY 2 DESC`},
		{"sales shipped by Speedy Express in 1997", total("Shipper='Speedy Express' AND y='1997'")},
		{"sales in 1999", `SELECT NULL AS Sales`},

		{"sales by quarter in 1997", salesBy("y||'-Q'||((substr(ym,6)+2)/3)", "Quarter", "y='1997'", "ORDER BY 1")},
		{"quarterly revenue", salesBy("y||'-Q'||((substr(ym,6)+2)/3)", "Quarter", "1", "ORDER BY 1")},
		{"monthly sales in 1998", salesBy("ym", "Month", "y='1998'", "ORDER BY 1")},
		{"sales over time", salesBy("ym", "Month", "1", "ORDER BY 1")},
		{"sales by month and year", salesBy("ym", "Month", "1", "ORDER BY 1")},
		{"Compare sales in 1996 and 1997", salesBy("y", "Year", "y<'1998'", "ORDER BY 1")},
		{"Q1 1997 vs Q1 1998 sales", salesBy("yq", "Quarter", "substr(ym,6)<'04' AND y>'1996'", "ORDER BY 1")},
		{"revenue trend by quarter in 1997", salesBy("y||'-Q'||((substr(ym,6)+2)/3)", "Quarter", "y='1997'", "ORDER BY 1")},
		{"total sales of all products in 1997", total("y='1997'")},
		{"revenue by employee for Germany", salesBy("Employee", "Employee", "ShipCountry='Germany'", "ORDER BY 2 DESC")},
		{"orders and customers by year", `SELECT y AS Year, count(DISTINCT OrderID) AS Orders, count(DISTINCT CustomerID) AS "Customers with orders" FROM l GROUP BY 1 ORDER BY 1`},
		{"sales by category", salesBy("CategoryName", "Category", "1", "ORDER BY 2 DESC")},
		{"category sales for 1997", salesBy("CategoryName", "Category", "y='1997'", "ORDER BY 2 DESC")},
		{"sales by country", salesBy("ShipCountry", "Country", "1", "ORDER BY 2 DESC")},
		{"sales in Germany and France", salesBy("ShipCountry", "Country", "ShipCountry IN ('Germany','France')", "ORDER BY 2 DESC")},
		{"sales per employee in 1997", salesBy("Employee", "Employee", "y='1997'", "ORDER BY 2 DESC")},
		{"sales by product", salesBy("ProductName", "Product", "1", "ORDER BY 2 DESC LIMIT 10")},
		{"Top 5 customers by sales in 1997", salesBy("Customer", "Customer", "y='1997'", "ORDER BY 2 DESC LIMIT 5")},
		{"Who are our top 3 customers?", salesBy("Customer", "Customer", "1", "ORDER BY 2 DESC LIMIT 3")},
		{"top three products in Germany", salesBy("ProductName", "Product", "ShipCountry='Germany'", "ORDER BY 2 DESC LIMIT 3")},
		{"bottom 5 products by revenue", salesBy("ProductName", "Product", "1", "ORDER BY 2 LIMIT 5")},
		{"Best selling products", salesBy("ProductName", "Product", "1", "ORDER BY 2 DESC LIMIT 10")},
		{"worst category in 1996", salesBy("CategoryName", "Category", "y='1996'", "ORDER BY 2 LIMIT 1")},
		{"Who sold the most in 1997?", salesBy("Employee", "Employee", "y='1997'", "ORDER BY 2 DESC LIMIT 1")},
		{"who bought the most Chai?", salesBy("Customer", "Customer", "ProductName='Chai'", "ORDER BY 2 DESC LIMIT 1")},
		{"Which customer spent the most?", salesBy("Customer", "Customer", "1", "ORDER BY 2 DESC LIMIT 1")},
		{"What was our best month?", salesBy("ym", "Month", "1", "ORDER BY 2 DESC LIMIT 1")},
		{"which year had the highest sales", salesBy("y", "Year", "1", "ORDER BY 2 DESC LIMIT 1")},
		{"top 10 suppliers by sales", salesBy("Supplier", "Supplier", "1", "ORDER BY 2 DESC LIMIT 10")},
		{"sales by category and year", `SELECT CategoryName AS Category, y AS Year, round(sum(v),2) AS Sales FROM l GROUP BY 1,2 ORDER BY 1,2`},
		{"sales and orders by year", `SELECT y AS Year, round(sum(v),2) AS Sales, count(DISTINCT OrderID) AS Orders FROM l GROUP BY 1 ORDER BY 1`},

		{"How many orders are there?", `SELECT 830 AS Orders`},
		{"how many orders in 1997", `SELECT 408 AS Orders`},
		{"number of orders in 1999", `SELECT 0 AS Orders`},
		{"orders by year", `SELECT column1 AS Year, column2 AS Orders FROM (VALUES ('1996',152),('1997',408),('1998',270))`},
		{"How many orders did each employee handle?", ordersBy(`(SELECT FirstName||' '||LastName FROM Employees e WHERE e.EmployeeID=o.EmployeeID)`, "Employee", "ORDER BY 2 DESC")},
		{"orders per shipper", ordersBy(`(SELECT CompanyName FROM Shippers s WHERE s.ShipperID=o.ShipVia)`, "Shipper", "ORDER BY 2 DESC")},
		{"Which country has the most orders?", `SELECT o.ShipCountry AS Country, count(*) AS Orders FROM Orders o GROUP BY 1 HAVING count(*)=122 ORDER BY 1`},
		{"orders of Chai in 1997", `SELECT count(DISTINCT OrderID) AS Orders FROM l WHERE ProductName='Chai' AND y='1997'`},
		{"how many orders were shipped late?", `SELECT count(*) AS Orders FROM Orders WHERE julianday(ShippedDate)-julianday(RequiredDate)>0`},
		{"how many orders placed in 1998 were shipped late", `SELECT 8 AS Orders`},
		{"order count in 1997", `SELECT 408 AS Orders`},
		{"Which orders shipped late in 1998?", lateOrders("OrderDate>='1998-01-01'")},
		{"list late orders by Nancy Davolio", lateOrders("EmployeeID=1")},
		{"late orders", lateOrders("1")},
		{"which orders are not shipped yet", `SELECT OrderID AS "Order ID", (SELECT CompanyName FROM Customers c WHERE c.CustomerID=o.CustomerID) AS Customer, RequiredDate AS Required FROM Orders o WHERE ShippedDate IS NULL ORDER BY 1`},
		{"list the orders of Beverages in March 1997", `SELECT DISTINCT OrderID AS "Order ID", Customer, OrderDate AS "Order date" FROM l WHERE CategoryName='Beverages' AND ym='1997-03' ORDER BY 1`},
		{"late orders by country", `SELECT ShipCountry AS Country, count(*) AS Orders FROM Orders WHERE ShippedDate>RequiredDate GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"how many orders have not been shipped", `SELECT 21 AS Orders`},

		{"How many units of Chai did we sell?", `SELECT sum(Quantity) AS "Units sold" FROM "Order Details" WHERE ProductID=1`},
		{"how many Chai did we sell in 1997?", `SELECT sum(q) AS "Units sold" FROM l WHERE ProductName='Chai' AND y='1997'`},
		{"units of Chai by month in 1997", `SELECT ym AS Month, sum(q) AS "Units sold" FROM l WHERE ProductName='Chai' AND y='1997' GROUP BY 1 ORDER BY 1`},
		{"top 3 categories by units sold", `SELECT CategoryName AS Category, sum(q) AS "Units sold" FROM l GROUP BY 1 ORDER BY 2 DESC LIMIT 3`},
		{"quantity by category", `SELECT CategoryName AS Category, sum(q) AS "Units sold" FROM l GROUP BY 1 ORDER BY 2 DESC`},
		{"most popular product", `SELECT ProductName AS Product, sum(q) AS "Units sold" FROM l GROUP BY 1 ORDER BY 2 DESC LIMIT 1`},
		{"Freight by shipper", `SELECT s.CompanyName AS Shipper, round(sum(Freight),2) AS Freight FROM Orders, Shippers s WHERE s.ShipperID=ShipVia GROUP BY 1 ORDER BY 2 DESC`},
		{"total freight costs in 1997", `SELECT round(sum(Freight),2) AS Freight FROM Orders WHERE OrderDate LIKE '1997%'`},
		{"average freight by year", `SELECT substr(OrderDate,1,4) AS Year, round(avg(Freight),2) AS "Average freight" FROM Orders GROUP BY 1 ORDER BY 1`},
		{"average order value", `SELECT round(avg(t),2) AS "Average order value" FROM (SELECT sum(v) AS t FROM l GROUP BY OrderID)`},
		{"average order value by country in 1997", `SELECT ShipCountry AS Country, round(avg(t),2) AS "Average order value" FROM (SELECT ShipCountry, sum(v) AS t FROM l WHERE y='1997' GROUP BY OrderID) GROUP BY 1 ORDER BY 2 DESC`},

		{"How many customers do we have?", `SELECT 91 AS Customers`},
		{"How many customers are in the database?", `SELECT 91 AS Customers`},
		{"how many customers are in Germany", `SELECT 11 AS Customers`},
		{"customers by country", `SELECT Country, count(*) AS Customers FROM Customers GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"Which country has the most customers?", `SELECT 'USA' AS Country, 13 AS Customers`},
		{"how many customers placed orders in 1997", `SELECT count(DISTINCT CustomerID) AS "Customers with orders" FROM l WHERE y='1997'`},
		{"how many customers bought Chai in 1997?", `SELECT count(DISTINCT CustomerID) AS "Customers with orders" FROM l WHERE y='1997' AND ProductName='Chai'`},
		{"how many countries do we ship to", `SELECT count(DISTINCT ShipCountry) AS "Countries with orders" FROM Orders`},
		{"how many products are there", `SELECT 77 AS Products`},
		{"how many products are discontinued", `SELECT 8 AS Products`},
		{"products by category", `SELECT c.CategoryName AS Category, count(*) AS Products FROM Products JOIN Categories c USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"how many employees", `SELECT 9 AS Employees`},
		{"how many suppliers are in the USA", `SELECT 4 AS Suppliers`},
		{"number of shippers", `SELECT 3 AS Shippers`},
		{"how many categories are there", `SELECT 8 AS Categories`},
		{"list customers in Germany", `SELECT CompanyName AS Customer, City FROM Customers WHERE Country='Germany' ORDER BY 1`},
		{"products in Seafood", `SELECT ProductName AS Product FROM Products WHERE CategoryID=8 ORDER BY 1`},
		{"Which products are discontinued?", `SELECT ProductName AS Product FROM Products WHERE Discontinued ORDER BY 1`},
		{"which products need to be reordered?", `SELECT ProductName AS Product, UnitsInStock AS "Units in stock", UnitsOnOrder AS "Units on order", ReorderLevel AS "Reorder level" FROM Products WHERE NOT Discontinued AND UnitsInStock+UnitsOnOrder<=ReorderLevel ORDER BY 1`},
		{"Which products are below their reorder level?", below},
		{"which products have stock below reorder level", below},
		{"products under the reorder level", below},
		{"how many products are below their reorder level", `SELECT 18 AS Products`},
		{"list employees", `SELECT FirstName||' '||LastName AS Employee FROM Employees ORDER BY 1`},
		{"price of Chai", `SELECT 'Chai' AS Product, 18 AS "List price"`},
		{"5 most expensive products", `SELECT ProductName AS Product, UnitPrice AS "List price" FROM Products ORDER BY 2 DESC LIMIT 5`},
		{"average price by category", `SELECT c.CategoryName AS Category, round(avg(UnitPrice),2) AS "Average list price" FROM Products JOIN Categories c USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC`},
		{"how many units in stock", `SELECT sum(UnitsInStock) AS "Units in stock" FROM Products`},
		{"stock by category", `SELECT c.CategoryName AS Category, sum(UnitsInStock) AS "Units in stock" FROM Products JOIN Categories c USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC`},
	}
}
