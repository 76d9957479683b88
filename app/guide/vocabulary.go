package guide

// vocabulary returns every word and phrase that the guide knows. A word that is
// missing here, and is no name in the data, makes a question unanswerable: what
// is in doubt stays out.
func vocabulary() lexicon {
	l := lexicon{}
	addGrammar(l)
	addMeasures(l)
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
		"we", "our", "you", "your", "can", "could", "would", "please", "me", "i", "my", "it",
		"want", "need", "like to know", "like to see", "know", "see", "get", "find", "look up", "tell me about",
		"show us", "give us", "tell us", "let me see", "hi", "hello", "hey", "thanks", "ok", "so", "now show",
		"total", "overall", "altogether", "in total", "in all", "all", "all time",
		"compare", "compared", "comparison", "versus", "vs", "against", "breakdown", "broken down", "split", "grouped",
		"figures", "numbers", "data", "report", "overview", "summary", "as a table", "in a table",
		"northwind", "in the database", "in this database", "in the northwind database", "on record", "business", "go", "went", "going", "come", "came", "comes",
		"shipped to", "ship to", "shipped by", "shipped via", "shipped with", "ship with", "carried", "supplied", "supplied by",
		"handle", "handled", "handles", "process", "processed", "take", "took", "taken", "place", "placed", "places",
		"exist", "currently", "each of", "how did", "how were", "how was", "how are",
		"of all products", "for all products", "across all products", "of all customers", "for all customers", "to all customers", "across all customers",
		"of all employees", "for all employees", "of all categories", "for all categories", "for all countries", "in all countries", "across all countries", "belong", "belongs", "belonging",
	)
	l.add(term{role: and}, "and", "or", "as well as", "plus")
	l.add(term{role: to}, "to", "through", "until", "till")
	l.add(term{role: between}, "between")
	l.add(term{role: since}, "since", "starting in", "starting from")
	l.add(term{role: after}, "after")
	l.add(term{role: before}, "before")
	l.add(term{role: by}, "by", "group by", "grouped by", "split by", "broken down by", "breakdown by", "according to")
	l.add(term{role: per}, "per", "each", "for each", "for every", "every", "in each", "by each", "in every")
	l.add(term{role: lead}, "what", "whats", "show", "give", "show me", "give me", "tell me", "display", "select")
	l.add(term{role: lead, number: pick}, "which", "list", "name")
	l.add(term{role: who}, "who", "whom", "whose")
	l.add(term{role: counting}, "how many", "number of", "the number of", "count", "count of", "total number of")
	l.add(term{role: amount}, "how much", "how much money")
	l.add(term{role: verb, kind: employee}, "sell", "sold", "sells", "selling")
	l.add(term{role: verb, kind: customer}, "buy", "bought", "buys", "buying", "purchase", "purchased", "spend", "spent", "spends")
}

func addMeasures(l lexicon) {
	m := func(m measure, phrases ...string) { l.add(term{role: aMeasure, measure: m}, phrases...) }
	m(sales, "sales", "revenue", "revenues", "turnover", "sale", "sales revenue", "sales figures", "sales numbers",
		"sales amount", "sales total", "net sales", "net revenue")
	m(orders, "orders", "order", "orders placed", "sales orders")
	l.add(term{role: aMeasure, measure: orders, number: tally}, "order count")
	m(units, "quantity", "quantities", "quantity sold", "quantities sold", "unit", "units", "units sold", "unit sales",
		"items sold", "pieces sold", "pieces")
	m(freight, "freight", "freights", "freight cost", "freight costs", "freight charges", "shipping cost", "shipping costs", "freight paid")
	m(averageFreight, "average freight", "avg freight", "mean freight", "average freight cost", "average freight costs",
		"average freight per order", "average shipping cost", "average shipping cost per order", "average freight cost per order", "freight per order")
	m(averageOrder, "average order value", "avg order value", "mean order value", "average order values", "aov",
		"average value of an order", "average value of orders", "average value per order",
		"average sales per order", "average revenue per order", "sales per order", "revenue per order")
	m(price, "price", "prices", "list price", "list prices", "unit price", "unit prices")
	m(averagePrice, "average price", "average prices", "average list price", "average unit price", "avg price", "mean price")
	m(stock, "stock", "in stock", "units in stock", "stock level", "stock levels", "inventory", "stocks")
	m(customers, "customer count", "client count")
	m(products, "product count")
	m(suppliers, "supplier count")
	m(employees, "employee count", "headcount")
	f := func(f trait, phrases ...string) { l.add(term{role: aTrait, trait: f}, phrases...) }
	f(discontinued, "discontinued", "no longer sold")
	f(reorder, "to be reordered", "need reordering", "needs reordering", "need to be reordered",
		"should be reordered", "must be reordered", "need to reorder", "should we reorder", "reorder")
	for _, than := range []string{"below", "under", "less than", "lower than"} {
		f(belowLevel, than+" reorder level", than+" reorder levels", than+" the reorder level", than+" its reorder level", than+" their reorder level", than+" their reorder levels")
	}
	f(late, "late", "shipped late", "shipped too late", "delayed", "were late", "overdue shipments")
	f(unshipped, "not shipped", "not yet shipped", "not been shipped", "not shipped yet", "unshipped", "not yet been shipped",
		"still open", "open", "pending", "waiting to be shipped")
}

func addNouns(l lexicon) {
	n := func(k kind, one, many []string) {
		l.add(term{role: aNoun, kind: k}, one...)
		l.add(term{role: aNoun, kind: k, many: true}, many...)
	}
	n(year, []string{"year"}, []string{"years"})
	n(quarter, []string{"quarter"}, []string{"quarters"})
	n(month, []string{"month"}, []string{"months"})
	n(country, []string{"country", "nation"}, []string{"countries", "nations"})
	n(category, []string{"category", "product category"}, []string{"categories", "product categories"})
	n(product, []string{"product", "item", "article"}, []string{"products", "items", "articles"})
	n(customer, []string{"customer", "client", "buyer"}, []string{"customers", "clients", "buyers"})
	n(employee, []string{"employee", "salesperson", "sales person", "salesman", "saleswoman", "sales rep", "sales representative", "seller"},
		[]string{"employees", "salespeople", "sales people", "sales reps", "sales representatives", "sellers", "staff"})
	n(shipper, []string{"shipper", "carrier", "shipping company"}, []string{"shippers", "carriers", "shipping companies"})
	n(supplier, []string{"supplier", "vendor"}, []string{"suppliers", "vendors"})
	l.add(term{role: per, kind: year}, "yearly", "annual", "annually")
	l.add(term{role: per, kind: quarter}, "quarterly")
	l.add(term{role: per, kind: month}, "monthly")
	l.add(term{role: per, number: trend}, "over time", "trend", "trends")
}

func addRanks(l lexicon) {
	l.add(term{role: aRank, rank: top}, "top", "best", "highest", "largest", "biggest", "most", "greatest", "leading", "strongest",
		"best selling", "bestselling", "top selling", "most valuable", "the most")
	l.add(term{role: aRank, rank: bottom}, "bottom", "worst", "lowest", "smallest", "least", "fewest", "weakest", "worst selling", "the least")
	l.add(term{role: aRank, rank: top, measure: price}, "most expensive", "priciest", "dearest")
	l.add(term{role: aRank, rank: bottom, measure: price}, "cheapest", "least expensive")
	l.add(term{role: aRank, rank: top, measure: units}, "most popular")
	l.add(term{role: aRank, rank: bottom, measure: units}, "least popular")
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
}

func addReserved(l lexicon) {
	r := func(reason string, phrases ...string) { l.add(term{role: reserved, reason: reason}, phrases...) }
	r("The database holds no costs, so profit cannot be worked out; it does have sales.",
		"profit", "profits", "profitable", "profitability", "margin", "margins", "cost", "costs", "earn", "earned", "earnings", "income", "make", "made", "money", "loss", "losses")
	r("I only report what happened and cannot look ahead.",
		"forecast", "forecasts", "predict", "prediction", "projection", "projected", "expect", "expected", "next", "future", "will")
	r("Relative dates have no fixed meaning here; please name a year, such as 1997.",
		"last", "this", "past", "previous", "current", "recent", "recently", "today", "yesterday", "now", "ytd", "latest", "ago")
	r("I cannot leave things out; I can only pick what is named.",
		"not", "no", "without", "except", "excluding", "never", "other than", "but", "neither", "nor", "none", "nobody", "nothing", "didn't", "don't", "doesn't", "haven't", "weren't", "isn't", "non")
	r("I cannot compare with a threshold or between groups; I can rank, as in “top 5 customers”.",
		"more", "less", "fewer", "greater", "over", "under", "above", "below", "exceed", "exceeding", "at least", "at most", "than")
	r("I do not work out shares, growth or other statistics beyond sums, counts and a few averages.",
		"percent", "percentage", "share", "shares", "growth", "grow", "grew", "grown", "change", "changed", "difference", "increase", "decrease", "ratio", "median", "average", "averages", "avg", "mean", "cumulative", "running", "correlation", "rate", "variance")
	r("I can group by year, quarter or month, but not by shorter spans.",
		"day", "days", "daily", "week", "weeks", "weekly", "weekday", "weekdays", "weekend", "hour", "hours")
	r("I can filter by country, but not by city, region or continent.",
		"city", "cities", "region", "regions", "state", "states of", "continent", "territory", "territories", "regional")
	r("I date an order by when it was placed, not by when it was shipped.",
		"shipped", "ship", "ships", "delivered", "deliver", "delivery", "deliveries", "shipments", "shipment")
	r("“Ordered” could mean orders, units or money; please say “orders”, “units” or “sales”.",
		"ordered", "ordering")
	r("Sales here are always after discounts.",
		"gross", "discount", "discounts", "before discount", "before discounts", "list value")
	r("I choose the order of rows myself; “top” and “bottom” turn it round.",
		"order by", "ordered by", "sort", "sorted", "sort by", "sorted by", "ascending", "descending")
	r("I only read; nothing in the database can be changed from here.",
		"delete", "drop", "insert", "update", "create", "alter", "truncate", "remove", "set")
}
