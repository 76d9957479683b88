package northwind

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRecipes runs every recipe over the embedded database.
func TestRecipes(t *testing.T) {
	db := sample(t)
	var b strings.Builder
	for _, r := range recipes() {
		fmt.Fprintf(&b, "> %s\n%s\n\n", r.Title, ask(t, db, Query{SQL: r.Query}).Text())
	}
	golden(t, "recipes.txt", b.String())
}

// TestRecipesAgreeWithTheSource compares the figures of the recipes with ones added up from the source of the database.
func TestRecipesAgreeWithTheSource(t *testing.T) {
	db := sample(t)
	revenue, byCustomer, byMonth := 0.0, map[string]float64{}, map[string]float64{}
	orders, late := map[string]map[string]string{}, 0
	for _, o := range source(t, "orders") {
		orders[o["OrderID"]] = o
		if o["ShippedDate"] > o["RequiredDate"] {
			late++
		}
	}
	for _, d := range source(t, "order_details") {
		line := number(t, d["UnitPrice"]) * number(t, d["Quantity"]) * (1 - number(t, d["Discount"]))
		revenue += line
		byCustomer[orders[d["OrderID"]]["CustomerID"]] += line
		byMonth[orders[d["OrderID"]]["OrderDate"][:7]] += line
	}
	reorder := 0
	for _, p := range source(t, "products") {
		if number(t, p["Discontinued"]) == 0 && number(t, p["UnitsInStock"])+number(t, p["UnitsOnOrder"]) <= number(t, p["ReorderLevel"]) {
			reorder++
		}
	}
	results := map[string]*QueryOutput{}
	for _, r := range recipes() {
		results[r.Topic] = ask(t, db, Query{SQL: r.Query})
	}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 0.06 { // each row is rounded to cents
			t.Errorf("%s is %.2f in the recipe, and %.2f in the source", what, got, want)
		}
	}
	near("the revenue by category", total(results["revenue"], 1), revenue)
	near("the revenue by month", total(results["monthly_sales"], 2), revenue)
	near("the revenue by employee", total(results["employee_sales"], 3), revenue)
	near("the orders by employee", total(results["employee_sales"], 2), float64(len(orders)))
	near("the late shipments", total(results["late_shipments"], 2), float64(late))
	near("the products to reorder", float64(results["reorder"].RowCount), float64(reorder))
	near("the months", float64(results["monthly_sales"].RowCount), float64(len(byMonth)))
	for _, r := range results["monthly_sales"].Rows {
		near(r[0].(string), r[2].(float64), byMonth[r[0].(string)])
	}
	for _, r := range results["top_customers"].Rows {
		near(r[0].(string), r[3].(float64), byCustomer[r[0].(string)])
		delete(byCustomer, r[0].(string))
	}
	for id, rest := range byCustomer {
		if rows := results["top_customers"].Rows; rest > rows[len(rows)-1][3].(float64) {
			t.Errorf("%s with %.2f is not among the top customers", id, rest)
		}
	}
}

// source reads a table of the source of the database, each row by its column names.
func source(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("data/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// total adds up a column.
func total(out *QueryOutput, column int) float64 {
	sum := 0.0
	for _, r := range out.Rows {
		switch v := r[column].(type) {
		case int64:
			sum += float64(v)
		case float64:
			sum += v
		}
	}
	return sum
}

func TestExamplesByTopic(t *testing.T) {
	var schema struct {
		Properties struct{ Topic struct{ Enum []string } }
	}
	if err := json.Unmarshal([]byte(examplesInputSchema), &schema); err != nil {
		t.Fatal(err)
	}
	var topics []string
	for _, r := range recipes() {
		topics = append(topics, r.Topic)
		got, err := examples(r.Topic)
		if err != nil || got.rows != 1 || !strings.Contains(got.text, r.Query) {
			t.Errorf("%s: %+v, %v", r.Topic, got, err)
		}
	}
	if diff := cmp.Diff(topics, schema.Properties.Topic.Enum); diff != "" {
		t.Errorf("the schema offers other topics than there are (-there are +schema)\n%s", diff)
	}
	if all, err := examples(""); err != nil || all.rows != 6 {
		t.Errorf("without a topic: %d examples, %v", all.rows, err)
	}
	if _, err := examples("profit"); KindOf(err) != Invalid {
		t.Errorf("an unknown topic: %v", err)
	}
}
