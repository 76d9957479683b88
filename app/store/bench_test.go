package store_test

import (
	"path/filepath"
	"testing"

	"github.com/pomerium/pomchat/app/chat/chattest"
)

func BenchmarkStore(b *testing.B) {
	chattest.BenchmarkStore(b, func(b *testing.B) chattest.Storage { return open(b, filepath.Join(b.TempDir(), "chat.db")) })
}
