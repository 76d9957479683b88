package toolbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTroubleIsToldInWords(t *testing.T) {
	untrusted := func(err error) error { return &tls.CertificateVerificationError{Err: err} }
	for _, tt := range []struct {
		err  error
		want string
	}{
		{&net.DNSError{Name: "mcp.example", IsNotFound: true}, "its host mcp.example cannot be found"},
		{syscall.ECONNREFUSED, "nothing answers at this address (connection refused)"},
		{syscall.ECONNRESET, "it hung up before the answer was complete"},
		{io.ErrUnexpectedEOF, "it hung up before the answer was complete"},
		{os.ErrDeadlineExceeded, "it did not answer in time"},
		{context.DeadlineExceeded, "it did not answer in time"},
		{syscall.EHOSTUNREACH, "it cannot be reached"},
		{errors.New("gremlins"), "it cannot be reached"},
		{errTooLarge, "its answer is too large"},
		{http.ErrSchemeMismatch, "it does not speak TLS: its URL may have to begin with http://"},
		{tls.RecordHeaderError{}, "it does not speak TLS: its URL may have to begin with http://"},
		{untrusted(x509.UnknownAuthorityError{}), "its certificate is not trusted: it is signed by an unknown authority"},
		{untrusted(x509.HostnameError{Host: "a.example", Certificate: &x509.Certificate{}}), "its certificate is not trusted: it is not for a.example"},
		{untrusted(x509.CertificateInvalidError{Reason: x509.Expired}), "its certificate is not trusted: it has expired or is not valid yet"},
		{untrusted(errors.New("gremlins")), "its certificate is not trusted: it is not valid"},
	} {
		wrapped := &url.Error{Op: "Post", URL: "https://mcp.example", Err: fmt.Errorf("on the way: %w", tt.err)}
		if diff := cmp.Diff(tt.want, trouble(wrapped).reason); diff != "" {
			t.Errorf("%v: %s", tt.err, diff)
		}
	}
}
