package grounding_test

import "testing"

// What has digits and is no figure, or claims nothing.
func TestNotEveryDigitIsAFigure(t *testing.T) {
	check(t, []sentence{
		{name: "code, with SQL", tables: "years", text: "```sql\nSELECT 12345 FROM t LIMIT 678\n```\nSee `id 4711` and ``a ` 99``.\n\n    42424 in indented code\n\n~~~\n5555"},
		{name: "addresses", tables: "years", text: "See [the page](https://example.com/2345/678?x=910), <https://example.com/777>, https://example.com/888 and ![alt](a456.png)."},
		{name: "tags, entities, footnotes", tables: "years", text: "A<br width=\"345\">B &#8239; C[^678] <!-- 999 --> D"},
		{name: "words and versions", tables: "years", text: "B2B, Q3, Covid-19, order_4711, v1.22.333, 10.0.0.17, x^200, #345, F16s, 3D, A4."},
		{name: "dates and times", tables: "years", text: "Between 1999-07-04, 4 July 1999, July 4, 1999, 4. Juli 1999, 1er août 1999, 04.07.1999, 7/4/99, 1999-07-04T10:30:00Z, Q2 1999, 1999-Q2, 1999/00, April 1999 and 10:30:15."},
		{name: "years", tables: "countries", text: "From 1999 to 2001, since 2005."},
		{name: "numbers of lists, headings and ordinals", tables: "years", text: "## 345. Results\n\n## 2.1 More\n\n100. first\n101. second\n102) third\n\nThe 33rd and the 21st, 2e, 45th."},
		{name: "counts of what was asked for", tables: "years", text: "Here are the top 25, the last 90 days, the 20 best, row 17, a 36-month view, 7 products and 12 things."},
		{name: "bounds", tables: "years", text: "Customers with more than 500 orders, at least 50, fewer than 10,000."},
		{name: "proportions", tables: "years", text: "The odds were 3:17 and 16:9."},
		{name: "nothing and all", tables: "years", text: "0 %, 100 % and 0 of them."},
		{name: "codes that begin with zero", tables: "years", text: "Part 00917, phone 030-0074321."},
		{
			name: "but these are", tables: "years",
			text: "They had 13 clients, 7.5 hours, 12 %, $5, 3,000 parts, 25kg and 5 million.",
			want: []string{"13 not found", "7.5 not found", "12 % not found", "$5 not found", "3,000 not found", "25 not found", "5 million not found"},
		},
		{
			name: "in a table of the answer every number is a claim, except those that number the rows", tables: "reorder",
			text: "| # | Product | In stock |\n|--:|---|--:|\n| 1 | Gorgonzola Telino | 0 |\n| 2 | Sir Rodney's Scones | 7 |\n| 3 | Longlife Tofu | 4 |",
			want: []string{"0 = cell 1:1.UnitsInStock, weak", "4 = cell 1:4.UnitsInStock, weak", "7 not found"},
		},
		{
			name: "digits in a name of the data", tables: "labels",
			text: "Route 66 Diner bought 1,204 units, Area 51 Store 377 and Bob 4711.",
			want: []string{"1,204 = cell 1:1.Units", "377 = cell 1:2.Units", "4711 not found"},
		},
		{
			name: "what the person said", tables: "customers", given: "Who bought for more than 15,250 or 0.5 million?",
			text: "Nobody in the list is under 15,250, and none above 500,000. The limit of 15,251 is not yours.",
			want: []string{"15,250 = given", "500,000 = given", "15,251 not found"},
		},
		{name: "no digits at all", tables: "years", text: "Two of three, and a million thanks."},
		{name: "no text", tables: "years"},
		{name: "no tables", text: "It was 4711 and 12.", want: []string{"4711 not found"}},
	})
}

// Cells as databases give them: numbers as strings, dates, codes, nulls, booleans.
func TestCellsOfManyKinds(t *testing.T) {
	check(t, []sentence{
		{
			name: "strings and dates", tables: "orders",
			text: "Order 10248 went to 51100 for 32.38; order 10259 to 05022 on 25 July 1996 for 3.25; order 10254 to 3012. There is no order 10999.",
			want: []string{
				"10248 = cell 1:1.OrderID", "51100 = cell 1:1.ShipPostalCode", "32.38 = cell 1:1.Freight", "10259 = cell 1:12.OrderID", "05022 = cell 1:12.ShipPostalCode", "25 July 1996 = cell 1:12.ShippedDate",
				"3.25 = cell 1:12.Freight", "10254 = cell 1:7.OrderID", "3012 = cell 1:7.ShipPostalCode", "10999 not found",
			},
		},
		{
			name: "formatted strings, large integers, fractions, nulls and booleans", tables: "kinds",
			text: "Alpha: 9007199254740993, not 9007199254740992; 18.00 and 1,234.50, with 15 % off, 45.2 % of all. Beta: 1234567890123456789, $99.99, 7.5 %, 54.8%. The values are true and null, 1.5e3 or 1,500.",
			want: []string{
				"9007199254740993 = cell 1:1.Big", "18.00 = cell 1:1.Price", "1,234.50 = cell 1:1.Paid", "15 % = cell 1:1.Discount, rescaled", "45.2 % = cell 1:1.Share",
				"1234567890123456789 = cell 1:2.Big", "$99.99 = cell 1:2.Paid", "7.5 % = cell 1:2.Discount, rescaled", "54.8% = cell 1:2.Share", "1.5e3 = cell 1:2.Exp", "1,500 = cell 1:2.Exp",
				"9007199254740992 not found",
			},
		},
		{
			name: "columns in millions", tables: "millions",
			text: "Europe made 1.27 million and Asia 3,456,000; Africa 2.27 million.",
			want: []string{"1.27 million = cell 1:1.Revenue (million)", "3,456,000 not found", "2.27 million not found"},
		},
		{
			name: "months and quarters name their rows", tables: "months",
			text: "In April 1997 there were 31 orders; in December 1997 48, 14 more than in 1997-11.",
			want: []string{"31 = cell 1:4.Orders", "48 = cell 1:12.Orders", "14 = difference 1:12.Orders / 1:11.Orders, weak"},
		},
		{
			name: "a year beside a quarter names the row, too", tables: "quarters",
			text: "Q3 1997 brought 104 orders, Q2 1997 only 93.",
			want: []string{"104 = cell 1:3.Orders", "93 = cell 1:2.Orders"},
		},
	})
}
