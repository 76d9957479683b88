package northwind

import (
	"context"
	"slices"
	"strings"
)

// answers spares work that was done before: the database never changes, so the same question has the same answer. It
// keeps the outcomes of runs, and lets callers who ask the same at the same time share one run. It is safe for
// concurrent use.
type answers struct {
	kept    *cache[result]
	running flights
}

// ask returns what run returns, now or when it was last asked for under the key, which must hold all that shapes the
// outcome. Only steady outcomes are kept. Those of a run in progress are shared if they are steady or an error.
func (a *answers) ask(ctx context.Context, key string, run func(context.Context) result) (reply, error) {
	if o, ok := a.kept.get(key); ok {
		o.reply.cached = true
		return o.reply, o.err
	}
	o, shared := a.running.do(ctx, key, func(ctx context.Context) result {
		o := run(ctx)
		o.reply.lasts = o.steady
		if o.steady {
			a.kept.put(key, o)
		}
		return o
	})
	if shared && !o.steady && o.err == nil {
		o, shared = run(ctx), false
	}
	o.reply.cached = shared
	return o.reply, o.err
}

// remember is ask for runs that query the database. An outcome is steady if run says so, SQLite did not look at the
// clock meanwhile, and the error, if any, is one of the question and not of the moment.
func (db *DB) remember(ctx context.Context, key string, run func(context.Context) result) (reply, error) {
	return db.answers.ask(ctx, key, func(ctx context.Context) result {
		before := db.clock.reads()
		o := run(ctx)
		o.steady = o.steady && before == db.clock.reads() && (o.err == nil || comesBack(KindOf(o.err)))
		return o
	})
}

// comesBack reports whether an error of this kind comes back whenever the query does.
func comesBack(k Kind) bool { return slices.Contains([]Kind{Invalid, Denied, TooBig}, k) }

// fickle reports whether a statement may have another result the next time for a reason that the clock does not tell:
// chance, and addresses in the program that EXPLAIN lists. No spelling of these names hides from it, so that it is wrong
// only for statements that merely contain the words.
func fickle(sql string) bool {
	sql = strings.ToLower(sql)
	return strings.Contains(sql, "random") || strings.Contains(sql, "explain")
}
