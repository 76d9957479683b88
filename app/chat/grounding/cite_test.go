package grounding_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat/grounding"
)

func TestCitationsAreChecked(t *testing.T) {
	check(t, []sentence{
		{
			name: "right and wrong ones", tables: "customers",
			text: "QUICK-Stop is first with 110,277.31 [1:1] in 28 orders [1:1], Ernst Handel second with 104,874.98 [1:3]; Save-a-lot has 104,361.95 [4:1], Hanari 32,841.37 [1:11].",
			want: []string{
				"110,277.31 = cell 1:1.Revenue, cited right", "28 = cell 1:1.Orders, cited right", "104,874.98 = cell 1:2.Revenue, cited wrong",
				"104,361.95 = cell 1:3.Revenue, cited wrong", "32,841.37 = cell 1:6.Revenue, cited wrong",
				"[1:1] right", "[1:1] right", "[1:3] wrong elsewhere", "[4:1] wrong no-rows", "[1:11] wrong no-rows",
			},
		},
		{
			name: "a citation is no proof", tables: "customers",
			text: "QUICK-Stop bought for 110,277.31 [1:1], Ernst Handel for 98,765.43 [1:2]. The top 5 [1:3].",
			want: []string{
				"110,277.31 = cell 1:1.Revenue, cited right", "98,765.43 not found, cited wrong", "5 not found, cited wrong",
				"[1:1] right", "[1:2] wrong not-found", "[1:3] wrong not-found",
			},
		},
		{
			name: "several rows, ranges and whole results", tables: "customers",
			text: "The first two have 215,152.29 [1:1-2] or [1:1,2], 5,402.33 [1:1; 1:2] apart; all 10 [1:*] have 570,145.06 [1:*], 57,014.51 [1:1-10] each. 200 [1:1] orders.",
			want: []string{
				"215,152.29 = total 1:1,2.Revenue, cited right", "5,402.33 = difference 1:1.Revenue / 1:2.Revenue, cited right", "10 = count 1:*, cited right",
				"570,145.06 = total 1:*.Revenue, cited right", "57,014.51 = average 1:*.Revenue, rounded, cited right", "200 = total 1:*.Orders, cited wrong",
				"[1:1-2] right", "[1:1,2] right", "[1:1; 1:2] right", "[1:*] right", "[1:*] right", "[1:1-10] right", "[1:1] wrong elsewhere",
			},
		},
		{
			name: "a citation tells equal cells apart, and few digits suffice with it", tables: "countries reorder",
			text: "One has 122 orders [1:2], another 5 units [2:2] and 18 [1:12].",
			want: []string{
				"122 = cell 1:2.Orders, cited right", "5 = cell 2:2.ReorderLevel, cited right", "18 = cell 1:12.Orders, cited right",
				"[1:2] right", "[2:2] right", "[1:12] right",
			},
		},
		{
			name: "without a figure it stands for a name or a list", tables: "customers",
			text: "The best are QUICK-Stop [1:1] and Ernst Handel [1:3]. Here is the list [1:*]. Well [1:4].",
			want: []string{"[1:1] right", "[1:3] wrong no-figure", "[1:*] right", "[1:4] wrong no-figure"},
		},
		{
			name: "a unit may stand between, more may not", tables: "customers",
			text: "QUICK-Stop bought for **110,277.31** US dollars net [1:1], Ernst Handel for 104,874.98, which is less than one might have thought [1:2].",
			want: []string{
				"110,277.31 = cell 1:1.Revenue, cited right", "104,874.98 = cell 1:2.Revenue",
				"[1:1] right", "[1:2] right",
			},
		},
		{
			name: "in a table, and after the full stop", tables: "customers",
			text: "| Customer | Revenue |\n|---|---|\n| QUICK-Stop | 110,277.31 [1:1] |\n| Ernst Handel | 104,874.98 [1:1] |\n\nHanari bought for 32,841.37. [1:6] Then came Königlich Essen with 30,908.38 [1:7].",
			want: []string{
				"110,277.31 = cell 1:1.Revenue, cited right", "104,874.98 = cell 1:2.Revenue, cited wrong", "32,841.37 = cell 1:6.Revenue, cited right", "30,908.38 = cell 1:7.Revenue, cited right",
				"[1:1] right", "[1:1] wrong elsewhere", "[1:6] right", "[1:7] right",
			},
		},
		{
			name: "these are none", tables: "customers",
			text: "[1:2](https://example.com), [1], [x:1], [1:], [1:0], [1:2-], [10:30 am], [0:1], [1234567:1], `[1:1`, [1:2",
		},
		{
			name: "of two results", tables: "only1996 only1997",
			text: "It rose by 409,001.23 [1:1; 2:1] or 196.6% [1:1][2:1].",
			want: []string{
				"409,001.23 = difference 2:1.Sales / 1:1.Sales, cited right", "196.6% = growth 2:1.Sales / 1:1.Sales, rounded, cited right",
				"[1:1; 2:1] right", "[1:1] right", "[2:1] right",
			},
		},
	})
}

// The sentence for the model is short, and what it shows is what Check reads.
func TestInstructionsShowCitationsThatAreRead(t *testing.T) {
	if words := len(strings.Fields(grounding.Instructions)); words > 40 {
		t.Errorf("%d words are more than 80 tokens", words)
	}
	var got []string
	for _, c := range grounding.Check(grounding.Instructions, nil).Citations {
		got = append(got, c.Text)
	}
	if diff := cmp.Diff([]string{"[2:3]", "[2:1,4-6]", "[2:*]"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The page reads the report as JSON.
func TestReportAsJSON(t *testing.T) {
	text := "𝄞 Zürich: 1,204 [1:1], 4711 in all."
	r := grounding.Check(text, []grounding.Table{parseTable(t, 1, `{"columns":["City","Units"],"rows":[["Zürich",1204],["Bern",300]]}`)})
	got, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
 "marks": [
  {
   "start": 11,
   "end": 16,
   "text": "1,204",
   "kind": "cell",
   "rounded": false,
   "rescaled": false,
   "weak": false,
   "sources": [
    {
     "call": "call_1",
     "number": 1,
     "rows": [
      0
     ],
     "column": 1
    }
   ],
   "cited": "right"
  }
 ],
 "notFound": [
  {
   "start": 24,
   "end": 28,
   "text": "4711",
   "cited": "absent"
  }
 ],
 "citations": [
  {
   "start": 17,
   "end": 22,
   "text": "[1:1]",
   "sources": [
    {
     "call": "call_1",
     "number": 1,
     "rows": [
      0
     ],
     "column": -1
    }
   ],
   "verdict": "right"
  }
 ],
 "partial": false
}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
