package deploy

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// options are the keys of Pomerium's configuration that are used, by Pomerium's reference of settings. A key that is not
// among them is most likely misspelt: Pomerium itself would log it and go on without.
type options struct {
	Autocert         bool   `yaml:"autocert"`
	HTTPRedirectAddr string `yaml:"http_redirect_addr"`
	Address          string `yaml:"address"`
	CertificateFile  string `yaml:"certificate_file"`
	CertificateKey   string `yaml:"certificate_key_file"`
	AuthorityFile    string `yaml:"certificate_authority_file"`

	AuthenticateURL string `yaml:"authenticate_service_url"`
	IDPProvider     string `yaml:"idp_provider"`
	IDPURL          string `yaml:"idp_provider_url"`
	IDPClientID     string `yaml:"idp_client_id"`
	IDPClientSecret string `yaml:"idp_client_secret"`

	SharedSecretFile string `yaml:"shared_secret_file"`
	CookieSecretFile string `yaml:"cookie_secret_file"`
	StorageType      string `yaml:"databroker_storage_type"`
	StorageFile      string `yaml:"databroker_storage_connection_string_file"`

	RuntimeFlags struct {
		MCP     bool `yaml:"mcp"`
		Dynamic bool `yaml:"mcp_dynamic_client_registration"`
	} `yaml:"runtime_flags"`
	AllowedClientIDDomains []string `yaml:"mcp_allowed_client_id_domains"`
	AuthorizeLogFields     []string `yaml:"authorize_log_fields"`
	Routes                 []route  `yaml:"routes"`
}

type route struct {
	From                string         `yaml:"from"`
	To                  string         `yaml:"to"`
	Name                string         `yaml:"name"`
	Description         string         `yaml:"description"`
	Public              bool           `yaml:"allow_public_unauthenticated_access"`
	PassIdentityHeaders bool           `yaml:"pass_identity_headers"`
	PreserveHostHeader  bool           `yaml:"preserve_host_header"`
	Timeout             *time.Duration `yaml:"timeout"`
	IdleTimeout         *time.Duration `yaml:"idle_timeout"`
	Policy              []rules        `yaml:"policy"`
	MCP                 *struct {
		Client *struct{} `yaml:"client"`
		Server *struct {
			Path            string  `yaml:"path"`
			MaxRequestBytes int     `yaml:"max_request_bytes"`
			UpstreamOAuth2  *oauth2 `yaml:"upstream_oauth2"`
		} `yaml:"server"`
	} `yaml:"mcp"`
}

type oauth2 struct {
	ClientID     string   `yaml:"client_id"`
	ClientSecret string   `yaml:"client_secret"`
	Scopes       []string `yaml:"scopes"`
	Endpoint     struct {
		AuthURL  string `yaml:"auth_url"`
		TokenURL string `yaml:"token_url"`
	} `yaml:"endpoint"`
}

// rules are a policy in Pomerium's language, as far as it is used.
type rules struct {
	Allow *struct {
		And []struct {
			Domain struct {
				Is string `yaml:"is"`
			} `yaml:"domain"`
		} `yaml:"and"`
	} `yaml:"allow"`
	Deny *struct {
		Or []struct {
			MCPTool struct {
				In []string `yaml:"in"`
			} `yaml:"mcp_tool"`
		} `yaml:"or"`
	} `yaml:"deny"`
}

// parsed decodes a configuration and refuses unknown keys.
func parsed(t testing.TB, text string) options {
	t.Helper()
	var o options
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&o); err != nil {
		t.Fatal(err)
	}
	return o
}

// setting is a line that is commented out, and not a sentence.
var setting = regexp.MustCompile(`(?m)^( *)# ((?:- |  )*(?:[a-z_0-9]+:(?: |$)))`)

// uncommented returns the configuration with everything that it offers.
func uncommented(text string) string { return setting.ReplaceAllString(text, "$1$2") }

// offered is each configuration as it is, and the one with a domain with everything that it offers in comments.
func offered(t testing.TB) map[string]options {
	t.Helper()
	out := map[string]options{}
	for _, v := range variants() {
		out[v.config] = parsed(t, configured(t, v))
	}
	v := variants()[0]
	out["with its comments, "+v.config] = parsed(t, uncommented(configured(t, v)))
	return out
}

func TestEveryRouteOfPomerium(t *testing.T) {
	for _, promise := range []struct {
		name string
		kept func(r route) bool
	}{
		{"has a public address and a target", func(r route) bool { return strings.HasPrefix(r.From, "https://") && r.To != "" }},
		{"is either a client or a server of MCP", func(r route) bool {
			return r.Public || r.MCP != nil && (r.MCP.Client == nil) != (r.MCP.Server == nil)
		}},
		{"lets in one domain, and nobody else", func(r route) bool {
			if r.Public {
				return len(r.Policy) == 0 && strings.HasPrefix(r.From, "https://login.")
			}
			return len(r.Policy) == 1 && r.Policy[0].Allow != nil && len(r.Policy[0].Allow.And) == 1 && r.Policy[0].Allow.And[0].Domain.Is != ""
		}},
		{"tells our servers who asks, and nobody else", func(r route) bool {
			ours := strings.HasPrefix(r.To, "http://") && !r.Public
			return r.PassIdentityHeaders == ours
		}},
		{"streams without an end if it is a client", func(r route) bool {
			return r.MCP == nil || r.MCP.Client == nil || r.Timeout != nil && *r.Timeout == 0 && r.IdleTimeout != nil && *r.IdleTimeout == 0
		}},
		{"is described if it is a server", func(r route) bool {
			return r.MCP == nil || r.MCP.Server == nil || r.Name != "" && r.Description != "" && strings.HasPrefix(r.MCP.Server.Path, "/mcp")
		}},
		{"sees more of a request than Pomerium does by default", func(r route) bool {
			return r.MCP == nil || r.MCP.Server == nil || r.MCP.Server.MaxRequestBytes > 4<<10
		}},
		// Measured with Pomerium v0.33.1: up to 32 KiB, what Envoy keeps, a longer request passes the rule; above, it is refused.
		{"refuses requests that are too long for a rule about tools", func(r route) bool {
			return len(r.Policy) == 0 || r.Policy[0].Deny == nil || r.MCP.Server.MaxRequestBytes > 32<<10
		}},
		{"knows both addresses of an OAuth server", func(r route) bool {
			if r.MCP == nil || r.MCP.Server == nil || r.MCP.Server.UpstreamOAuth2 == nil {
				return true
			}
			o := r.MCP.Server.UpstreamOAuth2
			return o.ClientID != "" && o.ClientSecret != "" && len(o.Scopes) > 0 &&
				strings.HasPrefix(o.Endpoint.AuthURL, "https://") && strings.HasPrefix(o.Endpoint.TokenURL, "https://")
		}},
	} {
		for name, o := range offered(t) {
			t.Run(promise.name+", "+name, func(t *testing.T) {
				for _, r := range o.Routes {
					if !promise.kept(r) {
						t.Errorf("the route from %s is not so", r.From)
					}
				}
			})
		}
	}
}

func TestPomeriumIsConfigured(t *testing.T) {
	// Pomerium's own, which are lost when there is a list.
	defaults := []string{
		"request-id", "check-request-id", "method", "path", "host", "ip", "session-id", "impersonate-session-id",
		"impersonate-user-id", "impersonate-email", "removed-groups-count", "service-account-id", "user", "email",
		"envoy-route-checksum", "envoy-route-id", "route-checksum", "route-id",
	}
	for name, o := range offered(t) {
		t.Run(name, func(t *testing.T) {
			compare(t, append(slices.Clone(defaults), "mcp-method", "mcp-tool", "mcp-tool-parameters"), o.AuthorizeLogFields)
			compare(t, []string{"true", "/secrets/shared_secret", "/secrets/cookie_secret", "postgres", "/secrets/database_url"},
				[]string{map[bool]string{true: "true"}[o.RuntimeFlags.MCP], o.SharedSecretFile, o.CookieSecretFile, o.StorageType, o.StorageFile})
			if (o.IDPProvider == "") != (o.AuthenticateURL == "") {
				t.Error("with an identity provider of one's own, Pomerium's sign-in has to be one's own, too")
			}
			if o.Autocert == (o.CertificateFile != "") {
				t.Error("certificates come either from Let's Encrypt or from a file")
			}
		})
	}
}

// TestBothVariantsServeTheSame compares the routes but for where they are and who comes in.
func TestBothVariantsServeTheSame(t *testing.T) {
	var got [2][]route
	for i, v := range variants() {
		for _, r := range parsed(t, configured(t, v)).Routes {
			if r.Public {
				continue
			}
			r.From = strings.Replace(r.From, v.domain+v.port, "DOMAIN", 1)
			got[i] = append(got[i], r)
		}
	}
	compare(t, got[0], got[1])
}

func TestOneToolIsDenied(t *testing.T) {
	for name, o := range offered(t) {
		t.Run(name, func(t *testing.T) {
			denied := map[string][]string{}
			for _, r := range o.Routes {
				for _, p := range r.Policy {
					if p.Deny != nil {
						denied[r.Name] = p.Deny.Or[0].MCPTool.In
					}
				}
			}
			compare(t, map[string][]string{"Northwind": {"update"}}, denied)
		})
	}
}

// TestUnknownKeysAreFound makes sure that the strict reading is strict.
func TestUnknownKeysAreFound(t *testing.T) {
	for _, text := range []string{"shared_secrets: x", "routes: [{mcp: {upstream_oauth2: {}}}]", "routes: [{mcp: {server: {pass_upstream_access_token: true}}}]", "routes: [{policy: [{allow: {or: []}}]}]"} {
		decoder := yaml.NewDecoder(strings.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&options{}); err == nil {
			t.Errorf("%s is accepted", text)
		}
	}
}

// TestDexFitsPomerium holds the identity provider of the local variant to what Pomerium expects.
func TestDexFitsPomerium(t *testing.T) {
	type client struct {
		ID           string   `yaml:"id"`
		Name         string   `yaml:"name"`
		Secret       string   `yaml:"secret"`
		RedirectURIs []string `yaml:"redirectURIs"`
	}
	type person struct {
		Email    string `yaml:"email"`
		Username string `yaml:"username"`
		UserID   string `yaml:"userID"`
		Hash     string `yaml:"hash"`
	}
	var dex struct {
		Issuer  string `yaml:"issuer"`
		Storage struct {
			Type string `yaml:"type"`
		} `yaml:"storage"`
		Web struct {
			HTTP    string `yaml:"http"`
			HTTPS   string `yaml:"https"`
			TLSCert string `yaml:"tlsCert"`
			TLSKey  string `yaml:"tlsKey"`
		} `yaml:"web"`
		Telemetry struct {
			HTTP string `yaml:"http"`
		} `yaml:"telemetry"`
		OAuth2 struct {
			SkipApprovalScreen bool `yaml:"skipApprovalScreen"`
		} `yaml:"oauth2"`
		StaticClients    []client `yaml:"staticClients"`
		EnablePasswordDB bool     `yaml:"enablePasswordDB"`
		StaticPasswords  []person `yaml:"staticPasswords"`
	}
	decoder := yaml.NewDecoder(strings.NewReader(read(t, "deploy/dex.yaml")))
	decoder.KnownFields(true)
	if err := decoder.Decode(&dex); err != nil {
		t.Fatal(err)
	}
	o := parsed(t, read(t, "pomerium-config.local.yaml"))
	compare(t, o.IDPURL, dex.Issuer)
	compare(t, []client{{o.IDPClientID, "Pomerium", o.IDPClientSecret, []string{o.AuthenticateURL + "/oauth2/callback"}}}, dex.StaticClients)
	compare(t, []string{o.CertificateFile, o.CertificateKey, o.Address}, []string{dex.Web.TLSCert, dex.Web.TLSKey, strings.TrimPrefix(dex.Web.HTTPS, "0.0.0.0")})
	var inside, outside int
	for _, p := range dex.StaticPasswords {
		if strings.HasSuffix(p.Email, "@example.com") {
			inside++
		} else {
			outside++
		}
	}
	compare(t, []int{2, 1}, []int{inside, outside})
}
