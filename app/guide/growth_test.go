package guide

import "fmt"

// growthTable is what people ask about changes between times. The data begin on 4 July
// 1996 and end on 6 May 1998, so years are compared over the days that both have.
func growthTable() []asking {
	// between sets a figure of two conditions side by side, for all or by column.
	between := func(figure, from, column, as, a, b, labelA, labelB, tail string) string {
		side := func(where string) string {
			return `SELECT ` + column + ` AS k, ` + figure + ` AS f FROM ` + from + ` WHERE ` + where + ` GROUP BY 1`
		}
		group := ""
		if as != "" {
			group = "k AS " + as + ", "
		}
		return fmt.Sprintf(`WITH a AS (%s), b AS (%s), keys AS (SELECT k FROM a UNION SELECT k FROM b), both AS (
			SELECT k, coalesce(a.f,0) AS fa, coalesce(b.f,0) AS fb FROM keys LEFT JOIN a USING (k) LEFT JOIN b USING (k))
			SELECT %s fa AS "%s", fb AS "%s", round(fb-fa,2) AS Change, round(100.0*(fb-fa)/nullif(fa,0),1) AS "Growth %%" FROM both %s`, side(a), side(b), group, labelA, labelB, tail)
	}
	const (
		money  = "round(sum(t),2)"
		second = "y='1996'"
		third  = "y='1997' AND OrderDate>='1997-07-04'"
		early  = "y='1997' AND OrderDate<='1997-05-06'"
		last   = "y='1998'"
		in1996 = "4 Jul to 31 Dec 1996"
		in1997 = "4 Jul to 31 Dec 1997"
		to1997 = "1 Jan to 6 May 1997"
		to1998 = "1 Jan to 6 May 1998"
	)
	lines := "round(sum(v),2)"
	all := func(figure, a, b, labelA, labelB string) string {
		return between(figure, "w", "1", "", a, b, labelA, labelB, "")
	}
	steps := func(column, figure, from, to string) string {
		return `WITH f AS (SELECT ` + column + ` AS k, ` + figure + ` AS f FROM w WHERE ` + column + ` BETWEEN '` + from + `' AND '` + to + `' GROUP BY 1), p AS (SELECT k, lag(f) OVER (ORDER BY k) AS a, f AS b FROM f)
			SELECT a AS "Before", b AS "After", round(b-a,2) AS Change, round(100.0*(b-a)/a,1) AS "Growth %" FROM p WHERE a IS NOT NULL ORDER BY k`
	}
	years := `SELECT "` + in1996 + `" AS "Before", "` + in1997 + `" AS "After", Change, "Growth %" FROM (` + all(money, second, third, in1996, in1997) + `) UNION ALL
		SELECT * FROM (` + all(money, early, last, to1997, to1998) + `)`
	return []asking{
		{"sales growth from 1996 to 1997", all(money, second, third, in1996, in1997)},
		{"how much did sales grow from 1997 to 1998", all(money, early, last, to1997, to1998)},
		{"how much did sales grow between 1996 and 1997?", all(money, second, third, in1996, in1997)},
		{"sales growth by year", years},
		{"year over year sales growth", years},
		{"annual growth in revenue", years},
		{"growth of orders in 1998", all("count(*)", early, last, to1997, to1998)},
		{"sales growth in 1997", all(money, second, third, in1996, in1997)},
		{"sales growth by category from 1996 to 1997", between(lines, "l", "CategoryName", "Category", second, third, in1996, in1997, "ORDER BY 5 DESC")},
		{"sales growth by quarter", steps("yq", money, "1996-Q4", "1998-Q1")},
		{"quarterly growth of orders in 1997", steps("yq", "count(*)", "1997-Q1", "1997-Q4")},
		{"monthly sales growth in 1997", steps("ym", money, "1997-01", "1997-12")},
		{"month over month growth in sales from January to April 1998", steps("ym", money, "1998-01", "1998-04")},
		{"growth in sales between Q1 1997 and Q1 1998", all(money, "yq='1997-Q1'", "yq='1998-Q1'", "Q1 1997", "Q1 1998")},
		{"change in orders from March 1997 to March 1998", all("count(*)", "ym='1997-03'", "ym='1998-03'", "March 1997", "March 1998")},
		{"which country had the highest sales growth from 1997 to 1998", between(lines, "l", "ShipCountry", "Country", early, last, to1997, to1998, "ORDER BY 5 DESC LIMIT 1")},
		{"top 5 products by sales growth from Q1 1997 to Q1 1998", between(lines, "l", "ProductName", "Product", "yq='1997-Q1'", "yq='1998-Q1'", "Q1 1997", "Q1 1998", "WHERE fa>0 ORDER BY 5 DESC LIMIT 5")},
		{"fastest growing category by sales from 1996 to 1997", between(lines, "l", "CategoryName", "Category", second, third, in1996, in1997, "ORDER BY 5 DESC LIMIT 1")},
		{"difference in sales between 1996 and 1997", all(money, second, third, in1996, in1997)},
		{"how much did freight increase from Q4 1997 to Q1 1998", all("round(sum(Freight),2)", "yq='1997-Q4'", "yq='1998-Q1'", "Q4 1997", "Q1 1998")},
		{"growth of average order value from 1997 to 1998", all("round(avg(t),2)", early, last, to1997, to1998)},
		{"sales growth in Germany from 1997 to 1998", all(money, early+" AND ShipCountry='Germany'", last+" AND ShipCountry='Germany'", to1997, to1998)},
		{"sales in 1997 compared to the previous year", all(money, second, third, in1996, in1997)},
		{"orders in Q1 1998 compared with the year before", all("count(*)", "yq='1997-Q1'", "yq='1998-Q1'", "Q1 1997", "Q1 1998")},
		{"growth of sales from May 1997 to May 1998", all(money, "ym='1997-05' AND OrderDate<='1997-05-06'", "ym='1998-05'", "1 to 6 May 1997", "1 to 6 May 1998")},
		{"sales growth from H1 1997 to H2 1997", all(money, "ym BETWEEN '1997-01' AND '1997-06'", "ym BETWEEN '1997-07' AND '1997-12'", "H1 1997", "H2 1997")},
		{"growth of units of Chai from Q1 1997 to Q1 1998", between("sum(q)", "l", "1", "", "ProductName='Chai' AND yq='1997-Q1'", "ProductName='Chai' AND yq='1998-Q1'", "Q1 1997", "Q1 1998", "")},
		{"bottom 3 employees by sales growth from 1997 to 1998", between(lines, "l", "Employee", "Employee", early, last, to1997, to1998, "ORDER BY 5 LIMIT 3")},
		{"sales growth for Germany and France from 1997 to 1998", between(lines, "l", "ShipCountry", "Country", early+" AND ShipCountry IN ('Germany','France')", last+" AND ShipCountry IN ('Germany','France')", to1997, to1998, "ORDER BY 5 DESC")},
		{"change in sales by shipper from Q1 1997 to Q1 1998", between(lines, "l", "Shipper", "Shipper", "yq='1997-Q1'", "yq='1998-Q1'", "Q1 1997", "Q1 1998", "ORDER BY 4 DESC")},
		{"which category had the biggest increase in sales from 1996 to 1997", between(lines, "l", "CategoryName", "Category", second, third, in1996, in1997, "ORDER BY 4 DESC LIMIT 1")},
	}
}
