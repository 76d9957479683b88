package northwind

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"modernc.org/sqlite/vfs"
)

// unrestricted returns a connection without the policy.
func unrestricted(t *testing.T) *conn {
	t.Helper()
	name, files, err := vfs.New(image(shop(t)))
	if err != nil {
		t.Fatal(err)
	}
	c, err := openConn(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.close()
		if err := files.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func column(t *testing.T, c *conn, sql string) []string {
	t.Helper()
	rows, err := c.all(sql)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range rows {
		names = append(names, fmt.Sprint(r[0]))
	}
	return names
}

// TestFunctionsLeftOut lists the functions of this build of SQLite that queries may not call, so that a new release of
// the library cannot add one unseen.
func TestFunctionsLeftOut(t *testing.T) {
	names := column(t, unrestricted(t), "SELECT DISTINCT name FROM pragma_function_list ORDER BY name")
	blocked := slices.DeleteFunc(names, callable)
	want := []string{
		"bm25", "changes", "fts5", "fts5_get_locale", "fts5_insttoken", "fts5_locale", "fts5_source_id",
		"geopoly_area", "geopoly_bbox", "geopoly_blob", "geopoly_ccw", "geopoly_contains_point", "geopoly_debug",
		"geopoly_group_bbox", "geopoly_json", "geopoly_overlap", "geopoly_regular", "geopoly_svg", "geopoly_within",
		"geopoly_xform", "highlight", "json_patch", "json_pretty", "jsonb_patch", "last_insert_rowid", "load_extension", "match", "rtreecheck", "rtreedepth",
		"rtreenode", "snippet", "sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_log",
		"sqlite_offset", "sqlite_source_id", "subtype", "total_changes", "unhex",
	}
	if diff := cmp.Diff(want, blocked); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestVirtualTablesAreKnown loads every virtual table that loads on first use, then checks them all.
func TestVirtualTablesAreKnown(t *testing.T) {
	c := unrestricted(t)
	for _, sql := range []string{"SELECT * FROM json_each('1')", "SELECT * FROM json_tree('1')", "SELECT * FROM pragma_table_info('x')"} {
		column(t, c, sql)
	}
	for _, name := range column(t, c, "SELECT name FROM pragma_pragma_list") {
		if _, err := c.all("SELECT count(*) FROM pragma_" + name + " LIMIT 0"); err != nil {
			continue // a pragma without a table-valued form
		}
	}
	var open []string
	for _, name := range column(t, c, "SELECT name FROM pragma_module_list ORDER BY name") {
		if readable(name) {
			open = append(open, name)
		}
	}
	want := []string{"json_each", "json_tree", "pragma_foreign_key_list", "pragma_index_info", "pragma_index_list", "pragma_table_info", "pragma_table_xinfo"}
	if diff := cmp.Diff(want, open); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestUnknownVirtualTableStopsTheStart(t *testing.T) {
	if err := checkModules(unrestricted(t)); err != nil {
		t.Errorf("the modules of this build are refused: %v", err)
	}
	if readable("sqlite_stmt") || readable("SQLITE_DBPAGE") || readable("Pragma_Module_List") || !readable("Order Details") {
		t.Error("names are told apart wrongly")
	}
}
