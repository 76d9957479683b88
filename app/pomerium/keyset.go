package pomerium

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"
)

const (
	keysPath    = "/.well-known/pomerium/jwks.json"
	maxKeysSize = 256 << 10 // bytes of the document; Pomerium's has a few hundred for each key
	minRSABits  = 2048      // RFC 7518 section 3.3
	maxRSABits  = 8192      // beyond it, checking a signature costs too much
)

// publicKey is a key to check signatures with, and the only algorithm it is for.
type publicKey struct {
	alg string
	key any // *ecdsa.PublicKey or *rsa.PublicKey
}

// fetchKeys asks Pomerium for its keys, by their ids.
func fetchKeys(ctx context.Context, client *http.Client, address string) (map[string]publicKey, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", address, err)
	}
	request.Header.Set("Accept", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, err // says what was asked for
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %q instead of keys", address, response.Status)
	}
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if kind != "application/json" && kind != "application/jwk-set+json" {
		return nil, fmt.Errorf("%s answered %s instead of JSON: is this a host of Pomerium?", address, quote(kind))
	}
	document, err := io.ReadAll(io.LimitReader(response.Body, maxKeysSize+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", address, err)
	}
	if len(document) > maxKeysSize {
		return nil, fmt.Errorf("%s answered more than %d bytes", address, maxKeysSize)
	}
	keys, err := parseKeys(document)
	if err != nil {
		return nil, fmt.Errorf("%s %w", address, err)
	}
	return keys, nil
}

// parseKeys reads a JWK Set. It passes over keys that it cannot use (RFC 7517
// section 5), but wants one that it can. Of keys with the same id, the first counts.
func parseKeys(document []byte) (map[string]publicKey, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if json.Unmarshal(document, &set) != nil {
		return nil, errors.New("answered something other than a set of keys")
	}
	if len(set.Keys) == 0 {
		return nil, errors.New("answered a set without keys")
	}
	keys := make(map[string]publicKey, len(set.Keys))
	for _, raw := range set.Keys {
		id, key, ok := parseKey(raw)
		if _, taken := keys[id]; ok && !taken {
			keys[id] = key
		}
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("answered %d keys of which none can be used: one needs a kid, and to be for ES256 or RS256", len(set.Keys))
	}
	return keys, nil
}

func parseKey(raw json.RawMessage) (id string, key publicKey, ok bool) {
	var members jwkset.JWKMarshal
	if json.Unmarshal(raw, &members) != nil {
		return "", publicKey{}, false
	}
	// Certificates play no part: the keys are trusted because of where they come from.
	members.X5U, members.X5C, members.X5T, members.X5TS256 = "", nil, "", ""
	parsed, err := jwkset.NewJWKFromMarshal(members, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
	if err != nil {
		return "", publicKey{}, false
	}
	switch k := parsed.Key().(type) {
	case *ecdsa.PublicKey:
		key, ok = publicKey{jwt.SigningMethodES256.Alg(), k}, k.Curve == elliptic.P256()
	case *rsa.PublicKey:
		bits := k.N.BitLen()
		key, ok = publicKey{jwt.SigningMethodRS256.Alg(), k}, bits >= minRSABits && bits <= maxRSABits
	}
	ok = ok && members.KID != "" &&
		(members.ALG == "" || members.ALG.String() == key.alg) &&
		(members.USE == "" || members.USE == jwkset.UseSig) &&
		(members.KEYOPS == nil || slices.Contains(members.KEYOPS, jwkset.KeyOpsVerify))
	return members.KID, key, ok
}
