package pomeriumtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net"
	"sync"
	"time"
)

// authority is a private certificate authority that certifies any host.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey

	leafKey *ecdsa.PrivateKey // of every host

	mu     sync.Mutex
	leaves map[string]tls.Certificate
}

func newAuthority() *authority {
	key, leafKey := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)), must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	template := certificate("Stand-in for Pomerium")
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign
	der := must(x509.CreateCertificate(rand.Reader, template, template, key.Public(), key))
	return &authority{certificate: must(x509.ParseCertificate(der)), key: key, leafKey: leafKey, leaves: map[string]tls.Certificate{}}
}

func certificate(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: must(rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
	}
}

func (a *authority) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

func (a *authority) leafFor(hello *tls.ClientHelloInfo) *tls.Certificate {
	leaf := a.leaf(hello.ServerName)
	return &leaf
}

// leaf returns a certificate for the host and for the loopback addresses.
func (a *authority) leaf(host string) tls.Certificate {
	a.mu.Lock()
	defer a.mu.Unlock()
	if leaf, ok := a.leaves[host]; ok {
		return leaf
	}
	template := certificate(host)
	template.DNSNames = []string{host}
	template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	der := must(x509.CreateCertificate(rand.Reader, template, a.certificate, a.leafKey.Public(), a.key))
	leaf := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: a.leafKey}
	a.leaves[host] = leaf
	return leaf
}

// pin is the digest of the public key of every host, as Chromium takes it for
// --ignore-certificate-errors-spki-list.
func (a *authority) pin() string {
	digest := sha256.Sum256(must(x509.MarshalPKIXPublicKey(a.leafKey.Public())))
	return base64.StdEncoding.EncodeToString(digest[:])
}

// must is for what fails only if the stand-in itself is wrong.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
