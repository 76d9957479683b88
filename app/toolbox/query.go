package toolbox

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// The query of a server's URL may hold a key. Whoever sets it up means the server to
// get it, and nobody else: what is shown, logged and kept has … in place of each value.

// shownURL returns a URL without the values in its query.
func shownURL(raw string) string {
	plain, query, found := strings.Cut(raw, "?")
	if !found {
		return raw
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, _, named := strings.Cut(pair, "=")
		if pairs[i] = "…"; named {
			pairs[i] = name + "=…"
		}
	}
	return plain + "?" + strings.Join(pairs, "&")
}

// querier is a transport to one host that adds a query to each request. Who makes the
// requests does not know it, so that no error of theirs can tell it.
type querier struct {
	base    http.RoundTripper
	host    string
	query   string
	secrets []chat.Token // in the query
}

// RoundTrip implements http.RoundTripper.
func (q *querier) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Host != q.host || req.URL.RawQuery != "" {
		return q.base.RoundTrip(req)
	}
	asked := req.Clone(withSecrets(req.Context(), q.secrets...))
	asked.URL.RawQuery = q.query
	resp, err := q.base.RoundTrip(asked)
	if resp != nil {
		resp.Request = req // by which redirects are resolved, and errors told
	}
	return resp, err
}

// withoutQuery returns the address of a server without its query, and a client that
// puts it back.
func (w *web) withoutQuery(raw string) (string, *http.Client) {
	u, err := url.Parse(raw)
	if err != nil || u.RawQuery == "" {
		return raw, w.client
	}
	client := *w.client
	client.Transport = &querier{base: w.observed, host: u.Host, query: u.RawQuery, secrets: chat.SecretsIn(u.RawQuery, chat.ShortestSecret)}
	u.RawQuery = ""
	return u.String(), &client
}

// sealOf returns a hash of the server's address if not all of it is shown: an approval of
// what is at one is none of what is at another that looks the same.
func sealOf(s server) string {
	if s.url == s.endpoint {
		return ""
	}
	sum := sha256.Sum256([]byte(s.endpoint))
	return hex.EncodeToString(sum[:])
}
