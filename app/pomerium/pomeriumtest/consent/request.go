package consent

import (
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// request is what an application asked for, and who agreed.
type request struct {
	id      string
	asked   oidc.AuthRequest
	account string // empty until somebody agreed
	when    time.Time
}

var _ op.AuthRequest = request{}

func (r request) GetID() string                      { return r.id }
func (request) GetACR() string                       { return "" }
func (request) GetAMR() []string                     { return nil }
func (r request) GetAudience() []string              { return []string{r.asked.ClientID} }
func (r request) GetAuthTime() time.Time             { return r.when }
func (r request) GetClientID() string                { return r.asked.ClientID }
func (r request) GetNonce() string                   { return r.asked.Nonce }
func (r request) GetRedirectURI() string             { return r.asked.RedirectURI }
func (r request) GetResponseType() oidc.ResponseType { return r.asked.ResponseType }
func (r request) GetResponseMode() oidc.ResponseMode { return r.asked.ResponseMode }
func (r request) GetScopes() []string                { return r.asked.Scopes }
func (r request) GetState() string                   { return r.asked.State }
func (r request) GetSubject() string                 { return r.account }
func (r request) Done() bool                         { return r.account != "" }

func (r request) GetCodeChallenge() *oidc.CodeChallenge {
	if r.asked.CodeChallenge == "" {
		return nil
	}
	return &oidc.CodeChallenge{Challenge: r.asked.CodeChallenge, Method: r.asked.CodeChallengeMethod}
}

// token is an access token, or one to refresh it with, under which it is kept.
type token struct {
	account string
	scopes  []string
	expires time.Time
	client  string
}

// refreshing is a request for a new access token.
type refreshing struct{ token }

var _ op.RefreshTokenRequest = (*refreshing)(nil)

func (r *refreshing) GetAMR() []string                 { return nil }
func (r *refreshing) GetAudience() []string            { return []string{r.client} }
func (r *refreshing) GetAuthTime() time.Time           { return time.Now() }
func (r *refreshing) GetClientID() string              { return r.client }
func (r *refreshing) GetScopes() []string              { return r.scopes }
func (r *refreshing) GetSubject() string               { return r.account }
func (r *refreshing) SetCurrentScopes(scopes []string) { r.scopes = scopes }
