package pomerium

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// recorded is a key that a real Pomerium published.
const recorded = `{"use":"sig","kty":"EC","kid":"7898cb3aa5abf87c94363f179fc67d1b3eb3ecd980b32f781dd110573697ae8d",` +
	`"crv":"P-256","alg":"ES256","x":"iTxNkOUkA84aCIgl9F-eulNicxG1xwZ3WbwalEkT4Uk","y":"ZcswKehw1dbBdDzuhwxC-2NH03wWir4y6QaPlfo3_1w"}`

// p256 is a key with no members but these and what is asked for.
func p256(members string) string {
	return `{"kty":"EC","crv":"P-256","x":"iTxNkOUkA84aCIgl9F-eulNicxG1xwZ3WbwalEkT4Uk","y":"ZcswKehw1dbBdDzuhwxC-2NH03wWir4y6QaPlfo3_1w"` + members + "}"
}

func rsaOf(bytes int, members string) string {
	modulus := slices.Repeat([]byte{0xff}, bytes)
	return fmt.Sprintf(`{"kty":"RSA","e":"AQAB","n":%q%s}`, base64.RawURLEncoding.EncodeToString(modulus), members)
}

func p384(t *testing.T) string {
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return fmt.Sprintf(`{"kty":"EC","crv":"P-384","kid":"k","x":%q,"y":%q}`, encode(point[1:49]), encode(point[49:]))
}

func TestParseKeys(t *testing.T) {
	const unusable = "answered 1 keys of which none can be used: one needs a kid, and to be for ES256 or RS256"
	for _, tt := range []struct {
		name, keys string
		want       map[string]string // algorithms by ids
		err        string
	}{
		{name: "what Pomerium published", keys: recorded, want: map[string]string{"7898cb3aa5abf87c94363f179fc67d1b3eb3ecd980b32f781dd110573697ae8d": "ES256"}},
		{name: "the least that is needed", keys: p256(`,"kid":"k"`), want: map[string]string{"k": "ES256"}},
		{name: "a key to verify with", keys: p256(`,"kid":"k","key_ops":["verify"]`), want: map[string]string{"k": "ES256"}},
		{name: "RSA of 2048 bits", keys: rsaOf(256, `,"kid":"k"`), want: map[string]string{"k": "RS256"}},
		{name: "RSA of 8192 bits", keys: rsaOf(1024, `,"kid":"k","alg":"RS256"`), want: map[string]string{"k": "RS256"}},
		{
			name: "what cannot be used is passed over",
			keys: `7,null,{},"x",{"kid":7},{"kty":"OKP","crv":"Ed448","kid":"o"},` + p256(`,"kid":"a"`) + "," + rsaOf(64, `,"kid":"weak"`) + "," + rsaOf(256, `,"kid":"b"`),
			want: map[string]string{"a": "ES256", "b": "RS256"},
		},
		{name: "of two with one id, the first counts", keys: p256(`,"kid":"k"`) + "," + rsaOf(256, `,"kid":"k"`), want: map[string]string{"k": "ES256"}},
		{name: "certificates are not looked at", keys: p256(`,"kid":"k","x5u":"http://evil.example","x5c":["x"],"x5t":"x"`), want: map[string]string{"k": "ES256"}},
		{name: "no id", keys: p256(""), err: unusable},
		{name: "for encryption", keys: p256(`,"kid":"k","use":"enc"`), err: unusable},
		{name: "to sign with only", keys: p256(`,"kid":"k","key_ops":["sign"]`), err: unusable},
		{name: "for another algorithm", keys: p256(`,"kid":"k","alg":"ES384"`), err: unusable},
		{name: "for HS256", keys: p256(`,"kid":"k","alg":"HS256"`), err: unusable},
		{name: "RSA for PS256", keys: rsaOf(256, `,"kid":"k","alg":"PS256"`), err: unusable},
		{name: "RSA too short", keys: rsaOf(255, `,"kid":"k"`), err: unusable},
		{name: "RSA too long", keys: rsaOf(1025, `,"kid":"k"`), err: unusable},
		{name: "another curve", keys: p384(t), err: unusable},
		{name: "a point off the curve", keys: `{"kty":"EC","crv":"P-256","kid":"k","x":"AQ","y":"AQ"}`, err: unusable},
		{name: "a shared secret", keys: `{"kty":"oct","kid":"k","k":"c2VjcmV0"}`, err: unusable},
		{name: "no keys", keys: "", err: "answered a set without keys"},
		{name: "a cut document", keys: `{"kty":`, err: "answered something other than a set of keys"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			keys, err := parseKeys([]byte(`{"keys":[` + tt.keys + `]}`))
			var got map[string]string
			for id, key := range keys {
				if got == nil {
					got = map[string]string{}
				}
				got[id] = key.alg
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if message := fmt.Sprint(err); err != nil && message != tt.err || err == nil && tt.err != "" {
				t.Errorf("error %q, want %q", message, tt.err)
			}
		})
	}
}
