package main

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// openControl lets browser tests look at the house and do to it what happens in life,
// at a loopback address. Whoever reaches it can do as he likes with the house, so it is
// off unless it is asked for.
func (h *house) openControl(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return errors.New("-control: the address must be a loopback one")
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	h.controlURL = "http://" + listener.Addr().String()
	h.serveAt(listener, h.control())
	return nil
}

func (h *house) control() http.Handler {
	mux := http.NewServeMux()
	shows := func(path string, what func() any) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(what())
		})
	}
	does := func(path string, what func(r *http.Request, q url.Values) error) {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
			if err := what(r, r.URL.Query()); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
			}
		})
	}
	shows("/{$}", func() any {
		return map[string]string{"chat": h.gateway.URL(h.chatHost).String(), "pin": h.gateway.Pin(), "consent": h.consentURL}
	})
	shows("/seen", func() any { return h.gateway.Seen() })
	shows("/held", func() any { return h.gateway.Held() })
	// The clock of the gateway moves on, and tokens grow old.
	does("/advance", func(_ *http.Request, q url.Values) error {
		by, err := time.ParseDuration(q.Get("by"))
		h.gateway.Advance(by)
		return err
	})
	// Calls of a tool stay on their way to the gateway until they are released.
	does("/hold", func(_ *http.Request, q url.Values) error { h.gateway.Hold(q.Get("tool")); return nil })
	does("/release", func(*http.Request, url.Values) error { h.gateway.Release(); return nil })
	// A person's sessions end, or the login at a server that the gateway keeps.
	does("/end", func(_ *http.Request, q url.Values) error { h.gateway.EndSessions(q.Get("user")); return nil })
	does("/disconnect", func(_ *http.Request, q url.Values) error {
		h.gateway.Disconnect(q.Get("user"), q.Get("host"))
		return nil
	})
	// The policy of a server changes, and the gateway sees nothing of the requests.
	does("/forbid", func(_ *http.Request, q url.Values) error {
		on, err := strconv.ParseBool(q.Get("on"))
		return errors.Join(err, h.forbid(q.Get("host"), on))
	})
	// The chat app is killed, and starts anew.
	does("/crash", func(r *http.Request, _ url.Values) error {
		if h.chat == nil {
			return errors.New("it is not ours")
		}
		return h.chat.crash(r.Context())
	})
	return mux
}

// forbid lets nobody use a server any more, in a way that the gateway cannot tell to
// the client in its own words; or all as before.
func (h *house) forbid(host string, on bool) error {
	route, ok := h.routes[host]
	if !ok || route.options.MCPServer == nil {
		return errors.New("there is no such server")
	}
	o := route.options
	if on {
		server := *o.MCPServer
		server.MaxRequestBytes = 1
		o.MCPServer, o.Policy = &server, pomeriumtest.Policy{AllowedUsers: []string{"nobody"}}
	}
	h.gateway.Route(host, route.upstream, o)
	return nil
}
