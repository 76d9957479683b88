package toolbox_test

import (
	"log/slog"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// BenchmarkRun measures what a server in the process costs a run that opens the
// tools, calls once and hangs up, and what each further call costs.
func BenchmarkRun(b *testing.B) {
	box, err := toolbox.New(toolbox.Config{
		Builtin: []toolbox.Builtin{builtin("x", newDesk())}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	defer box.Close()
	b.Run("open, call, close", func(b *testing.B) {
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
	})
	b.Run("call", func(b *testing.B) {
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
