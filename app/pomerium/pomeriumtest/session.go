package pomeriumtest

import (
	"crypto/sha256"
	"maps"
	"net/http"
	"strings"
	"time"
)

const sessionCookie = "_pomerium"

// Session is the login of a user, on all hosts of the gateway. It is safe for
// concurrent use.
type Session struct {
	g       *Gateway
	id      ref
	user    User
	expires time.Time
}

// SignIn returns a new session of a user, as after the login in a browser.
func (g *Gateway) SignIn(u User) *Session {
	s := &Session{g: g, id: newRef(), user: u, expires: g.clock.now().Add(g.options.CookieExpire)}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sessions[s.id] = s
	return s
}

// Token returns a fresh TE, as a client route gets it with each request.
func (s *Session) Token() string {
	expires := s.g.clock.now().Add(Lifetime)
	if s.g.currentTrouble() == StaleTokens {
		expires = s.g.clock.now()
	}
	return accessPrefix + s.g.seals.seal(forAccess, s.id, expires)
}

// Cookie returns a cookie that signs in on a host, any of the gateway's.
func (s *Session) Cookie() *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: s.g.seals.seal(forCookie, s.id, s.expires),
		Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// Client returns [Gateway.Client] for somebody with the cookie of this session. It
// does not follow redirects, as they are what one wants to see.
func (s *Session) Client() *http.Client {
	client := s.g.Client()
	client.Transport = withCookie{client.Transport, s}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client
}

type withCookie struct {
	http.RoundTripper
	session *Session
}

// RoundTrip implements http.RoundTripper.
func (t withCookie) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.AddCookie(t.session.Cookie())
	return t.RoundTripper.RoundTrip(r)
}

// End ends the session, as signing out does: its cookies and tokens are worthless
// from now on.
func (s *Session) End() {
	s.g.mu.Lock()
	defer s.g.mu.Unlock()
	delete(s.g.sessions, s.id)
}

// EndSessions ends all sessions of a user, as an administrator may.
func (g *Gateway) EndSessions(subject string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	maps.DeleteFunc(g.sessions, func(_ ref, s *Session) bool { return s.user.Subject == subject })
}

// session returns the session with this id that has not ended.
func (g *Gateway) session(id ref) *Session {
	now := g.clock.now()
	g.mu.Lock()
	defer g.mu.Unlock()
	if s := g.sessions[id]; s != nil && now.Before(s.expires) {
		return s
	}
	return nil
}

// byCookie returns the session that a request names by its cookie.
func (g *Gateway) byCookie(r *http.Request) *Session {
	for _, c := range r.CookiesNamed(sessionCookie) {
		if id, ok := g.seals.open(forCookie, c.Value, g.clock.now()); ok {
			return g.session(id)
		}
	}
	return nil
}

// byToken returns the session that a request names by a TE.
func (g *Gateway) byToken(r *http.Request) *Session {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || g.currentTrouble() == StaleTokens {
		return nil
	}
	if id, ok := g.seals.open(forAccess, strings.TrimPrefix(token, accessPrefix), g.clock.now()); ok {
		return g.session(id)
	}
	return nil
}

// standing returns the session of somebody who never signs in; see
// [RouteOptions.User].
func (g *Gateway) standing(u User) *Session {
	sum := sha256.Sum256([]byte(u.Subject))
	s := &Session{g: g, id: ref(sum[:16]), user: u, expires: g.clock.now().Add(g.options.CookieExpire)}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sessions[s.id] = s
	return s
}
