package pomeriumtest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// ref is the id of something that the gateway keeps, a UUID of version 4 (RFC 9562
// section 5.4).
type ref [16]byte

func newRef() ref {
	var r ref
	_, _ = rand.Read(r[:]) // never fails
	r[6], r[8] = r[6]&0x0f|0x40, r[8]&0x3f|0x80
	return r
}

func (r ref) String() string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", r[:4], r[4:6], r[6:8], r[8:10], r[10:])
}

// purpose says what a sealed text is for; it opens for nothing else.
type purpose byte

const (
	forAccess   purpose = iota + 1 // a TE: of a session
	forCookie                      // the cookie of a host: of a session
	forHandover                    // from the authenticate host to another one: of a session
	forCode                        // an authorization code: of a grant
	forRefresh                     // a refresh token: of a grant
)

// The prefixes of tokens.
const (
	accessPrefix  = "pom_mat_"
	refreshPrefix = "pom_mrt_"
)

// sealer encrypts ids, so that clients can neither read nor make them.
type sealer struct{ aead cipher.AEAD }

func newSealer() sealer {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return sealer{must(cipher.NewGCM(must(aes.NewCipher(key))))}
}

// sealed is the length of what is encrypted: with it a TE has 96 bytes, as
// Pomerium's has.
const sealed = 36

// seal returns 88 characters of standard base64, with each of +, / and = among
// them, so that whoever forgets to escape them is found out every time.
func (s sealer) seal(p purpose, id ref, expires time.Time) string {
	plain := make([]byte, sealed)
	plain[0] = byte(p)
	copy(plain[1:17], id[:])
	binary.BigEndian.PutUint64(plain[17:], uint64(expires.UnixNano()))
	for {
		nonce := make([]byte, s.aead.NonceSize())
		_, _ = rand.Read(nonce) // never fails
		text := base64.StdEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, nil))
		if strings.Contains(text, "+") && strings.Contains(text, "/") {
			return text
		}
	}
}

// open returns what was sealed for this purpose, unless it has expired.
func (s sealer) open(p purpose, text string, now time.Time) (ref, bool) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) < s.aead.NonceSize() {
		return ref{}, false
	}
	nonce, rest := raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():]
	plain, err := s.aead.Open(nil, nonce, rest, nil)
	if err != nil || len(plain) != sealed || purpose(plain[0]) != p {
		return ref{}, false
	}
	expires := time.Unix(0, int64(binary.BigEndian.Uint64(plain[17:])))
	return ref(plain[1:17]), now.Before(expires)
}
