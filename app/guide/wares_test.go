package guide

import (
	"strings"
	"testing"
)

// waresTable is what people ask of one product, and of a category as the products in it.
func waresTable() []asking {
	sold := func(figure, category, where, tail string) string {
		return `SELECT ProductName AS Product, ` + figure + ` FROM l WHERE CategoryName='` + category + `' AND ` + where + ` GROUP BY 1 ORDER BY 2 ` + tail
	}
	const (
		sales = `round(sum(v),2) AS Sales`
		units = `sum(q) AS "Units sold"`
	)
	status := func(name, more string) string {
		return `SELECT ProductName AS Product, UnitPrice AS "List price", UnitsInStock AS "Units in stock", UnitsOnOrder AS "Units on order", iif(Discontinued,'yes','no') AS Discontinued` + more + ` FROM Products WHERE ProductName='` + name + `'`
	}
	const (
		held  = `, iif(UnitsInStock,'yes','no') AS "In stock"`
		lacks = `, iif(NOT Discontinued AND UnitsInStock+UnitsOnOrder<=ReorderLevel,'yes','no') AS "To be reordered"`
		under = `, iif(NOT Discontinued AND UnitsInStock<ReorderLevel,'yes','no') AS "Below the reorder level"`
	)
	priceOf := func(name string) string {
		return `SELECT ProductName AS Product, UnitPrice AS "List price" FROM Products WHERE ProductName='` + name + `'`
	}
	priced := func(where, tail string) string {
		return `SELECT ProductName AS Product, UnitPrice AS "List price" FROM Products JOIN Categories USING (CategoryID) WHERE ` + where + ` ORDER BY 2 ` + tail
	}
	stock := func(name string) string {
		return `SELECT UnitsInStock AS "Units in stock" FROM Products WHERE ProductName='` + name + `'`
	}
	return []asking{
		{"most sold beverage", sold(units, "Beverages", "1", "DESC LIMIT 1")},
		{"What is the most sold beverage in 1997?", sold(units, "Beverages", "y='1997'", "DESC LIMIT 1")},
		{"best selling beverages", sold(sales, "Beverages", "1", "DESC LIMIT 10")},
		{"5 best selling beverages in Germany", sold(sales, "Beverages", "ShipCountry='Germany'", "DESC LIMIT 5")},
		{"which beverage sold the most?", sold(sales, "Beverages", "1", "DESC LIMIT 1")},
		{"which beverages sold the most units", sold(units, "Beverages", "1", "DESC LIMIT 10")},
		{"which beverage has the highest sales in 1998", sold(sales, "Beverages", "y='1998'", "DESC LIMIT 1")},
		{"top 3 condiments by units", sold(units, "Condiments", "1", "DESC LIMIT 3")},
		{"top dairy products", sold(sales, "Dairy Products", "1", "DESC LIMIT 10")},
		{"most popular condiment", sold(units, "Condiments", "1", "DESC LIMIT 1")},
		{"worst selling condiment in 1997", sold(sales, "Condiments", "y='1997'", "LIMIT 1")},
		{"least sold confection", sold(units, "Confections", "1", "LIMIT 1")},
		{"bottom 3 seafood", sold(sales, "Seafood", "1", "LIMIT 3")},
		{"cheapest beverage", priced("CategoryName='Beverages'", "LIMIT 1")},
		{"3 most expensive confections", priced("CategoryName='Confections'", "DESC LIMIT 3")},
		{"most sold product", `SELECT ProductName AS Product, sum(q) AS "Units sold" FROM l GROUP BY 1 ORDER BY 2 DESC LIMIT 1`},
		{"which product is most sold in Germany", `SELECT ProductName AS Product, sum(q) AS "Units sold" FROM l WHERE ShipCountry='Germany' GROUP BY 1 ORDER BY 2 DESC LIMIT 1`},

		{"is Chai discontinued?", status("Chai", "")},
		{"Is the product Guaraná Fantástica discontinued?", status("Guaraná Fantástica", "")},
		{"is Chai a discontinued product?", status("Chai", "")},
		{"has Alice Mutton been discontinued?", status("Alice Mutton", "")},
		{"is Alice Mutton in stock", status("Alice Mutton", held)},
		{"is Chai in stock?", status("Chai", held)},
		{"do we have Chang in stock?", stock("Chang")},
		{"is Gorgonzola Telino out of stock?", status("Gorgonzola Telino", held)},
		{"is Chai sold out?", status("Chai", held)},
		{"does Chang need to be reordered?", status("Chang", lacks)},
		{"should we reorder Nord-Ost Matjeshering?", status("Nord-Ost Matjeshering", lacks)},
		{"is Chang below its reorder level?", status("Chang", under)},
		{"how many Chai are in stock?", stock("Chai")},
		{"how much Chai is in stock", stock("Chai")},
		{"how many units of Ikura do we have in stock?", stock("Ikura")},
		{"how many Chang are on order", `SELECT UnitsOnOrder AS "Units on order" FROM Products WHERE ProductName='Chang'`},

		{"what does Chai cost?", priceOf("Chai")},
		{"how much does Côte de Blaye cost?", priceOf("Côte de Blaye")},
		{"How much is Chai?", priceOf("Chai")},
		{"how much does the product Jack's New England Clam Chowder cost", priceOf("Jack''s New England Clam Chowder")},
		{"what is the price of Tofu?", priceOf("Tofu")},
		{"what do Beverages cost", priced("CategoryName='Beverages'", "DESC, 1 LIMIT 10")},
		{"how much are Chai and Chang", priced("ProductName IN ('Chai','Chang')", "DESC")},
	}
}

// waresThreads is the same of what follows an answer.
func waresThreads() []thread {
	return []thread{
		{turns("is Chai discontinued?", "and Chang?"), `SELECT ProductName AS Product, UnitsInStock AS "Units in stock", 'no' AS Discontinued FROM Products WHERE ProductName='Chang'`},
		{turns("is Chai discontinued?", "and is Chang in stock?"), `SELECT ProductName AS Product, UnitsInStock AS "Units in stock", 'yes' AS "In stock" FROM Products WHERE ProductName='Chang'`},
		{turns("is Chai in stock?", "what about Alice Mutton"), `SELECT 'Alice Mutton' AS Product, 'yes' AS Discontinued, 'no' AS "In stock"`},
		{turns("what does Chai cost?", "and Chang?"), `SELECT 'Chang' AS Product, 19 AS "List price"`},
		{turns("best selling beverages", "only 1997"), `SELECT ProductName AS Product, round(sum(v),2) AS Sales FROM l WHERE CategoryName='Beverages' AND y='1997' GROUP BY 1 ORDER BY 2 DESC LIMIT 10`},
		{turns("most sold beverage in 1997", "and in 1998?"), `SELECT ProductName AS Product, sum(q) AS "Units sold" FROM l WHERE CategoryName='Beverages' AND y='1998' GROUP BY 1 ORDER BY 2 DESC LIMIT 1`},
	}
}

// waresDeclined is what comes near to these, and is not clear or not to be had.
func waresDeclined() []declinedQuestion {
	return []declinedQuestion{
		{"best selling drinks", "“drinks”"},
		{"best selling beverages by country", "one thing to rank"},
		{"best selling beverages and condiments", "what to measure"},
		{"most ordered beverage", "could mean"},
		{"top beverage sales", "one thing to rank"},
		{"best selling Chai", "what to measure"},
		{"most beverages in Germany", "what to measure"},
		{"most sold in Germany", "one thing to rank"},

		{"is Foo discontinued?", "“Foo”"},
		{"is Chia in stock?", "the product “Chai”"},
		{"is Chai not discontinued?", "leave out what has a name"},
		{"are Chai and Chang discontinued?", "one product at a time"},
		{"was Chai discontinued in 1997?", "has no dates"},
		{"is Chai discontinued in Germany?", "one product at a time"},
		{"is Germany in stock?", "cannot go by country"},
		{"is Speedy Express discontinued?", "cannot go by shipper"},
		{"is Chai still in stock?", "“still”"},
		{"will Chai be in stock", "cannot look ahead"},

		{"what does Foo cost?", "“Foo”"},
		{"what does Chia cost", "the product “Chai”"},
		{"what did Chai cost in 1997?", "holds no costs"},
		{"how much does Chai cost us", "holds no costs"},
		{"cost of Chai", "holds no costs"},
		{"how much is Germany", "cannot go by country"},
		{"how much does Chai cost in Germany", "holds no costs"},
	}
}

// waresDeclinedThreads is the same of what follows an answer.
func waresDeclinedThreads() []declinedThread {
	return []declinedThread{
		{turns("is Chai discontinued?", "only 1997"), "one product at a time"},
		{turns("is Chai discontinued?", "by category"), "one product at a time"},
		{turns("is Chai in stock?", "top 3"), "rank that list"},
	}
}

// TestEveryProductCanBeAskedFor asks of each product what it costs and whether it is there:
// the words of its name must not be taken for others, before the names are known or after.
func TestEveryProductCanBeAskedFor(t *testing.T) {
	n := newNorthwind(t)
	g, dir := New(), testDirectory(t, n)
	for _, of := range dir.names {
		if of.kind != product {
			continue
		}
		for _, q := range []string{"what does % cost?", "is % discontinued?", "is % in stock?", "how much is %"} {
			turns := []turn{{text: strings.ReplaceAll(q, "%", of.text)}}
			first, err := g.read(nil, turns)
			if err != nil || !first.needs {
				t.Errorf("%q looks nothing up: %v", turns[0].text, err)
			}
			if r, err := g.read(dir, turns); err != nil || r.q.names[product][0] != of.text {
				t.Errorf("%q is read as %v, %v", turns[0].text, r.q.names, err)
			}
		}
	}
}
