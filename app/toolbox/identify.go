package toolbox

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// maxID is how long the id of a server may be.
const maxID = 64

var (
	errNotHTTPS   = errors.New("its URL is not an https one")
	errTwice      = errors.New("another server has the same URL")
	errWithSecret = errors.New("its URL holds a user or a password")
	plainHost     = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)
	plainPath     = regexp.MustCompile(`^(/[A-Za-z0-9-]+)*$`)
)

// idOf returns the id of a listed server, and its URL. The id depends on the URL alone:
// it is the host with hyphens for dots (and two for a hyphen), then a port after a dot
// and a path after underscores. Two URLs never have the same: where the plain form
// would be too long or does not tell all, it ends in .h and 8 digits of a hash.
func idOf(raw string) (string, *url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return "", nil, errors.New("its URL cannot be parsed")
	case u.Scheme != "https" || u.Hostname() == "":
		return "", nil, errNotHTTPS
	case u.User != nil:
		return "", nil, errWithSecret
	}
	const hashed = 8
	host, path := hostOf(u), strings.TrimSuffix(u.EscapedPath(), "/")
	id := strings.NewReplacer("-", "--", ".", "-").Replace(host)
	if port := portOf(u); port != "" {
		id += "." + port
	}
	id += strings.ReplaceAll(path, "/", "_")
	exact := plainHost.MatchString(host) && plainPath.MatchString(path) && u.RawQuery == "" &&
		(path == "" || u.EscapedPath() == path)
	if exact && len(id) <= maxID {
		return id, u, nil
	}
	sum := sha256.Sum256([]byte(host + ":" + u.Port() + u.EscapedPath() + "?" + u.RawQuery))
	id = strings.TrimLeft(clean(id), "_-")
	const mark = ".h" // no port begins with it
	return id[:min(len(id), maxID-hashed-len(mark))] + mark + hex.EncodeToString(sum[:hashed/2]), u, nil
}

// hostOf returns the host of a URL as it is compared, without the port.
func hostOf(u *url.URL) string { return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") }

// portOf returns the port of an https URL, nothing if it is the usual one.
func portOf(u *url.URL) string {
	if port := u.Port(); port != "443" {
		return port
	}
	return ""
}

// namesOf returns the names by which an administrator may call a server: its id, and
// the host of its URL, with and without the port.
func namesOf(id, raw string) []string {
	u, err := url.Parse(raw)
	if err != nil {
		return []string{id}
	}
	return []string{id, hostOf(u), u.Host}
}

func sameName(a, b string) bool { return strings.EqualFold(a, strings.TrimSpace(b)) }

// prefixesOf returns what the names of the servers' tools begin with: the first label of
// the host for those in the same domain as beside, a URL, and else the id. That depends on
// the server's own URL, so that names stay when others come and go: history, switches and
// what waits name tools. Only where two would have the same, as two paths of one host,
// both have their ids.
func prefixesOf(servers []server, beside string) []string {
	labels, prefixes := make([]string, len(servers)), make([]string, len(servers))
	count := map[string]int{}
	for i, s := range servers {
		labels[i] = labelIn(s.url, beside)
		count[labels[i]]++
	}
	for i, s := range servers {
		other := slices.ContainsFunc(servers, func(o server) bool { return o.id == labels[i] && o.id != s.id })
		prefixes[i] = s.id
		if labels[i] != "" && count[labels[i]] == 1 && !other {
			prefixes[i] = labels[i]
		}
	}
	return prefixes
}

// labelIn returns the first label of a URL's host if all that follows, the port too, is
// the same in the URL beside it; else nothing.
func labelIn(raw, beside string) string {
	u, err := url.Parse(raw)
	b, errBeside := url.Parse(beside)
	if err != nil || errBeside != nil || portOf(u) != portOf(b) {
		return ""
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return ""
	}
	label, domain, _ := strings.Cut(hostOf(u), ".")
	if _, same, _ := strings.Cut(hostOf(b), "."); domain == "" || domain != same {
		return ""
	}
	return label
}
