package main

import (
	"encoding/json"
	"fmt"
)

// The revisions of MCP that are measured: the oldest kind, which says nothing of itself in a request, and the newest.
const (
	oldest = "2025-06-18"
	newest = "2026-07-28"
)

// call is one request to the server.
type call struct {
	name    string
	body    string
	headers string // as they go over the wire
	size    int    // bytes of the answer
}

func listing() call {
	return call{name: "tools/list", body: `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, headers: "Mcp-Protocol-Version: " + oldest + "\r\n"}
}

// question is a call of read_query.
func question(sql, revision string) call {
	text, err := json.Marshal(sql)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	params := fmt.Sprintf(`"name":"read_query","arguments":{"query":%s}`, text)
	headers := "Mcp-Protocol-Version: " + revision + "\r\n"
	if revision == newest {
		params += `,"_meta":{"io.modelcontextprotocol/protocolVersion":"` + newest + `","io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`
		headers += "Mcp-Method: tools/call\r\nMcp-Name: read_query\r\n"
	}
	return call{name: sql, body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{` + params + `}}`, headers: headers}
}

func questions(revision string) []call {
	var all []call
	for _, sql := range statements() {
		all = append(all, question(sql, revision))
	}
	return all
}

// statements is a mixture of what is asked of this database: from one row to a report over all of it.
func statements() []string {
	return []string{
		`SELECT p.ProductName, c.CategoryName, p.UnitPrice FROM Products p JOIN Categories c USING (CategoryID) ORDER BY p.UnitPrice DESC LIMIT 20`,
		`SELECT * FROM Orders WHERE OrderID = 10248`,
		`SELECT count(*) FROM Customers WHERE Country = 'Germany'`,
		`SELECT * FROM Customers ORDER BY CompanyName`,
		`SELECT c.CategoryName, round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue
FROM "Order Details" d JOIN Products p USING (ProductID) JOIN Categories c USING (CategoryID) GROUP BY c.CategoryID ORDER BY Revenue DESC`,
		`SELECT strftime('%Y-%m', o.OrderDate) AS Month, count(DISTINCT o.OrderID) AS Orders,
round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue FROM Orders o JOIN "Order Details" d USING (OrderID) GROUP BY Month ORDER BY Month`,
		`SELECT c.CompanyName, count(DISTINCT o.OrderID) AS Orders, round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue
FROM Customers c JOIN Orders o USING (CustomerID) JOIN "Order Details" d USING (OrderID) GROUP BY c.CustomerID ORDER BY Revenue DESC LIMIT 10`,
		`SELECT ShipCountry, count(*) AS Orders FROM Orders GROUP BY ShipCountry ORDER BY Orders DESC`,
	}
}
