package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat/chattest"
)

// Who types the address in sees what is wrong, and one thing to do about it; a program
// gets the problem.
func TestARefusalIsAPageForWhoAsksForOne(t *testing.T) {
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	const page, problem = "text/html; charset=utf-8", "application/problem+json"
	type answer struct {
		Status            int
		Type, Said, Offer string
		Again             string
	}
	paragraph, link := regexp.MustCompile(`<p>([^<]*)</p>`), regexp.MustCompile(`<a href="([^"]*)">([^<]*)</a>`)
	for _, tt := range []struct {
		name, method, path, accept, user string
		want                             answer
	}{
		{"while the gateway is away", "GET", "/t/thr_1", browser, "unknown", answer{503, page, "The gateway &lt;is&gt; away.", `to "": Try again`, "5"}},
		{"and for an address of somebody's making", "GET", "/https:evil.example?<p>", browser, "unknown", answer{503, page, "The gateway &lt;is&gt; away.", `to "": Try again`, "5"}},
		{"whom nobody vouches for", "GET", "/", browser, "", answer{401, page, "Your session has ended. Sign in again.", `to "": Sign in again`, ""}},
		{"a program that asks for the page", "GET", "/", "*/*", "unknown", answer{503, problem, "", "", "5"}},
		{"a browser that asks the API", "GET", "/api/me", browser, "unknown", answer{503, problem, "", "", "5"}},
		{"a form", "POST", "/", browser, "unknown", answer{503, problem, "", "", "5"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newClient(t, chattest.NewModel())
			c.user = tt.user
			res, body := c.do(tt.method, tt.path, "", "Accept", tt.accept)
			got := answer{Status: res.StatusCode, Type: res.Header.Get("Content-Type"), Again: res.Header.Get("Retry-After")}
			if m := paragraph.FindStringSubmatch(body); m != nil {
				got.Said = m[1]
			}
			if m := link.FindStringSubmatch(body); m != nil {
				got.Offer = `to "` + m[1] + `": ` + m[2]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n%s", diff, body)
			}
			if got.Type == page && (res.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(res.Header.Get("Content-Security-Policy"), "default-src 'none'")) {
				t.Errorf("headers: %v", res.Header)
			}
		})
	}
	c := newClient(t, chattest.NewModel())
	res, body := c.do(http.MethodGet, "/", "", "Accept", browser, "Host", "evil.example")
	if res.StatusCode != http.StatusForbidden || !strings.Contains(body, "This server does not answer to that host name.") || strings.Contains(body, "<a") {
		t.Errorf("under another name: %s %s", res.Status, body)
	}
}
