package northwind

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCountsThatTheDatabaseStates has a database that states, wrongly, how many rows its tables and views have: of views
// it is believed, so that they need not be run.
func TestCountsThatTheDatabaseStates(t *testing.T) {
	const schema = `CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);
		CREATE VIEW Stated AS SELECT a FROM t; CREATE VIEW Unstated AS SELECT a FROM t;`
	tests := []struct {
		name, script string
		want         map[string]int
	}{
		{"nothing stated", schema, map[string]int{"t": 2, "Stated": 2, "Unstated": 2}},
		{"only tables stated", schema + "ANALYZE;", map[string]int{"t": 2, "Stated": 2, "Unstated": 2}},
		{"a view stated", schema + "ANALYZE; INSERT INTO sqlite_stat1 VALUES ('Stated', NULL, '77'), ('t', NULL, '78'), ('Nothing', NULL, '79');",
			map[string]int{"t": 2, "Stated": 77, "Unstated": 2}},
		{"an index of that name", schema + "ANALYZE; INSERT INTO sqlite_stat1 VALUES ('Stated', 'i', '77 1');", map[string]int{"t": 2, "Stated": 2, "Unstated": 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := map[string]int{}
			for _, table := range openImage(t, build(t, tt.script), Limits{}).Catalogue().Tables {
				got[table.Name] = *table.Rows
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
