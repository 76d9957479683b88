package llm_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

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
