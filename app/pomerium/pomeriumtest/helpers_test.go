package pomeriumtest_test

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// The hosts of most tests.
const (
	chatHost  = "chat.localhost.pomerium.io"
	dbHost    = "db.localhost.pomerium.io"
	notesHost = "notes.localhost.pomerium.io"
)

// listen starts an upstream and returns its address.
func listen(t *testing.T, handler http.HandlerFunc) *url.URL {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// mirror is an upstream that answers with some headers of the request, or "none".
func mirror(t *testing.T, names ...string) *url.URL {
	t.Helper()
	return listen(t, func(w http.ResponseWriter, r *http.Request) {
		var got []string
		for _, name := range names {
			if value := r.Header.Get(name); value != "" {
				got = append(got, value)
			}
		}
		if got == nil {
			got = []string{"none"}
		}
		_, _ = io.WriteString(w, strings.Join(got, "\n"))
	})
}

// browser is somebody with a web browser, of which there are the cookies and the
// page that is shown.
type browser struct {
	t      *testing.T
	client *http.Client

	address *url.URL // of the page
	status  int
	page    string
}

func newBrowser(t *testing.T, g *pomeriumtest.Gateway) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := g.Client()
	client.Jar = jar
	return &browser{t: t, client: client}
}

// open goes to an address, as if it had been typed.
func (b *browser) open(address string) {
	b.t.Helper()
	b.load(http.MethodGet, address, nil)
}

func (b *browser) load(method, address string, form url.Values) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	b.page = readAll(b.t, response)
	b.address, b.status = response.Request.URL, response.StatusCode
}

// press presses a button of the form on the page.
func (b *browser) press(label string) {
	b.t.Helper()
	form := regexp.MustCompile(`(?s)<form method="post" action="([^"]*)">(.*)</form>`).FindStringSubmatch(b.page)
	if form == nil {
		b.t.Fatalf("there is no form on the page %s:\n%s", b.address, b.page)
	}
	sent := url.Values{}
	for _, hidden := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(form[2], -1) {
		sent.Set(hidden[1], html.UnescapeString(hidden[2]))
	}
	button := regexp.MustCompile(`<button(?: name="([^"]*)" value="([^"]*)")?>` + regexp.QuoteMeta(label) + `</button>`).FindStringSubmatch(form[2])
	if button == nil {
		b.t.Fatalf("there is no button %q in the form:\n%s", label, form[2])
	}
	sent.Set(button[1], button[2])
	b.load(http.MethodPost, b.address.Scheme+"://"+b.address.Host+html.UnescapeString(form[1]), sent)
}

// title is that of the page.
func (b *browser) title() string {
	if found := regexp.MustCompile(`<title>(.*)</title>`).FindStringSubmatch(b.page); found != nil {
		return html.UnescapeString(found[1])
	}
	return ""
}

// fetch asks with a token, or with none, for JSON. It does not follow redirects.
func fetch(t *testing.T, g *pomeriumtest.Gateway, method, address, token, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	client := g.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return response, readAll(t, response)
}

// readAll reads and closes the body of an answer.
func readAll(t *testing.T, response *http.Response) string {
	t.Helper()
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
