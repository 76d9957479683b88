package pomeriumtest_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestPolicy(t *testing.T) {
	const (
		called = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"query","arguments":{}}}`
		listed = `{"jsonrpc":"2.0","id":7,"method":"tools/list"}`
	)
	ann, bob, mallory := pomeriumtest.Ann(), pomeriumtest.Bob(), pomeriumtest.Mallory()
	long := strings.Replace(called, "{}", `{"why":"`+strings.Repeat("x", 5000)+`"}`, 1)
	longer := strings.Replace(called, "{}", `{"why":"`+strings.Repeat("x", 33<<10)+`"}`, 1)
	type policy = pomeriumtest.Policy
	for _, tt := range []struct {
		name   string
		policy policy
		max    int
		user   pomeriumtest.User
		body   string
		want   string
	}{
		{"without rules everybody may", policy{}, 0, mallory, called, "passed"},
		{"a user by name", policy{AllowedUsers: []string{"ann@example.com"}}, 0, ann, called, "passed"},
		{"and no other", policy{AllowedUsers: []string{"ann@example.com"}}, 0, bob, called, "denied"},
		{"a domain", policy{AllowedDomains: []string{"example.com"}}, 0, bob, called, "passed"},
		{"and no other domain", policy{AllowedDomains: []string{"example.com"}}, 0, mallory, listed, "denied"},
		{"either of them", policy{AllowedUsers: []string{"mallory@other.example"}, AllowedDomains: []string{"example.com"}}, 0, mallory, called, "passed"},
		{"a denied tool", policy{DeniedTools: []string{"query"}}, 0, ann, called, "denied"},
		{"another tool", policy{DeniedTools: []string{"update"}}, 0, ann, called, "passed"},
		{"one of the only tools", policy{OnlyTools: []string{"query"}}, 0, ann, called, "passed"},
		{"none of the only tools", policy{OnlyTools: []string{"tables"}}, 0, ann, called, "denied"},
		{"what is no call", policy{OnlyTools: []string{"tables"}}, 0, ann, listed, "passed"},
		{"a long body is not understood", policy{DeniedTools: []string{"query"}}, 0, ann, long, "passed"},
		{"unless max_request_bytes is above it", policy{DeniedTools: []string{"query"}}, 8192, ann, long, "denied"},
		{"a longer one than can be kept is refused, where rules shall see it", policy{DeniedTools: []string{"query"}}, 64 << 10, ann, longer, "413"},
		{"and passes where they need not", policy{DeniedTools: []string{"query"}}, 32 << 10, ann, longer, "passed"},
		{"an answer to the server is not understood", policy{AllowedDomains: []string{"example.com"}}, 0, mallory, `{"jsonrpc":"2.0","id":1,"result":{}}`, "401"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := pomeriumtest.New(t)
			g.Route(dbHost, listen(t, func(w http.ResponseWriter, r *http.Request) {
				if body, err := io.ReadAll(r.Body); err != nil || string(body) != tt.body {
					t.Errorf("the server got %.80q, %v", body, err)
				}
				_, _ = io.WriteString(w, "passed")
			}), pomeriumtest.RouteOptions{Policy: tt.policy, MCPServer: &pomeriumtest.MCPServer{MaxRequestBytes: tt.max}})
			response, got := fetch(t, g, http.MethodPost, g.URL(dbHost).String(), g.SignIn(tt.user).Token(), tt.body)
			switch {
			case strings.HasPrefix(got, `{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"access denied`):
				got = "denied"
			case response.StatusCode != http.StatusOK:
				got = fmt.Sprint(response.StatusCode)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestADenialCarriesTheIDOfTheRequest(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(dbHost, mirror(t), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}, Policy: pomeriumtest.Policy{AllowedUsers: []string{"nobody"}}})
	_, body := fetch(t, g, http.MethodPost, g.URL(dbHost).String(), g.SignIn(pomeriumtest.Ann()).Token(), `{"jsonrpc":"2.0","id":1,"method":"ping"}`)
	id := uuid.FindString(body)
	want := `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"access denied, please see the authorization log for the request ` + id +
		` for details","data":{"request_id":"` + id + `"}}}`
	if diff := cmp.Diff(want, body); diff != "" || id == "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
