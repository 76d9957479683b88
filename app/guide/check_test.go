package guide

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestFiguresMatchQueriesWrittenByHand asks every question in the engine, with the real server, and compares what the
// guide's query returned, and what its answer says, with the rows of a query written by hand.
func TestFiguresMatchQueriesWrittenByHand(t *testing.T) {
	bulk(t)
	h, hand := newHouse(t), byHand(t)
	for _, tt := range []struct {
		golden string
		all    []asking
	}{
		{"answers.md", figuresTable()},
		{"times.md", timesTable()},
		{"measures.md", measuresTable()},
		{"growth.md", growthTable()},
		{"goods.md", goodsTable()},
		{"mixed.md", mixedTable()},
		{"readings.md", readingsTable()},
		{"phrases.md", phrasesTable()},
		{"choosing.md", choosingTable()},
		{"wares.md", waresTable()},
		{"newcomer.md", newcomerTable()},
	} {
		var threads []thread
		for _, a := range tt.all {
			threads = append(threads, thread{turns: []string{a.question}, want: a.want})
		}
		compareFigures(t, h, hand, tt.golden, threads)
	}
}

// TestFollowUpsMatchQueriesWrittenByHand does the same for the last turn of a thread.
func TestFollowUpsMatchQueriesWrittenByHand(t *testing.T) {
	bulk(t)
	h, hand := newHouse(t), byHand(t)
	compareFigures(t, h, hand, "threads.md", threadsTable())
	compareFigures(t, h, hand, "readings-threads.md", readingsThreads())
	compareFigures(t, h, hand, "phrases-threads.md", phrasesThreads())
	compareFigures(t, h, hand, "choosing-threads.md", choosingThreads())
	compareFigures(t, h, hand, "wares-threads.md", waresThreads())
	compareFigures(t, h, hand, "newcomer-threads.md", newcomerThreads())
}

// byHand returns the database with the tables that the queries written by hand read.
func byHand(t *testing.T) *northwind {
	t.Helper()
	hand := newNorthwind(t)
	hand.db.SetMaxOpenConns(1)
	if _, err := hand.db.Exec(lines); err != nil {
		t.Fatal(err)
	}
	return hand
}

// thread is a row of messages and the query, written by hand, whose rows must answer the
// last one.
type thread struct {
	turns []string
	want  string
}

// declinedQuestion is what must get no figures, and a part of what is said instead;
// declinedThread is the same of the last of several messages.
type (
	declinedQuestion struct{ question, says string }
	declinedThread   struct {
		turns []string
		says  string
	}
)

// turns names the messages of a thread.
func turns(texts ...string) []string { return texts }

func compareFigures(t *testing.T, h *house, hand *northwind, name string, all []thread) {
	var golden strings.Builder
	done := 0
	for _, tt := range all {
		last := len(tt.turns) - 1
		t.Run(strings.Join(tt.turns, " → "), func(t *testing.T) {
			v := h.visit(t)
			say := ""
			for _, text := range tt.turns {
				say = v.ask(text)
			}
			query := v.query
			if query == "" {
				t.Fatalf("declined: %s", say)
			}
			want, got := mustRows(t, hand.db, tt.want), v.rows
			if len(want.rows) == 0 {
				t.Fatalf("nothing to compare with in\n%s", tt.want)
			}
			if diff := cmp.Diff(want.rows, only(t, got, want.columns)); diff != "" {
				t.Errorf("rows (-by hand +planned):\n%s\nof\n%s\n%s", diff, query, say)
			}
			compareText(t, say, want)
			if len(v.lost) > 0 {
				t.Errorf("the engine does not find %q in the data of\n%s", v.lost, say)
			}
			done++
			golden.WriteString("## " + strings.Join(tt.turns[:last+1], "\n## ") + "\n\n```sql\n" + query + "\n```\n\n" + say + "\n\n")
		})
	}
	if done == len(all) {
		compareGolden(t, name, golden.String())
	}
}

// compareText holds that an answer says every figure of want, unless it leaves them to
// the result, and that it ends with what they mean.
func compareText(t *testing.T, say string, want table) {
	t.Helper()
	if !strings.HasSuffix(say, ".*") {
		t.Errorf("the answer does not end with what its figures mean:\n%s", say)
	}
	if strings.Contains(say, "in the result above") || strings.Contains(say, "Nothing in the database matches") {
		return
	}
	bare := strings.ReplaceAll(say, ",", "")
	for _, row := range want.rows {
		for i, cell := range row {
			v, ok := amountOf(cell)
			if _, isText := cell.(string); isText || !ok || strings.Contains(want.columns[i], "level") {
				continue
			}
			if !says(bare, v) {
				t.Errorf("the answer does not say %v:\n%s", v, say)
			}
		}
	}
}

func says(text string, v float64) bool {
	for _, decimals := range []int{2, 1, 0} {
		s := strconv.FormatFloat(v, 'f', decimals, 64)
		if rounded, _ := strconv.ParseFloat(s, 64); rounded == v && strings.Contains(text, strings.TrimPrefix(s, "-")) {
			return true
		}
	}
	return false
}

// only returns the named columns of t.
func only(t testing.TB, rows table, columns []string) [][]any {
	t.Helper()
	at, err := rows.require(columns...)
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]any, len(rows.rows))
	for i, r := range rows.rows {
		for _, c := range at {
			out[i] = append(out[i], r[c])
		}
	}
	return out
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-golden +got), rewrite with -update:\n%s", path, diff)
	}
}
