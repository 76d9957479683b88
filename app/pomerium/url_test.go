package pomerium_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium"
)

func TestParsePublicURL(t *testing.T) {
	for _, tt := range []struct{ name, raw, want, err string }{
		{name: "a host", raw: "https://chat.example.com", want: "https://chat.example.com"},
		{name: "a root path", raw: "https://chat.example.com/", want: "https://chat.example.com"},
		{name: "capitals and a final dot", raw: "HTTPS://Chat.Example.COM./", want: "https://chat.example.com"},
		{name: "the port of https", raw: "https://chat.example.com:443", want: "https://chat.example.com"},
		{name: "another port", raw: "https://chat.localhost.pomerium.io:08443/", want: "https://chat.localhost.pomerium.io:8443"},
		{name: "a colon and no port", raw: "https://chat.example.com:", want: "https://chat.example.com"},
		{name: "an IPv4 address", raw: "https://127.0.0.1:8443", want: "https://127.0.0.1:8443"},
		{name: "an IPv6 address", raw: "https://[::0:1]", want: "https://[::1]"},
		{name: "an IPv6 address with a port", raw: "https://[::1]:8443", want: "https://[::1]:8443"},
		{name: "a name in its xn-- form", raw: "https://xn--bcher-kva.example", want: "https://xn--bcher-kva.example"},

		{name: "nothing", raw: "", err: `the public URL "" must begin with https://, as routes of Pomerium do`},
		{name: "http", raw: "http://chat.example.com", err: `the public URL "http://chat.example.com" must begin with https://, as routes of Pomerium do`},
		{name: "a bare host", raw: "chat.example.com", err: `the public URL "chat.example.com" must begin with https://, as routes of Pomerium do`},
		{name: "a bare host with a port", raw: "chat.example.com:8443", err: `the public URL "chat.example.com:8443" must begin with https://, as routes of Pomerium do`},
		{name: "no host", raw: "https:///", err: `the public URL "https:///" lacks a host, as in https://chat.example.com`},
		{name: "a port alone", raw: "https://:8443", err: `the public URL "https://:8443" lacks a host, as in https://chat.example.com`},
		{name: "one slash too few", raw: "https:/chat.example.com", err: `the public URL "https:/chat.example.com" lacks a host, as in https://chat.example.com`},
		{name: "a password", raw: "https://ann:secret@chat.example.com", err: `the public URL "https://ann:xxxxx@chat.example.com" must not hold a user or a password`},
		{name: "a path", raw: "https://chat.example.com/app", err: `the public URL "https://chat.example.com/app" must not have a path: a route of Pomerium is a whole host`},
		{name: "a query", raw: "https://chat.example.com/?a=b", err: `the public URL "https://chat.example.com/?a=b" must not have a query`},
		{name: "an empty query", raw: "https://chat.example.com/?", err: `the public URL "https://chat.example.com/?" must not have a query`},
		{name: "a fragment", raw: "https://chat.example.com/#top", err: `the public URL "https://chat.example.com/#top" must not have a fragment`},
		{name: "a wildcard", raw: "https://*.example.com", err: `the public URL "https://*.example.com" must have one host, whose name cannot hold '*'`},
		{name: "letters beyond ASCII", raw: "https://bücher.example", err: `the public URL "https://b%C3%BCcher.example" must have its host in ASCII, that is, in its xn-- form`},
		{name: "an empty part", raw: "https://chat..example.com", err: `the public URL "https://chat..example.com" has a host name with an empty part`},
		{name: "a dot alone", raw: "https://.", err: `the public URL "https://." has a host name with an empty part`},
		{name: "an address with a zone", raw: "https://[fe80::1%25eth0]", err: `the public URL "https://[fe80::1%25eth0]" must not have an address with a zone`},
		{name: "port zero", raw: "https://chat.example.com:0", err: `the public URL "https://chat.example.com:0" must have a port from 1 to 65535, or none`},
		{name: "a port too high", raw: "https://chat.example.com:65536", err: `the public URL "https://chat.example.com:65536" must have a port from 1 to 65535, or none`},
		{name: "what is no URL", raw: "https://ann:secret@chat.example.com:x", err: `the public URL cannot be parsed: invalid port ":x" after host`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got, gotErr string
			u, err := pomerium.ParsePublicURL(tt.raw)
			if err != nil {
				gotErr = err.Error()
			} else {
				got = u.String()
			}
			if diff := cmp.Diff([]string{tt.want, tt.err}, []string{got, gotErr}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
