package northwind

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// grammar makes statements: each name stands for one of its alternatives, in which <x> stands for another name. The
// first alternative of a name ends soonest. Statements of all kinds come, wrong ones among them.
type grammar map[string][]string

func statements() grammar {
	return grammar{
		"statement": {
			"<query>", "<query>", "<query>", "<query>", "<query>", "EXPLAIN <query>", "EXPLAIN QUERY PLAN <query>",
			"<write>", "<setting>", "<query>; <write>", "<write>; <query>", "<noise><query>", "<noise><write>",
			"WITH <name>(<column>) AS (<query>) <query>", "WITH <name> AS (<query>) <write>",
			"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 50) SELECT <value> FROM r, <source>",
		},
		"query": {
			"SELECT <value>", "SELECT <value> FROM <source>", "SELECT <value>, <value> AS <name> FROM <source> WHERE <test>",
			"SELECT DISTINCT <value> FROM <source> ORDER BY <value> LIMIT <number>", "VALUES (<value>), (<value>)",
			"SELECT <column>, <aggregate> FROM <source> GROUP BY 1 HAVING <test>", "SELECT <aggregate> OVER (PARTITION BY <value> ORDER BY <value>) FROM <source>",
			"<query> UNION ALL <query>", "<query> EXCEPT <query>", "SELECT * FROM (<query>)", "SELECT * FROM <source> LIMIT 3",
		},
		"write": {
			"DELETE FROM <table>", "DELETE FROM <table> WHERE <test> RETURNING *", "UPDATE <table> SET <column> = <value>",
			"INSERT INTO <table> <query>", "REPLACE INTO <table> VALUES (<value>, <value>, <value>)", "DROP TABLE <table>",
			"CREATE TABLE <name> (<column>)", "CREATE TEMP TABLE <name> AS <query>", "CREATE TEMP VIEW <table> AS <query>",
			"CREATE INDEX <name> ON <table> (<column>)", "CREATE VIRTUAL TABLE <name> USING fts5(<column>)",
			"CREATE TEMP TRIGGER <name> AFTER DELETE ON <table> BEGIN <write>; END", "ALTER TABLE <table> RENAME TO <name>",
			"ALTER TABLE <table> ADD COLUMN <name>", "ANALYZE <table>", "REINDEX", "VACUUM", "VACUUM INTO 'random.db'",
			"ATTACH 'random.db' AS <name>", "ATTACH ':memory:' AS <name>", "DETACH main", "BEGIN", "COMMIT", "ROLLBACK",
			"SAVEPOINT <name>", "RELEASE <name>",
		},
		"setting": {"PRAGMA <pragma>", "PRAGMA <pragma> = <number>", "PRAGMA main.<pragma>(<number>)", "PRAGMA table_info(<table>)", "SELECT * FROM pragma_<pragma>"},
		"pragma": {
			"query_only", "writable_schema", "trusted_schema", "hard_heap_limit", "soft_heap_limit", "temp_store", "cache_size",
			"journal_mode", "user_version", "database_list", "integrity_check", "case_sensitive_like", "table_xinfo", "mmap_size",
		},
		"source": {
			"Orders", "Customers", "Products", "<table>", "<table> AS a", "<table> JOIN <table>", "<table> a LEFT JOIN <table> b ON <test>", "(<query>) AS a",
			"json_each('[1, 2, 3]')", "json_tree('{\"a\": [1]}')", "pragma_table_info('Orders')", "sqlite_schema", "sqlite_dbpage", "dbstat",
		},
		"table":  {"Orders", "Customers", "Products", "Categories", "\"Order Details\"", "\"Order Totals\"", "main.Orders", "temp.Orders", "nothing"},
		"column": {"OrderID", "CustomerID", "CompanyName", "UnitPrice", "Quantity", "ProductID", "a.OrderID", "rowid", "value", "n"},
		"name":   {"x", "y", "Orders", "temp", "\"sqlite_x\"", "[a b]", "`c`"},
		"value": {
			"<number>", "<number>", "<text>", "<text>", "rowid", "<column>", "NULL", "x'00ff'", "(SELECT <number>)", "typeof(<value>)", "hex(<value>)", "<value> + <value>", "<value> || <value>", "-<value>", "CAST(<value> AS <type>)",
			"CASE WHEN <test> THEN <value> ELSE <value> END", "(<query>)", "<function>(<value>)", "<function>(<value>, <value>)",
			"<function>(<value>, <value>, <value>)", "<value> COLLATE nocase", "<value> -> <text>", "<aggregate>",
		},
		"aggregate": {"count(*)", "sum(<value>)", "group_concat(<value>)", "max(<value>)", "json_group_array(<value>)", "avg(DISTINCT <value>)", "row_number()", "lag(<value>, <number>)"},
		"test":      {"1", "<value> = <value>", "<value> IN (<query>)", "<value> LIKE <text>", "<value> GLOB <text>", "EXISTS (<query>)", "NOT <test>", "<test> AND <test>", "<value> BETWEEN <value> AND <value>", "<value> IS NULL"},
		"function": {
			"abs", "upper", "length", "substr", "replace", "printf", "hex", "zeroblob", "randomblob", "quote", "round", "strftime", "date", "julianday",
			"json", "json_extract", "json_set", "jsonb", "instr", "trim", "char", "unicode", "unistr", "timediff", "concat_ws", "iif", "min", "coalesce",
			"load_extension", "sqlite_log", "json_patch", "unhex", "rtreecheck", "readfile", "writefile", "changes", "fts5", "subtype",
		},
		"number": {"0", "1", "2", "-1", "1.5", "9e999", "9223372036854775807", "-9223372036854775808", "1000000", "0x10", "?"},
		"text":   {"'x'", "''", "'%Y'", "'$.a'", "'a%_'", "'[1,{\"a\":2}]'", "'%.*c'", "'%10000d'", "'1996-07-04'", "'; DROP TABLE Orders; --'", "'ä€😀'"},
		"type":   {"TEXT", "INTEGER", "REAL", "BLOB", "NUMERIC"},
		"noise":  {" ", "/* SELECT */ ", "-- SELECT\n", "\ufeff", ";", "(", "\u00a0", "EXPLAIN "},
	}
}

// write appends one expansion of symbol. At depth 0 every name takes its first alternative.
func (g grammar) write(b *strings.Builder, r *rand.Rand, symbol string, depth int) {
	pick := 0
	if depth > 0 {
		pick = r.IntN(len(g[symbol]))
	}
	rest := g[symbol][pick]
	for {
		before, after, ok := strings.Cut(rest, "<")
		b.WriteString(before)
		if !ok {
			return
		}
		name, after, _ := strings.Cut(after, ">")
		g.write(b, r, name, depth-1)
		rest = after
	}
}

// statement returns one random statement; one in five has a word doubled, lost or moved.
func (g grammar) statement(r *rand.Rand) string {
	var b strings.Builder
	g.write(&b, r, "statement", 9)
	if r.IntN(5) > 0 {
		return b.String()
	}
	words := strings.Split(b.String(), " ")
	i, j := r.IntN(len(words)), r.IntN(len(words))
	switch r.IntN(3) {
	case 0:
		words[i] += " " + words[i]
	case 1:
		words[i] = ""
	case 2:
		words[i], words[j] = words[j], words[i]
	}
	return strings.Join(words, " ")
}

// TestRandomStatementsChangeNothing runs ten thousand random statements, the same at each run, and looks for traces
// after every one hundred; a failure names them all. With -short there are a thousand.
func TestRandomStatementsChangeNothing(t *testing.T) {
	bulk(t)
	const seed, batch = 1, 100
	batches := 100
	if testing.Short() {
		batches = 10
	}
	s := besiege(t, bombTime)
	t.Chdir(t.TempDir())
	g, r := statements(), rand.New(rand.NewPCG(seed, seed))
	outcomes := map[string]int{}
	for n := range batches {
		t.Run(fmt.Sprintf("from %d on", n*batch), func(t *testing.T) {
			var ran []string
			defer func() {
				if t.Failed() {
					t.Logf("after\n%s", strings.Join(ran, "\n"))
				}
			}()
			for range batch {
				sql := g.statement(r)
				ran = append(ran, sql)
				outcomes[s.attempt(t, Query{SQL: sql, Params: wanted(sql), MaxRows: 10})]++
			}
			s.assertUnharmed(t)
		})
	}
	t.Logf("%v", outcomes)
	for _, o := range []string{answered, string(Denied), string(Invalid)} {
		if outcomes[o] < batches*batch/20 {
			t.Errorf("only %d of the statements were %s: %v", outcomes[o], o, outcomes)
		}
	}
}

// wanted returns values for the parameters that a statement seems to have.
func wanted(sql string) []any {
	all := []any{int64(1), "x", nil, 1.5, true}
	var params []any
	for range strings.Count(sql, "?") {
		params = append(params, all[len(params)%len(all)])
	}
	return params
}

// attempt runs a query and returns its outcome. An answer must be well-formed and within its limits, and an error
// must not be a fault of the server.
func (s *siege) attempt(t *testing.T, q Query) string {
	t.Helper()
	start := time.Now()
	out, err := s.db.Query(t.Context(), q)
	if err != nil {
		if kind := KindOf(err); kind == Failed || kind == Busy || kind == Canceled {
			t.Errorf("%q is %s after %v: %v", q.SQL, kind, time.Since(start), err)
		}
		return outcome(err)
	}
	assertWellFormed(t, q, out, s.db.limits)
	return answered
}
