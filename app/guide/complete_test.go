package guide

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGroupsWithoutRowsAreNotForgotten holds that the lowest row is called the lowest
// only where no group without any row could be lower. What is missing was counted with
// queries of its own.
func TestGroupsWithoutRowsAreNotForgotten(t *testing.T) {
	for _, tt := range []struct{ name, question, says string }{
		{"months without orders are named", "units of Chai by month in 1997",
			"Units sold for the product Chai in 1997: highest in October 1997 with **70**, none in February 1997, September 1997 and December 1997."},
		{"many are counted", "orders by month in Norway",
			"Orders in Norway: **1** for each of the 6 months with matching orders. None in 17 of the 23 months."},
		{"the lowest of all is the lowest", "units of Chai by quarter in 1997",
			"Units sold for the product Chai in 1997: highest in Q4 1997 with **128**, lowest in Q1 1997 with **49**."},
		{"times that the data do not reach are not missing", "sales by month since 1998",
			"Sales since 1998: highest in April 1998 with **123,798.68**, lowest in May 1998 with **18,333.63**."},
		{"the worst month is the worst of those with orders", "worst month for Chai in 1997",
			"Of the 9 months with matching orders, **May 1997** comes last by sales for the product Chai in 1997, with **122.40**. There are none in 3 of the 12 months."},
		{"the worst of all months is the worst", "which month had the fewest orders in 1997",
			"**February 1997** comes last by orders in 1997, with **29**."},
		{"the last customer is the last of those with orders", "customer with the least sales",
			"Of the 89 customers with orders, **Centro comercial Moctezuma** comes last by sales, with **100.80**."},
		{"all customers with orders are not all customers", "top 100 customers",
			"**QUICK-Stop** is at the top by sales, with **110,277.30**, before Ernst Handel with **104,874.98**. These are all 89 customers with orders."},
		{"equals share the top", "late orders by customer",
			"**Gourmet Lanchonetes and Hungry Owl All-Night Grocers** are at the top by orders that were shipped late, with **3** each. These are all 28 customers with matching orders."},
		{"pairs that cannot be are not missing", "stock of products below reorder level by category",
			"Units in stock by category and product that are below their reorder level: highest for Dairy Products, Queso Cabrales with **22**."},
		{"a name without orders is named", "orders in Norway and Ireland in Q3 1996",
			"Orders in Norway and Ireland in Q3 1996: **2** for Ireland. None for Norway."},
		{"categories that do not match are not there", "discontinued products by category",
			"Products that are discontinued: **Meat/Poultry** leads with **4**; of the 5 categories with matching products, Beverages and 3 others come last with **1**."},
		{"pairs without orders are counted", "orders by year and shipper in Norway",
			"Orders by year and shipper in Norway: highest for 1998, United Package with **3**; some pairs have none."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, _ := strings.Cut(ask(t, newNorthwind(t), tt.question), "\n\n")
			if diff := cmp.Diff(tt.says, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
