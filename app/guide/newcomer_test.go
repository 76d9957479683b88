package guide

import (
	"strings"
	"testing"
)

// newcomerTable is what someone types who does not know the guide yet: averages by year.
func newcomerTable() []asking {
	// means divides the figures of the whole months, from August 1996 to April 1998.
	means := func(figure, as, group, heading, where, tail string) string {
		return `SELECT ` + group + ` AS ` + heading + `, round(total(f)/n,2) AS "Average ` + as + ` per month", n AS Months FROM (SELECT ym, y, yq, ` + figure + ` AS f FROM l WHERE ` + where + ` GROUP BY ym),
			(SELECT ` + group + ` AS g2, count(*) AS n FROM (SELECT DISTINCT ym, y, yq FROM l WHERE ym BETWEEN '1996-08' AND '1998-04') GROUP BY 1) WHERE g2=` + group + ` AND ym BETWEEN '1996-08' AND '1998-04' GROUP BY 1 ` + tail
	}
	monthly := means("sum(v)", "sales", "y", "Year", "1", "ORDER BY 1")
	value := func(group, as, where string) string {
		return `SELECT ` + group + ` AS ` + as + `, round(avg(t),2) AS "Average order value" FROM w WHERE ` + where + ` GROUP BY 1 ORDER BY 1`
	}
	record := func(id string) string {
		return `SELECT ` + id + ` AS "Order ID", Customer, OrderDate AS "Order date", ShippedDate AS Shipped, Shipper, round(Freight,2) AS Freight, ProductName AS Product, q AS Quantity, round(g/q,2) AS "Unit price",
			round(100*off/g,1) AS "Discount %", round(v,2) AS Total, (SELECT round(t,2) FROM w WHERE OrderID=` + id + `) AS "Order total" FROM l WHERE OrderID=` + id + ` ORDER BY ProductName COLLATE NOCASE`
	}
	shipped := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, count(*) AS Orders FROM Orders o WHERE ` + where + ` GROUP BY 1 ` + tail
	}
	shippedIn := func(where string) string { return `SELECT count(*) AS Orders FROM Orders WHERE ` + where }
	shippedList := func(where string) string {
		return `SELECT OrderID AS "Order ID", ShippedDate AS Shipped FROM Orders WHERE ` + where + ` ORDER BY 1`
	}
	const (
		shipMonth   = `substr(ShippedDate,1,7)`
		shipQuarter = `substr(ShippedDate,1,4)||'-Q'||((substr(ShippedDate,6,2)+2)/3)`
	)
	return []asking{
		{"orders shipped in 1997", shippedIn("ShippedDate LIKE '1997%'")},
		{"how many orders were shipped in March 1997?", shippedIn("ShippedDate LIKE '1997-03%'")},
		{"how many orders did we ship in 1998?", shippedIn("ShippedDate LIKE '1998%'")},
		{"number of orders shipped since 1998", shippedIn("ShippedDate>='1998'")},
		{"orders shipped between March and May 1997", shippedIn("ShippedDate>='1997-03' AND ShippedDate<'1997-06'")},
		{"how many orders of Chai were shipped in 1997", shippedIn("ShippedDate LIKE '1997%' AND OrderID IN (SELECT OrderID FROM \"Order Details\" WHERE ProductID=1)")},
		{"how many orders were shipped to Germany in 1997?", shippedIn("ShippedDate LIKE '1997%' AND ShipCountry='Germany'")},
		{"how many orders were shipped?", shippedIn("ShippedDate NOT NULL")},
		{"orders shipped in 1995", shippedIn("ShippedDate LIKE '1995%'")},
		{"orders shipped by month in 1997", shipped(shipMonth, "Month", "ShippedDate LIKE '1997%'", "ORDER BY 1")},
		{"orders shipped per quarter", shipped(shipQuarter, "Quarter", "ShippedDate NOT NULL", "ORDER BY 1")},
		{"orders that were shipped in Q1 1998 by country", shipped("ShipCountry", "Country", "ShippedDate>='1998' AND ShippedDate<'1998-04'", "ORDER BY 2 DESC, 1")},
		{"orders shipped by country", shipped("ShipCountry", "Country", "ShippedDate NOT NULL", "ORDER BY 2 DESC, 1")},
		{"which orders were shipped on 5 May 1998?", shippedList("ShippedDate='1998-05-05'")},
		{"late orders shipped in May 1997", shippedList("ShippedDate>RequiredDate AND ShippedDate LIKE '1997-05%'")},

		{"order 10248", record("10248")},
		{"show order 10248", record("10248")},
		{"What is in order 10248?", record("10248")},
		{"Order #10250", record("10250")},
		{"order no. 10249", record("10249")},
		{"please show me order number 10255", record("10255")},
		{"what products are in order 10250?", record("10250")},
		{"show me the details of order 10251", record("10251")},
		{"what did order 10250 contain?", record("10250")},
		{"who placed order 10248?", record("10248")},
		{"when was order 11008 shipped?", record("11008")},
		{"how much was order 10250 worth?", record("10250")},
		{"what's the total of order 10250", record("10250")},
		{"describe order 10248", record("10248")},
		{"order details 10249", record("10249")},
		{"which customer placed order 10249?", record("10249")},
		{"has order 11008 been shipped?", record("11008")},
		{"status of order 10248", record("10248")},
		{"show me the lines of order 11077", record("11077")},

		{"average monthly sales by year", monthly},
		{"average monthly sales per year", monthly},
		{"what were our average sales per month in each year?", monthly},
		{"average sales per month by year", monthly},
		{"mean monthly revenue by year", monthly},
		{"average monthly sales in Germany by year", means("sum(v)", "sales", "y", "Year", "ShipCountry='Germany'", "ORDER BY 1")},
		{"average monthly orders by quarter in 1997", means("count(DISTINCT OrderID)", "orders", "yq", "Quarter", "y='1997'", "ORDER BY 1")},
		{"average monthly units of Tofu by year", means("sum(q)", `units sold`, "y", "Year", "ProductName='Tofu'", "ORDER BY 1")},
		{"which year had the highest average monthly sales", means("sum(v)", "sales", "y", "Year", "1", "ORDER BY 2 DESC LIMIT 1")},
		{"average quarterly sales by year", `SELECT y AS Year, round(sum(v)/count(DISTINCT yq),2) AS "Average sales per quarter" FROM l WHERE yq BETWEEN '1996-Q4' AND '1998-Q1' GROUP BY 1 ORDER BY 1`},
		{"average order value by year", value("y", "Year", "1")},
		{"mean order value per year", value("y", "Year", "1")},
		{"what was the average order value in each year?", value("y", "Year", "1")},
		{"average order value by quarter in 1997", value("yq", "Quarter", "y='1997'")},
		{"average value of an order by year in Germany", value("y", "Year", "ShipCountry='Germany'")},
	}
}

// newcomerThreads is what follows an answer: short questions that are whole, and fragments.
func newcomerThreads() []thread {
	total := func(where string) string { return `SELECT round(sum(v),2) AS Sales FROM l WHERE ` + where }
	const april = `ym BETWEEN '1996-08' AND '1998-04'`
	order := func(id string) string {
		return `SELECT Customer, ProductName AS Product, q AS Quantity, round(v,2) AS Total FROM l WHERE OrderID=` + id + ` ORDER BY ProductName COLLATE NOCASE`
	}
	place := func(column, as, where, tail string) string {
		return `SELECT ` + column + ` AS ` + as + `, round(sum(v),2) AS Sales FROM l WHERE ` + where + ` GROUP BY 1 ORDER BY 2 ` + tail
	}
	cheap := func(tail string) string {
		return `SELECT ProductName AS Product, UnitPrice AS "List price" FROM Products ORDER BY 2, ProductName COLLATE NOCASE ` + tail
	}
	return []thread{
		{turns("top 5 customers by sales in 1997", "next 5"), place("Customer", "Customer", "y='1997'", "DESC LIMIT 5 OFFSET 5")},
		{turns("top 5 customers by sales in 1997", "the next five customers"), place("Customer", "Customer", "y='1997'", "DESC LIMIT 5 OFFSET 5")},
		{turns("top 5 customers", "more"), place("Customer", "Customer", "1", "DESC LIMIT 5 OFFSET 5")},
		{turns("top 5 customers", "next 3"), place("Customer", "Customer", "1", "DESC LIMIT 3 OFFSET 5")},
		{turns("top 5 customers", "show me the next 10", "and the next 2?"), place("Customer", "Customer", "1", "DESC LIMIT 2 OFFSET 15")},
		{turns("top 5 customers", "only Germany", "5 more"), place("Customer", "Customer", "ShipCountry='Germany'", "DESC LIMIT 5 OFFSET 5")},
		{turns("top 5 customers", "next 5", "next 5 products", "next 5"), place("Customer", "Customer", "1", "DESC LIMIT 5 OFFSET 10")},
		{turns("sales by product", "next 10"), place("ProductName", "Product", "1", "DESC LIMIT 10 OFFSET 10")},
		{turns("best selling beverages", "show more"), place("ProductName", "Product", "CategoryName='Beverages'", "DESC LIMIT 10 OFFSET 10")},
		{turns("bottom 3 products in Seafood", "the following 3"), place("ProductName", "Product", "CategoryName='Seafood'", "LIMIT 3 OFFSET 3")},
		{turns("Who is our best customer?", "who comes next?"), place("Customer", "Customer", "1", "DESC LIMIT 1 OFFSET 1")},
		{turns("top 3 months", "next 3 months"), place("ym", "Month", "1", "DESC LIMIT 3 OFFSET 3")},
		{turns("top 5 orders by value", "next 5 orders"), `SELECT OrderID AS "Order", round(t,2) AS Sales FROM w ORDER BY t DESC LIMIT 5 OFFSET 5`},
		{turns("which country has the most orders?", "who is next?"), `SELECT 'Brazil' AS Country, 83 AS Orders`},
		{turns("12 cheapest products", "next 3"), cheap("LIMIT 3 OFFSET 14")},
		{turns("12 cheapest products", "next 2", "next 2"), cheap("LIMIT 2 OFFSET 17")},
		{turns("top 3 customers", "as a share", "next 2"), `SELECT Customer, round(sum(v),2) AS Sales, round(100*sum(v)/(SELECT sum(v) FROM l),1) AS "Share %" FROM l GROUP BY 1 ORDER BY sum(v) DESC LIMIT 2 OFFSET 3`},
		{turns("top 3 shippers by sales growth from Q1 1997 to Q1 1998", "only orders"), `SELECT Shipper, sum(yq='1997-Q1') AS "Q1 1997", sum(yq='1998-Q1') AS "Q1 1998" FROM w GROUP BY 1 ORDER BY 1.0*sum(yq='1998-Q1')/sum(yq='1997-Q1') DESC`},
		{turns("top 2 categories by sales growth from Q1 1997 to Q1 1998", "next 2"), `SELECT CategoryName AS Category, round(sum(CASE WHEN yq='1997-Q1' THEN v END),2) AS "Q1 1997", round(sum(CASE WHEN yq='1998-Q1' THEN v END),2) AS "Q1 1998"
			FROM l GROUP BY 1 ORDER BY sum(CASE WHEN yq='1998-Q1' THEN v END)/sum(CASE WHEN yq='1997-Q1' THEN v END) DESC LIMIT 2 OFFSET 2`},

		{turns("order 10248", "and 10249?"), order("10249")},
		{turns("order 10248", "and 10249?", "what about 10250"), order("10250")},
		{turns("order 10248", "what about order 10249"), order("10249")},
		{turns("sales in Germany", "order 10248"), order("10248")},
		{turns("orders shipped in 1997", "and in 1998?"), `SELECT count(*) AS Orders FROM Orders WHERE ShippedDate LIKE '1998%'`},
		{turns("orders shipped in 1997", "only Germany"), `SELECT count(*) AS Orders FROM Orders WHERE ShippedDate LIKE '1997%' AND ShipCountry='Germany'`},
		{turns("orders shipped in 1997", "by quarter"), `SELECT substr(ShippedDate,1,4)||'-Q'||((substr(ShippedDate,6,2)+2)/3) AS Quarter, count(*) AS Orders FROM Orders WHERE ShippedDate LIKE '1997%' GROUP BY 1 ORDER BY 1`},
		{turns("how many orders were shipped on 5 May 1998?", "which ones?"), `SELECT OrderID AS "Order ID", ShippedDate AS Shipped FROM Orders WHERE ShippedDate='1998-05-05' ORDER BY 1`},
		{turns("sales in Germany in 1997", "orders shipped in 1998"), `SELECT count(*) AS Orders FROM Orders WHERE ShippedDate LIKE '1998%'`},
		{turns("order 10248", "thanks", "and 10250?"), order("10250")},
		{turns("order 10248", "sales by year"), `SELECT y AS Year, round(sum(v),2) AS Sales FROM l GROUP BY 1 ORDER BY 1`},

		{turns("average monthly sales by year", "and for Germany?"), `SELECT y AS Year, round(sum(v)/CASE y WHEN '1996' THEN 5 WHEN '1997' THEN 12 ELSE 4 END,2) AS "Average sales per month" FROM l WHERE ShipCountry='Germany' AND ` + april + ` GROUP BY 1 ORDER BY 1`},
		{turns("average monthly sales", "by year"), `SELECT y AS Year, round(sum(v)/CASE y WHEN '1996' THEN 5 WHEN '1997' THEN 12 ELSE 4 END,2) AS "Average sales per month" FROM l WHERE ` + april + ` GROUP BY 1 ORDER BY 1`},

		{turns("sales of Beverages in 1998", "sales in Germany in 1997"), total("ShipCountry='Germany' AND y='1997'")},
		{turns("top 5 customers by sales in Germany", "freight in 1997"), `SELECT round(sum(Freight),2) AS Freight FROM w WHERE y='1997'`},
		{turns("sales by category in Germany in 1997", "orders in 1998"), `SELECT 270 AS Orders`},
		{turns("sales in Germany in 1997", "orders by category in France"), `SELECT CategoryName AS Category, count(DISTINCT OrderID) AS Orders FROM l WHERE ShipCountry='France' GROUP BY 1 ORDER BY 2 DESC`},
		{turns("sales by country outside Germany", "sales in 1997"), total("y='1997'")},
		{turns("sales of Chai in 1997", "sales in Germany"), total("ShipCountry='Germany'")},
		{turns("sales in Germany in 1997", "late orders in 1998"), `SELECT OrderID AS "Order ID", Customer FROM w WHERE isLate AND y='1998' ORDER BY 1`},
		{turns("sales in Germany", "sales in 1997", "now by country"), `SELECT ShipCountry AS Country, round(sum(v),2) AS Sales FROM l WHERE y='1997' GROUP BY 1 ORDER BY 2 DESC`},
		{turns("sales of Chai", "units by month in 1997", "only Q1"), `SELECT ym AS Month, sum(q) AS "Units sold" FROM l WHERE yq='1997-Q1' GROUP BY 1 ORDER BY 1`},
		{turns("sales of Beverages in 1998", "in Germany in 1997"), total("CategoryName='Beverages' AND ShipCountry='Germany' AND y='1997'")},
		{turns("sales of Beverages in 1998", "Germany in 1997"), total("CategoryName='Beverages' AND ShipCountry='Germany' AND y='1997'")},
		{turns("sales of Beverages in Germany", "only 1997"), total("CategoryName='Beverages' AND ShipCountry='Germany' AND y='1997'")},
		{turns("sales of Beverages in 1997", "now by country"), `SELECT ShipCountry AS Country, round(sum(v),2) AS Sales FROM l WHERE CategoryName='Beverages' AND y='1997' GROUP BY 1 ORDER BY 2 DESC`},
	}
}

// newcomerDeclined is what comes near to these, and is not clear or not to be had.
func newcomerDeclined() []declinedQuestion {
	return []declinedQuestion{
		{"next 5", "no list before this"},
		{"more", "no list before this"},
		{"next year", "cannot look ahead"},
		{"more sales", "compare a figure"},

		{"orders 10248", "one whole order at a time"},
		{"order 10248 and 10249", "one whole order at a time"},
		{"order 10248 in Germany", "one whole order at a time"},
		{"cancel order 10248", "one whole order at a time"},
		{"top order 10248", "one whole order at a time"},
		{"order 10248.5", "“10248.5”"},
		{"order 0", "no number of an order"},
		{"order 123456789012345", "no number of an order"},
		{"order -5", "“-5”"},

		{"sales shipped in 1997", "by when it was shipped"},
		{"units shipped in March 1997", "by when it was shipped"},
		{"freight of orders shipped in 1997", "by when it was shipped"},
		{"orders placed in 1996 and shipped in 1997", "by when it was shipped"},
		{"orders in 1997 shipped in 1998", "by when it was shipped"},
		{"shipped orders in 1997", "by when it was shipped"},
		{"orders shipped in Germany", "by when it was shipped"},
		{"orders delivered in 1997", "by when it was shipped"},
		{"orders not shipped in 1997", "at another time"},
		{"growth of orders shipped from 1996 to 1997", "how many there were, and which"},
		{"share of orders shipped in 1997 by shipper", "how many there were, and which"},
		{"average orders shipped per month", "how many there were, and which"},

		{"average yearly sales by month", "but not both"},
		{"average yearly sales per month", "over what to average"},
		{"average monthly sales by year and category", "over what to average"},
		{"average sales per month and year", "over what to average"},
		{"average weekly sales by year", "other spans"},
		{"average sales by year", "over what to average"},
		{"average order value by category and year", "whole orders"},

		{"sales by London employees in 1997", "where the employees are"},
		{"best London employee in 1997", "where the employees are"},
		{"sales of UK employees", "where the employees are"},
		{"sales by UK suppliers", "where the suppliers are"},
		{"sales by UK suppliers in Germany", "where the suppliers are"},
		{"which USA supplier sells the most", "where the suppliers are"},
		{"sales from London suppliers", "where the suppliers are"},
		{"revenue from Tokyo suppliers by year", "where the suppliers are"},
		{"top 3 London suppliers", "where the suppliers are"},
		{"sales by London customers", "where the customers are"},
		{"sales of Japan products", "suppliers from Japan"},

		{"least sold confection as a share", "one thing to rank"},
		{"most sold beverage as a share", "one thing to rank"},
		{"best seafood share of sales", "one thing to rank"},
	}
}

// newcomerDeclinedThreads is the same of what follows an answer.
func newcomerDeclinedThreads() []declinedThread {
	return []declinedThread{
		{turns("total sales", "next 5"), "no ranking"},
		{turns("sales by category", "next 5"), "no ranking"},
		{turns("sales by month in 1997", "more"), "no ranking"},
		{turns("list customers", "next 5"), "no ranking"},
		{turns("customers with sales over 20000", "more"), "no ranking"},
		{turns("order 10248", "next"), "no ranking"},
		{turns("best month of each year", "next 5"), "no ranking"},
		{turns("help", "next 5"), "no list before this"},
		{turns("sales of unicorns", "next 5"), "ranking of mine"},
		{turns("Who is our best customer?", "more"), "how many are meant"},
		{turns("top 5 customers", "next 5 products"), "which products come next"},
		{turns("top 5 customers", "next year"), "cannot look ahead"},
		{turns("top 3 months", "next month"), "cannot look ahead"},
		{turns("top 5 customers", "more details"), "compare a figure"},
		{turns("top 5 customers", "last 5"), "name a year"},
		{turns("top 5 customers", "next 5", "only 1997"), "the whole ranking"},
		{turns("top 5 customers", "next 5", "by month"), "the whole ranking"},
		{turns("top 5 customers", "next 5", "as a share"), "the whole ranking"},

		{turns("order 10248", "only 1997"), "last answer was one order"},
		{turns("order 10248", "by product"), "last answer was one order"},
		{turns("order 10248", "how many products?"), "still about the last answer"},
		{turns("order 10248", "top 5 products"), "still about the last answer"},
		{turns("sales by year", "and 10249?"), "“10249”"},
		{turns("orders shipped in 1997", "and sales?"), "placed or those shipped"},
		{turns("sales in 1997", "and orders shipped in 1998?"), "placed or those shipped"},
		{turns("orders in 1997", "shipped in 1998"), "by when it was shipped"},

		{turns("average monthly sales by year", "as a share"), "two of them"},

		{turns("sales of Beverages in 1998", "sales by country"), "still about the figures in the category Beverages"},
		{turns("sales of Chai in 1997", "customers in France"), "still about the figures for the product Chai"},
		{turns("sales in Germany in 1997", "and sales in France?"), "still about the figures in Germany in 1997"},
		{turns("sales of Beverages in 1998", "top 5 customers"), "still about the figures in the category Beverages"},
		{turns("sales of Beverages in 1997", "and orders in 1998?"), "still about the figures in the category Beverages"},
		{turns("sales of Beverages in 1998", "orders"), "still about the figures in the category Beverages"},
	}
}

// TestWhatIsNotThereIsSaidToBe asks for orders and places of a ranking that the data do not
// have: the query runs, and the answer says so.
func TestWhatIsNotThereIsSaidToBe(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []declinedThread{
		{[]string{"top 5 categories", "more", "more"}, "There are no more: the ranking of categories by sales ends with those that I showed before.\n\n*Sales are after discounts and without freight. Orders of all dates count. The database names no currency.*"},
		{[]string{"order 99999999"}, "There is no order 99999999 in the database."},
		{[]string{"what is in order 5?"}, "There is no order 5 in the database."},
		{[]string{"order #1997"}, "There is no order 1997 in the database."},
		{[]string{"order 10248", "and 20000?"}, "There is no order 20000 in the database."},
	} {
		t.Run(strings.Join(tt.turns, " → "), func(t *testing.T) {
			v := h.visit(t)
			say := ""
			for _, text := range tt.turns {
				say = v.ask(text)
			}
			if v.query == "" || len(v.rows.rows) > 0 || say != tt.says || len(v.lost) > 0 {
				t.Errorf("says %q of %d rows, with %q not found in the data, want %q", say, len(v.rows.rows), v.lost, tt.says)
			}
		})
	}
}

// TestALongThreadIsReadOnce holds that each turn of a thread costs one more reading, and not
// twice as many.
func TestALongThreadIsReadOnce(t *testing.T) {
	c := conversation{t: t, n: newNorthwind(t)}
	c.ask("top 3 customers by sales in 1997")
	for range 10 {
		c.ask("next 3")
	}
	c.ask("order 10248")
	for range 30 {
		c.ask("and 10249?")
	}
	c.ask("sales in 1996")
	for range 15 {
		c.ask("and 1997?")
		c.ask("and 1998?")
	}
	if say := c.ask("and 1997?"); !strings.Contains(say, "617,085.20") && !strings.Contains(say, "please ask the whole question") {
		t.Errorf("says %s", say)
	}
}
