package grounding_test

import "testing"

func TestNotations(t *testing.T) {
	check(t, []sentence{
		{
			name: "powers of ten", tables: "years",
			text: "In 1997: 6.17 × 10^5, 6.170852e5, 6.17·10⁵, 6.171 \\times 10^{5} and 617.0852e+3; not 6.18 × 10^5, 1e6 or 6.17 × 10^6.",
			want: []string{
				"1997 = cell 1:2.Year", "6.17 × 10^5 = cell 1:2.Revenue, rounded", "6.170852e5 = cell 1:2.Revenue", "6.17·10⁵ = cell 1:2.Revenue, rounded",
				"6.171 \\times 10^{5} = cell 1:2.Revenue, rounded", "617.0852e+3 = cell 1:2.Revenue",
				"6.18 × 10^5 not found", "1e6 not found", "6.17 × 10^6 not found",
			},
		},
		{
			name: "a scale after a space", tables: "years",
			text: "617.09 K or 0.62 M in 1997, 6171 hundred; not 617.19 K.",
			want: []string{
				"617.09 K = cell 1:2.Revenue, rounded, rescaled", "0.62 M = cell 1:2.Revenue, rounded, rescaled", "1997 = cell 1:2.Year", "6171 hundred = cell 1:2.Revenue, rounded, rescaled",
				"617.19 K not found",
			},
		},
		{
			name: "a scale that is announced once", tables: "years",
			text: "In thousands: 208, 617, 441, not 618.",
			want: []string{
				"208 = cell 1:1.Revenue, rounded, rescaled", "617 = cell 1:2.Revenue, rounded, rescaled", "441 = cell 1:3.Revenue, rounded, rescaled", "618 not found",
			},
		},
		{
			name: "thousands in digits, and what has another scale", tables: "years",
			text: "Values are in 1,000s: 617 for 1997, with 408 orders.",
			want: []string{"617 = cell 1:2.Revenue, rounded, rescaled", "1997 = cell 1:2.Year", "408 = cell 1:2.Orders"},
		},
		{
			name: "a scale in the head of a column", tables: "years",
			text: "| Year | Orders | Revenue ($k) |\n|---|---|---|\n| 1996 | 152 | 208.1 |\n| 1997 | 408 | 617.2 |",
			want: []string{
				"1996 = cell 1:1.Year", "152 = cell 1:1.Orders", "208.1 = cell 1:1.Revenue, rounded, rescaled", "1997 = cell 1:2.Year", "408 = cell 1:2.Orders", "617.2 not found",
			},
		},
		{
			name: "shares as parts of one", tables: "years",
			text: "1997 made up 0.4875 of all revenue, a share of 0.4916 of orders. Not 0.4775 of it.",
			want: []string{
				"1997 = cell 1:2.Year", "0.4875 = share 1:2.Revenue / 1:*.Revenue, rounded", "0.4916 = share 1:2.Orders / 1:*.Orders, rounded", "0.4775 not found",
			},
		},
		{
			name: "fractions", tables: "years",
			text: "1/2 of all revenue is of 1997, not 3/4 of it. It is open 24/7, see page 2/5; from 9/10 on.",
			want: []string{"1/2 = share 1:2.Revenue / 1:*.Revenue, rounded", "1997 = cell 1:2.Year", "3/4 not found", "9/10 not found"},
		},
		{
			name: "hexadecimal numbers", tables: "years",
			text: "It was 0x96A9D in 1997, and 0x198 orders. Error 0x80070005.",
			want: []string{"1997 = cell 1:2.Year", "0x198 = cell 1:2.Orders", "0x96A9D not found"},
		},
	})
}

// Numbers that say nothing of the data.
func TestAsides(t *testing.T) {
	check(t, []sentence{
		{name: "sections, standards, programs", tables: "years", text: "See section 3.2, version 1.14 and table 47, RFC 9457, ISO 8601, HTTP 404, Python 3.11, Go 1.26."},
		{name: "SQL", tables: "years", text: "I used LIMIT 100 and WHERE Freight > 4711 AND x BETWEEN 15 AND 37, HAVING SUM(x) >= 12345."},
		{name: "times and sizes of computers", tables: "years", text: "It took 4.01 ms, 350ms, and took 3.7 seconds and 16 GB."},
		{name: "telephones", tables: "years", text: "Call +1 (206) 555-9482, (206) 555-1234, 206-555-9482, +49 30 901820 or dial 0800 1234567."},
		{name: "temperatures", tables: "years", text: "At 20 °C, 68°F and −15.5 °C."},
		{name: "numbering in a line", tables: "years", text: "1) first, 2) second, 33) third."},
		{name: "rows that are shown", tables: "countries", text: "Rows 1 to 50; rows 51–100; 43 more; 15 of 21 rows; 57 others are not shown; up to 500 rows.", want: []string{"21 = count 1:*"}},
		{
			name: "but these are claims", tables: "years",
			text: "The price of 3.2, sold at 404 and 100, and 43 more orders than in 1997.",
			want: []string{"1997 = cell 1:2.Year", "3.2 not found", "404 not found", "100 not found", "43 not found"},
		},
		{
			name: "and these are in the data", tables: "years",
			text: "Section 408 stands, and +617 085.20 is no telephone.",
			want: []string{"408 = cell 1:2.Orders", "+617 085.20 = cell 1:2.Revenue"},
		},
	})
}
