package pomerium

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

// NewClient returns a client for requests to Pomerium. It trusts the system's
// certificate authorities and, unless caFile is empty, the certificates in that
// PEM file. It does not follow redirects: they are returned like any other answer,
// because Pomerium's lead to a sign-in page, and a token must reach no other host.
// A request may take 15 s as a whole; for a longer one, such as a stream, use the
// Transport of the client, which bounds only the time to connect. The error is one
// sentence for whoever configures.
func NewClient(caFile string) (*http.Client, error) {
	roots, err := trusted(caFile)
	if err != nil {
		return nil, err
	}
	return &http.Client{
		Timeout:       15 * time.Second,
		CheckRedirect: refuseRedirect,
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    5 * time.Second,
			ExpectContinueTimeout:  time.Second,
			IdleConnTimeout:        90 * time.Second,
			MaxIdleConnsPerHost:    16,
			MaxResponseHeaderBytes: 64 << 10,
			ForceAttemptHTTP2:      true,
		},
	}, nil
}

func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func trusted(caFile string) (*x509.CertPool, error) {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("read the certificate authorities of the system: %w", err)
	}
	if caFile == "" {
		return roots, nil
	}
	rest, err := os.ReadFile(caFile)
	if err != nil {
		return nil, fmt.Errorf("read the certificates to trust: %w", err)
	}
	found := 0
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("the file %q, of certificates to trust, holds one that cannot be parsed: %w", caFile, err)
		}
		roots.AddCert(certificate)
		found++
	}
	if found == 0 {
		return nil, fmt.Errorf("the file %q, of certificates to trust, holds none in the PEM format", caFile)
	}
	return roots, nil
}
