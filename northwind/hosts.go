package northwind

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// hosts are the names under which a server without a gateway may be asked. They keep out DNS rebinding: a page of
// evil.example.com, whose name an attacker then resolves to the address of this server, is of the same origin as the
// server for the browser, which lets the page read the answers. It cannot do anything about the Host header, though, which
// has the attacker's name. So, besides what a browser sends for a page of another origin, these are refused:
//
//   - over loopback, what does not name loopback or one of the names, whoever sends it;
//   - on a network address with names given, what names neither of them, nor loopback, nor an IP address;
//   - on a network address without, the same if a browser sent it: it has an Origin header, as all that a page can read an
//     answer to and is no GET, or a Sec-Fetch-Site header that does not tell of the user's own typing. Other clients, such
//     as those in a network of containers, may call the server what they like.
//
// An IP address is no name that anybody could resolve to another one: the page that names it came from it.
type hosts struct {
	names []string // without port
}

// parseHosts returns the names of the flag --allowed-hosts. The error is one sentence for whoever configures.
func parseHosts(list []string) ([]string, error) {
	given := names(list)
	if len(list) > 0 && given == nil {
		return nil, errors.New("--allowed-hosts names no host")
	}
	for _, name := range given {
		if strings.ContainsAny(name, "/:*@ ") {
			return nil, fmt.Errorf("--allowed-hosts: %q is no name of a host; write it without scheme, port and wildcards, such as db.example.com", name)
		}
	}
	return given, nil
}

// The reasons for which requests are refused whoever sent them.
var (
	errHost   = errors.New("its Host header names neither this machine nor an allowed host")
	errOrigin = errors.New("a browser sent it for a page of another origin")
)

// otherOrigin is told to browsers.
const otherOrigin = "Requests from web pages of another origin are refused."

// guard refuses what a hostile web page could make a browser send.
func (h hosts) guard(refusals *refusals) func(http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
			switch {
			case local != nil && loopback(local.String()):
				if !loopback(r.Host) && !h.has(r.Host) {
					refusals.refuse(w, r, http.StatusForbidden, "The Host header names neither this machine nor an allowed host.", errHost)
					return
				}
			case local != nil && (len(h.names) > 0 || fromBrowser(r)):
				if !loopback(r.Host) && !isIP(r.Host) && !h.has(r.Host) {
					refusals.refuse(w, r, http.StatusForbidden, "The Host header names no allowed host; the administrator of this server sets them with --allowed-hosts.", errHost)
					return
				}
			}
			if err := origins.Check(r); err != nil {
				refusals.refuse(w, r, http.StatusForbidden, otherOrigin, errOrigin)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func (h hosts) has(host string) bool {
	return slices.ContainsFunc(h.names, func(name string) bool { return strings.EqualFold(name, hostname(host)) })
}

// fromBrowser reports whether a browser sent the request and a page may be behind it: RFC 6454 section 7, and the section
// on Sec-Fetch-Site in the fetch metadata of the W3C, where none is the user's own doing.
func fromBrowser(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return len(r.Header.Values("Origin")) > 0 || site != "" && site != "none"
}

// loopback reports whether an address, with or without a port, is that of this machine alone.
func loopback(address string) bool {
	host := hostname(address)
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// isIP reports whether a host is an IP address.
func isIP(host string) bool {
	_, err := netip.ParseAddr(hostname(host))
	return err == nil
}

// hostname returns the host of an address in lower case, without port and brackets.
func hostname(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.Trim(address, "[]")
	}
	return strings.ToLower(host)
}
