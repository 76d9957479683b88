package pomerium

import (
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// checkRoute refuses assertions for or by another route: Pomerium signs all of
// them with the same keys (RFC 8725 sections 3.8 and 3.9). It writes the host of
// the route into aud, and into iss as it is or, by jwt_issuer_format: uri, as the
// URL of its root.
func (v *Verifier) checkRoute(claims jwt.MapClaims) error {
	audience, err := claims.GetAudience()
	if err != nil {
		return refuse("its aud is not text")
	}
	if !v.isFor(audience) {
		return refuse("it is for %s, and not for %q", quote(strings.Join(audience, " ")), v.host)
	}
	issuer, err := claims.GetIssuer()
	if err != nil {
		return refuse("its iss is not text")
	}
	if !v.isBy(issuer) {
		return refuse("it was issued by %s, and not by %q", quote(issuer), v.host)
	}
	return nil
}

func (v *Verifier) isFor(audience []string) bool {
	for _, a := range audience {
		if foldHost(a) == v.host {
			return true
		}
	}
	return false
}

func (v *Verifier) isBy(issuer string) bool {
	folded := foldHost(issuer)
	if rest, ok := strings.CutPrefix(folded, "https://"); ok {
		host, ok := strings.CutSuffix(rest, "/")
		return ok && foldHost(host) == v.host
	}
	return folded == v.host
}

// identity reads the claims about the user. Names of claims count exactly, lest a
// claim that somebody's identity provider calls "Sub" stand for sub.
func identity(claims jwt.MapClaims) (Identity, error) {
	var texts [3]string
	for i, name := range []string{"sub", "email", "name"} {
		value, present := claims[name]
		text, ok := value.(string)
		if present && !ok {
			return Identity{}, refuse("its %s is not text", name)
		}
		texts[i] = text
	}
	picture, _ := claims["picture"].(string) // what it is shall lock nobody out
	who := Identity{Subject: texts[0], Email: texts[1], Name: texts[2], Picture: pictureURL(picture)}
	if who.Subject == "" {
		return Identity{}, refuse("its sub is empty: nobody is signed in, as is possible on a public route")
	}
	groups, ok := claims["groups"].([]any)
	if claims["groups"] != nil && !ok {
		return Identity{}, refuse("its groups are not a list of texts")
	}
	for _, group := range groups {
		text, ok := group.(string)
		if !ok {
			return Identity{}, refuse("its groups are not a list of texts")
		}
		who.Groups = append(who.Groups, text)
	}
	return who, nil
}

// maxQuoted bounds what messages quote of the assertion's alg, kid, iss and aud,
// in bytes: a kid of Pomerium fits.
const maxQuoted = 64

// cut returns the start of text, and a sign if that is not all.
func cut(text string) string {
	if len(text) <= maxQuoted {
		return text
	}
	return strings.ToValidUTF8(text[:maxQuoted], "") + "…"
}

func quote(text string) string { return fmt.Sprintf("%q", cut(text)) }
