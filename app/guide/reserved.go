package guide

// addReserved adds words that are well known and not to be had, with the reason.
func addReserved(l lexicon) {
	r := func(reason string, phrases ...string) { l.add(term{role: reserved, reason: reason}, phrases...) }
	r("The database holds no costs, so profit cannot be worked out; it does have sales.",
		"profit", "profits", "profitable", "profitability", "margin", "margins", "cost", "costs", "earn", "earned", "earnings", "income", "make", "made", "money", "loss", "losses")
	r("I only report what happened and cannot look ahead.",
		"forecast", "forecasts", "predict", "prediction", "projection", "projected", "expect", "expected", "next", "future", "will")
	r("Relative dates have no fixed meaning here; please name a year, such as 1997.",
		"last", "this", "past", "previous", "prior", "current", "currently", "recent", "recently", "today", "yesterday", "tomorrow", "now", "ytd", "latest", "ago", "earlier", "later", "so far", "to date", "nowadays")
	r("I can rank by figures, but not by dates.",
		"first", "earliest", "newest", "oldest", "second", "third")
	l.add(term{role: leavesOut, reason: "I can leave out what has a name, as in “sales outside Germany”, and nothing else."},
		"not", "without", "except", "except for", "excluding", "other than", "but not", "outside", "outside of", "apart from")
	r("I can leave out what has a name, as in “sales outside Germany”, and nothing else.",
		"no", "never", "but", "neither", "nor", "none", "nobody", "nothing", "didn't", "don't", "doesn't", "haven't", "weren't", "isn't", "non")
	const threshold = "I can compare a figure with a number, as in “customers with sales over 10000”, or rank, as in “top 5 customers”."
	for op, phrases := range map[string][]string{
		">": {"more than", "over", "above", "greater than", "higher than", "exceeding", "larger than", ">"}, ">=": {"at least"},
		"<": {"less than", "fewer than", "under", "below", "lower than", "smaller than", "<"}, "<=": {"at most"},
	} {
		l.add(term{role: comparing, op: op, reason: threshold}, phrases...)
	}
	r(threshold,
		"more", "less", "fewer", "greater", "exceed", "than", "exactly", "minimum", "maximum", "min", "max", "up", "higher", "lower", "larger", "smaller", "better", "worse")
	r("I do not work out statistics beyond sums, counts, averages, shares and growth.",
		"ratio", "median", "cumulative", "running", "correlation", "variance", "standard deviation", "moving average", "rolling", "year to date", "compound", "cagr", "index", "times")
	r("I can group by year, quarter, month or day, but not by other spans.",
		"week", "weeks", "weekly", "weekday", "weekdays", "weekend", "hour", "hours")
	r("I can filter by country or city, but not by region or continent.",
		"region", "regions", "state", "states of", "continent", "territory", "territories", "regional")
	r("I date an order by when it was placed; by when it was shipped I can count and list orders, as in “orders shipped in 1997”.",
		"shipped", "ship", "ships", "delivered", "deliver", "delivery", "deliveries", "arrived")
	r("“Ordered” could mean orders, units or money; please say “orders”, “units” or “sales”.",
		"ordered", "ordering", "to order")
	r("I show figures side by side, but do not calculate with them.",
		"plus", "minus", "net of", "divided by", "multiplied by", "sum of", "less freight", "including freight", "incl", "combined", "together")
	r("I show discounts as an amount; a discount rate could be meant per line or of all sales.",
		"average discount", "avg discount", "discount rate", "average discounts", "discounted", "mean discount", "discount percentage", "discount percent")
	r("I choose the order of rows myself; “top” and “bottom” turn it round.",
		"order by", "ordered by", "sort", "sorted", "sort by", "sorted by", "ascending", "descending")
	r("I do not know what that refers to; please ask the whole question.",
		"it", "its", "that", "those", "these", "them", "they", "their", "ones", "such", "same", "respectively", "former", "latter", "he", "she", "his", "her", "others", "other", "rest", "else", "also", "too", "instead", "only", "just", "again", "still")
	r("I only read; nothing in the database can be changed from here.",
		"delete", "drop", "insert", "update", "create", "alter", "truncate", "remove", "set")
}
