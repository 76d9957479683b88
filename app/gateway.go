package app

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/pomerium"
)

// pomeriumGateway lets in whom Pomerium vouches for. It implements web.Gateway.
type pomeriumGateway struct {
	public   *url.URL // of the app's own route
	verifier *pomerium.Verifier
	log      *slog.Logger
	refused  rarely
}

// Mode implements web.Gateway.
func (*pomeriumGateway) Mode() string { return "gateway" }

// Origin implements web.Gateway. Pomerium names the host that the browser asked for in
// Host, or, where it writes the upstream's there, in X-Forwarded-Host.
func (g *pomeriumGateway) Origin(r *http.Request) (string, bool) {
	named := append([]string{r.Host}, r.Header.Values("X-Forwarded-Host")...)
	for _, host := range named {
		if pomerium.HostOf("https://"+host) == g.public.Hostname() {
			return g.public.Scheme + "://" + g.public.Host, true
		}
	}
	return "", false
}

// Authenticate implements web.Gateway. The caller's token is the one that came with
// the request, none if there was none.
func (g *pomeriumGateway) Authenticate(r *http.Request) (chat.Caller, error) {
	assertion, err := pomerium.AssertionOf(r.Header)
	if err != nil {
		return chat.Caller{}, g.refuse(r, err)
	}
	who, err := g.verifier.Verify(r.Context(), assertion)
	if err != nil {
		return chat.Caller{}, g.refuse(r, err)
	}
	caller := chat.Caller{Identity: chat.Identity{
		Subject: chat.Subject(who.Subject), Name: who.Name, Email: who.Email, Groups: who.Groups, Picture: who.Picture,
	}}
	if token := bearerOf(r.Header); !token.IsZero() {
		caller.Token, caller.TokenAt = token, now()
	}
	return caller, nil
}

// refuse turns the error about an assertion into one for the person. The log has the
// reason, for an administrator whose configuration may be the cause.
func (g *pomeriumGateway) refuse(r *http.Request, err error) error {
	if errors.Is(err, pomerium.ErrUnavailable) {
		return gatewayDown("authenticate", err, "so it cannot be checked who you are")
	}
	if g.refused.again(err.Error()) {
		g.log.LogAttrs(r.Context(), slog.LevelWarn, "request refused", slog.Any("error", err))
	}
	return &chat.Error{Kind: chat.KindUnauthenticated, Op: "authenticate", Err: err, Message: sessionEnded}
}

const sessionEnded = "Your session has ended. Sign in again."

// bearerToken is the header of one (RFC 6750, section 2.1).
var bearerToken = regexp.MustCompile(`^(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)$`)

// bearerOf returns the bearer token of a request. What is no such token is none.
func bearerOf(h http.Header) chat.Token {
	const longest = 4 << 10
	values := h.Values("Authorization")
	if len(values) != 1 || len(values[0]) > longest {
		return chat.Token{}
	}
	match := bearerToken.FindStringSubmatch(strings.TrimSpace(values[0]))
	if match == nil {
		return chat.Token{}
	}
	return chat.NewToken(match[1])
}

// rarely keeps what happens again and again from filling the log.
type rarely struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// again reports whether the same was not said in the last minute.
func (r *rarely) again(what string) bool {
	const most, every = 100, time.Minute
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.last[what]) < every {
		return false
	}
	if r.last == nil || len(r.last) >= most {
		r.last = map[string]time.Time{}
	}
	r.last[what] = time.Now()
	return true
}
