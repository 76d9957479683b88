package guide

// goodsTable is what people ask about late orders and about the stock.
func goodsTable() []asking {
	late := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, count(*) AS Orders FROM w WHERE isLate AND ` + where + ` GROUP BY 1 ` + tail
	}
	rate := func(column, as, where, tail string) string {
		group, grouped := "", ""
		if as != "" {
			group, grouped = column+` AS `+as+`, `, ` GROUP BY `+column
		}
		return `SELECT ` + group + `sum(isLate) AS "Orders shipped late", count(ShippedDate) AS "Orders shipped", round(100.0*sum(isLate)/count(ShippedDate),1) AS "Share %" FROM w WHERE ` + where + grouped + ` ` + tail
	}
	reorder := func(where string) string {
		return `SELECT ProductName AS Product, UnitsInStock AS "Units in stock", UnitsOnOrder AS "Units on order", ReorderLevel AS "Reorder level"
			FROM Products p JOIN Categories c USING (CategoryID) JOIN Suppliers s USING (SupplierID) WHERE NOT Discontinued AND UnitsInStock+UnitsOnOrder<=ReorderLevel AND ` + where + ` ORDER BY 1`
	}
	lateList := func(where string) string {
		return `SELECT OrderID AS "Order ID", Customer, (strftime('%s',ShippedDate)-strftime('%s',RequiredDate))/86400 AS "Days late" FROM w WHERE isLate AND ` + where + ` ORDER BY 1`
	}
	return []asking{
		{"late shipments by shipper", late("Shipper", "Shipper", "1", "ORDER BY 2 DESC")},
		{"what percentage of orders were shipped late", rate("1", "", "1", "")},
		{"late shipment rate by employee", rate("Employee", "Employee", "1", "ORDER BY 4 DESC, 1")},
		{"what percentage of orders in 1997 were shipped late, by shipper?", rate("Shipper", "Shipper", "y='1997'", "ORDER BY 4 DESC, 1")},
		{"what percentage of orders in Germany were shipped late", rate("1", "", "ShipCountry='Germany'", "")},
		{"how many late orders per quarter", late("yq", "Quarter", "1", "ORDER BY 1")},
		{"which shipper had the most late orders in 1997", late("Shipper", "Shipper", "y='1997'", "ORDER BY 2 DESC LIMIT 1")},
		{"top 3 employees by late orders", late("Employee", "Employee", "1", "HAVING count(*)>=4 ORDER BY 2 DESC, 1")},
		{"sales of late orders by year", `SELECT y AS Year, round(sum(t),2) AS Sales FROM w WHERE isLate GROUP BY 1 ORDER BY 1`},
		{"average days late by shipper", `SELECT Shipper, round(avg(julianday(ShippedDate)-julianday(RequiredDate)),2) AS "Average days late" FROM w WHERE isLate GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"how many orders were shipped on time in 1997", `SELECT count(*) AS Orders FROM Orders WHERE ShippedDate<=RequiredDate AND OrderDate LIKE '1997%'`},
		{"late orders in Germany in 1997", lateList("ShipCountry='Germany' AND y='1997'")},
		{"how many shipments were late in March 1998", `SELECT count(*) AS Orders FROM w WHERE isLate AND ym='1998-03'`},
		{"late orders from March to April 1997", lateList("ym IN ('1997-03','1997-04')")},
		{"list late shipments to customer Hungry Owl All-Night Grocers", lateList("Customer='Hungry Owl All-Night Grocers'")},
		{"freight of orders not shipped yet", `SELECT round(sum(Freight),2) AS Freight FROM Orders WHERE ShippedDate IS NULL`},

		{"reorder list", reorder("1")},
		{"which products should we reorder?", reorder("1")},
		{"what do we need to reorder", reorder("1")},
		{"reorder list for supplier Pavlova, Ltd.", reorder("CompanyName='Pavlova, Ltd.'")},
		{"products to reorder in Beverages", reorder("CategoryName='Beverages'")},
		{"what needs reordering in Seafood", reorder("CategoryName='Seafood'")},
		{"how many products need to be reordered by category", `SELECT CategoryName AS Category, count(*) AS Products FROM Products JOIN Categories USING (CategoryID) WHERE NOT Discontinued AND UnitsInStock+UnitsOnOrder<=ReorderLevel GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"products to reorder by supplier", `SELECT CompanyName AS Supplier, count(*) AS Products FROM Products JOIN Suppliers USING (SupplierID) WHERE NOT Discontinued AND UnitsInStock+UnitsOnOrder<=ReorderLevel GROUP BY 1 ORDER BY 2 DESC, 1`},
		{"out of stock products", `SELECT ProductName AS Product FROM Products WHERE UnitsInStock=0 ORDER BY 1`},
		{"how many products are out of stock", `SELECT count(*) AS Products FROM Products WHERE UnitsInStock=0`},
		{"which products are sold out in Meat/Poultry", `SELECT ProductName AS Product FROM Products WHERE UnitsInStock=0 AND CategoryID=6 ORDER BY 1`},
		{"units on order by supplier", `SELECT CompanyName AS Supplier, sum(UnitsOnOrder) AS "Units on order" FROM Products JOIN Suppliers USING (SupplierID) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10`},
		{"stock value by category", `SELECT CategoryName AS Category, round(sum(UnitsInStock*UnitPrice),2) AS "Stock value" FROM Products JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC`},
		{"stock, units on order and stock value by category", `SELECT CategoryName AS Category, sum(UnitsInStock) AS "Units in stock", sum(UnitsOnOrder) AS "Units on order", round(sum(UnitsInStock*UnitPrice),2) AS "Stock value" FROM Products JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC`},
		{"which Beverages are below their reorder level", `SELECT ProductName AS Product, UnitsInStock AS "Units in stock" FROM Products WHERE NOT Discontinued AND UnitsInStock<ReorderLevel AND CategoryID=1 ORDER BY 1`},
		{"what is the stock of Chai", `SELECT UnitsInStock AS "Units in stock" FROM Products WHERE ProductName='Chai'`},
		{"units in stock of Beverages", `SELECT sum(UnitsInStock) AS "Units in stock" FROM Products WHERE CategoryID=1`},
		{"products below reorder level from supplier Exotic Liquids", `SELECT ProductName AS Product FROM Products WHERE SupplierID=1 AND NOT Discontinued AND UnitsInStock<ReorderLevel ORDER BY 1`},
		{"what percentage of products are discontinued", `SELECT 8 AS "Products discontinued", 77 AS Products, round(800.0/77,1) AS "Share %"`},
	}
}
