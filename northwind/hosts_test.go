package northwind

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestHostsOfANetworkAddress sends a call to a server that listens where others reach it, without a gateway.
func TestHostsOfANetworkAddress(t *testing.T) {
	db := open(t, Limits{})
	free := NewHandler(db, HandlerOptions{})
	listed := NewHandler(db, HandlerOptions{AllowedHosts: []string{"nas.local"}})
	origin := func(url string) map[string]string { return map[string]string{"Origin": url} }
	site := func(value string) map[string]string { return map[string]string{"Sec-Fetch-Site": value} }
	for _, tt := range []struct {
		name                   string
		host                   string
		headers                map[string]string
		withoutList, withNames int
	}{
		{"a client in a network of containers", "northwind:8080", nil, 200, 403},
		{"a client that names the address", "10.0.0.7:8080", nil, 200, 200},
		{"a client that names the address in IPv6", "[fd00::7]:8080", nil, 200, 200},
		{"a client that names the host in the list", "NAS.local:8080", nil, 200, 200},
		{"a client behind a forwarded port", "localhost:8080", nil, 200, 200},
		{"a client that names nothing", "", nil, 200, 403},
		{"a page of a rebound name", "evil.example.com:8080", origin("http://evil.example.com:8080"), 403, 403},
		{"a page of a rebound name over https", "evil.example.com", map[string]string{"Origin": "https://evil.example.com", "Sec-Fetch-Site": "same-origin"}, 403, 403},
		{"a page of a rebound name that hides its origin", "evil.example.com:8080", site("same-origin"), 403, 403},
		{"a page of a rebound name that ends like one of the list", "evil.nas.local:8080", origin("http://evil.nas.local:8080"), 403, 403},
		{"a page of a rebound name that begins like an address", "10.0.0.7.evil.example.com", origin("http://10.0.0.7.evil.example.com"), 403, 403},
		{"a page of another origin", "10.0.0.7:8080", origin("http://evil.example.com"), 403, 403},
		{"a page of another address", "10.0.0.7:8080", origin("http://10.0.0.8:8080"), 403, 403},
		{"a page of another site", "10.0.0.7:8080", site("cross-site"), 403, 403},
		{"a page without an origin", "10.0.0.7:8080", origin("null"), 403, 403},
		{"a page of the address itself", "10.0.0.7:8080", origin("http://10.0.0.7:8080"), 200, 200},
		{"a page of the host in the list", "nas.local:8080", origin("http://nas.local:8080"), 403, 200},
		{"what the user typed", "northwind:8080", site("none"), 200, 403},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, c := range []struct {
				what    string
				handler http.Handler
				want    int
			}{{"without a list", free, tt.withoutList}, {"with a list", listed, tt.withNames}} {
				r := post(t, "http://x", listCall)
				r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(&net.TCPAddr{IP: net.IPv4(10, 0, 0, 7), Port: 8080})))
				r.Host = tt.host
				for name, value := range tt.headers {
					r.Header.Set(name, value)
				}
				w := httptest.NewRecorder()
				c.handler.ServeHTTP(w, r)
				if w.Code != c.want {
					t.Errorf("%s: got %d %.200s, want %d", c.what, w.Code, w.Body, c.want)
				}
			}
		})
	}
}

// TestCommandAllowsHosts calls a server on a network address, as far as the machine has one: all of them.
func TestCommandAllowsHosts(t *testing.T) {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	var own string
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() && ip.IP.To4() != nil {
			own = ip.IP.String()
		}
	}
	if own == "" {
		t.Skip("this machine has no network address")
	}
	url, _, _ := start(t, command(func(c *Command) { c.Listen, c.AllowedHosts = "0.0.0.0:0", []string{" NAS.local "} }))
	base := strings.Replace(strings.TrimSuffix(url, "/mcp"), "localhost", own, 1)
	for host, want := range map[string]int{"": 200, "nas.local": 200, "evil.example.com": 403} {
		r := post(t, base, listCall)
		r.Host = host
		if got := do(t, r); got.Status != want {
			t.Errorf("%q: got %+v, want %d", host, got, want)
		}
	}
}
