package postgres_test

import (
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/postgres"
	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

func TestOpenRefuses(t *testing.T) {
	s := server(t)
	at := fmt.Sprintf("127.0.0.1:%d", s.Port)
	as := func(user, database string) string {
		return fmt.Sprintf("postgres://%s:%s@%s/%s?sslmode=disable", user, postgrestest.Password, at, database)
	}
	s.Run(t, "postgres",
		"CREATE ROLE guest LOGIN PASSWORD '"+postgrestest.Password+"'",
		"CREATE ROLE many LOGIN CONNECTION LIMIT 0 PASSWORD '"+postgrestest.Password+"'",
		"CREATE ROLE nobody PASSWORD '"+postgrestest.Password+"'",
		"CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0", "CREATE DATABASE taken", "CREATE DATABASE newer", "CREATE DATABASE foreign_data", "CREATE DATABASE empty")
	s.Run(t, "foreign_data", "CREATE SCHEMA pomchat", "CREATE TABLE pomchat.songs (title TEXT)")
	open(t, s.URL("taken"))
	made(t, s.URL("newer"))
	s.Run(t, "newer", "UPDATE pomchat.store SET version = 99")
	for _, tt := range []struct {
		name, dsn, want string // AT stands for the server
	}{
		{
			"a wrong password", strings.Replace(s.URL("empty"), postgrestest.Password, "s3cret-guess", 1),
			`the server AT refuses the password of the user "pomchat": correct it in the URL or, if it is not there, in PGPASSWORD or the file that PGPASSFILE names`,
		},
		{
			"no such user", as("stranger", "empty"),
			`the server AT refuses the password of the user "stranger": correct it in the URL or, if it is not there, in PGPASSWORD or the file that PGPASSFILE names`,
		},
		{"a user who may not log in", as("nobody", "empty"), `the server AT does not let the user "nobody" in: role "nobody" is not permitted to log in`},
		{"no such database", s.URL("none"), `there is no database "none" on AT: create it, or name another`},
		{
			"no rights", as("guest", "empty"),
			`the user "guest" may not use or make the schema pomchat in the database "empty" on AT (permission denied for database empty): let it own the database`,
		},
		{"no connection left", as("many", "empty"), "the server AT has no connection left: raise its max_connections, or stop another program"},
		{"a server that is not there", strings.Replace(s.URL("empty"), at, nobody(t), 1), `the database "empty" on NOBODY cannot be reached: connect: connection refused`},
		{"TLS where there is none", strings.Replace(s.URL("empty"), "disable", "require", 1), `the database "empty" on AT cannot be reached: it offers no TLS, which sslmode asks for`},
		{"another encoding", s.URL("latin"), `the database "latin" on AT has the encoding LATIN1, and pomchat needs UTF8: create it with ENCODING 'UTF8' TEMPLATE template0`},
		{"another pomchat's", s.URL("taken"), `the database "taken" on AT is in use by another pomchat: stop that one, or name another database`},
		{"another program's schema", s.URL("foreign_data"), `the database "foreign_data" on AT has a schema pomchat that belongs to another program: name another database`},
		{
			"data of a newer version", s.URL("newer"),
			`the database "newer" on AT was made by a newer pomchat (version 99 of the data, this one knows 2): use that pomchat, or name another database`,
		},
		{"a setting that the server does not know", s.URL("empty") + "&colour=red", `open the database "empty" on AT: unrecognized configuration parameter "colour" (SQLSTATE 42704)`},
		{
			"a URL that is none", "postgres://ann:" + postgrestest.Password + "#%zz@db:port/chat",
			"the URL of the database cannot be read: it has to be like postgres://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full, " +
				"with % and two hexadecimal digits in place of special characters in the password",
		},
		{
			"a file that is not there", "postgres://ann:" + postgrestest.Password + "@db/chat?sslrootcert=/nowhere/ca.pem&sslmode=verify-full",
			"the file /nowhere/ca.pem, which the URL of the database or the environment names, cannot be read: no such file or directory",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			kept, err := postgres.Open(t.Context(), tt.dsn)
			if err == nil {
				t.Fatal("opened", kept.Close())
			}
			got := strings.ReplaceAll(err.Error(), at, "AT")
			if i := strings.Index(tt.want, "NOBODY"); i > 0 {
				got = got[:i] + "NOBODY" + got[i+strings.Index(got[i:], " "):]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			for _, secret := range []string{postgrestest.Password, "s3cret-guess"} {
				if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), secret) {
					t.Errorf("the password is told: %#v", err)
				}
			}
		})
	}
	if got := s.Run(t, "foreign_data", "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"); got != "1" {
		t.Errorf("there are %s tables in another program's database", got)
	}
}

// nobody returns an address at which nobody listens.
func nobody(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// made makes the data in a database, with one thread.
func made(t *testing.T, dsn string) {
	t.Helper()
	s, err := postgres.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CreateThread(t.Context(), "ann", chat.Thread{ID: "t"}); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDataIsThereTheNextTime(t *testing.T) {
	dsn := server(t).Database(t)
	made(t, dsn)
	if _, err := open(t, dsn).Thread(t.Context(), "ann", "t"); err != nil {
		t.Error(err)
	}
}

// A user who may do nothing but use a schema that was made for them can do so.
func TestASchemaOfOnesOwnIsEnough(t *testing.T) {
	s := server(t)
	s.Run(t, "postgres", "CREATE ROLE tenant LOGIN PASSWORD 'x'", "CREATE DATABASE flat")
	s.Run(t, "flat", "CREATE SCHEMA pomchat AUTHORIZATION tenant", "CREATE TABLE public.songs (title TEXT)")
	made(t, fmt.Sprintf("postgresql://tenant:x@127.0.0.1:%d/flat", s.Port))
}

func TestTextsThatPostgreSQLCannotHold(t *testing.T) {
	s := open(t, server(t).Database(t))
	ctx := t.Context()
	if err := s.CreateThread(ctx, "ann", chat.Thread{ID: "t", Title: "a\x00b\xff"}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Thread(ctx, "ann", "t")
	if err != nil || got.Title != "a\uFFFDb\uFFFD" {
		t.Errorf("the title is %q (%v)", got.Title, err)
	}
	if _, err := s.Thread(ctx, "ann", "t\x00"); chat.KindOf(err) != chat.KindNotFound {
		t.Errorf("an id that cannot be: %v", err)
	}
	if err := s.CreateThread(ctx, "a\x00", chat.Thread{ID: "u"}); chat.KindOf(err) != chat.KindInvalid {
		t.Errorf("an owner that cannot be: %v", err)
	}
	empty := chat.File{ID: "f", ThreadID: "t", Name: "\x00", At: got.CreatedAt}
	if err := s.KeepFile(ctx, "ann", empty); err != nil {
		t.Error(err)
	}
}
