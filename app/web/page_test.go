package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat/chattest"
)

// script is what the page of the tests has for code.
var script = strings.Repeat("console.log(1);", 100)

func zipped(text string) string {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(text))
	_ = z.Close()
	return packed.String()
}

func length(text string) string { return strconv.Itoa(len(text)) }

// directives reads a Content Security Policy.
func directives(policy string) map[string]string {
	all := map[string]string{}
	for one := range strings.SplitSeq(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(one), " ")
		all[name] = value
	}
	return all
}

func TestThePage(t *testing.T) {
	c := newClient(t, chattest.NewModel())
	for _, tt := range []struct {
		name, path  string
		headers     []string
		status      int
		contentType string
		cache       string
		encoding    string
	}{
		{"the root is the page", "/", nil, 200, "text/html; charset=utf-8", "no-store", ""},
		{"so is an address of its router", "/t/thr_1", nil, 200, "text/html; charset=utf-8", "no-store", ""},
		{"it is compressed for who can read that", "/", []string{"Accept-Encoding", "gzip"}, 200, "text/html; charset=utf-8", "no-store", "gzip"},
		{"a hashed asset never changes", "/assets/a-123.js", []string{"Accept-Encoding", "gzip, br"}, 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "br"},
		{"it stays plain for who refuses that", "/", []string{"Accept-Encoding", "gzip;q=0"}, 200, "text/html; charset=utf-8", "no-store", ""},
		{"a small file stays plain", "/theme.js", []string{"Accept-Encoding", "gzip"}, 200, "text/javascript; charset=utf-8", "no-cache", ""},
		{"an asset of an older version is gone", "/assets/a-122.js", nil, 404, "text/plain; charset=utf-8", "", ""},
		{"a path that climbs out is just another address of the page", "/assets/%2e%2e%2f%2e%2e%2fetc/passwd", nil, 200, "text/html; charset=utf-8", "no-store", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, _ := c.do("GET", tt.path, "", tt.headers...)
			got := []any{res.StatusCode, res.Header.Get("Content-Type"), res.Header.Get("Cache-Control"), res.Header.Get("Content-Encoding")}
			if diff := cmp.Diff([]any{tt.status, tt.contentType, tt.cache, tt.encoding}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			policy := map[string]string{
				"default-src": "'none'", "script-src": "'self'", "style-src": "'self' 'unsafe-inline'",
				"img-src": "'self' data: blob:", "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'",
				"frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'self'",
				"require-trusted-types-for": "'script'", "trusted-types": "'none'",
			}
			if diff := cmp.Diff(policy, directives(res.Header.Get("Content-Security-Policy"))); diff != "" {
				t.Errorf("policy (-want +got):\n%s", diff)
			}
		})
	}
	first, _ := c.do("GET", "/theme.js", "")
	if again, _ := c.do("GET", "/theme.js", "", "If-None-Match", first.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("again: %s", again.Status)
	}
	if res, _ := c.do("POST", "/", ""); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST /: %s", res.Status)
	}
}
