package pomerium_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestVerify(t *testing.T) {
	type change = pomeriumtest.Change
	claim, without := pomeriumtest.Claim, pomeriumtest.WithoutClaim
	header, headerless := pomeriumtest.Header, pomeriumtest.WithoutHeader
	in := func(d time.Duration) int64 { return time.Now().Add(d).Unix() } // call it in the bubble
	for _, tt := range []struct {
		name    string
		host    string // of the route that the assertion is minted for; chat if empty
		changes func() []change
		want    outcome
	}{
		{name: "what Pomerium mints is accepted", want: accepted(ann)},
		{
			name:    "jwt_issuer_format: uri is accepted",
			changes: func() []change { return []change{claim("iss", "https://"+host+"/")} },
			want:    accepted(ann),
		},
		{
			name: "hosts are compared without regard to case and a final dot",
			changes: func() []change {
				return []change{claim("iss", "https://Chat.Example.com./"), claim("aud", "CHAT.example.com.")}
			},
			want: accepted(ann),
		},
		{
			name:    "the host among several audiences is enough",
			changes: func() []change { return []change{claim("aud", []string{other, host})} },
			want:    accepted(ann),
		},
		{
			name: "a user without e-mail, name and groups is one",
			changes: func() []change {
				return []change{without("email"), without("name"), without("groups")}
			},
			want: accepted(pomerium.Identity{Subject: "user-1"}),
		},
		{
			name:    "no groups are no groups",
			changes: func() []change { return []change{claim("groups", []string{})} },
			want:    accepted(pomerium.Identity{Subject: "user-1", Email: "ann@example.com", Name: "Ann Example"}),
		},
		{
			name: "claims of other names change nothing",
			changes: func() []change {
				return []change{claim("Sub", "root"), claim("zsub", "root"), claim("EMAIL", "root@example.com"), claim("Aud", other)}
			},
			want: accepted(ann),
		},

		{
			name: "an assertion for another route is refused",
			host: other,
			want: refused(`it is for "db.example.com", and not for "chat.example.com"`),
		},
		{
			name:    "one by this route for another is refused",
			changes: func() []change { return []change{claim("aud", []string{other, "x"})} },
			want:    refused(`it is for "db.example.com x", and not for "chat.example.com"`),
		},
		{
			name:    "one by another route for this is refused",
			changes: func() []change { return []change{claim("iss", other)} },
			want:    refused(`it was issued by "db.example.com", and not by "chat.example.com"`),
		},
		{
			name:    "an audience that only begins with the host is refused",
			changes: func() []change { return []change{claim("aud", host+".evil.example")} },
			want:    refused(`it is for "chat.example.com.evil.example", and not for "chat.example.com"`),
		},
		{
			name:    "an audience with a port is refused",
			changes: func() []change { return []change{claim("aud", host+":443")} },
			want:    refused(`it is for "chat.example.com:443", and not for "chat.example.com"`),
		},
		{
			name:    "an issuer over http is refused",
			changes: func() []change { return []change{claim("iss", "http://"+host+"/")} },
			want:    refused(`it was issued by "http://chat.example.com/", and not by "chat.example.com"`),
		},
		{
			name:    "an issuer with a path is refused",
			changes: func() []change { return []change{claim("iss", "https://"+host+"/x/")} },
			want:    refused(`it was issued by "https://chat.example.com/x/", and not by "chat.example.com"`),
		},
		{
			name:    "no audience is refused",
			changes: func() []change { return []change{without("aud")} },
			want:    refused(`it is for "", and not for "chat.example.com"`),
		},
		{
			name:    "no issuer is refused",
			changes: func() []change { return []change{without("iss")} },
			want:    refused(`it was issued by "", and not by "chat.example.com"`),
		},
		{
			name:    "an audience that is no text is refused",
			changes: func() []change { return []change{claim("aud", []any{host, 1})} },
			want:    refused("its aud is not text"),
		},
		{
			name:    "an issuer that is no text is refused",
			changes: func() []change { return []change{claim("iss", 7)} },
			want:    refused("its iss is not text"),
		},
		{
			name:    "a long audience is quoted in part",
			changes: func() []change { return []change{claim("aud", strings.Repeat("é", 500))} },
			want:    refused(`it is for "` + strings.Repeat("é", 32) + `…", and not for "chat.example.com"`),
		},

		{
			name:    "one that expired within the clock skew is accepted",
			changes: func() []change { return []change{claim("exp", in(-29*time.Second))} },
			want:    accepted(ann),
		},
		{
			name:    "one that expired before that is refused",
			changes: func() []change { return []change{claim("exp", in(-30*time.Second))} },
			want:    refused("it has expired"),
		},
		{
			name:    "one that never expires is refused",
			changes: func() []change { return []change{without("exp")} },
			want:    refused("it does not say, by exp, when it expires"),
		},
		{
			name:    "one whose expiry is no time is refused",
			changes: func() []change { return []change{claim("exp", "tomorrow")} },
			want:    refused("its exp, iat or nbf is not a time"),
		},
		{
			name:    "one issued within the clock skew is accepted",
			changes: func() []change { return []change{claim("iat", in(30*time.Second))} },
			want:    accepted(ann),
		},
		{
			name:    "one issued after that is refused",
			changes: func() []change { return []change{claim("iat", in(31*time.Second))} },
			want:    refused("it was issued in the future; do the clocks agree?"),
		},
		{
			name:    "one valid within the clock skew is accepted",
			changes: func() []change { return []change{claim("nbf", in(30*time.Second))} },
			want:    accepted(ann),
		},
		{
			name:    "one valid after that is refused",
			changes: func() []change { return []change{claim("nbf", in(31*time.Second))} },
			want:    refused("it is not valid yet"),
		},

		{
			name:    "nobody is refused",
			changes: func() []change { return []change{pomeriumtest.For(pomeriumtest.Anonymous())} },
			want:    refused("its sub is empty: nobody is signed in, as is possible on a public route"),
		},
		{
			name:    "no subject is refused",
			changes: func() []change { return []change{without("sub")} },
			want:    refused("its sub is empty: nobody is signed in, as is possible on a public route"),
		},
		{
			name:    "a subject that is no text is refused",
			changes: func() []change { return []change{claim("sub", 1)} },
			want:    refused("its sub is not text"),
		},
		{
			name:    "a name that is no text is refused",
			changes: func() []change { return []change{claim("name", []string{"Ann"})} },
			want:    refused("its name is not text"),
		},
		{
			name:    "groups that are no list are refused",
			changes: func() []change { return []change{claim("groups", "staff")} },
			want:    refused("its groups are not a list of texts"),
		},
		{
			name:    "a group that is no text is refused",
			changes: func() []change { return []change{claim("groups", []any{"staff", 1})} },
			want:    refused("its groups are not a list of texts"),
		},

		{
			name:    "an unsigned one is refused",
			changes: func() []change { return []change{pomeriumtest.Unsigned()} },
			want:    refused(`it is signed with "none", and only ES256 and RS256 are accepted`),
		},
		{
			name:    "the public key is no shared secret",
			changes: func() []change { return []change{pomeriumtest.SignedWithPublicKey()} },
			want:    refused(`it is signed with "HS256", and only ES256 and RS256 are accepted`),
		},
		{
			name:    "a signature under the wrong algorithm is refused",
			changes: func() []change { return []change{header("alg", "ES384")} },
			want:    refused(`it is signed with "ES384", and only ES256 and RS256 are accepted`),
		},
		{
			name:    "an algorithm nobody knows is refused",
			changes: func() []change { return []change{header("alg", "es256")} },
			want:    refused(`it is signed with "es256", and only ES256 and RS256 are accepted`),
		},
		{
			name:    "no algorithm is refused",
			changes: func() []change { return []change{headerless("alg")} },
			want:    refused(`it is signed with "", and only ES256 and RS256 are accepted`),
		},
		{
			name:    "an algorithm that is no text is refused",
			changes: func() []change { return []change{header("alg", []string{"ES256"})} },
			want:    refused(`it is signed with "", and only ES256 and RS256 are accepted`),
		},
		{
			name:    "a stranger's key under a published id is refused",
			changes: func() []change { return []change{pomeriumtest.SignedByStranger("ES256")} },
			want:    refused("its signature is wrong"),
		},
		{
			name:    "keys that the assertion brings along are not used",
			changes: func() []change { return []change{pomeriumtest.BringingKey("https://" + pomeriumtest.KeysElsewhere)} },
			want:    refused("its signature is wrong"),
		},
		{
			name:    "keys that a good assertion brings along do no harm",
			changes: func() []change { return []change{header("jku", "https://evil.example"), header("jwk", "x")} },
			want:    accepted(ann),
		},
		{
			name:    "no key id is refused",
			changes: func() []change { return []change{headerless("kid")} },
			want:    refused("it does not say, by kid, which key it is signed with"),
		},
		{
			name:    "an empty key id is refused",
			changes: func() []change { return []change{header("kid", "")} },
			want:    refused("it does not say, by kid, which key it is signed with"),
		},
		{
			name:    "a key id that is no text is refused",
			changes: func() []change { return []change{header("kid", 1)} },
			want:    refused("it does not say, by kid, which key it is signed with"),
		},
		{
			name:    "a key id that leads elsewhere is only a name",
			changes: func() []change { return []change{header("kid", "../../etc/passwd")} },
			want:    refused(`it names the key "../../etc/passwd", which Pomerium does not publish`),
		},
		{
			name:    "a long key id is quoted in part, and cannot break out of the quotes",
			changes: func() []change { return []change{header("kid", "\"\n\x1b"+strings.Repeat("k", 5000))} },
			want:    refused(`it names the key "\"\n\x1b` + strings.Repeat("k", 61) + `…", which Pomerium does not publish`),
		},
		{
			name:    "an extension that must be understood is refused",
			changes: func() []change { return []change{header("crit", []string{"b64"}), header("b64", false)} },
			want:    refused("it demands extensions, by crit, that are not known here"),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := pomeriumtest.New(t)
			synctest.Test(t, func(t *testing.T) {
				route, changes := host, []change(nil)
				if tt.host != "" {
					route = tt.host
				}
				if tt.changes != nil {
					changes = tt.changes()
				}
				assertion := g.Assertion(route, changes...)
				v, log := newLoggingVerifier(t, g.InProcess())
				got := verify(t, v, assertion)
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				checkSecrecy(t, got.Err+log.String(), assertion, 12)
			})
		})
	}
}

func TestVerifyWithRSA(t *testing.T) {
	g := pomeriumtest.New(t)
	ecdsa := g.KeyID()
	g.RotateKey("RS256")
	for _, tt := range []struct {
		name    string
		changes []pomeriumtest.Change
		want    outcome
	}{
		{name: "what Pomerium signs with RSA is accepted", want: accepted(ann)},
		{
			name:    "the other algorithm under the key's id is refused",
			changes: []pomeriumtest.Change{pomeriumtest.SignedByStranger("ES256")},
			want:    refused(`it is signed with ES256, but its key "` + g.KeyID() + `" is for RS256`),
		},
		{
			name:    "and so the other way round",
			changes: []pomeriumtest.Change{pomeriumtest.Header("kid", ecdsa)},
			want:    refused(`it is signed with RS256, but its key "` + ecdsa + `" is for ES256`),
		},
		{
			name:    "the public key is no shared secret",
			changes: []pomeriumtest.Change{pomeriumtest.SignedWithPublicKey()},
			want:    refused(`it is signed with "HS256", and only ES256 and RS256 are accepted`),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, verify(t, newVerifier(t, g.InProcess()), g.Assertion(host, tt.changes...))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
