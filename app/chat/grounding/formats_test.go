package grounding_test

import "testing"

// Figures in the formats of several languages, right ones and wrong ones.
func TestFiguresAreReadInTheFormatsOfLanguages(t *testing.T) {
	check(t, []sentence{
		{
			name: "English", tables: "years",
			text: "In 1997 we sold $617,085.20 in 408 orders: 48.8% of $1,265,793.04.",
			want: []string{
				"1997 = cell 1:2.Year",
				"$617,085.20 = cell 1:2.Revenue",
				"408 = cell 1:2.Orders",
				"48.8% = share 1:2.Revenue / 1:*.Revenue, rounded",
				"$1,265,793.04 = total 1:*.Revenue",
			},
		},
		{
			name: "German", tables: "years",
			text: "Im Jahr 1997 betrug der Umsatz 617.085,20 € bei 408 Bestellungen, das sind 48,8 Prozent von insgesamt 1,27 Mio. €, also rund 617.100 Euro.",
			want: []string{
				"1997 = cell 1:2.Year",
				"617.085,20 € = cell 1:2.Revenue",
				"408 = cell 1:2.Orders",
				"48,8 Prozent = share 1:2.Revenue / 1:*.Revenue, rounded",
				"1,27 Mio. € = total 1:*.Revenue, rounded, rescaled",
				"617.100 = cell 1:2.Revenue, rounded",
			},
		},
		{
			name: "French, with narrow and plain no-break spaces", tables: "years",
			text: "En 1997, le chiffre d’affaires a atteint 617\u202f085,20\u00a0€ pour 408 commandes, soit 48,8\u00a0% du total (1\u00a0265\u00a0793,04 €), ou 617,1 k€.",
			want: []string{
				"1997 = cell 1:2.Year",
				"617\u202f085,20\u00a0€ = cell 1:2.Revenue",
				"408 = cell 1:2.Orders",
				"48,8\u00a0% = share 1:2.Revenue / 1:*.Revenue, rounded",
				"1\u00a0265\u00a0793,04 € = total 1:*.Revenue",
				"617,1 k€ = cell 1:2.Revenue, rounded, rescaled",
			},
		},
		{
			name: "Swiss, with either apostrophe", tables: "years",
			text: "1997 waren es CHF 617'085.20, also 617’085 Franken oder 617 Tsd. CHF.",
			want: []string{
				"1997 = cell 1:2.Year",
				"CHF 617'085.20 = cell 1:2.Revenue",
				"617’085 = cell 1:2.Revenue, rounded",
				"617 Tsd. CHF = cell 1:2.Revenue, rounded, rescaled",
			},
		},
		{
			name: "Spanish", tables: "years",
			text: "La facturación de 1997 fue de 617.085,20 €, un 196,6 % más que en 1996; unos 1,27 millones en total.",
			want: []string{
				"1997 = cell 1:2.Year",
				"617.085,20 € = cell 1:2.Revenue",
				"196,6 % = growth 1:2.Revenue / 1:1.Revenue, rounded",
				"1996 = cell 1:1.Year",
				"1,27 millones = total 1:*.Revenue, rounded, rescaled",
			},
		},
		{
			name: "Japanese", tables: "years",
			text: "1997年の売上は617,085.20で、全体の48.8%です。合計は約127万。",
			want: []string{
				"1997 = cell 1:2.Year",
				"617,085.20 = cell 1:2.Revenue",
				"48.8% = share 1:2.Revenue / 1:*.Revenue, rounded",
				"127万 = total 1:*.Revenue, rounded, rescaled",
			},
		},
		{
			name: "no marks, as the database prints it", tables: "years",
			text: "The revenue of 1997 is 617085.2, or 617085.",
			want: []string{"1997 = cell 1:2.Year", "617085.2 = cell 1:2.Revenue", "617085 = cell 1:2.Revenue, rounded"},
		},
		{
			name: "the data decide whether a point divides thousands", tables: "countries",
			text: "Germany: 9.213 Stück. Austria: 5,167 units. Austria: 3.200 je Bestellung.",
			want: []string{
				"9.213 = cell 1:2.Units", "5,167 = cell 1:3.Units",
				"3.200 = ratio 1:3.Revenue / 1:3.Orders, rounded",
			},
		},
		{
			name: "scales", tables: "years",
			text: "Revenue was 1.27M, $1.27 million, 1,266 thousand, 1,265.8k or 0.00127bn; not 1.28 million, 1,267k or 1.27bn.",
			want: []string{
				"1.27M = total 1:*.Revenue, rounded, rescaled",
				"$1.27 million = total 1:*.Revenue, rounded, rescaled",
				"1,266 thousand = total 1:*.Revenue, rounded, rescaled",
				"1,265.8k = total 1:*.Revenue, rounded, rescaled",
				"0.00127bn = total 1:*.Revenue, rounded, rescaled",
				"1.28 million not found", "1,267k not found", "1.27bn not found",
			},
		},
		{
			name: "signs and parentheses", tables: "ledger",
			text: "Rent came to −1,250.50, freight to (310.25), fees to -$99.95, sales to +4,500.00 and tax to 712.40; sales were never -4,500.00.",
			want: []string{
				"−1,250.50 = cell 1:1.Amount", "310.25 = cell 1:2.Amount", "-$99.95 = cell 1:3.Amount", "+4,500.00 = cell 1:4.Amount",
				"712.40 = cell 1:5.Amount", "-4,500.00 not found",
			},
		},
		{
			name: "ranges share their unit", tables: "countries",
			text: "Denmark and Switzerland made 2.5–2.6% of revenue each.",
			want: []string{
				"2.5 = share 1:13.Revenue / 1:*.Revenue, rounded, weak",
				"2.6% = share 1:12.Revenue / 1:*.Revenue, rounded, weak",
			},
		},
	})
}

// A figure matches what rounds to it, half up and half to even alike. What was cut off
// matches only after words that say so.
func TestRounding(t *testing.T) {
	check(t, []sentence{
		{
			name: "rounded", tables: "years",
			text: "Revenue of 1997: 617,085.2, 617,085, 617.1k. Not 617,085.3, 617,086 or 617.0k.",
			want: []string{
				"1997 = cell 1:2.Year", "617,085.2 = cell 1:2.Revenue", "617,085 = cell 1:2.Revenue, rounded", "617.1k = cell 1:2.Revenue, rounded, rescaled",
				"617,085.3 not found", "617,086 not found", "617.0k not found",
			},
		},
		{
			name: "the half", tables: "halves",
			text: "Alpha: 1.13 and 1.12, not 1.14. Beta: 20.5 and 20.4.",
			want: []string{
				"1.13 = cell 1:1.Value, rounded", "1.12 = cell 1:1.Value, rounded", "20.5 = cell 1:2.Value, rounded", "20.4 = cell 1:2.Value, rounded",
				"1.14 not found",
			},
		},
		{
			name: "cut off", tables: "years",
			text: "In 1998 it was over 440,600 and more than 0.44 million, almost 441,000, nearly 440,700, at least 440,623.",
			want: []string{
				"1998 = cell 1:3.Year",
				"440,600 = cell 1:3.Revenue, rounded", "0.44 million = cell 1:3.Revenue, rounded, rescaled", "441,000 = cell 1:3.Revenue, rounded",
				"440,700 = cell 1:3.Revenue, rounded", "440,623 = cell 1:3.Revenue, rounded",
			},
		},
		{
			name: "zeros are digits, except after a hedge", tables: "years",
			text: "Orders in 1997: about 410, not 410. Revenue in 1996: roughly 208,100, not 208,100.",
			want: []string{
				"1997 = cell 1:2.Year", "410 = cell 1:2.Orders, rounded", "1996 = cell 1:1.Year", "208,100 = cell 1:1.Revenue, rounded",
				"410 not found", "208,100 not found",
			},
		},
	})
}
