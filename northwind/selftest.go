package northwind

import (
	"context"
	"fmt"
	"strings"
)

// selfTest runs, against a connection as users get it, what must work and what must be refused. It proves that the
// authorizer is in force in this build of SQLite, and that SQLite offers no virtual table the policy does not know.
func (db *DB) selfTest(ctx context.Context) error {
	if _, err := db.Query(ctx, Query{SQL: "SELECT count(*) FROM sqlite_schema"}); err != nil {
		return fmt.Errorf("a plain query failed: %w", err)
	}
	for _, sql := range []string{
		"ATTACH ':memory:' AS other",
		"CREATE TEMP TABLE t (a)",
		"PRAGMA query_only = 0",
		"SELECT load_extension('x')",
		"SELECT * FROM sqlite_dbpage",
		"SELECT name FROM pragma_module_list",
		"BEGIN",
	} {
		if _, err := db.Query(ctx, Query{SQL: sql}); KindOf(err) != Denied {
			return fmt.Errorf("SQLite did not refuse %q (it said: %v)", sql, err)
		}
	}
	return nil
}

// checkModules fails if SQLite offers a virtual table which the policy neither blocks nor means to allow.
func checkModules(c *conn) error {
	rows, err := c.all("SELECT name FROM pragma_module_list")
	if err != nil {
		return fmt.Errorf("listing the virtual tables of SQLite: %w", err)
	}
	for _, r := range rows {
		name := strings.ToLower(fmt.Sprint(r[0]))
		if readable(name) && name != "json_each" && name != "json_tree" {
			return fmt.Errorf("this build of SQLite offers a virtual table unknown to the policy: %s", name)
		}
	}
	return nil
}
