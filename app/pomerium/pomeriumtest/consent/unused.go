package consent

import (
	"context"
	"crypto/rsa"
	"errors"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// What zitadel/oidc wants to have for flows and documents that nobody here needs.

// signingKey is for id tokens, which nobody reads.
type signingKey struct{ private *rsa.PrivateKey }

func (signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (k signingKey) Key() any                                  { return k.private }
func (signingKey) ID() string                                  { return "1" }

type verifyingKey struct{ signingKey }

func (verifyingKey) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (verifyingKey) Use() string                        { return "sig" }
func (k verifyingKey) Key() any                         { return k.private.Public() }

// SigningKey implements op.Storage.
func (s *store) SigningKey(context.Context) (op.SigningKey, error) { return s.key, nil }

// SignatureAlgorithms implements op.Storage.
func (s *store) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

// KeySet implements op.Storage.
func (s *store) KeySet(context.Context) ([]op.Key, error) { return []op.Key{verifyingKey{s.key}}, nil }

// Health implements op.Storage.
func (s *store) Health(context.Context) error { return nil }

var errUnsupported = errors.New("not supported")

// TerminateSession implements op.Storage.
func (s *store) TerminateSession(_ context.Context, account, _ string) error {
	s.revoke(account)
	return nil
}

// RevokeToken implements op.Storage.
func (s *store) RevokeToken(_ context.Context, tokenOrID, _, _ string) *oidc.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.access, tokenOrID)
	delete(s.refresh, tokenOrID)
	return nil
}

// GetRefreshTokenInfo implements op.Storage.
func (s *store) GetRefreshTokenInfo(_ context.Context, _, refresh string) (account, id string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.refresh[refresh]
	if !ok {
		return "", "", op.ErrInvalidRefreshToken
	}
	return t.account, refresh, nil
}

// SetUserinfoFromScopes implements op.Storage.
func (s *store) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

// SetIntrospectionFromToken implements op.Storage.
func (s *store) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errUnsupported
}

// GetPrivateClaimsFromScopes implements op.Storage.
func (s *store) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

// GetKeyByIDAndClientID implements op.Storage.
func (s *store) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errUnsupported
}

// ValidateJWTProfileScopes implements op.Storage.
func (s *store) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errUnsupported
}
