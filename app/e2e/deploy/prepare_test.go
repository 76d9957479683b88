package deploy

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/pomerium"
)

// site is where deploy/prepare writes.
type site struct{ dir string }

func newSite(t *testing.T) site {
	t.Helper()
	s := site{t.TempDir()}
	for _, folder := range []string{"secrets/pomerium", "secrets/postgres", "certificates", "authority"} {
		if err := os.MkdirAll(filepath.Join(s.dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// prepare runs the script as the compose files of a variant do, and returns what it complained about.
func (s site) prepare(t *testing.T, v variant, config string) (complaint string, err error) {
	t.Helper()
	file := filepath.Join(s.dir, "pomerium-config.yaml")
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command("bash", filepath.Join(root(t), "deploy", "prepare"))
	cmd.Stderr = &stderr
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "CONFIG=" + file, "TMPDIR=" + t.TempDir()}
	for _, folder := range []string{"secrets", "certificates", "authority"} {
		cmd.Env = append(cmd.Env, strings.ToUpper(folder)+"="+filepath.Join(s.dir, folder))
	}
	for variable, value := range project(t, v).Services["prepare"].Environment {
		cmd.Env = append(cmd.Env, variable+"="+*value)
	}
	err = cmd.Run()
	return strings.TrimSpace(stderr.String()), err
}

// files returns everything that was made, by name.
func (s site) files(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"secrets/*/*", "certificates/*", "authority/*"} {
		names, err := filepath.Glob(filepath.Join(s.dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out[strings.TrimPrefix(name, s.dir+"/")] = string(text)
		}
	}
	return out
}

func mustPrepare(t *testing.T, s site, v variant) map[string]string {
	t.Helper()
	complaint, err := s.prepare(t, v, configured(t, v))
	if err != nil || complaint != "" {
		t.Fatalf("prepare: %v\n%s", err, complaint)
	}
	return s.files(t)
}

func TestPrepareMakesSecretsOnce(t *testing.T) {
	v := variants()[0]
	s := newSite(t)
	first := mustPrepare(t, s, v)
	for name, want := range map[string]int{"shared_secret": 32, "cookie_secret": 32} {
		secret, err := base64.StdEncoding.Strict().DecodeString(first["secrets/pomerium/"+name])
		if err != nil || len(secret) != want || bytes.Equal(secret, make([]byte, want)) {
			t.Errorf("%s: %d bytes, %v", name, len(secret), err)
		}
	}
	password := first["secrets/postgres/password"]
	compare(t, 64, len(password))
	compare(t, "postgresql://pomerium:"+password+"@postgres:5432/pomerium?sslmode=disable", first["secrets/pomerium/database_url"])
	compare(t, 4, len(first))
	compare(t, first, mustPrepare(t, s, v))

	other := mustPrepare(t, newSite(t), v)
	for name, secret := range first {
		if other[name] == secret {
			t.Errorf("%s is the same elsewhere", name)
		}
	}
}

func TestPrepareRefusesWhatDoesNotFit(t *testing.T) {
	v := variants()[0]
	raw := read(t, "pomerium-config.yaml")
	placeholder := v
	placeholder.env = []string{"DOMAIN=YOUR-DOMAIN", "OPENAI_API_KEY="}
	noRoute := func(name string) string {
		return "prepare: pomerium-config.yaml has no route `from: https://" + name + ".example.com`: it and DOMAIN=example.com in .env do not fit together"
	}
	const left = "prepare: YOUR-DOMAIN is still there: replace it in pomerium-config.yaml, and set DOMAIN in .env to the same"
	for _, tt := range []struct {
		name   string
		v      variant
		config string
		want   string
	}{
		{"nothing is replaced", v, raw, left},
		{"the placeholder is the domain", placeholder, raw, left},
		{"one place is left", v, strings.Replace(raw, "chat.YOUR-DOMAIN\n", "chat.example.com\n", 1), left},
		{"another domain", v, strings.ReplaceAll(raw, "YOUR-DOMAIN", "example.org"), noRoute("chat")},
		{"a domain with more below it", v, strings.ReplaceAll(raw, "YOUR-DOMAIN", "example.com.org"), noRoute("chat")},
		{"one route is missing", v, strings.ReplaceAll(configured(t, v), "https://northwind.", "https://db."), noRoute("northwind")},
		{"one route is commented out", v, strings.ReplaceAll(configured(t, v), "  - from: https://chat.", "#  - from: https://chat."), noRoute("chat")},
		{"the placeholder in a comment alone", v, configured(t, v) + "# YOUR-DOMAIN\n", ""},
		{"routes in quotes", v, strings.ReplaceAll(configured(t, v), "https://chat.example.com\n", "\"https://chat.example.com\" # the app\n"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t)
			complaint, err := s.prepare(t, tt.v, tt.config)
			compare(t, tt.want, complaint)
			if (err == nil) != (tt.want == "") {
				t.Errorf("it ended with %v", err)
			}
			if made := s.files(t); err != nil && len(made) > 0 {
				t.Errorf("and yet it made %d files", len(made))
			}
		})
	}
}

func certificate(t *testing.T, text string) *x509.Certificate {
	t.Helper()
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		t.Fatalf("no certificate: %q", text)
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPrepareMakesCertificatesForThisMachine(t *testing.T) {
	v := variants()[1]
	s := newSite(t)
	files := mustPrepare(t, s, v)
	ca, leaf := certificate(t, files["authority/ca.pem"]), certificate(t, files["certificates/tls.pem"])
	compare(t, files["authority/ca.pem"], files["certificates/ca.pem"])
	compare(t, []string{"localhost.pomerium.io"}, ca.PermittedDNSDomains)
	compare(t, true, ca.PermittedDNSDomainsCritical)
	compare(t, 8, len(files)) // so the key of the authority is gone
	if days := leaf.NotAfter.Sub(leaf.NotBefore).Hours() / 24; days > 825 {
		t.Errorf("it lasts %.0f days, and browsers accept 825", days)
	}
	if strings.Count(fmt.Sprint(files), "PRIVATE KEY-----\n") != 2 {
		t.Error("there is not exactly one private key")
	}
	compare(t, files, mustPrepare(t, s, v))

	// As chat and Northwind use it.
	client, err := pomerium.NewClient(filepath.Join(s.dir, "authority", "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Host) }))
	pair, err := tls.X509KeyPair([]byte(files["certificates/tls.pem"]), []byte(files["certificates/tls.key"]))
	if err != nil {
		t.Fatal(err)
	}
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.StartTLS()
	t.Cleanup(server.Close)
	// A network on which everybody is at one address.
	client.Transport.(*http.Transport).DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}
	for host, accepted := range map[string]bool{
		"chat.localhost.pomerium.io:8443": true, "northwind.localhost.pomerium.io:8443": true,
		"authenticate.localhost.pomerium.io:8443": true, "login.localhost.pomerium.io:8443": true,
		"chat.example.com": false, "pomerium.io": false, "a.b.localhost.pomerium.io": false,
	} {
		response, err := client.Get("https://" + host)
		if err == nil {
			_ = response.Body.Close()
		}
		if (err == nil) != accepted {
			t.Errorf("https://%s: %v", host, err)
		}
	}
}

func TestPrepareRenewsCertificates(t *testing.T) {
	v := variants()[1]
	s := newSite(t)
	first := mustPrepare(t, s, v)
	for _, lost := range []string{"certificates/tls.pem", "certificates/tls.key", "authority/ca.pem"} {
		if err := os.Remove(filepath.Join(s.dir, lost)); err != nil {
			t.Fatal(err)
		}
		second := mustPrepare(t, s, v)
		compare(t, len(first), len(second))
		roots := x509.NewCertPool()
		roots.AddCert(certificate(t, second["authority/ca.pem"]))
		if _, err := certificate(t, second["certificates/tls.pem"]).Verify(x509.VerifyOptions{Roots: roots, DNSName: "chat.localhost.pomerium.io", CurrentTime: time.Now()}); err != nil {
			t.Errorf("without %s: %v", lost, err)
		}
		for _, secret := range []string{"secrets/pomerium/shared_secret", "secrets/postgres/password"} {
			compare(t, first[secret], second[secret])
		}
	}
}
