package consent

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// lifetime is that of access tokens.
const lifetime = time.Hour

// store keeps what zitadel/oidc wants to have kept, in memory.
type store struct {
	app client
	key signingKey

	mu       sync.Mutex
	requests map[string]request
	codes    map[string]string // ids of requests
	access   map[string]token
	refresh  map[string]token
}

var _ op.Storage = (*store)(nil)

func newStore(app client) *store {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // cannot be
	}
	return &store{
		app: app, key: signingKey{key},
		requests: map[string]request{}, codes: map[string]string{}, access: map[string]token{}, refresh: map[string]token{},
	}
}

var errUnknown = errors.New("not known, used or expired")

func (s *store) request(id string) *request {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.requests[id]; ok {
		return &r
	}
	return nil
}

func (s *store) consent(id, account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.requests[id]; ok {
		r.account, r.when = account, time.Now()
		s.requests[id] = r
	}
}

func (s *store) revoke(account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := func(_ string, t token) bool { return t.account == account }
	maps.DeleteFunc(s.access, of)
	maps.DeleteFunc(s.refresh, of)
}

// CreateAuthRequest implements op.Storage.
func (s *store) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	r := request{id: rand.Text(), asked: *asked}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests[r.id] = r
	return r, nil
}

// AuthRequestByID implements op.Storage.
func (s *store) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	if r := s.request(id); r != nil {
		return *r, nil
	}
	return nil, errUnknown
}

// AuthRequestByCode implements op.Storage.
func (s *store) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	id := s.codes[code]
	s.mu.Unlock()
	return s.AuthRequestByID(ctx, id)
}

// SaveAuthCode implements op.Storage.
func (s *store) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = id
	return nil
}

// DeleteAuthRequest implements op.Storage.
func (s *store) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.requests, id)
	maps.DeleteFunc(s.codes, func(_, of string) bool { return of == id })
	return nil
}

// CreateAccessToken implements op.Storage.
func (s *store) CreateAccessToken(_ context.Context, r op.TokenRequest) (string, time.Time, error) {
	t := token{r.GetSubject(), r.GetScopes(), time.Now().Add(lifetime), s.app.id}
	id := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.access[id] = t
	return id, t.expires, nil
}

// CreateAccessAndRefreshTokens implements op.Storage. A refresh token is good for
// one use.
func (s *store) CreateAccessAndRefreshTokens(ctx context.Context, r op.TokenRequest, current string) (id, refresh string, expires time.Time, err error) {
	if id, expires, err = s.CreateAccessToken(ctx, r); err != nil {
		return "", "", time.Time{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.refresh[current]; current != "" && !ok {
		return "", "", time.Time{}, errUnknown
	}
	delete(s.refresh, current)
	refresh = rand.Text()
	s.refresh[refresh] = token{r.GetSubject(), r.GetScopes(), time.Time{}, s.app.id}
	return id, refresh, expires, nil
}

// TokenRequestByRefreshToken implements op.Storage.
func (s *store) TokenRequestByRefreshToken(_ context.Context, refresh string) (op.RefreshTokenRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.refresh[refresh]
	if !ok {
		return nil, op.ErrInvalidRefreshToken
	}
	return &refreshing{t}, nil
}

// SetUserinfoFromToken implements op.Storage.
func (s *store) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, id, _, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.access[id]
	if !ok || !time.Now().Before(t.expires) {
		return errUnknown
	}
	info.Subject = t.account
	info.AppendClaims("scope", strings.Join(t.scopes, " "))
	return nil
}

// GetClientByClientID implements op.Storage.
func (s *store) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != s.app.id {
		return nil, fmt.Errorf("there is no application %q", id)
	}
	return s.app, nil
}

// AuthorizeClientIDSecret implements op.Storage.
func (s *store) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	if id != s.app.id || secret != s.app.secret {
		return errors.New("this is not the application's secret")
	}
	return nil
}
