package grounding_test

import "testing"

func TestBoundsHoldForTheCellThatIsNamed(t *testing.T) {
	check(t, []sentence{
		{
			name: "broken ones are listed", tables: "years",
			text: "Revenue was over 700,000 in 1997. Revenue was under 600,000 in 1997. Up to 300,000 in revenue came in 1998. Orders in 1996 topped 200.",
			want: []string{
				"1997 = cell 1:2.Year", "1997 = cell 1:2.Year", "1998 = cell 1:3.Year", "1996 = cell 1:1.Year",
				"700,000 not found", "600,000 not found", "300,000 not found", "200 not found",
			},
		},
		{
			name: "others are not", tables: "years",
			text: "Revenue was over 600,000 in 1997 and under 500,000 in 1998. It was never over 700,000 in 1997. In 1997 customers with over 700,000 in revenue got a card. Nobody had more than 900,000.",
			want: []string{"1997 = cell 1:2.Year", "1998 = cell 1:3.Year", "1997 = cell 1:2.Year", "1997 = cell 1:2.Year"},
		},
		{
			name: "without the name of a column, those of that size count", tables: "years",
			text: "It was over 700,000 in 1997. It was over 400 in 1997.",
			want: []string{"1997 = cell 1:2.Year", "1997 = cell 1:2.Year", "700,000 not found"},
		},
		{
			name: "ranges", tables: "years",
			text: "In 1997 it was 600k–620k. In 1997 it was 608k–610k. Revenue was between 200,000 and 700,000. It rose from 208,083.97 to 700,000.",
			want: []string{
				"1997 = cell 1:2.Year", "600k = cell 1:2.Revenue, rounded, rescaled, weak", "620k = cell 1:2.Revenue, rounded, rescaled, weak", "1997 = cell 1:2.Year",
				"200,000 = cell 1:1,2,3.Revenue, rounded, weak", "700,000 = cell 1:1,2,3.Revenue, rounded, weak", "208,083.97 = cell 1:1.Revenue",
				"608k not found", "610k not found", "700,000 not found",
			},
		},
	})
}

func TestCountsOfWhatATableLists(t *testing.T) {
	check(t, []sentence{
		{
			name: "of all", tables: "countries",
			text: "There are 21 countries. There are 23 countries. There are 12 countries in the data. It has 25 different countries.",
			want: []string{"21 = count 1:*", "23 not found", "12 not found", "25 not found"},
		},
		{
			name: "of some, which nothing can check", tables: "countries",
			text: "13 countries have fewer than 50 orders. There are 15 countries with less than 50. The top 5 countries lead, and 18 countries follow.",
		},
		{
			name: "of years, and of what no table lists", tables: "years",
			text: "There are 3 years. There are 5 years in the data. We had 12 employees. There are 7 ways to see it, and 2 reasons. We have 4 ideas.",
			want: []string{"3 = count 1:*", "5 not found", "12 not found"},
		},
		{
			name: "of different values in a column", tables: "customers",
			text: "The 10 customers are from 7 countries. There are 7 countries. There are 8 countries.",
			want: []string{"10 = count 1:*", "7 = count 1:*.Country", "7 = count 1:*.Country", "8 not found"},
		},
	})
}

func TestWhatASentenceAsksFor(t *testing.T) {
	check(t, []sentence{
		{
			name: "a year by its months and quarters", tables: "years",
			text: "In 1997 that is 51,423.77 a month and 154,271.30 a quarter. Monthly average of 1997: 51,423.77. It is not 51,432.77 per month in 1997.",
			want: []string{
				"1997 = cell 1:2.Year", "51,423.77 = average 1:2.Revenue, rounded", "154,271.30 = average 1:2.Revenue", "1997 = cell 1:2.Year", "51,423.77 = average 1:2.Revenue, rounded",
				"1997 = cell 1:2.Year", "51,432.77 not found",
			},
		},
		{
			name: "the rest", tables: "countries",
			text: "All but the USA have 1,020,208.43. Excluding Germany and the USA the rest is 789,923.80 (62.4%). The other 18 countries make 52.3%. It is not 789,932.80.",
			want: []string{
				"1,020,208.43 = total 1:2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21.Revenue, rounded",
				"789,923.80 = total 1:3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21.Revenue, rounded",
				"62.4% = share 1:3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21.Revenue / 1:*.Revenue, rounded",
				"52.3% = share 1:4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21.Revenue / 1:*.Revenue, rounded",
				"789,932.80 not found",
			},
		},
		{
			name: "points between two shares", tables: "years",
			text: "The share of 1997 is 13.9 percentage points above that of 1998, not 24.9 percentage points.",
			want: []string{"1997 = cell 1:2.Year", "13.9 percentage points = difference 1:2.Revenue / 1:3.Revenue, rounded", "1998 = cell 1:3.Year", "24.9 percentage points not found"},
		},
		{
			name: "what the text works out", tables: "years",
			text: "1,265,793.04 / 22 = 57,536.05, but 1,265,793.04 / 22 = 57,636.05 is wrong. 12 × 37 = 444.",
			want: []string{"1,265,793.04 = total 1:*.Revenue", "57,536.05 = given", "1,265,793.04 = total 1:*.Revenue", "444 = given", "22 not found", "22 not found", "57,636.05 not found", "37 not found"},
		},
		{
			name: "what follows from the question", tables: "years", given: "What is 17 % of 1,250, and 1,250 + 399?",
			text: "They are 212.50 and 1,649. Not 1,659.",
			want: []string{"212.50 = given", "1,649 = given", "1,659 not found"},
		},
		{
			name: "nothing speaks for a share of few digits", tables: "years",
			text: "Tax is 19%.", want: []string{"19% not found"},
		},
	})
}
