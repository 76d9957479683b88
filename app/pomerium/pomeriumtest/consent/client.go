package consent

import (
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// client is the only application, as zitadel/oidc wants to know it.
type client struct {
	id, secret        string
	redirects, scopes []string
}

func (p *Provider) client() client {
	return client{p.options.ClientID, p.options.ClientSecret, p.options.RedirectURIs, p.options.Scopes}
}

var _ op.Client = client{}

func (c client) GetID() string                                  { return c.id }
func (c client) RedirectURIs() []string                         { return c.redirects }
func (client) PostLogoutRedirectURIs() []string                 { return nil }
func (client) ApplicationType() op.ApplicationType              { return op.ApplicationTypeWeb }
func (client) AuthMethod() oidc.AuthMethod                      { return oidc.AuthMethodPost }
func (client) ResponseTypes() []oidc.ResponseType               { return []oidc.ResponseType{oidc.ResponseTypeCode} }
func (client) LoginURL(id string) string                        { return "/consent?id=" + id }
func (client) AccessTokenType() op.AccessTokenType              { return op.AccessTokenTypeBearer }
func (client) IDTokenLifetime() time.Duration                   { return time.Hour }
func (client) DevMode() bool                                    { return false }
func (client) IDTokenUserinfoClaimsAssertion() bool             { return false }
func (client) ClockSkew() time.Duration                         { return 0 }
func (c client) IsScopeAllowed(scope string) bool               { return slices.Contains(c.scopes, scope) }
func (client) RestrictAdditionalIdTokenScopes() scopeFilter     { return allScopes }
func (client) RestrictAdditionalAccessTokenScopes() scopeFilter { return allScopes }

func (client) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken}
}

type scopeFilter = func([]string) []string

func allScopes(scopes []string) []string { return scopes }
