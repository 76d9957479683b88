package e2e

import (
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

// database starts a PostgreSQL server for the script, which has a database at $DATA;
// -crash ends it at once, and -begin starts it again.
func database(ts *testscript.TestScript, s *stage, neg bool, args []string) {
	switch {
	case neg || len(args) > 1:
		ts.Fatalf("usage: database [-crash|-begin]")
	case len(args) == 0:
		s.postgres = postgrestest.Start(s.t)
		ts.Setenv("DATA", s.postgres.Database(s.t))
	case args[0] == "-crash":
		ts.Check(s.postgres.End("QUIT"))
	case args[0] == "-begin":
		ts.Check(s.postgres.Begin())
	}
}
