package pomeriumtest

import (
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
)

// oauthClient is an MCP client that registered itself (RFC 7591).
type oauthClient struct {
	ID           string   `json:"client_id"`
	Secret       string   `json:"client_secret,omitempty"`
	IssuedAt     int64    `json:"client_id_issued_at,omitempty"`
	SecretUntil  *int64   `json:"client_secret_expires_at,omitempty"` // 0: for ever
	RedirectURIs []string `json:"redirect_uris"`
	AuthMethod   string   `json:"token_endpoint_auth_method"`
	GrantTypes   []string `json:"grant_types"`
	ResponseType []string `json:"response_types"`
	Name         string   `json:"client_name,omitempty"`
	URI          string   `json:"client_uri,omitempty"`
	Scope        string   `json:"scope,omitempty"`
}

// oauthError is the body of a refusal (RFC 6749 section 5.2).
type oauthError struct {
	Code        string `json:"error"`
	Description string `json:"error_description,omitempty"`
}

// register takes a client up, if that is switched on.
func (v *visit) register() {
	v.w.Header().Set("Cache-Control", "no-store")
	if !v.g.options.DynamicClientRegistration {
		v.json(http.StatusForbidden, oauthError{"access_denied", "dynamic client registration is disabled on this server"})
		return
	}
	client := oauthClient{AuthMethod: "client_secret_basic"}
	err := json.NewDecoder(io.LimitReader(v.r.Body, 1<<20)).Decode(&client)
	known := slices.Contains([]string{"none", "client_secret_basic", "client_secret_post"}, client.AuthMethod)
	if err != nil || len(client.RedirectURIs) == 0 || !known {
		v.json(http.StatusBadRequest, oauthError{"invalid_client_metadata", "redirect_uris are needed, and an authentication method that is supported"})
		return
	}
	if len(client.GrantTypes) == 0 {
		client.GrantTypes = []string{"authorization_code"}
	}
	if len(client.ResponseType) == 0 {
		client.ResponseType = []string{"code"}
	}
	client.ID, client.Secret, client.IssuedAt, client.SecretUntil = newRef().String(), "", 0, nil
	if client.AuthMethod != "none" {
		client.Secret, client.IssuedAt, client.SecretUntil = newRef().String(), v.g.clock.now().Unix(), new(int64)
	}
	v.g.mu.Lock()
	v.g.clients[client.ID] = client
	v.g.mu.Unlock()
	v.json(http.StatusOK, client)
}

func (g *Gateway) oauthClient(id string) (oauthClient, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c, ok := g.clients[id]
	return c, ok
}

// takes reports whether a redirect goes to an address that the client registered:
// the very same, but for the port of a loopback address (RFC 8252 section 7.3).
func (c oauthClient) takes(address string) bool {
	if slices.Contains(c.RedirectURIs, address) {
		return true
	}
	got, err := url.Parse(address)
	if err != nil || got.Hostname() != "localhost" && got.Hostname() != "127.0.0.1" {
		return false
	}
	return slices.ContainsFunc(c.RedirectURIs, func(registered string) bool {
		u, err := url.Parse(registered)
		return err == nil && u.Scheme == got.Scheme && u.Hostname() == got.Hostname() && u.Path == got.Path
	})
}

// authenticates reports whether a request to the token endpoint comes from the
// client. Its form must have been parsed.
func (c oauthClient) authenticates(r *http.Request) bool {
	if c.AuthMethod == "none" {
		return true
	}
	secret := r.PostFormValue("client_secret")
	if _, password, ok := r.BasicAuth(); ok && c.AuthMethod == "client_secret_basic" {
		secret, _ = url.QueryUnescape(password)
	}
	return subtle.ConstantTimeCompare([]byte(secret), []byte(c.Secret)) == 1
}
