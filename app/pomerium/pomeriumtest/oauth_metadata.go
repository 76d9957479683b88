package pomeriumtest

import (
	"net/http"
	"strings"
)

// authorizationServer is what MCP clients can read of the gateway as their
// authorization server (RFC 8414).
type authorizationServer struct {
	Issuer        string   `json:"issuer"`
	Authorize     string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	Register      string   `json:"registration_endpoint,omitempty"`
	ResponseTypes []string `json:"response_types_supported"`
	GrantTypes    []string `json:"grant_types_supported"`
	AuthMethods   []string `json:"token_endpoint_auth_methods_supported"`
	Docs          string   `json:"service_documentation"`
	Revoke        string   `json:"revocation_endpoint"`
	RevokeMethods []string `json:"revocation_endpoint_auth_methods_supported"`
	PKCE          []string `json:"code_challenge_methods_supported"`
	ByURL         bool     `json:"client_id_metadata_document_supported"`
	SendsIssuer   bool     `json:"authorization_response_iss_parameter_supported"`
}

// protectedResource is what they can read of an MCP server (RFC 9728).
type protectedResource struct {
	Resource string   `json:"resource"`
	Servers  []string `json:"authorization_servers"`
	Methods  []string `json:"bearer_methods_supported"`
	Name     string   `json:"resource_name"`
}

// serveMetadata answers the two documents on the host of an MCP server.
func (v *visit) serveMetadata() {
	if v.r.Header.Get("Origin") != "" {
		v.w.Header().Set("Access-Control-Allow-Origin", "*")
	}
	v.w.Header().Set("Vary", "Origin")
	switch path := v.r.URL.Path; {
	case v.r.Method == http.MethodOptions:
		v.w.Header().Set("Access-Control-Allow-Methods", "GET, OPTIONS")
		v.w.Header().Set("Access-Control-Allow-Headers", "mcp-protocol-version")
		v.w.WriteHeader(http.StatusNoContent)
	case v.r.Method != http.MethodGet:
		v.w.WriteHeader(http.StatusMethodNotAllowed)
	case path == serverMetadataPath:
		v.json(http.StatusOK, v.authorizationServer())
	default:
		v.json(http.StatusOK, protectedResource{
			v.origin() + strings.TrimPrefix(path, resourceMetadataPath), []string{v.origin()}, []string{"header"}, "Pomerium",
		})
	}
}

func (v *visit) authorizationServer() authorizationServer {
	base := v.origin() + mcpPrefix
	s := authorizationServer{
		Issuer: v.origin(), Authorize: base + "/authorize", Token: base + "/token",
		ResponseTypes: []string{"code"}, GrantTypes: []string{"authorization_code", "refresh_token"},
		AuthMethods: []string{"client_secret_basic", "none"}, Docs: "https://pomerium.com/docs",
		Revoke: base + "/revoke", RevokeMethods: []string{"client_secret_post"},
		PKCE: []string{"S256"}, ByURL: true, SendsIssuer: true,
	}
	if v.g.options.DynamicClientRegistration {
		s.Register = base + "/register"
	}
	return s
}
