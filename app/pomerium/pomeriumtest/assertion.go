package pomeriumtest

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Lifetime is how long an assertion is valid, and a TE.
const Lifetime = 5 * time.Minute

// User is somebody whom the identity provider knows.
type User struct {
	Subject, Email, Name string
	Groups               []string
	Claims               map[string]string // others, asserted only if [Options] name them
}

// Ann is the user of assertions that name no other.
func Ann() User {
	return User{Subject: "user-1", Email: "ann@example.com", Name: "Ann Example", Groups: []string{"staff", "buyers"}}
}

// Bob is another user.
func Bob() User {
	return User{Subject: "user-2", Email: "bob@example.com", Name: "Bob Example"}
}

// Mallory is a user of another domain.
func Mallory() User {
	return User{Subject: "user-3", Email: "mallory@other.example", Name: "Mallory Other"}
}

// Anonymous is what Pomerium asserts on a public route when nobody is signed in.
func Anonymous() User { return User{} }

// Change makes an assertion differ from what Pomerium would mint.
type Change func(*draft)

// draft is an assertion before it is signed.
type draft struct {
	token   *jwt.Token
	claims  jwt.MapClaims
	key     any
	current *signingKey
}

// Assertion mints an assertion for the host of a route, as Pomerium does for each
// request, and then changes it.
func (g *Gateway) Assertion(host string, changes ...Change) string {
	now := time.Now()
	key := g.signing()
	claims := jwt.MapClaims{
		"iss": host, "aud": host, "jti": newRef().String(),
		"iat": now.Unix(), "exp": now.Add(Lifetime).Unix(),
	}
	d := &draft{
		token:  jwt.NewWithClaims(jwt.GetSigningMethod(key.public.Alg), claims),
		claims: claims, key: key.private, current: key,
	}
	d.token.Header["kid"] = key.public.Kid
	For(Ann())(d)
	for _, change := range changes {
		change(d)
	}
	return must(d.token.SignedString(d.key))
}

// Sign signs any header and claims with the key of the gateway, as text: for what
// no change of an assertion can express.
func (g *Gateway) Sign(header, claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	key := g.signing()
	input := encode([]byte(header)) + "." + encode([]byte(claims))
	return input + "." + encode(must(jwt.GetSigningMethod(key.public.Alg).Sign(input, key.private)))
}

// For mints the assertion for this user.
func For(u User) Change {
	return func(d *draft) {
		session := ""
		if u.Subject != "" {
			session = "session-of-" + u.Subject
		}
		groups := u.Groups
		if groups == nil {
			groups = []string{}
		}
		d.claims["sub"], d.claims["user"], d.claims["sid"] = u.Subject, u.Subject, session
		d.claims["email"], d.claims["name"], d.claims["groups"] = u.Email, u.Name, groups
	}
}

// Claim sets a claim, to anything that JSON has.
func Claim(name string, value any) Change { return func(d *draft) { d.claims[name] = value } }

// WithoutClaim leaves a claim out.
func WithoutClaim(name string) Change { return func(d *draft) { delete(d.claims, name) } }

// Header sets a member of the JOSE header, kid for instance.
func Header(name string, value any) Change { return func(d *draft) { d.token.Header[name] = value } }

// WithoutHeader leaves a member of the JOSE header out.
func WithoutHeader(name string) Change { return func(d *draft) { delete(d.token.Header, name) } }

// Unsigned forges: alg none, and no signature.
func Unsigned() Change {
	return func(d *draft) {
		d.token.Method, d.key = jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType
		d.token.Header["alg"] = "none"
	}
}

// SignedWithPublicKey forges: HS256, with the published key, as PEM, for a secret.
func SignedWithPublicKey() Change {
	return func(d *draft) {
		der := must(x509.MarshalPKIXPublicKey(d.current.private.Public()))
		d.token.Method = jwt.SigningMethodHS256
		d.token.Header["alg"] = "HS256"
		d.key = pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	}
}

// SignedByStranger forges: another key, of alg ES256 or RS256, under the id of the
// published one. The header says so.
func SignedByStranger(alg string) Change {
	return func(d *draft) {
		d.token.Method = jwt.GetSigningMethod(alg)
		d.token.Header["alg"] = alg
		d.key = newSigningKey(alg).private
	}
}

// BringingKey forges: signed by a stranger, whose public key comes along in the
// header in every way that RFC 7515 section 4.1 knows of.
func BringingKey(address string) Change {
	return func(d *draft) {
		stranger := newSigningKey("ES256")
		d.key = stranger.private
		d.token.Method = jwt.SigningMethodES256
		d.token.Header["alg"] = "ES256"
		d.token.Header["jwk"] = stranger.public
		d.token.Header["jku"] = address
		d.token.Header["x5u"] = address
	}
}
