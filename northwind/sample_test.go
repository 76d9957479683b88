package northwind

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/embed"
)

// sample returns a DB over the Northwind database that the program embeds.
func sample(t *testing.T) *DB {
	t.Helper()
	return openImage(t, embed.Northwind(), Limits{})
}

func TestSampleOverview(t *testing.T) {
	overview := sample(t).Catalogue().Overview(true)
	golden(t, "northwind.txt", overview+"\n")
	if len(overview) > 3600 {
		t.Errorf("the overview has %d bytes, about %d tokens", len(overview), len(overview)/4)
	}
}

func TestSampleIsWhollyReadable(t *testing.T) {
	bulk(t)
	db := sample(t)
	for _, table := range db.Catalogue().Tables {
		t.Run(table.Name, func(t *testing.T) {
			r, err := db.describe(t.Context(), table.Name)
			if err != nil {
				t.Fatal(err)
			}
			if table.Rows == nil || *table.Rows == 0 || r.rows == 0 {
				t.Errorf("no rows in %s", r.text)
			}
			for offset := 0; ; {
				out, err := db.Query(t.Context(), Query{SQL: "SELECT * FROM " + db.Catalogue().quote(table.Name), MaxRows: 1000, Offset: offset})
				if err != nil {
					t.Fatal(err)
				}
				offset += out.RowCount
				if !out.Truncated {
					break
				}
			}
		})
	}
}

func TestSampleAnswers(t *testing.T) {
	db := sample(t)
	for _, tt := range []struct{ name, sql, want string }{
		{
			"revenue by category",
			`SELECT CategoryName, round(sum(d.UnitPrice * Quantity * (1 - Discount)), 1) AS Revenue
			FROM "Order Details" d JOIN Products USING (ProductID) JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC LIMIT 2`,
			"2 rows\nCategoryName|Revenue\nBeverages|267868.2\nDairy Products|234507.3",
		},
		{
			"all revenue",
			`SELECT round(sum(UnitPrice * Quantity * (1 - Discount)), 2) AS Revenue FROM "Order Details"`,
			"1 row\nRevenue\n1265793.04",
		},
		{
			"orders by year",
			"SELECT strftime('%Y', OrderDate) AS Year, count(*) AS Orders FROM Orders GROUP BY 1",
			"3 rows\nYear|Orders\n1996|152\n1997|408\n1998|270",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ask(t, db, Query{SQL: tt.sql}).Text(); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestSampleServesManyAtOnce lets eight clients walk through all orders, more than there are connections.
func TestSampleServesManyAtOnce(t *testing.T) {
	db := sample(t)
	failures := make(chan error, 8)
	for range 8 {
		go func() { failures <- walk(t, db) }()
	}
	for range 8 {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
}

func walk(t *testing.T, db *DB) error {
	var seen strings.Builder
	for offset := 0; ; {
		out, err := db.Query(t.Context(), Query{SQL: "SELECT OrderID FROM Orders ORDER BY OrderID", Offset: offset})
		if err != nil {
			return err
		}
		for _, r := range out.Rows {
			fmt.Fprintln(&seen, r[0])
		}
		if !out.Truncated {
			break
		}
		offset = *out.NextOffset
	}
	if n := strings.Count(seen.String(), "\n"); n != 830 || !strings.HasPrefix(seen.String(), "10248\n") {
		return fmt.Errorf("saw %d orders", n)
	}
	return nil
}
