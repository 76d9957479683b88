package pomeriumtest_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestTheProxyLeadsToTheGateway(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route("chat.nowhere.test", mirror(t, "X-Word"), pomeriumtest.RouteOptions{MCPClient: true, User: pomeriumtest.Ann()})
	elsewhere := listen(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "elsewhere") })
	pem, err := os.ReadFile(g.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	proxy, err := url.Parse(g.ProxyURL())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var got []string
	for _, address := range []string{"https://chat.nowhere.test/", "https://chat.nowhere.test:1/", g.URL("authenticate.localhost.pomerium.io").String() + "/ping"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Word", "hello")
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, readAll(t, response))
	}
	if diff := cmp.Diff([]string{"hello", "hello", "OK"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if response, err := client.Get("https://" + elsewhere.Host); err == nil {
		t.Errorf("a server without TLS answered %s", response.Status)
	}
	if response, err := client.Get(elsewhere.String()); err != nil || response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("plain HTTP through the proxy: %v, %v", response, err)
	}
}

func TestAGatewayOutsideOfTests(t *testing.T) {
	g, err := pomeriumtest.Open(pomeriumtest.Options{AuthenticateHost: "login.example.com", Users: []pomeriumtest.User{{Subject: "1", Name: "Only One", Email: "one@example.com"}}})
	if err != nil {
		t.Fatal(err)
	}
	g.Route(chatHost, mirror(t), pomeriumtest.RouteOptions{MCPClient: true})
	b := newBrowser(t, g)
	b.open(g.URL(chatHost).String())
	b.press("Only One (one@example.com)")
	if b.page != "none" {
		t.Errorf("signed in on %s: %s", b.address, b.page)
	}
	if _, err := pomeriumtest.Open(pomeriumtest.Options{Listen: g.URL("127.0.0.1").Host}); err == nil {
		t.Error("a second gateway listens at the same address")
	}
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(g.CAFile()); !os.IsNotExist(err) {
		t.Errorf("the file of certificates is left: %v", err)
	}
}
