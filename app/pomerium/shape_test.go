package pomerium_test

import (
	"encoding/base64"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestVerifyRefusesWhatIsNoJWT(t *testing.T) {
	g := pomeriumtest.New(t)
	v := newVerifier(t, g.InProcess())
	good := g.Assertion(host)
	parts := strings.Split(good, ".")
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	const noCharacter, noJWT, wrong = "it holds a character that no JWT has", "it is not a JWT", "its signature is wrong"
	for _, tt := range []struct{ name, assertion, want string }{
		{"none at all", "", "there is none in the header X-Pomerium-Jwt-Assertion; does the route set pass_identity_headers?"},
		{"a megabyte", strings.Repeat("a", 1<<20), "it has more than 16384 bytes"},
		{"a megabyte of dots", strings.Repeat(".", 1<<20), "it has more than 16384 bytes"},
		{"a good one with a long tail", good + strings.Repeat("a", 16<<10), "it has more than 16384 bytes"},
		{"dots alone", "..", noJWT},
		{"many dots", strings.Repeat(".", 16<<10), noJWT},
		{"one segment", parts[0], noJWT},
		{"no signature", parts[0] + "." + parts[1], noJWT},
		{"an empty signature", parts[0] + "." + parts[1] + ".", wrong},
		{"the signature twice", good + "." + parts[2], noJWT},
		{"the whole twice", good + "." + good, noJWT},
		{"two joined by a comma, as repeated headers are", good + "," + good, noCharacter},
		{"padding", good + "==", noCharacter},
		{"a line break within", good[:40] + "\n" + good[40:], noCharacter},
		{"a space before", " " + good, noCharacter},
		{"a scheme before", "Bearer " + good, noCharacter},
		{"the standard alphabet of base64", parts[0] + "." + parts[1] + ".+/", noCharacter},
		{"text that is not UTF-8", "\xff\xfe", noCharacter},
		{"a header that is no JSON", encode("{") + "." + parts[1] + "." + parts[2], noJWT},
		{"a header that is null", encode("null") + "." + parts[1] + "." + parts[2], `it is signed with "", and only ES256 and RS256 are accepted`},
		{"a header that is a list", encode("[]") + "." + parts[1] + "." + parts[2], noJWT},
		{"claims that are no JSON", parts[0] + "." + encode(`{"sub":"user-1"`) + "." + parts[2], noJWT},
		{"claims that are null", parts[0] + "." + encode("null") + "." + parts[2], wrong},
		{"other claims", parts[0] + "." + encode(`{"sub":"root"}`) + "." + parts[2], wrong},
		{"the claims for the header", parts[1] + "." + parts[0] + "." + parts[2], `it is signed with "", and only ES256 and RS256 are accepted`},
		{"a cut signature", good[:len(good)-2], wrong},
		{"another spelling of the signature's last bits", good[:len(good)-1] + respelled(good[len(good)-1]), noJWT},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := verify(t, v, tt.assertion)
			if diff := cmp.Diff(refused(tt.want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkSecrecy(t, got.Err, tt.assertion, 12)
		})
	}
	if diff := cmp.Diff(accepted(ann), verify(t, v, good)); diff != "" {
		t.Errorf("the good one itself (-want +got):\n%s", diff)
	}
}

// respelled returns another base64url digit that begins with the same two bits: in
// the last digit of 64 bytes, the other four mean nothing.
func respelled(last byte) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(digits[strings.IndexByte(digits, last)|1])
}

func TestNewVerifierRefuses(t *testing.T) {
	good, log := &url.URL{Scheme: "https", Host: host}, slog.New(slog.DiscardHandler)
	const incomplete = "verify assertions: a public URL, a client and a logger are needed"
	for _, tt := range []struct {
		name      string
		publicURL *url.URL
		client    *http.Client
		log       *slog.Logger
		want      string
	}{
		{"no URL", nil, http.DefaultClient, log, incomplete},
		{"no client", good, nil, log, incomplete},
		{"no logger", good, http.DefaultClient, nil, incomplete},
		{
			"a URL of no route", &url.URL{Scheme: "http", Host: host}, http.DefaultClient, log,
			`the public URL "http://chat.example.com" must begin with https://, as routes of Pomerium do`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := pomerium.NewVerifier(t.Context(), tt.publicURL, tt.client, tt.log); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}
