package store_test

import (
	"path/filepath"
	"testing"

	"github.com/pomerium/pomchat/app/chat/chattest"
	"github.com/pomerium/pomchat/app/store"
)

func TestStore(t *testing.T) {
	for _, tt := range []struct {
		name string
		dsn  func(t *testing.T) string
	}{
		{"in a file", func(t *testing.T) string { return filepath.Join(t.TempDir(), "chat.db") }},
		{"in memory", func(*testing.T) string { return ":memory:" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			chattest.TestStore(t, func(t *testing.T) chattest.Storage { return open(t, tt.dsn(t)) })
		})
	}
}

// open opens a store that ends with the test.
func open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
