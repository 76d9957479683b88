package app

import (
	"net"
	"net/http"
	"os/user"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// localGateway stands where Pomerium stands in production: on loopback there is
// one user, the one at the keyboard.
type localGateway struct{ user chat.Identity }

// Authenticate implements web.Gateway.
func (g localGateway) Authenticate(*http.Request) (chat.Caller, error) {
	return chat.Caller{Identity: g.user}, nil
}

// Mode implements web.Gateway.
func (localGateway) Mode() string { return "standalone" }

// Origin implements web.Gateway. A page that resolved its own name to this machine (DNS
// rebinding) still sends its own name.
func (localGateway) Origin(r *http.Request) (string, bool) {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return "http://" + r.Host, isLoopback(host)
}

// localUser is the person who started the process, as far as the system knows.
// The name of the superuser is nobody's name.
func localUser() chat.Identity {
	id := chat.Identity{Subject: "local"}
	if u, err := user.Current(); err == nil && u.Uid != "0" {
		id.Name = strings.TrimSpace(strings.TrimRight(u.Name, ","))
		if id.Name == "" {
			id.Name = u.Username
		}
	}
	return id
}
