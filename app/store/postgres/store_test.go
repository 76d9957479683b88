package postgres_test

import (
	"os"
	"testing"

	"github.com/pomerium/pomchat/app/chat/chattest"
	"github.com/pomerium/pomchat/app/store/postgres"
	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

// shared is the server of the tests that do not stop it, once one of them has asked.
var shared *postgrestest.Server

func TestMain(m *testing.M) {
	code := m.Run()
	if shared != nil {
		shared.Close()
	}
	os.Exit(code)
}

func server(t testing.TB) *postgrestest.Server {
	t.Helper()
	if shared == nil {
		shared = postgrestest.Shared(t)
	}
	return shared
}

func TestStore(t *testing.T) {
	s := server(t)
	chattest.TestStore(t, func(t *testing.T) chattest.Storage { return open(t, s.Database(t)) })
}

// open opens a store that ends with the test.
func open(t testing.TB, dsn string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), dsn)
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
