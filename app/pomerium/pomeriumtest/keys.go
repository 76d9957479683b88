package pomeriumtest

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"time"
)

// signingKey is a key of the gateway; its id is the hex SHA-256 thumbprint of the
// public key (RFC 7638), as Pomerium has it.
type signingKey struct {
	private crypto.Signer
	public  jwk
}

// jwk has the members, and their order, of Pomerium's answer.
type jwk struct {
	Use string `json:"use"`
	Kty string `json:"kty"`
	Kid string `json:"kid"`
	Crv string `json:"crv,omitempty"`
	Alg string `json:"alg"`
	X   string `json:"x,omitempty"`
	Y   string `json:"y,omitempty"`
	N   string `json:"n,omitempty"`
	E   string `json:"e,omitempty"`
}

func newSigningKey(alg string) *signingKey {
	encode := base64.RawURLEncoding.EncodeToString
	var k signingKey
	var canonical string
	switch alg {
	case "ES256":
		key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
		point := must(key.PublicKey.Bytes()) // 4, X, Y
		k = signingKey{key, jwk{Use: "sig", Kty: "EC", Crv: "P-256", Alg: alg, X: encode(point[1:33]), Y: encode(point[33:])}}
		canonical = fmt.Sprintf(`{"crv":"P-256","kty":"EC","x":%q,"y":%q}`, k.public.X, k.public.Y)
	case "RS256":
		key := must(rsa.GenerateKey(rand.Reader, 2048))
		e := big.NewInt(int64(key.E)).Bytes()
		k = signingKey{key, jwk{Use: "sig", Kty: "RSA", Alg: alg, N: encode(key.N.Bytes()), E: encode(e)}}
		canonical = fmt.Sprintf(`{"e":%q,"kty":"RSA","n":%q}`, k.public.E, k.public.N)
	default:
		panic("Pomerium has no keys for " + alg)
	}
	thumbprint := sha256.Sum256([]byte(canonical))
	k.public.Kid = hex.EncodeToString(thumbprint[:])
	return &k
}

// KeyID is the kid of the key that signs.
func (g *Gateway) KeyID() string { return g.signing().public.Kid }

// KeyFetches counts the requests for the keys so far, with those that failed.
func (g *Gateway) KeyFetches() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fetches
}

// RotateKey lets a new key sign, of alg ES256 or RS256; the old ones stay published.
func (g *Gateway) RotateKey(alg string) {
	key := newSigningKey(alg)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.keys = append([]*signingKey{key}, g.keys...)
}

// DropOldKeys publishes only the key that signs.
func (g *Gateway) DropOldKeys() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.keys = g.keys[:1]
}

func (g *Gateway) signing() *signingKey {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.keys[0]
}

func (g *Gateway) serveKeys(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.fetches++
	trouble := g.trouble
	var set struct {
		Keys []jwk `json:"keys"`
	}
	for _, k := range g.keys {
		set.Keys = append(set.Keys, k.public)
	}
	g.mu.Unlock()
	body := must(json.Marshal(set))
	if trouble.spoil(w, r, body) {
		return
	}
	version := sha256.Sum256(body)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "max-age=60")
	w.Header().Set("ETag", `"`+hex.EncodeToString(version[:8])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
