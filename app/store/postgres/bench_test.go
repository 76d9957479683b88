package postgres_test

import (
	"testing"

	"github.com/pomerium/pomchat/app/chat/chattest"
)

func BenchmarkStore(b *testing.B) {
	s := server(b)
	chattest.BenchmarkStore(b, func(b *testing.B) chattest.Storage { return open(b, s.Database(b)) })
}
