package pomerium

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Route is an MCP server that Pomerium protects.
type Route struct {
	Name        string // the host if it has none
	Description string
	Logo        string // URL of a picture; empty if there is none
	URL         string // https, of its MCP endpoint
	Connected   bool   // Pomerium keeps an upstream token for the user
	NeedsOAuth  bool   // Pomerium says so of all
}

// What of an entry is used, in characters.
const (
	maxRoutes      = 500
	maxName        = 100
	maxDescription = 1000
	maxURL         = 2000
)

// parseRoutes reads a list. It says which entries it leaves out, and why: those whose
// URL a token must not be sent to.
func parseRoutes(document []byte) (routes []Route, dropped []string, err error) {
	var list map[string]json.RawMessage
	var entries []json.RawMessage
	if json.Unmarshal(document, &list) != nil || list["servers"] == nil || json.Unmarshal(list["servers"], &entries) != nil {
		return nil, nil, errors.New("answered something other than a list of servers")
	}
	if len(entries) > maxRoutes {
		return nil, nil, fmt.Errorf("answered a list of more than %d servers", maxRoutes)
	}
	for _, entry := range entries {
		route, err := parseRoute(entry)
		if err != nil {
			dropped = append(dropped, err.Error())
			continue
		}
		routes = append(routes, route)
	}
	slices.SortFunc(routes, func(a, b Route) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Name, b.Name), strings.Compare(a.URL, b.URL))
	})
	return routes, dropped, nil
}

func parseRoute(entry json.RawMessage) (Route, error) {
	var said struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		LogoURL     string `json:"logo_url"`
		URL         string `json:"url"`
		Connected   bool   `json:"connected"`
		NeedsOAuth  bool   `json:"needs_oauth"`
	}
	if json.Unmarshal(entry, &said) != nil {
		return Route{}, errors.New("an entry is no server")
	}
	name := tidy(said.Name, maxName)
	address, err := url.Parse(said.URL)
	switch {
	case err != nil:
		return Route{}, fmt.Errorf("the URL of %q cannot be parsed", name)
	case len(said.URL) > maxURL:
		return Route{}, fmt.Errorf("the URL of %q is too long", name)
	case address.Scheme != "https":
		return Route{}, fmt.Errorf("the URL of %q, at host %s, is not an https one", name, quote(address.Host))
	case address.User != nil:
		return Route{}, fmt.Errorf("the URL of %q, at host %s, holds a user or a password", name, quote(address.Host))
	case address.Hostname() == "":
		return Route{}, fmt.Errorf("the URL of %q has no host", name)
	case address.Fragment != "":
		return Route{}, fmt.Errorf("the URL of %q, at host %s, has a fragment", name, quote(address.Host))
	}
	return Route{
		Name: cmp.Or(name, address.Hostname()), Description: tidy(said.Description, maxDescription), Logo: pictureURL(said.LogoURL),
		URL: said.URL, Connected: said.Connected, NeedsOAuth: said.NeedsOAuth,
	}, nil
}

// pictureURL returns the URL if a picture may be fetched from there, else none.
func pictureURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(raw) > maxURL {
		return ""
	}
	return raw
}

// tidy returns text on one line, without characters that control how it is shown, cut
// to that length.
func tidy(text string, most int) string {
	line := strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.C, r):
			return -1
		}
		return r
	}, text)), " ")
	if runes := []rune(line); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return line
}

// told remembers what was logged, so that it is logged once.
type told struct {
	mu   sync.Mutex
	what map[string]bool
}

// first reports whether the text is new. It forgets everything when that gets too much.
func (t *told) first(text string) bool {
	const most = 1000
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.what == nil || len(t.what) >= most {
		t.what = map[string]bool{}
	}
	if t.what[text] {
		return false
	}
	t.what[text] = true
	return true
}
