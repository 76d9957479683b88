package guide

// vocabulary returns every word and phrase that the guide knows. A word that is
// missing here, and is no name in the data, makes a question unanswerable: what
// is in doubt stays out.
func vocabulary() lexicon {
	l := lexicon{}
	addGrammar(l)
	addMeasures(l)
	addTraits(l)
	addDerived(l)
	addNouns(l)
	addRanks(l)
	addTime(l)
	addReserved(l)
	return l
}

func addGrammar(l lexicon) {
	l.add(term{role: filler},
		"a", "an", "the", "of", "for", "in", "from", "at", "with", "during", "within", "via", "across",
		"is", "are", "was", "were", "be", "been", "do", "does", "did", "have", "has", "had", "there",
		"we", "our", "you", "your", "can", "could", "would", "please", "me", "i", "my", "may i", "may we",
		"want", "need", "like to know", "like to see", "know", "see", "get", "find", "look up", "tell me about",
		"show us", "give us", "tell us", "let me see", "hi", "hello", "hey", "thanks", "ok", "so", "now show",
		"all",
		"breakdown", "broken down", "split", "grouped",
		"figures", "numbers", "data", "report", "overview", "summary", "as a table", "in a table",
		"northwind", "in the database", "in this database", "in the northwind database", "on record", "business", "go", "went", "going", "come", "came", "comes",
		"shipped to", "ship to", "shipped by", "shipped via", "shipped with", "ship with", "carried", "supplied", "supplied by", "supply", "supplies",
		"goes", "goes to", "go to", "given", "granted", "handle", "handled", "handles", "process", "processed", "take", "took", "taken", "place", "placed", "places",
		"exist", "currently", "how did", "how were", "how was", "how are",
		"of all products", "for all products", "across all products", "of all customers", "for all customers", "to all customers", "across all customers",
		"of all employees", "for all employees", "of all categories", "for all categories", "for all countries", "in all countries", "across all countries", "belong", "belongs", "belonging",
	)
	l.add(term{role: filler, number: apart}, "each of", "in each of", "for each of", "of each of", "by each of")
	l.add(term{role: filler, number: summed}, "total", "in total", "totals")
	l.add(term{role: filler, number: entire}, "overall", "altogether", "in all", "do we have", "have we got", "all time", "of all time", "across all years", "over all years", "for all years", "of all years")
	l.add(term{role: and}, "and", "or", "as well as")
	l.add(term{role: to}, "to")
	l.add(term{role: until}, "until", "till", "up to")
	l.add(term{role: through}, "through", "up to and including", "until the end of", "up to the end of", "to the end of", "through the end of")
	l.add(term{role: against}, "compare", "compared", "comparison", "versus", "vs", "against", "compared to", "compared with", "compare to", "compare with",
		"in comparison to", "in comparison with", "relative to", "as against")
	l.add(term{role: onward}, "onward", "onwards", "and later", "or later", "and after", "and following")
	l.add(term{role: on}, "on")
	l.add(term{role: between}, "between")
	l.add(term{role: since}, "since", "starting in", "starting from", "from the beginning of", "since the beginning of")
	l.add(term{role: after}, "after")
	l.add(term{role: before}, "before")
	l.add(term{role: by}, "by", "group by", "grouped by", "split by", "broken down by", "breakdown by", "according to")
	l.add(term{role: per}, "per", "each", "for each", "for every", "every", "in each", "by each", "in every")
	l.add(term{role: per, kind: order}, "per order", "each order", "for each order", "for every order", "in each order", "an order on average")
	l.add(term{role: lead}, "what", "whats", "hows", "show", "give", "show me", "give me", "tell me", "display", "select")
	l.add(term{role: lead, number: pick}, "which", "list", "name")
	l.add(term{role: who}, "who", "whom", "whose", "whos")
	l.add(term{role: counting}, "how many", "number of", "the number of", "count", "count of", "total number of")
	l.add(term{role: amount}, "how much", "how much money")
	l.add(term{role: verb, kind: employee}, "sell", "sold", "sells", "selling")
	l.add(term{role: verb, kind: customer}, "buy", "bought", "buys", "buying", "purchase", "purchased", "spend", "spent", "spends")
}

func addMeasures(l lexicon) {
	m := func(m measure, phrases ...string) { l.add(term{role: aMeasure, measure: m}, phrases...) }
	m(sales, "sales", "revenue", "revenues", "turnover", "sale", "sales revenue", "sales figures", "sales numbers",
		"sales amount", "sales total", "net sales", "net revenue")
	l.add(term{role: aMeasure, measure: sales, number: worth}, "by value", "by order value", "by total value", "by amount")
	m(orders, "order", "shipment")
	l.add(term{role: aMeasure, measure: orders, many: true}, "orders", "orders placed", "sales orders", "shipments")
	l.add(term{role: aMeasure, measure: orders, number: tally}, "order count")
	m(gross, "gross sales", "gross revenue", "sales before discount", "sales before discounts", "revenue before discount", "revenue before discounts",
		"gross", "sales without discounts", "list value", "sales value before discount")
	m(discounts, "discount", "discounts", "discounts given", "discount given", "total discounts given", "total discount", "total discounts", "discounts granted")
	m(units, "quantity sold", "quantities sold", "units sold", "unit sales",
		"items sold", "pieces sold", "pieces")
	l.add(term{role: aMeasure, measure: units, number: loose}, "unit", "units", "quantity", "quantities")
	m(freight, "freight", "freights", "freight cost", "freight costs", "freight charges", "shipping cost", "shipping costs", "freight paid")
	m(averageFreight, "average freight", "avg freight", "mean freight", "average freight cost", "average freight costs",
		"average freight per order", "average shipping cost", "average shipping cost per order", "average freight cost per order", "freight per order",
		"average freight charge")
	m(averageOrder, "average order value", "avg order value", "mean order value", "average order values", "aov", "order value",
		"average order worth", "average worth of an order", "average value of an order", "average value of orders", "average value per order",
		"average sales per order", "average revenue per order", "sales per order", "revenue per order")
	m(shippingDays, "average days to ship", "average shipping time", "average time to ship", "average days until shipped", "days to ship",
		"shipping time", "average lead time", "how long to ship", "avg shipping time", "average shipping days")
	m(daysLate, "average days late", "days late", "average delay", "avg delay", "average lateness", "average number of days late")
	m(price, "price", "prices", "list price", "list prices", "unit price", "unit prices")
	m(averagePrice, "average price", "average prices", "average list price", "average unit price", "avg price", "mean price")
	m(stock, "stock", "in stock", "units in stock", "stock level", "stock levels", "inventory", "stocks", "on hand", "units on hand", "stock on hand", "inventory level", "inventory levels")
	m(onOrder, "units on order", "on order", "quantity on order")
	m(stockValue, "stock value", "inventory value", "value of the stock", "value of stock", "value of our stock", "value of the inventory", "value of inventory",
		"value of our inventory", "stock worth", "inventory worth")
	m(customers, "customer count", "client count")
	m(products, "product count")
	m(suppliers, "supplier count")
	m(employees, "employee count", "headcount")
}

func addTraits(l lexicon) {
	f := func(f trait, phrases ...string) { l.add(term{role: aTrait, trait: f}, phrases...) }
	f(discontinued, "discontinued", "no longer sold")
	f(reorder, "to be reordered", "need reordering", "needs reordering", "need to be reordered", "needs to be reordered",
		"should be reordered", "must be reordered", "need to reorder", "should we reorder", "reorder", "to reorder", "reorder list", "reordering list",
		"have to reorder", "should reorder", "must reorder", "have to be reordered", "need to order", "have to order", "should we order", "must we order", "restock", "to restock", "need restocking", "needs restocking", "need to restock", "due for reorder", "due for reordering")
	for _, than := range []string{"below", "under", "less than", "lower than"} {
		f(belowLevel, than+" reorder level", than+" reorder levels", than+" the reorder level", than+" its reorder level", than+" their reorder level", than+" their reorder levels", than+" reorder point")
	}
	f(outOfStock, "out of stock", "sold out")
	f(late, "late", "shipped late", "shipped too late", "delayed", "were late", "overdue shipments", "went out late", "left late", "shipping late", "shipped after the required date", "shipped after required date")
	f(idle, "without orders", "without any orders", "without an order", "with no orders", "with no order", "have no orders", "who have no orders", "who never ordered", "who have never ordered",
		"never ordered", "have never ordered", "that never ordered", "who placed no orders", "never placed an order", "who did not order", "have not ordered", "who have not ordered")
	f(onTime, "on time", "shipped on time", "in time", "shipped in time", "punctual")
	f(unshipped, "not shipped", "not yet shipped", "not been shipped", "not shipped yet", "unshipped", "not yet been shipped",
		"still open", "open", "pending", "waiting to be shipped", "still to be shipped", "still unshipped")
}

func addNouns(l lexicon) {
	n := func(k kind, one, many []string) {
		l.add(term{role: aNoun, kind: k}, one...)
		l.add(term{role: aNoun, kind: k, many: true}, many...)
	}
	n(year, []string{"year"}, []string{"years"})
	n(quarter, []string{"quarter"}, []string{"quarters"})
	n(month, []string{"month"}, []string{"months"})
	n(half, []string{"half-year", "half year"}, []string{"half-years", "half years"})
	n(day, []string{"day"}, []string{"days"})
	l.add(term{role: per, kind: day}, "daily")
	l.add(term{role: per, kind: half}, "half-yearly", "half yearly")
	n(country, []string{"country", "nation"}, []string{"countries", "nations"})
	n(category, []string{"category", "product category"}, []string{"categories", "product categories"})
	n(product, []string{"product", "item", "article"}, []string{"products", "items", "articles"})
	n(customer, []string{"customer", "client", "buyer"}, []string{"customers", "clients", "buyers"})
	n(employee, []string{"employee", "salesperson", "sales person", "salesman", "saleswoman", "sales rep", "sales representative", "seller"},
		[]string{"employees", "salespeople", "sales people", "sales reps", "sales representatives", "sellers", "staff"})
	n(shipper, []string{"shipper", "carrier", "shipping company"}, []string{"shippers", "carriers", "shipping companies"})
	n(supplier, []string{"supplier", "vendor"}, []string{"suppliers", "vendors", "who supplies"})
	n(city, []string{"city", "town"}, []string{"cities", "towns"})
	n(origin, []string{"supplier country", "country of the supplier", "suppliers country", "vendor country", "country of origin"}, []string{"supplier countries", "countries of suppliers", "countries of the suppliers", "vendor countries"})
	l.add(term{role: per, kind: year}, "yearly", "annual", "annually")
	l.add(term{role: per, kind: quarter}, "quarterly")
	l.add(term{role: per, kind: month}, "monthly")
	l.add(term{role: per, number: trend}, "over time", "trend", "trends")
}

func addRanks(l lexicon) {
	l.add(term{role: aRank, rank: top}, "top", "best", "highest", "largest", "biggest", "greatest", "leading", "strongest",
		"best selling", "bestselling", "top selling", "most valuable")
	l.add(term{role: aRank, rank: top, number: most}, "most", "the most")
	l.add(term{role: aRank, rank: bottom}, "bottom", "worst", "lowest", "smallest", "weakest", "worst selling")
	l.add(term{role: aRank, rank: bottom, number: most}, "least", "fewest", "the least", "the fewest")
	l.add(term{role: aRank, rank: top, measure: price}, "most expensive", "priciest", "dearest")
	l.add(term{role: aRank, rank: bottom, measure: price}, "cheapest", "least expensive")
	l.add(term{role: aRank, rank: top, measure: units}, "most popular", "most sold", "the most sold")
	l.add(term{role: aRank, rank: bottom, measure: units}, "least popular", "least sold", "the least sold")
	for i, w := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		l.add(term{role: aNumber, number: i + 1}, w)
	}
	l.add(term{role: aNumber, number: 20}, "twenty")
}

func addTime(l lexicon) {
	months := [][]string{
		{"january", "jan"}, {"february", "feb"}, {"march", "mar"}, {"april", "apr"}, {"may"}, {"june", "jun"},
		{"july", "jul"}, {"august", "aug"}, {"september", "sep", "sept"}, {"october", "oct"}, {"november", "nov"}, {"december", "dec"},
	}
	for i, names := range months {
		l.add(term{role: aMonth, number: i + 1}, names...)
	}
	quarters := [][]string{
		{"q1", "first quarter", "1st quarter", "quarter 1", "quarter one"}, {"q2", "second quarter", "2nd quarter", "quarter 2", "quarter two"},
		{"q3", "third quarter", "3rd quarter", "quarter 3", "quarter three"}, {"q4", "fourth quarter", "4th quarter", "quarter 4", "quarter four"},
	}
	for i, names := range quarters {
		l.add(term{role: aQuarter, number: i + 1}, names...)
	}
	l.add(term{role: aHalf, number: 1}, "h1", "first half", "1st half", "first half year", "first six months")
	l.add(term{role: aHalf, number: 2}, "h2", "second half", "2nd half", "second half year")
	for _, k := range []kind{year, quarter, month} {
		n := string(k)
		l.add(term{role: theSpanBefore, kind: k}, "previous "+n, "prior "+n, "preceding "+n, n+" before", "the previous "+n, "the prior "+n, "the preceding "+n, "the "+n+" before", n+" earlier", "a "+n+" earlier")
	}
}

// addDerived adds what asks for figures that are worked out from others.
func addDerived(l lexicon) {
	l.add(term{role: anAverage}, "average", "avg", "mean", "on average", "averages")
	l.add(term{role: aShare}, "share", "shares", "proportion", "as a share", "as a percentage", "as percentages", "as shares", "as a percentage of the total", "share of the total", "percentage of the total", "percentage of total", "share of total", "what share",
		"as a share of the total", "relative share", "percentage share", "market share")
	l.add(term{role: aShare, number: inPercent}, "percentage", "percentages", "percent", "per cent", "in percent", "in per cent", "what percentage", "what percent", "percentage points", "percentagewise")
	l.add(term{role: aShare, number: tally}, "rate", "rates")
	g := func(t term, phrases ...string) { t.role = aGrowth; l.add(t, phrases...) }
	g(term{}, "growth", "grow", "grew", "grown", "growing", "growth rate", "growth rates", "rate of growth", "percentage growth", "growth in percent", "percentage change", "percent change", "change in percent")
	g(term{number: amid}, "change", "changes", "changed", "difference", "differences", "absolute change", "absolute growth")
	g(term{number: upward}, "increase", "increased", "increases", "rise", "rose", "risen")
	g(term{number: down}, "decrease", "decreased", "decline", "declined", "fall", "fell", "fallen", "drop in", "shrink", "shrank", "declines", "decreases", "dropped")
	g(term{rank: top}, "fastest growing", "fastest growth", "fastest grower")
	g(term{kind: year}, "year over year", "year on year", "yoy", "year over year growth", "year on year growth", "yoy growth", "year to year")
	g(term{kind: quarter}, "quarter over quarter", "quarter on quarter", "qoq", "quarter over quarter growth")
	g(term{kind: month}, "month over month", "month on month", "mom", "month over month growth", "month to month")
}
