package toolbox

import (
	"net/http"
	"sync"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// credential is a caller's token, which may be renewed while it is in use. It is safe
// for concurrent use.
type credential struct {
	mu     sync.Mutex
	caller chat.Caller
}

func newCredential(c chat.Caller) *credential { return &credential{caller: c} }

// renew takes the newer token of the same person. Several tabs may hand over theirs at
// the same time, so they need not come in order.
func (k *credential) renew(c chat.Caller) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c.Subject != k.caller.Subject || c.Token.IsZero() || c.TokenAt.Before(k.caller.TokenAt) {
		return
	}
	k.caller = c
}

func (k *credential) token() chat.Token { return k.now().Token }

// now is the caller with the newest token.
func (k *credential) now() chat.Caller {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.caller
}

// agedAfter is the age at which a token may have expired: Pomerium's last 5 minutes.
const agedAfter = 4 * time.Minute

// aged reports whether the caller's token may have expired.
func aged(c chat.Caller) bool { return !c.TokenAt.IsZero() && time.Since(c.TokenAt) > agedAfter }

// bearer is a transport to one host, which shows the token there, over https, and
// reaches no other.
type bearer struct {
	base       http.RoundTripper
	host       string // with the port, as in the URL
	credential *credential
}

// RoundTrip implements http.RoundTripper.
func (b *bearer) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "https" || req.URL.Host != b.host {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, errElsewhere
	}
	token := b.credential.token()
	req = req.Clone(withSecrets(req.Context(), token))
	req.Header.Del("Authorization")
	if !token.IsZero() {
		req.Header.Set("Authorization", "Bearer "+token.Reveal())
	}
	return b.base.RoundTrip(req)
}

// stayHere follows no redirect: a gateway's lead to a sign-in page.
func stayHere(*http.Request, []*http.Request) error { return errElsewhere }
