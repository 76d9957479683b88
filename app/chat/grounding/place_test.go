package grounding_test

import "testing"

// A right value of a wrong row is doubted, and never taken for certain.
func TestValuesAreSaidOfTheirRows(t *testing.T) {
	check(t, []sentence{
		{
			name: "of another year", tables: "years",
			text: "Revenue was 617,085.20 in 1996. In 1998 there were 152 orders.",
			want: []string{"617,085.20 = cell 1:2.Revenue, astray", "1996 = cell 1:1.Year", "1998 = cell 1:3.Year", "152 = cell 1:1.Orders, astray"},
		},
		{
			name: "exchanged", tables: "countries",
			text: "Germany: 245,584.61; USA: 230,284.63. Austria has 83 orders and Brazil 40.",
			want: []string{
				"245,584.61 = cell 1:1.Revenue, rounded, astray", "230,284.63 = cell 1:2.Revenue, rounded, astray", "83 = cell 1:4.Orders, astray", "40 = cell 1:3.Orders, astray",
			},
		},
		{
			name: "of a row that is elsewhere", tables: "countries",
			text: "Norway leads with 122 orders, and accounts for 19.4% of revenue.",
			want: []string{"122 = cell 1:1,2.Orders, astray", "19.4% = share 1:1.Revenue / 1:*.Revenue, rounded, astray"},
		},
		{
			name: "in a table and a list", tables: "countries",
			text: "| Country | Revenue |\n|---|---|\n| Germany | 245,584.61 |\n| USA | 245,584.61 |\n\n- **Austria**\n  - Revenue: 106,925.78\n- **Brazil**\n  - Revenue: 106,925.78",
			want: []string{
				"245,584.61 = cell 1:1.Revenue, rounded, astray", "245,584.61 = cell 1:1.Revenue, rounded", "106,925.78 = cell 1:4.Revenue, rounded, astray", "106,925.78 = cell 1:4.Revenue, rounded",
			},
		},
		{
			name: "of the order named by its number", tables: "orders",
			text: "Order 10248 had freight of 11.61, order 10249 of 11.61.",
			want: []string{"10248 = cell 1:1.OrderID", "11.61 = cell 1:2.Freight, astray", "10249 = cell 1:2.OrderID", "11.61 = cell 1:2.Freight"},
		},
		{
			name: "what is named at once, in turn, before and after", tables: "years",
			text: "In 1996, 1997 and 1998 it was 208,083.97, 617,085.20 and 440,623.87. It rose from 208,083.97 to 617,085.20 in 1997, or 208,083.97 (1996) to 617,085.20 (1997). 1997 brought 617,085.20, against 208,083.97 the year before.",
			want: []string{
				"1996 = cell 1:1.Year", "1997 = cell 1:2.Year", "1998 = cell 1:3.Year", "208,083.97 = cell 1:1.Revenue", "617,085.20 = cell 1:2.Revenue", "440,623.87 = cell 1:3.Revenue",
				"208,083.97 = cell 1:1.Revenue", "617,085.20 = cell 1:2.Revenue", "1997 = cell 1:2.Year", "208,083.97 = cell 1:1.Revenue", "1996 = cell 1:1.Year", "617,085.20 = cell 1:2.Revenue", "1997 = cell 1:2.Year",
				"1997 = cell 1:2.Year", "617,085.20 = cell 1:2.Revenue", "208,083.97 = cell 1:1.Revenue",
			},
		},
		{
			name: "names of two columns name a row together", tables: "customers",
			text: "QUICK-Stop in Germany has 110,277.31, Königlich Essen in Germany 110,277.31.",
			want: []string{"110,277.31 = cell 1:1.Revenue", "110,277.31 = cell 1:1.Revenue, astray"},
		},
	})
}

// A rise is no fall. Words that stand farther off are not believed.
func TestChangesHaveADirection(t *testing.T) {
	check(t, []sentence{
		{
			name: "wrong ones", tables: "years",
			text: "Revenue fell 196.6% from 1996 to 1997. It grew by about 28.6% from 1997 to 1998. It stieg 1998 um 28,6 %. It was 28.6% higher in 1998 than in 1997.",
			want: []string{
				"1996 = cell 1:1.Year", "1997 = cell 1:2.Year", "1997 = cell 1:2.Year", "1998 = cell 1:3.Year", "1998 = cell 1:3.Year", "1998 = cell 1:3.Year", "1997 = cell 1:2.Year",
				"196.6% not found", "28.6% not found", "28,6 % not found", "28.6% not found",
			},
		},
		{
			name: "right ones", tables: "years",
			text: "Revenue grew 196.6% from 1996 to 1997, and fell by 28.6% to 1998. A drop of 28.6%: 1998 is 28.6% lower than 1997. 1997 made up 48.8% of it.",
			want: []string{
				"196.6% = growth 1:2.Revenue / 1:1.Revenue, rounded", "1996 = cell 1:1.Year", "1997 = cell 1:2.Year", "28.6% = growth 1:3.Revenue / 1:2.Revenue, rounded", "1998 = cell 1:3.Year",
				"28.6% = growth 1:3.Revenue / 1:2.Revenue, rounded", "1998 = cell 1:3.Year", "28.6% = growth 1:3.Revenue / 1:2.Revenue, rounded", "1997 = cell 1:2.Year",
				"1997 = cell 1:2.Year", "48.8% = share 1:2.Revenue / 1:*.Revenue, rounded",
			},
		},
		{
			name: "of differences the time decides, and a wrong one is doubted", tables: "years",
			text: "Revenue fell by 409,001.23 from 1996 to 1997. It fell by 176,461.33 from 1997 to 1998. It grew by 176,461.33 from 1997 to 1998.",
			want: []string{
				"409,001.23 = difference 1:2.Revenue / 1:1.Revenue, astray", "1996 = cell 1:1.Year", "1997 = cell 1:2.Year",
				"176,461.33 = difference 1:2.Revenue / 1:3.Revenue", "1997 = cell 1:2.Year", "1998 = cell 1:3.Year",
				"176,461.33 = difference 1:2.Revenue / 1:3.Revenue, astray", "1997 = cell 1:2.Year", "1998 = cell 1:3.Year",
			},
		},
	})
}

// A day that is said of a row with dates is one of that row's dates.
func TestDaysAreThoseOfTheirRows(t *testing.T) {
	check(t, []sentence{
		{
			name: "right, of another row, of no row", tables: "orders",
			text: "Order 10248 was placed on 4 July 1996 and shipped on 1996-07-16. Order 10248 was placed on 5 July 1996. Order 10248 was shipped on 1996-08-16.",
			want: []string{
				"10248 = cell 1:1.OrderID", "4 July 1996 = cell 1:1.OrderDate", "1996-07-16 = cell 1:1.ShippedDate",
				"10248 = cell 1:1.OrderID", "5 July 1996 = cell 1:2.OrderDate, astray", "10248 = cell 1:1.OrderID", "1996-08-16 not found",
			},
		},
		{
			name: "spans, the day of the answer, what was asked for, and no row", tables: "orders", given: "What of order 10248 on 3 May 2001?",
			text: "Order 10248, as of 2024-05-06, is the first from 1996-07-01 to 1996-07-31. On 3 May 2001 order 10248 was old. It began on 2 February 1995.",
			want: []string{"10248 = cell 1:1.OrderID", "10248 = cell 1:1.OrderID"},
		},
	})
}
