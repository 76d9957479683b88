package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// That the gateway is away is neither our fault nor the end of a session: to sign in
// again would not help, and to wait does.
func TestTheGatewayIsDownAndComesBack(t *testing.T) {
	e := newEstate(t)
	ann, assertion := e.SignIn(pomeriumtest.Ann()), e.Assertion(chatHost)
	type answer struct {
		Status int
		Kind   chat.Kind
		Detail string
		Again  string // after so many seconds
	}
	const off = "The Pomerium gateway is not available at the moment, "
	unknown := answer{503, chat.KindGatewayDown, off + "so it cannot be checked who you are. Try again in a moment.", "5"}
	unlisted := answer{503, chat.KindGatewayDown, off + "so your servers cannot be listed. Try again in a moment.", "5"}
	apart := answer{503, chat.KindGatewayDown, off + "so the connection could not be ended. Try again in a moment.", "5"}
	ok := answer{Status: 200}
	notes := "/api/servers/notes-localhost-pomerium-io." + e.URL(chatHost).Port()
	for _, tt := range []struct {
		name         string
		trouble      pomeriumtest.Trouble
		method, path string
		want         answer
	}{
		{"the keys are out at the start", pomeriumtest.ServerError, "GET", "/api/me", unknown},
		{"and are nothing to go by", pomeriumtest.HTML, "GET", "/api/me", unknown},
		{"they are back", 0, "GET", "/api/me", ok},
		{"the keys suffice, and the whole gateway breaks", pomeriumtest.Down, "GET", "/api/me", ok},
		{"which leaves no list", pomeriumtest.Down, "GET", "/api/servers", unlisted},
		{"the list alone is out", pomeriumtest.NoList, "GET", "/api/servers", unlisted},
		{"it is back", 0, "GET", "/api/servers", ok},
		{"it is out again, and the last one holds", pomeriumtest.NoList, "POST", notes + "/refresh", ok},
		{"but nothing can be disconnected", pomeriumtest.Down, "POST", notes + "/disconnect", apart},
		{"all is well", 0, "POST", notes + "/disconnect", ok},
	} {
		e.Suffer(tt.trouble)
		res, body := e.around(t, tt.method, tt.path, "Host", chatHost, "X-Pomerium-Jwt-Assertion", assertion, "Authorization", "Bearer "+ann.Token())
		e.Suffer(0)
		got := answer{Status: res.StatusCode, Again: res.Header.Get("Retry-After")}
		if res.StatusCode != http.StatusOK {
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatalf("%s: %v in %s", tt.name, err, body)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	if n := strings.Count(e.log.String(), "the last one is used"); n != 1 {
		t.Errorf("the last list was used %d times", n)
	}
}
