package pomerium

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	// maxAssertion bounds an assertion, in bytes. Pomerium's have about 600, and
	// more with many groups.
	maxAssertion = 16 << 10
	// clockSkew is how far the clocks of Pomerium and of this machine may differ.
	clockSkew = 30 * time.Second
)

// Verifier checks the assertions of one route. It is safe for concurrent use.
type Verifier struct {
	host   string // of the route, without port
	parser *jwt.Parser
	keys   *keyring
}

// NewVerifier returns a verifier for the route of Pomerium at publicURL, which must
// be as [ParsePublicURL] wants it. It uses client, but not its policy on redirects,
// to fetch the keys from the well-known place on that host when they are first
// needed; so it does not matter whether Pomerium is up yet. After ctx is done, no
// keys are fetched any more. To log it writes which keys it has got, and when it
// could not get them.
func NewVerifier(ctx context.Context, publicURL *url.URL, client *http.Client, log *slog.Logger) (*Verifier, error) {
	if publicURL == nil || client == nil || log == nil {
		return nil, errors.New("verify assertions: a public URL, a client and a logger are needed")
	}
	route, err := normalise(publicURL)
	if err != nil {
		return nil, err
	}
	strict := *client
	strict.CheckRedirect = refuseRedirect
	address := route.JoinPath(keysPath).String()
	return &Verifier{
		host: route.Hostname(),
		parser: jwt.NewParser(jwt.WithValidMethods(algorithms()), jwt.WithStrictDecoding(),
			jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(clockSkew)),
		keys: &keyring{
			ctx: ctx,
			fetch: func(ctx context.Context) (map[string]publicKey, error) {
				return fetchKeys(ctx, &strict, address)
			},
			log: log,
		},
	}, nil
}

// algorithms are those that Pomerium signs with. Each is for one type of keys, so
// that no public key can be taken for a shared secret (RFC 8725 section 3.1).
func algorithms() []string {
	return []string{jwt.SigningMethodES256.Alg(), jwt.SigningMethodRS256.Alg()}
}

// Verify returns who the assertion is about, if it is signed by a key of Pomerium,
// for and by this verifier's route, valid now, and about a user rather than an
// anonymous visitor. It uses the network only when the key is not known yet or was
// last seen published some minutes ago, and then waits no longer than ctx.
//
// The error is [ErrInvalid] or [ErrUnavailable] and says why. It quotes nothing of
// the assertion but the start of its alg, kid, iss and aud.
func (v *Verifier) Verify(ctx context.Context, assertion string) (Identity, error) {
	if err := checkShape(assertion); err != nil {
		return Identity{}, err
	}
	var keyErr error
	claims := jwt.MapClaims{}
	token, err := v.parser.ParseWithClaims(assertion, claims, func(token *jwt.Token) (any, error) {
		var key any
		key, keyErr = v.key(ctx, token)
		return key, keyErr
	})
	if keyErr != nil {
		return Identity{}, keyErr
	}
	if err != nil {
		return Identity{}, explain(token, err)
	}
	if err := v.checkRoute(claims); err != nil {
		return Identity{}, err
	}
	return identity(claims)
}

// checkShape refuses, before any decoding, what cannot be a compact JWS (RFC 7515
// section 7.1). Decoders of base64 pass over line breaks; this does not.
func checkShape(assertion string) error {
	switch {
	case assertion == "":
		return refuse("there is none in the header %s; does the route set pass_identity_headers?", AssertionHeader)
	case len(assertion) > maxAssertion:
		return refuse("it has more than %d bytes", maxAssertion)
	case strings.ContainsFunc(assertion, isNotCompact):
		return refuse("it holds a character that no JWT has")
	}
	return nil
}

func isNotCompact(c rune) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		return false
	}
	return true
}

// key returns the key that the header of the token selects by its kid alone; keys
// and addresses of keys that a token brings along count for nothing.
func (v *Verifier) key(ctx context.Context, token *jwt.Token) (any, error) {
	if _, ok := token.Header["crit"]; ok {
		return nil, refuse("it demands extensions, by crit, that are not known here") // RFC 7515 section 4.1.11
	}
	id, _ := token.Header["kid"].(string)
	if id == "" {
		return nil, refuse("it does not say, by kid, which key it is signed with")
	}
	key, err := v.keys.find(ctx, id)
	if err != nil {
		return nil, err
	}
	if key.alg != token.Method.Alg() {
		return nil, refuse("it is signed with %s, but its key %s is for %s", token.Method.Alg(), quote(id), key.alg)
	}
	return key.key, nil
}

// explain turns an error of the parser into a sentence that quotes none of the
// assertion's content, as the parser's own might.
func explain(token *jwt.Token, err error) error {
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed):
		return refuse("it is not a JWT")
	case errors.Is(err, jwt.ErrTokenExpired):
		return refuse("it has expired")
	case errors.Is(err, jwt.ErrTokenUsedBeforeIssued):
		return refuse("it was issued in the future; do the clocks agree?")
	case errors.Is(err, jwt.ErrTokenNotValidYet):
		return refuse("it is not valid yet")
	case errors.Is(err, jwt.ErrTokenRequiredClaimMissing):
		return refuse("it does not say, by exp, when it expires")
	case errors.Is(err, jwt.ErrTokenInvalidClaims):
		return refuse("its exp, iat or nbf is not a time")
	}
	if alg, _ := token.Header["alg"].(string); !slices.Contains(algorithms(), alg) {
		return refuse("it is signed with %s, and only %s are accepted", quote(alg), strings.Join(algorithms(), " and "))
	}
	return refuse("its signature is wrong")
}

// refuse returns an ErrInvalid with the reason, a sentence about the assertion.
func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
}
