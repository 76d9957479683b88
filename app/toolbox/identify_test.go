package toolbox

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIDOfAListedServer(t *testing.T) {
	for _, tt := range []struct{ name, url, id, err string }{
		{name: "a host", url: "https://db.example.com", id: "db-example-com"},
		{name: "case does not matter, nor a dot or slash at the end", url: "https://DB.Example.com./", id: "db-example-com"},
		{name: "nor the usual port", url: "https://db.example.com:443", id: "db-example-com"},
		{name: "another port does", url: "https://db.example.com:8443", id: "db-example-com.8443"},
		{name: "a path", url: "https://db.example.com/mcp/v1", id: "db-example-com_mcp_v1"},
		{name: "a hyphen is no dot", url: "https://db-example.com", id: "db--example-com"},
		{name: "a path that holds more", url: "https://db.example.com/mcp_v1", id: "db-example-com_mcp_v1.h4fbe2ae7"},
		{name: "a slash after a path", url: "https://db.example.com/mcp/", id: "db-example-com_mcp.h194466a0"},
		{name: "a query", url: "https://db.example.com?a=b", id: "db-example-com.h3251668a"},
		{name: "an IPv6 address", url: "https://[::1]:8443", id: "1_8443.h28b7a060"},
		{name: "a long host", url: "https://" + strings.Repeat("a.", 40) + "com", id: strings.Repeat("a-", 27) + ".h08de42e8"},
		{name: "http", url: "http://db.example.com", err: "its URL is not an https one"},
		{name: "no host", url: "https:///mcp", err: "its URL is not an https one"},
		{name: "a password", url: "https://ann:secret@db.example.com", err: "its URL holds a user or a password"},
		{name: "nonsense", url: "https://a b:secret", err: "its URL cannot be parsed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			id, _, err := idOf(tt.url)
			got := []string{id, ""}
			if err != nil {
				got[1] = err.Error()
			}
			if diff := cmp.Diff([]string{tt.id, tt.err}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestIDsDiffer(t *testing.T) {
	urls := []string{
		"https://a.b.com", "https://a-b.com", "https://a--b.com", "https://a.b-com", "https://a_b.com", "https://a.b.com/c", "https://a.b.com.c",
		"https://a.b.com/c/", "https://a.b.com/c/d", "https://a.b.com/c_d", "https://a.b.com/c.d", "https://a.b.com/c%2Fd", "https://a.b.com:81", "https://a.b.com.81",
		"https://a.b.com/?x", "https://a.b.com/?y", "https://a.b.com/C", "https://[::1]", "https://1.com", "https://s1.com", "https://a.b.com//c",
	}
	allowed := regexp.MustCompile(idPattern)
	whose := map[string]string{}
	for _, u := range urls {
		id, _, err := idOf(u)
		if err != nil || !allowed.MatchString(id) {
			t.Errorf("%s: %q, %v", u, id, err)
		}
		if other, taken := whose[id]; taken {
			t.Errorf("%s and %s are both %s", u, other, id)
		}
		whose[id] = u
	}
}

// A thread's history, its switches and what waits in it name tools. So a name stays with
// its tool, whatever other servers come and go, and never passes to another's.
func TestPrefixesStayWhenServersComeAndGo(t *testing.T) {
	want := map[string]string{
		"https://northwind.example.com":  "northwind",
		"https://db.example.com":         "db",
		"https://db.example.org":         "db-example-org",
		"https://db.eu.example.com":      "db-eu-example-com",
		"https://db.example.com:8443":    "db-example-com.8443",
		"https://my-wiki.example.com":    "my-wiki",
		"https://gh.example.com/mcp":     "gh",
		"https://127.0.0.1:8443":         "127-0-0-1.8443",
		"https://x-com.example.com":      "x-com",
		"https://northwind2.example.com": "northwind2",
		"https://example.com":            "example-com",
	}
	var servers []server
	for u := range want {
		id, _, err := idOf(u)
		if err != nil {
			t.Fatal(err)
		}
		servers = append(servers, server{id: id, url: u})
	}
	for range 20 {
		rand.Shuffle(len(servers), func(i, j int) { servers[i], servers[j] = servers[j], servers[i] })
		some := servers[:1+rand.IntN(len(servers))]
		for i, p := range prefixesOf(some, "https://chat.example.com") {
			if w := want[some[i].url]; p != w {
				t.Errorf("of %d servers %s is called %s, want %s", len(some), some[i].url, p, w)
			}
		}
	}
}

func TestPrefixesThatWouldBeTheSameAreIDs(t *testing.T) {
	for _, tt := range []struct{ a, b, prefixA, prefixB string }{
		{"https://gh.example.com/mcp", "https://gh.example.com/sse", "gh-example-com_mcp", "gh-example-com_sse"},
		{"https://x-com.example.com", "https://x.com", "x--com-example-com", "x-com"},
		{"https://db.example.com", "https://db", "db-example-com", "db"},
	} {
		var servers []server
		for _, u := range []string{tt.a, tt.b} {
			id, _, err := idOf(u)
			if err != nil {
				t.Fatal(err)
			}
			servers = append(servers, server{id: id, url: u})
		}
		if diff := cmp.Diff([]string{tt.prefixA, tt.prefixB}, prefixesOf(servers, "https://chat.example.com")); diff != "" {
			t.Errorf("%s beside %s (-want +got):\n%s", tt.a, tt.b, diff)
		}
	}
}
