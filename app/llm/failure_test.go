package llm_test

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"testing/synctest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
)

type told struct {
	Kind    chat.Kind
	Message string
}

func TestUnreachable(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want string
	}{
		{name: "unknown name", err: &net.DNSError{Err: "no such host", Name: "acme.example"}, want: "its name is not known"},
		{name: "refused", err: &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, want: "it refused the connection"},
		{name: "unknown authority", err: &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, want: "its certificate is not trusted"},
		{name: "no TLS at all", err: tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, want: "no secure connection could be made"},
		{name: "an alert", err: tls.AlertError(40), want: "no secure connection could be made"},
		{name: "no answer", err: &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, want: "it does not answer"},
		{name: "anything else", err: errors.New("Authorization: Bearer " + testKey), want: "the connection failed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := clientOver(t, transport(func(*http.Request) (*http.Response, error) { return nil, tt.err }), func(cfg *llm.Config) {
					cfg.BaseURL, cfg.Provider = "https://acme.example/v1", "Acme"
				})
				_, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")})
				got := told{chat.KindOf(err), chat.MessageOf(err)}
				want := told{chat.KindProviderDown, "acme.example cannot be reached: " + tt.want + ". Try again, or tell the administrator."}
				if diff := gocmp.Diff(want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if strings.Contains(err.Error(), testKey) {
					t.Errorf("the error has the key: %v", err)
				}
			})
		})
	}
}

// The same over real sockets: nobody listens, and plain HTTP where TLS is expected.
func TestUnreachableForReal(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	encrypted := httptest.NewUnstartedServer(http.NotFoundHandler())
	encrypted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo)
	encrypted.StartTLS()
	defer encrypted.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, base, want string }{
		{name: "nobody listens", base: nobody, want: "it refused the connection"},
		{name: "plain HTTP behind https", base: strings.Replace(plain.URL, "http:", "https:", 1), want: "no secure connection could be made"},
		{name: "a certificate of nobody's", base: encrypted.URL, want: "its certificate is not trusted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := llm.New(llm.Config{BaseURL: tt.base})
			if err != nil {
				t.Fatal(err)
			}
			_, err = ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")})
			if got := chat.MessageOf(err); chat.KindOf(err) != chat.KindProviderDown || !strings.Contains(got, tt.want) {
				t.Errorf("told %q: %v", got, err)
			}
		})
	}
}

// What servers say in their own ways, and what people are told.
func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		want   chat.Kind
	}{
		{name: "vLLM's long prompt", status: 400, body: `{"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","code":400}`, want: chat.KindContextTooLong},
		{name: "llama.cpp's long prompt", status: 400, body: `{"error":{"code":400,"type":"exceed_context_size_error","message":"too big"}}`, want: chat.KindContextTooLong},
		{name: "a proxy's limit", status: 413, body: `<html>`, want: chat.KindContextTooLong},
		{name: "Ollama's missing model", status: 404, body: `{"error":{"message":"model 'm' not found","type":"not_found_error"}}`, want: chat.KindModelNotFound},
		{name: "Azure's missing deployment", status: 404, body: `{"error":{"code":"DeploymentNotFound","message":"The API deployment does not exist."}}`, want: chat.KindModelNotFound},
		{name: "no such path", status: 404, body: ``, want: chat.KindProtocol},
		{name: "no such method", status: 405, body: `{"detail":"Method Not Allowed"}`, want: chat.KindProtocol},
		{name: "credits are gone", status: 402, body: `{"error":{"message":"Insufficient credits","code":402}}`, want: chat.KindProviderQuota},
		{name: "quota told by type alone", status: 429, body: `{"error":{"message":"x","type":"insufficient_quota","code":null}}`, want: chat.KindProviderQuota},
		{name: "the balance is gone", status: 429, body: `{"error":{"code":"credit_balance_exhausted"}}`, want: chat.KindProviderQuota},
		{name: "an overload told as 503", status: 503, body: `{"error":{"code":"slow_down"}}`, want: chat.KindProviderBusy},
		{name: "an overload without words", status: 503, body: ``, want: chat.KindProviderDown},
		{name: "a list instead of an object", status: 400, body: `[{"error":{"code":400}}]`, want: chat.KindModelRefused},
		{name: "a policy", status: 400, body: `{"error":{"code":"bio_policy"}}`, want: chat.KindModelRefused},
		{name: "a policy of OpenAI's", status: 400, body: `{"error":{"code":"cyber_policy"}}`, want: chat.KindModelRefused},
		{name: "the wrong region", status: 400, body: `{"error":{"code":"data_residency_mismatch"}}`, want: chat.KindProviderAuth},
		{name: "Ollama's model without tools", status: 400, body: `{"error":{"message":"registry.ollama.ai/library/gemma:2b does not support tools"}}`, want: chat.KindModelRefused},
		{name: "a hosted tool that a model lacks", status: 400, body: `{"error":{"message":"Hosted tool 'web_search' is not supported with gpt-4.1-nano.","param":"tools"}}`, want: chat.KindModelRefused},
		{name: "a server that could not be used", status: 424, body: `{"error":{"message":"x"}}`, want: chat.KindServerDown},
		{name: "a conflict", status: 409, body: ``, want: chat.KindModelRefused},
		{name: "a gateway's timeout", status: 504, body: `upstream request timeout`, want: chat.KindProviderDown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := clientOver(t, says(tt.status, tt.body))
				_, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")})
				if got := chat.KindOf(err); got != tt.want {
					t.Errorf("got %s, want %s: %v", got, tt.want, err)
				}
			})
		})
	}
}

func TestBusyTellsHowLong(t *testing.T) {
	tests := []struct{ name, header, value, want string }{
		{name: "milliseconds", header: "Retry-After-Ms", value: "11200", want: "Try again in 12 seconds."},
		{name: "seconds", header: "Retry-After", value: "20", want: "Try again in 20 seconds."},
		{name: "minutes", header: "Retry-After", value: "130", want: "Try again in 3 minutes."},
		{name: "a date", header: "Retry-After", value: "Sat, 28 Nov 2026 00:01:30 GMT", want: "Try again in 90 seconds."},
		{name: "a date that is over", header: "Retry-After", value: "Fri, 27 Nov 2026 00:00:00 GMT", want: "Try again in a moment."},
		{name: "a date in some years", header: "Retry-After", value: "Sat, 28 Nov 2099 00:00:00 GMT", want: "Try again in a moment."},
		{name: "nonsense", header: "X-Should-Retry", value: "false", want: "Try again in a moment."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
				resp, err := says(429, `{}`)(r)
				resp.Header.Set("Date", "Sat, 28 Nov 2026 00:00:00 GMT")
				resp.Header.Set(tt.header, tt.value)
				return resp, err
			}))
			_, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")})
			if got, want := chat.MessageOf(err), "OpenAI is busy. "+tt.want; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// Whatever goes wrong, the person gets what they can hand to the provider, in which
// there is no secret.
func TestTraces(t *testing.T) {
	answers := func(status int, body string) transport {
		return quick(transport(func(r *http.Request) (*http.Response, error) {
			resp, err := says(status, body)(r)
			resp.Header.Set("X-Request-Id", "req_7")
			return resp, err
		}))
	}
	cut := transport(func(r *http.Request) (*http.Response, error) {
		resp, err := streams(textDelta(0, "Half"))(r)
		resp.Body = io.NopCloser(io.MultiReader(resp.Body, iotest.ErrReader(io.ErrUnexpectedEOF)))
		return resp, err
	})
	tests := []struct {
		name  string
		api   llm.API
		carry transport
		want  chat.Trace
	}{
		{name: "a refusal", carry: answers(429, `{"error":{"code":"rate_limit_exceeded","type":"requests"}}`), want: chat.Trace{Status: 429, Code: "rate_limit_exceeded", RequestID: "req_7"}},
		{name: "a refusal by type", carry: answers(400, `{"error":{"code":null,"type":"invalid_request_error"}}`), want: chat.Trace{Status: 400, Code: "invalid_request_error", RequestID: "req_7"}},
		{name: "a refusal without words", carry: answers(502, `<html>`), want: chat.Trace{Status: 502, RequestID: "req_7"}},
		{name: "a refusal that is text", carry: answers(400, `{"error":"no"}`), want: chat.Trace{Status: 400, RequestID: "req_7"}},
		{name: "a refusal with the key in it", carry: answers(401, `{"error":{"code":"`+testKey+`"}}`), want: chat.Trace{Status: 401, Code: "[redacted]", RequestID: "req_7"}},
		{name: "a failure within the stream", carry: streams(`{"type":"response.failed","response":{"error":{"code":"server_error"}}}`), want: chat.Trace{Code: "server_error", RequestID: "req_7"}},
		{name: "an error within the stream", carry: streams(`{"type":"error","code":"rate_limit_exceeded"}`), want: chat.Trace{Code: "rate_limit_exceeded", RequestID: "req_7"}},
		{name: "a stream that ends early", carry: streams(textDelta(0, "Half")), want: chat.Trace{RequestID: "req_7"}},
		{name: "a stream that is cut", carry: cut, want: chat.Trace{RequestID: "req_7"}},
		{name: "a stream of nonsense", carry: streams(`{`), want: chat.Trace{RequestID: "req_7"}},
		{name: "no stream at all", carry: answers(200, `{}`), want: chat.Trace{RequestID: "req_7"}},
		{name: "nobody there", carry: transport(func(*http.Request) (*http.Response, error) { return nil, errors.New("no") }), want: chat.Trace{}},
		{name: "an error within a completion", api: llm.APIChat, carry: streams(`{"error":{"code":503,"message":"gone"}}`), want: chat.Trace{Code: "503", RequestID: "req_7"}},
		{name: "a completion that ends early", api: llm.APIChat, carry: streams(delta(`{"content":"Half"}`)), want: chat.Trace{RequestID: "req_7"}},
		{name: "a completion that is refused", api: llm.APIChat, carry: answers(404, `{"error":{"code":"model_not_found"}}`), want: chat.Trace{Status: 404, Code: "model_not_found", RequestID: "req_7"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api := cmp.Or(tt.api, llm.APIResponses)
				_, err := ask(t.Context(), clientOver(t, tt.carry, by(api)), chat.Prompt{Model: "m", Path: question("hello")})
				if got := chat.TraceOf(err); err == nil || got != tt.want {
					t.Errorf("got %+v, want %+v: %v", got, tt.want, err)
				}
			})
		})
	}
}

// No failure of a provider may look like the end of the person's own login.
func TestNoFailureLooksLikeTheOwnLogin(t *testing.T) {
	for status := 400; status < 600; status++ {
		synctest.Test(t, func(t *testing.T) {
			_, err := ask(t.Context(), clientOver(t, quick(says(status, `{"error":{"message":"Unauthorized"}}`))), chat.Prompt{Model: "m", Path: question("hello")})
			switch kind := chat.KindOf(err); kind {
			case chat.KindUnauthenticated, chat.KindForbidden, chat.KindInternal:
				t.Errorf("status %d is %s", status, kind)
			}
			if message := chat.MessageOf(err); strings.Count(message, "%") > 0 || !strings.HasSuffix(message, ".") {
				t.Errorf("status %d: %q", status, message)
			}
		})
	}
}
