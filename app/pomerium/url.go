package pomerium

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// ParsePublicURL parses the URL under which users reach a route of Pomerium. It
// takes https only, and nothing but a host and perhaps a port: no user, path
// beyond "/", query or fragment. The host is returned in lower case and without a
// final dot, the port only if it is not 443, the path empty. The error is one
// sentence for whoever configures.
func ParsePublicURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		var syntax *url.Error
		if errors.As(err, &syntax) {
			err = syntax.Err // without the URL, which may hold a password
		}
		return nil, fmt.Errorf("the public URL cannot be parsed: %w", err)
	}
	return normalise(u)
}

func normalise(u *url.URL) (*url.URL, error) {
	shown := u.Redacted()
	host, err := normaliseHost(u.Hostname())
	switch {
	case u.Scheme != "https":
		return nil, fmt.Errorf("the public URL %q must begin with https://, as routes of Pomerium do", shown)
	case u.User != nil:
		return nil, fmt.Errorf("the public URL %q must not hold a user or a password", shown)
	case u.Host == "" || u.Hostname() == "":
		return nil, fmt.Errorf("the public URL %q lacks a host, as in https://chat.example.com", shown)
	case err != nil:
		return nil, fmt.Errorf("the public URL %q %w", shown, err)
	case u.Path != "" && u.Path != "/":
		return nil, fmt.Errorf("the public URL %q must not have a path: a route of Pomerium is a whole host", shown)
	case u.RawQuery != "" || u.ForceQuery:
		return nil, fmt.Errorf("the public URL %q must not have a query", shown)
	case u.Fragment != "":
		return nil, fmt.Errorf("the public URL %q must not have a fragment", shown)
	}
	port, err := normalisePort(u.Port())
	if err != nil {
		return nil, fmt.Errorf("the public URL %q %w", shown, err)
	}
	out := &url.URL{Scheme: "https", Host: host}
	switch {
	case port != "":
		out.Host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		out.Host = "[" + host + "]"
	}
	return out, nil
}

// normaliseHost returns a host name in the form in which it is compared: Pomerium
// and browsers may write one host in several ways (RFC 3986 section 6.2.2.1).
func normaliseHost(host string) (string, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		if ip.Zone() != "" {
			return "", errors.New("must not have an address with a zone")
		}
		return ip.String(), nil
	}
	host = foldHost(host)
	for _, c := range host {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '.', c == '_':
		case c > '~':
			return "", errors.New("must have its host in ASCII, that is, in its xn-- form")
		default:
			return "", fmt.Errorf("must have one host, whose name cannot hold %q", c)
		}
	}
	if host == "" || strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") || strings.Contains(host, "..") {
		return "", errors.New("has a host name with an empty part")
	}
	return host, nil
}

// foldHost is normaliseHost for names that are only compared.
func foldHost(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }

func normalisePort(port string) (string, error) {
	if port == "" {
		return "", nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return "", errors.New("must have a port from 1 to 65535, or none")
	}
	if n == 443 {
		return "", nil
	}
	return strconv.FormatUint(n, 10), nil
}
