package northwind

// recipe is one verified query over Northwind and what must be known to change it.
type recipe struct {
	Topic string `json:"topic"`
	Title string `json:"title"`
	Query string `json:"query"`
	Notes string `json:"notes"`
}

// recipes returns the queries that get_query_examples shows. A test runs each over the embedded database.
func recipes() []recipe {
	return []recipe{
		{
			Topic: "revenue",
			Title: "Revenue by category",
			Query: `SELECT c.CategoryName, round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue
FROM "Order Details" d JOIN Products p USING (ProductID) JOIN Categories c USING (CategoryID)
GROUP BY c.CategoryID ORDER BY Revenue DESC`,
			Notes: `Sales use the price in "Order Details"; Products.UnitPrice is today's list price. Discount is a fraction. Freight is not revenue.`,
		},
		{
			Topic: "top_customers",
			Title: "Top ten customers by revenue",
			Query: `SELECT c.CustomerID, c.CompanyName, count(DISTINCT o.OrderID) AS Orders,
  round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue
FROM Customers c JOIN Orders o USING (CustomerID) JOIN "Order Details" d USING (OrderID)
GROUP BY c.CustomerID ORDER BY Revenue DESC LIMIT 10`,
			Notes: "One order has several lines: count orders with DISTINCT.",
		},
		{
			Topic: "monthly_sales",
			Title: "Revenue and orders by month",
			Query: `SELECT strftime('%Y-%m', o.OrderDate) AS Month, count(DISTINCT o.OrderID) AS Orders,
  round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue
FROM Orders o JOIN "Order Details" d USING (OrderID)
GROUP BY Month ORDER BY Month`,
			Notes: "The first and the last month of the data are not whole months. For one year add WHERE o.OrderDate BETWEEN '1997-01-01' AND '1997-12-31'.",
		},
		{
			Topic: "late_shipments",
			Title: "Late shipments by shipper",
			Query: `SELECT s.CompanyName, count(*) AS Shipped, sum(o.ShippedDate > o.RequiredDate) AS Late,
  round(100.0 * sum(o.ShippedDate > o.RequiredDate) / count(*), 1) AS LatePercent,
  max(CAST(julianday(o.ShippedDate) - julianday(o.RequiredDate) AS INTEGER)) AS WorstDays
FROM Orders o JOIN Shippers s ON s.ShipperID = o.ShipVia
WHERE o.ShippedDate IS NOT NULL
GROUP BY s.ShipperID ORDER BY Late DESC`,
			Notes: "ShippedDate is NULL for what is not shipped yet.",
		},
		{
			Topic: "reorder",
			Title: "Products to reorder",
			Query: `SELECT p.ProductName, p.UnitsInStock, p.UnitsOnOrder, p.ReorderLevel, s.CompanyName AS Supplier, s.Phone
FROM Products p JOIN Suppliers s USING (SupplierID)
WHERE p.Discontinued = 0 AND p.UnitsInStock + p.UnitsOnOrder <= p.ReorderLevel
ORDER BY p.UnitsInStock + p.UnitsOnOrder - p.ReorderLevel`,
			Notes: "Counts what is already on order. Discontinued products are not reordered.",
		},
		{
			Topic: "employee_sales",
			Title: "Sales by employee, with the chain of managers",
			Query: `WITH RECURSIVE Chain(EmployeeID, Path, Level) AS (
  SELECT EmployeeID, LastName, 0 FROM Employees WHERE ReportsTo IS NULL
  UNION ALL
  SELECT e.EmployeeID, c.Path || ' > ' || e.LastName, c.Level + 1 FROM Employees e JOIN Chain c ON e.ReportsTo = c.EmployeeID
)
SELECT c.Path, c.Level, count(DISTINCT o.OrderID) AS Orders,
  round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue
FROM Chain c LEFT JOIN Orders o USING (EmployeeID) LEFT JOIN "Order Details" d USING (OrderID)
GROUP BY c.EmployeeID ORDER BY c.Path`,
			Notes: "ReportsTo is the manager, NULL at the top. LEFT JOIN keeps employees without orders.",
		},
	}
}
