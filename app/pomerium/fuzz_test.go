package pomerium_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// FuzzVerifySigned looks for claims that are accepted though they should not be,
// and for a panic, with headers and claims that Pomerium itself has signed. KID in
// the header stands for the id of its key.
func FuzzVerifySigned(f *testing.F) {
	g := pomeriumtest.New(f)
	for _, seed := range []struct{ header, claims string }{
		{`{"alg":"ES256","kid":"KID","typ":"JWT"}`, `{"iss":"chat.example.com","aud":"chat.example.com","sub":"a","exp":946684900,"iat":946684800}`},
		{`{"alg":"ES256","kid":"KID","crit":[]}`, `{"iss":"https://chat.example.com/","aud":["x","chat.example.com"],"sub":"a","groups":["b"],"exp":1e99}`},
		{`{"alg":"none","ALG":"ES256","kid":"KID"}`, `{"iss":"","aud":{},"sub":"","exp":-1,"nbf":"1","groups":null}`},
		{`{"alg":"ES256","kid":"KID","kid":"x","jwk":{},"jku":"https://evil.example"}`, `{"aud":"x","aud":"chat.example.com","iss":null}`},
	} {
		f.Add(seed.header, seed.claims)
	}
	f.Fuzz(func(t *testing.T, header, claims string) {
		synctest.Test(t, func(t *testing.T) {
			assertion := g.Sign(strings.ReplaceAll(header, "KID", g.KeyID()), claims)
			got := verify(t, newVerifier(t, g.InProcess()), assertion)
			if got.Err != "" {
				if !got.Invalid || got.Unavailable {
					t.Errorf("refused, but not as invalid: %+v", got)
				}
				return
			}
			var said map[string]any
			if err := json.Unmarshal([]byte(claims), &said); err != nil {
				t.Fatalf("accepted claims that are no JSON: %v", err)
			}
			type accepted struct {
				Subject any
				For, On bool
			}
			expiry, _ := said["exp"].(float64)
			audience, several := said["aud"].([]any)
			if !several {
				audience = []any{said["aud"]}
			}
			isHost := func(a any) bool { return strings.TrimSuffix(strings.ToLower(fmt.Sprint(a)), ".") == host }
			facts := accepted{said["sub"], slices.ContainsFunc(audience, isHost), expiry > 946684770}
			want := accepted{got.Identity.Subject, true, true}
			if diff := cmp.Diff(want, facts); diff != "" || got.Identity.Subject == "" {
				t.Errorf("accepted %s (-want +got):\n%s", claims, diff)
			}
		})
	})
}

// FuzzVerify looks for an assertion that is accepted though Pomerium did not mint
// it, for an error of no kind, and for one that tells too much.
func FuzzVerify(f *testing.F) {
	g := pomeriumtest.New(f)
	g.RotateKey("RS256")
	g.RotateKey("ES256")
	bubble := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // when time begins under synctest
	then := []pomeriumtest.Change{
		pomeriumtest.Claim("iat", bubble.Unix()), pomeriumtest.Claim("exp", bubble.Add(time.Hour).Unix()),
	}
	with := func(changes ...pomeriumtest.Change) string { return g.Assertion(host, slices.Concat(then, changes)...) }
	minted := with()
	for _, seed := range []string{
		"", ".", "..", "...", minted, minted + "." + minted, strings.ToUpper(minted), minted[:len(minted)/2],
		with(pomeriumtest.Unsigned()), with(pomeriumtest.SignedWithPublicKey()), with(pomeriumtest.SignedByStranger("RS256")),
		with(pomeriumtest.BringingKey("https://evil.example")), with(pomeriumtest.WithoutHeader("kid")),
		with(pomeriumtest.Header("kid", "unknown")), with(pomeriumtest.Header("crit", []string{"exp"})),
		with(pomeriumtest.Claim("aud", other)), with(pomeriumtest.Claim("iss", 1)), with(pomeriumtest.WithoutClaim("exp")),
		with(pomeriumtest.For(pomeriumtest.Anonymous())), with(pomeriumtest.Claim("groups", map[string]int{"a": 1})),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, assertion string) {
		synctest.Test(t, func(t *testing.T) {
			v, log := newLoggingVerifier(t, g.InProcess())
			got := verify(t, v, assertion)
			switch {
			case assertion == minted:
				if diff := cmp.Diff(accepted(ann), got); diff != "" {
					t.Errorf("what Pomerium minted (-want +got):\n%s", diff)
				}
			case !got.Invalid || got.Unavailable:
				t.Errorf("neither minted nor refused as invalid: %+v", got)
			}
			checkSecrecy(t, got.Err+log.String(), assertion, 24)
		})
	})
}
