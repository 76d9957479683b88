package toolbox_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

func benchBox(b *testing.B, cfg toolbox.Config) *toolbox.Toolbox {
	b.Helper()
	cfg.Log = slog.New(slog.DiscardHandler)
	box, err := toolbox.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { box.Close() })
	return box
}

// benchURL serves a desk over loopback.
func benchURL(b *testing.B, stateless bool) string {
	b.Helper()
	d := newDesk()
	srv := httptest.NewServer(mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return d.Server },
		&mcp.StreamableHTTPOptions{Stateless: stateless}))
	b.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
	})
	return srv.URL
}

// BenchmarkOpen measures opening the tools of ten servers over HTTP: when their
// statuses are remembered, and when all have to be asked.
func BenchmarkOpen(b *testing.B) {
	var servers []toolbox.Remote
	for i := range 10 {
		servers = append(servers, remote(fmt.Sprintf("s%d", i), benchURL(b, true)))
	}
	box := benchBox(b, toolbox.Config{Remote: servers})
	open := func(b *testing.B, c chat.Caller) {
		tools, err := box.Open(b.Context(), c, nil)
		if err != nil {
			b.Fatal(err)
		}
		if n := len(tools.List()); n != 10*len(deskTools("x")) {
			b.Fatalf("%d tools", n)
		}
		if err := tools.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("remembered", func(b *testing.B) {
		for b.Loop() {
			open(b, ann)
		}
	})
	b.Run("asked", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			open(b, chat.Caller{Identity: chat.Identity{Subject: chat.Subject(fmt.Sprint("caller ", i))}})
		}
	})
}

// BenchmarkCall measures a call in a session that exists: of a server in the process,
// and over HTTP on loopback.
func BenchmarkCall(b *testing.B) {
	for _, tt := range []struct {
		name string
		cfg  func(b *testing.B) toolbox.Config
	}{
		{"in the process", func(*testing.B) toolbox.Config {
			return toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", newDesk())}}
		}},
		{"over HTTP with sessions", func(b *testing.B) toolbox.Config {
			return toolbox.Config{Remote: []toolbox.Remote{remote("x", benchURL(b, false))}}
		}},
		{"over HTTP without", func(b *testing.B) toolbox.Config {
			return toolbox.Config{Remote: []toolbox.Remote{remote("x", benchURL(b, true))}}
		}},
	} {
		b.Run(tt.name, func(b *testing.B) {
			box := benchBox(b, tt.cfg(b))
			tools, err := box.Open(b.Context(), ann, nil)
			if err != nil {
				b.Fatal(err)
			}
			defer tools.Close()
			for b.Loop() {
				if _, err := tools.Call(b.Context(), "x__echo", nil, chat.Nobody{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRun measures what a server in the process costs a run that opens the
// tools, calls once and hangs up.
func BenchmarkRun(b *testing.B) {
	box := benchBox(b, toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", newDesk())}})
	for b.Loop() {
		tools, err := box.Open(b.Context(), ann, nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tools.Call(b.Context(), "x__echo", nil, chat.Nobody{}); err != nil {
			b.Fatal(err)
		}
		if err := tools.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
