package grounding_test

import "testing"

func TestFiguresAreDerivedFromTheRowsThatTheTextPointsTo(t *testing.T) {
	check(t, []sentence{
		{
			name: "totals, means and numbers of rows", tables: "customers",
			text: "The 10 customers bought for 570,145.06 in 200 orders, 57,014.51 each on average.",
			want: []string{"10 = count 1:*", "570,145.06 = total 1:*.Revenue", "200 = total 1:*.Orders", "57,014.51 = average 1:*.Revenue, rounded"},
		},
		{
			name: "growth, difference, factor, share", tables: "years",
			text: "In 1997 revenue grew by 196.6 % against 1996, then fell by 28.6% in 1998. It was 409,001.23 more than in 1996, 2.97 times as much. 1997 is 48.8% of all.",
			want: []string{
				"1997 = cell 1:2.Year", "196.6 % = growth 1:2.Revenue / 1:1.Revenue, rounded", "1996 = cell 1:1.Year",
				"28.6% = growth 1:3.Revenue / 1:2.Revenue, rounded", "1998 = cell 1:3.Year",
				"409,001.23 = difference 1:2.Revenue / 1:1.Revenue", "1996 = cell 1:1.Year", "2.97 times = ratio 1:2.Revenue / 1:1.Revenue, rounded",
				"1997 = cell 1:2.Year", "48.8% = share 1:2.Revenue / 1:*.Revenue, rounded",
			},
		},
		{
			name: "signs of change", tables: "years",
			text: "1998 against 1997: -28.6%, −176,461.33, 0.71x. Not +28.6% and not +176,461.33.",
			want: []string{
				"1998 = cell 1:3.Year", "1997 = cell 1:2.Year",
				"-28.6% = growth 1:3.Revenue / 1:2.Revenue, rounded", "−176,461.33 = difference 1:3.Revenue / 1:2.Revenue", "0.71x = ratio 1:3.Revenue / 1:2.Revenue, rounded",
				"+176,461.33 = difference 1:2.Revenue / 1:3.Revenue",
				"+28.6% not found",
			},
		},
		{
			name: "rows that are named together", tables: "countries",
			text: "Germany has 230,284.63 and Austria 128,003.84. Together they make 358,288.47, 28.3% of all 1,265,793.04.",
			want: []string{
				"230,284.63 = cell 1:2.Revenue, rounded", "128,003.84 = cell 1:3.Revenue, rounded", "358,288.47 = total 1:2,3.Revenue, rounded",
				"28.3% = share 1:2,3.Revenue / 1:*.Revenue, rounded", "1,265,793.04 = total 1:*.Revenue, rounded",
			},
		},
		{
			name: "the first rows", tables: "countries",
			text: "The top 3 countries account for 47.7% of revenue. Die drei größten bringen 603.873,08 €.",
			want: []string{"47.7% = share 1:1,2,3.Revenue / 1:*.Revenue, rounded", "603.873,08 € = total 1:1,2,3.Revenue, rounded"},
		},
		{
			name: "the rows of one name", tables: "customers",
			text: "The 3 customers in the USA bought for 182,823.36 in 63 orders, 32.1 % of 570,145.06. One order in Brazil is worth 2,345.81.",
			want: []string{
				"3 = count 1:3,4,10", "182,823.36 = total 1:3,4,10.Revenue", "63 = total 1:3,4,10.Orders, weak", "32.1 % = share 1:3,4,10.Revenue / 1:*.Revenue, rounded",
				"570,145.06 = total 1:*.Revenue", "2,345.81 = ratio 1:6.Revenue / 1:6.Orders, rounded",
			},
		},
		{
			name: "one cell as a share of another", tables: "countries",
			text: "Austria's revenue is 55.6% of Germany's; Norway's is 2.3% of the USA's.",
			want: []string{"55.6% = share 1:3.Revenue / 1:2.Revenue, rounded", "2.3% = share 1:20.Revenue / 1:1.Revenue, rounded, weak"},
		},
		{
			name: "results of two calls", tables: "only1996 only1997",
			text: "Sales rose from 208,083.97 to 617,085.20, by 409,001.23 or 196.6%.",
			want: []string{
				"208,083.97 = cell 1:1.Sales", "617,085.20 = cell 2:1.Sales", "409,001.23 = difference 2:1.Sales / 1:1.Sales", "196.6% = growth 2:1.Sales / 1:1.Sales, rounded",
			},
		},
		{
			name: "results of two calls that the answer does not repeat", tables: "only1996 only1997",
			text: "Sales rose by 196.6%.", want: []string{"196.6% = growth 2:1.Sales / 1:1.Sales, rounded"},
		},
		{
			name: "percentage points", tables: "shares",
			text: "Beta's 18.5% is 6.2 percentage points above Alpha's 12.3 %; Gamma is 50.7 Prozentpunkte over Beta.",
			want: []string{
				"18.5% = cell 1:2.Share %", "6.2 percentage points = difference 1:2.Share % / 1:1.Share %", "12.3 % = cell 1:1.Share %",
				"50.7 Prozentpunkte = difference 1:3.Share % / 1:2.Share %",
			},
		},
		{
			name: "what a list leaves out", tables: "countries",
			text: "Most revenue:\n\n- USA: 245,584.61\n- Germany: 230,284.63\n\n19 more are in the result.",
			want: []string{"245,584.61 = cell 1:1.Revenue, rounded", "230,284.63 = cell 1:2.Revenue, rounded", "19 = count 1:*"},
		},
		{
			name: "rows that the text does not name derive nothing", tables: "countries",
			text: "One leads another by 15,299.98, the change is 80.0 %, and two of them have 475,869.24.",
			want: []string{"15,299.98 not found", "80.0 % not found", "475,869.24 not found"},
		},
	})
}

// Equal values are told apart by the names, the columns and the other figures near by.
func TestTheTextChoosesAmongEqualCells(t *testing.T) {
	check(t, []sentence{
		{
			name: "the name", tables: "countries",
			text: "The USA placed 122 orders. Germany placed 122 orders.",
			want: []string{"122 = cell 1:1.Orders", "122 = cell 1:2.Orders"},
		},
		{
			name: "no name", tables: "countries",
			text: "Two countries placed 122 orders.",
			want: []string{"122 = cell 1:1,2.Orders"},
		},
		{
			name: "the column", tables: "reorder",
			text: "Sir Rodney's Scones have a reorder level of 5. Gorgonzola Telino has 0 units in stock.",
			want: []string{"5 = cell 1:2.ReorderLevel, weak", "0 = cell 1:1.UnitsInStock, weak"},
		},
		{
			name: "a row of a table", tables: "countries",
			text: "| Country | Orders | Share |\n|---|---:|---:|\n| Germany | 122 | 18.2% |\n| USA | 122 | 19.4% |\n| Denmark | 18 | 2.6% |",
			want: []string{
				"122 = cell 1:2.Orders", "18.2% = share 1:2.Revenue / 1:*.Revenue, rounded", "122 = cell 1:1.Orders", "19.4% = share 1:1.Revenue / 1:*.Revenue, rounded",
				"18 = cell 1:12.Orders", "2.6% = share 1:12.Revenue / 1:*.Revenue, rounded, weak",
			},
		},
		{
			name: "items under a name", tables: "countries",
			text: "Two of them:\n\n1. **Switzerland**\n   - Orders: 18\n   - Units: 1,275\n2. **Denmark**\n   - Orders: 18\n   - Average order: 1,814.50\n",
			want: []string{"18 = cell 1:13.Orders", "1,275 = cell 1:13.Units", "18 = cell 1:12.Orders", "1,814.50 = ratio 1:12.Revenue / 1:12.Orders, rounded"},
		},
		{
			name: "a heading", tables: "countries",
			text: "## Denmark\n\nIt placed 18 orders.\n\n## Schweiz (Switzerland)\n\nIt placed 18 orders.",
			want: []string{"18 = cell 1:12.Orders", "18 = cell 1:13.Orders"},
		},
		{
			name: "a part of a name, and names without accents", tables: "customers",
			text: "Koniglich Essen placed 14 orders, and so did Hanari; Paillarde bought for 28,872.19.",
			want: []string{"14 = cell 1:7.Orders", "28,872.19 = cell 1:9.Revenue"},
		},
		{
			name: "short names stand as they are", tables: "countries",
			text: "Tell us: 56 orders came from the UK.",
			want: []string{"56 = cell 1:6.Orders"},
		},
	})
}
