package grounding_test

import "testing"

// Whole answers as models write them.
func TestWholeAnswers(t *testing.T) {
	check(t, []sentence{
		{
			name: "an analysis with a table, lists and one invention", tables: "countries years", given: "How do our markets compare? Ignore those under 50 orders.",
			text: `## Revenue by country

The **USA** and **Germany** lead with 122 orders each. Together they account for 475,869.24, or 37.6% of total revenue (1,265,793.04) [1:*].

| Rank | Country | Orders | Revenue | Share |
|-----:|---------|-------:|--------:|------:|
| 1 | USA | 122 | $245,584.61 | 19.4% |
| 2 | Germany | 122 | $230,284.63 | 18.2% |
| 3 | Austria | 40 | $128,003.84 | 10.1% |
| 4 | Brazil | 83 | $106,925.78 | 8.4% |

Key points:

- **Austria** makes 128k from only 40 orders, i.e. 3,200.10 per order [1:3], versus 2,012.99 in the USA.
- **Norway** is last but one with 6 orders; **Poland** has the least revenue, 3,531.95 [1:20].
- By year:
  - 1996: 208,083.97 [2:1]
  - 1997: 617,085.20 [2:2], +196.6%
  - 1998: 440,623.87 [2:3], a decline of 28.6%

With a target of 50 orders, only 7 countries remain. Our margin was 23.7%, see [the report](https://example.com/2024/12).`,
			want: []string{
				"122 = cell 1:1,2.Orders",
				"475,869.24 = total 1:1,2.Revenue, rounded",
				"37.6% = share 1:1,2.Revenue / 1:*.Revenue, rounded",
				"1,265,793.04 = total 1:*.Revenue, rounded, cited right",
				"122 = cell 1:1.Orders", "$245,584.61 = cell 1:1.Revenue, rounded", "19.4% = share 1:1.Revenue / 1:*.Revenue, rounded",
				"122 = cell 1:2.Orders", "$230,284.63 = cell 1:2.Revenue, rounded", "18.2% = share 1:2.Revenue / 1:*.Revenue, rounded",
				"40 = cell 1:3.Orders", "$128,003.84 = cell 1:3.Revenue, rounded", "10.1% = share 1:3.Revenue / 1:*.Revenue, rounded",
				"83 = cell 1:4.Orders", "$106,925.78 = cell 1:4.Revenue, rounded", "8.4% = share 1:4.Revenue / 1:*.Revenue, rounded",
				"128k = cell 1:3.Revenue, rounded, rescaled", "40 = cell 1:3.Orders", "3,200.10 = ratio 1:3.Revenue / 1:3.Orders, rounded, cited right",
				"2,012.99 = ratio 1:1.Revenue / 1:1.Orders, rounded",
				"6 = cell 1:20.Orders", "3,531.95 = cell 1:21.Revenue, cited wrong",
				"1996 = cell 2:1.Year", "208,083.97 = cell 2:1.Revenue, cited right", "1997 = cell 2:2.Year", "617,085.20 = cell 2:2.Revenue, cited right", "+196.6% = growth 2:2.Revenue / 2:1.Revenue, rounded",
				"1998 = cell 2:3.Year", "440,623.87 = cell 2:3.Revenue, cited right", "28.6% = growth 2:3.Revenue / 2:2.Revenue, rounded",
				"50 = given",
				"23.7% not found",
				"[1:*] right", "[1:3] right", "[1:20] wrong elsewhere", "[2:1] right", "[2:2] right", "[2:3] right",
			},
		},
		{
			name: "an answer in German with a wrong figure in its table", tables: "customers",
			text: `Die **drei größten Kunden** sind:

1. QUICK-Stop (Deutschland): 110.277,31 € bei 28 Bestellungen
2. Ernst Handel (Österreich): 104.874,98 € bei 30 Bestellungen
3. Save-a-lot Markets (USA): 104.631,95 € bei 31 Bestellungen

Zusammen sind das rund 319.500 €, also 56,0 % der 570.145,06 €, die die zehn größten Kunden einbrachten. Der durchschnittliche Auftragswert von QUICK-Stop liegt bei 3.938,48 €.`,
			want: []string{
				"110.277,31 € = cell 1:1.Revenue", "28 = cell 1:1.Orders", "104.874,98 € = cell 1:2.Revenue", "30 = cell 1:2.Orders", "31 = cell 1:3.Orders",
				"570.145,06 € = total 1:*.Revenue", "3.938,48 € = ratio 1:1.Revenue / 1:1.Orders, rounded",
				"104.631,95 € not found", "319.500 € not found", "56,0 % not found",
			},
		},
	})
}
