package llm_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
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
				if diff := cmp.Diff(want, got); diff != "" {
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
		{name: "nonsense", header: "X-Should-Retry", value: "false", want: "Try again in a moment."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
				resp, err := says(429, `{}`)(r)
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

// within carries requests to a handler in the same process, so that time can be
// synctest's.
func within(h http.Handler) transport {
	return func(r *http.Request) (*http.Response, error) {
		body, w := io.Pipe()
		answer := &pipeWriter{header: http.Header{}, w: w, began: make(chan int, 1)}
		served := r.Clone(r.Context())
		context.AfterFunc(r.Context(), func() { _ = w.CloseWithError(r.Context().Err()) })
		go func() {
			h.ServeHTTP(answer, served)
			_ = w.Close()
		}()
		select {
		case status := <-answer.began:
			return &http.Response{StatusCode: status, Request: r, Header: answer.header.Clone(), Body: body}, nil
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
}

type pipeWriter struct {
	header http.Header
	w      *io.PipeWriter
	began  chan int
}

func (p *pipeWriter) Header() http.Header         { return p.header }
func (p *pipeWriter) WriteHeader(status int)      { p.began <- status }
func (p *pipeWriter) Write(b []byte) (int, error) { return p.w.Write(b) }
func (p *pipeWriter) Flush()                      {}

// A provider that falls silent is given up after a while, before its answer as
// within it. A slow reader is not taken for a silent provider, and comments that
// keep a connection alive are signs of life.
func TestSilence(t *testing.T) {
	quiet := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	chatty := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(http.StatusOK)
		for range 10 {
			time.Sleep(time.Minute)
			fmt.Fprint(w, ": still here\n\n")
		}
		fmt.Fprint(w, "data: {\"type\":\"response.completed\",\"response\":{}}\n\n")
	})
	silent := told{chat.KindProviderDown, "Acme has been silent for too long. Try again."}
	tests := []struct {
		name     string
		provider http.Handler
		question string
		idle     time.Duration
		reading  time.Duration // how long the reader takes for each chunk
		took     time.Duration
		want     told
	}{
		{name: "no answer", provider: quiet, took: 2 * time.Minute, want: silent},
		{name: "half an answer", provider: llmtest.NewHandler(llmtest.Config{}), question: "fake:silent", took: 2 * time.Minute, want: silent},
		{name: "less patience", provider: quiet, idle: 3 * time.Second, took: 3 * time.Second, want: silent},
		{name: "signs of life", provider: chatty, took: 10 * time.Minute},
		{
			name: "a slow reader", provider: llmtest.NewHandler(llmtest.Config{}), question: "fake:text",
			reading: time.Hour, took: 5 * time.Hour,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := clientOver(t, within(tt.provider), func(cfg *llm.Config) {
					cfg.BaseURL, cfg.Provider, cfg.Idle = "http://acme.example/v1", "Acme", tt.idle
				})
				began := time.Now()
				var got told
				for _, err := range c.Reply(t.Context(), chat.Prompt{Model: "gpt-6.1-sol", Path: question(tt.question)}) {
					if err != nil {
						got = told{chat.KindOf(err), chat.MessageOf(err)}
					}
					time.Sleep(tt.reading)
				}
				if got != tt.want {
					t.Errorf("told %+v, want %+v", got, tt.want)
				}
				if took := time.Since(began); took != tt.took {
					t.Errorf("took %s, want %s", took, tt.took)
				}
			})
		})
	}
}

// Nothing shows the key: no verb, no log, and no error of a server that echoes
// the header which carries it.
func TestTheKeyStaysHidden(t *testing.T) {
	fake := llmtest.NewServer(t)
	var log bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cfg := llm.Config{APIKey: chat.NewToken(testKey), BaseURL: fake.BaseURL, Log: logger}
	c, err := llm.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	_, failed := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:echo-key")})
	echo := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		return says(500, r.Header.Get("Authorization")+strings.Repeat(" "+testKey, 10_000))(r)
	}), func(cfg *llm.Config) { cfg.Log = logger })
	if _, err := echo.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, secretive := range []any{cfg, &cfg, c, *c, failed} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%T"} {
			shown := fmt.Sprintf(verb, secretive)
			for _, form := range []string{testKey, testKey[3:], fmt.Sprintf("%x", testKey), fmt.Sprintf("%X", testKey)} {
				if strings.Contains(shown, form) {
					t.Errorf("%s of %T shows the key: %s", verb, secretive, shown)
				}
			}
		}
		logger.Debug("x", "value", secretive)
	}
	if strings.Contains(log.String(), testKey[3:]) {
		t.Errorf("the log shows the key: %s", log.String())
	}
	if got := fake.Requests()[0].Header.Get("Authorization"); got != "Bearer "+testKey {
		t.Errorf("the provider got %q", got)
	}
}

// The SDK would take its address, its key and more from the environment.
func TestTheEnvironmentIsNotRead(t *testing.T) {
	for _, name := range []string{"API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID", "WEBHOOK_SECRET"} {
		t.Setenv("OPENAI_"+name, "from-the-environment")
	}
	t.Setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/from-the-environment")
	t.Setenv("OPENAI_CUSTOM_HEADERS", "X-Custom: from-the-environment")
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, func(cfg *llm.Config) { cfg.HTTPClient = http.DefaultClient })
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello")}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	requests := fake.Requests()
	if len(requests) != 2 {
		t.Fatalf("got %d requests", len(requests))
	}
	for _, r := range requests {
		if shown := fmt.Sprint(r.Header); strings.Contains(shown, "from-the-environment") {
			t.Errorf("%s %s has %s", r.Method, r.Path, shown)
		}
	}
}

// A compatible server may need no key; then none is sent.
func TestNoKey(t *testing.T) {
	var got []string
	c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		got = append(got, strings.Join(r.Header["Authorization"], "|"))
		return says(404, `{}`)(r)
	}), func(cfg *llm.Config) { cfg.APIKey, cfg.BaseURL = chat.Token{}, "http://localhost:11434/v1" })
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")}); chat.KindOf(err) != chat.KindProtocol {
		t.Errorf("got %v", err)
	}
	if _, err := c.Models(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"", ""}, got); diff != "" {
		t.Errorf("Authorization (-want +got):\n%s", diff)
	}
}
