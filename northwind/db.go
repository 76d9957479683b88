package northwind

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"modernc.org/sqlite/vfs"
)

// DB answers queries over one database image. It is safe for concurrent use.
//
// It assumes the worst of every statement, and trusts no single protection. From the outside in:
//
//  1. The process should run with a read-only root, as a user without rights, under a limit of memory.
//  2. The database is bytes in the program, read through a VFS that knows no other file and no write.
//  3. Connections are read-only, immutable and query-only, in defensive mode, without double-quoted strings, trusted
//     schema, attaching and extensions, and keep what is temporary in memory; see [conn.harden].
//  4. An authorizer refuses all that is not on its list; see [authorize]. [Open] proves that it does.
//  5. SQLite holds 256 MiB at the most, and a query no more than its part of that, see [account]; both are proved at the
//     start.
//  6. At each borrow SQLite gets its limits of lengths, depths and counts anew; see [conn.limit].
//  7. A query is one statement, by the word of SQLite's compiler that nothing follows; see [conn.prepare].
//  8. Each query has a deadline, the caps of [Limits] for rows, cells and bytes, and its turn in a queue that is bounded
//     in time and length; see [room]. Callers are answered in time whatever SQLite does; see [attend].
//
// What was tried against it is in testdata/attacks.
type DB struct {
	limits    Limits
	catalogue *Catalogue
	values    lateIndex
	answers   answers

	files *vfs.FS
	clock *clock
	room  room
	free  chan *conn    // all connections that nobody uses; its capacity is their number
	done  chan struct{} // closed by Close
	once  sync.Once
}

// Open opens the database image and proves, before anything is served, that the policy, the memory cap and the
// limits hold. The image must not change while the DB is in use. Close it after use.
//
// [ConfigureSQLite] must have run. Open sets the hard heap limit of SQLite, 256 MiB, which all users of SQLite in this
// process share from then on.
func Open(ctx context.Context, database []byte, lim Limits) (_ *DB, err error) {
	lim, err = lim.complete()
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := limitHeap(); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	name, files, err := vfs.New(image(database))
	if err != nil {
		return nil, fmt.Errorf("opening the database: registering its bytes with SQLite: %w", err)
	}
	clock, err := newClock(name)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", errors.Join(err, files.Close()))
	}
	db := &DB{limits: lim, files: files, clock: clock, free: make(chan *conn, lim.Concurrency), done: make(chan struct{})}
	db.room.size, db.room.wait = lim.Concurrency, lim.QueueWait
	db.answers.kept = newCache[result](lim.CacheBytes / 2)
	defer func() {
		if err != nil {
			err = errors.Join(err, db.release(len(db.free)))
		}
	}()
	if db.catalogue, err = readCatalogue(ctx, clock.name, lim); err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	for range lim.Concurrency {
		c, err := openConn(clock.name)
		if err != nil {
			return nil, err
		}
		if err := c.restrict(queryMemory(lim.Concurrency)); err != nil {
			c.close()
			return nil, err
		}
		c.work()
		db.free <- c
	}
	if err := db.selfTest(ctx); err != nil {
		return nil, fmt.Errorf("testing the database: %w", err)
	}
	return db, nil
}

// Catalogue returns what the database holds. It does not change.
func (db *DB) Catalogue() *Catalogue { return db.catalogue }

// Ready reports whether the DB answers: nil, or the reason why not. A DB whose connections are all in use is ready, and
// says so without waiting.
func (db *DB) Ready(ctx context.Context) error {
	select {
	case <-db.done:
		return ErrClosed
	default:
	}
	if len(db.free) == 0 {
		return nil
	}
	_, err := db.Query(ctx, Query{SQL: "SELECT 1"})
	if KindOf(err) == Busy {
		return nil
	}
	return err
}

// borrow takes a free connection, waiting at most the limit for one, and puts it under the limits again. Waiting makes
// long queries end, see [room].
func (db *DB) borrow(ctx context.Context) (*conn, error) {
	select {
	case <-db.done:
		return nil, ErrClosed
	default:
	}
	select {
	case c := <-db.free:
		c.limit()
		return c, nil
	default:
	}
	leave, ok := db.room.queue()
	if !ok {
		return nil, busy(maxWaiting, "are waiting")
	}
	defer leave()
	wait := time.NewTimer(db.limits.QueueWait)
	defer wait.Stop()
	select {
	case c := <-db.free:
		c.limit()
		return c, nil
	case <-db.done:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, &Error{Kind: Canceled, Message: "the query was cancelled by the caller"}
	case <-wait.C:
		return nil, busy(cap(db.free), "are running")
	}
}

func busy(n int, are string) error {
	return &Error{
		Kind:    Busy,
		Message: fmt.Sprintf("the server is busy: %d queries %s", n, are),
		Hint:    "Try again in a few seconds.",
	}
}

// Close waits for the running queries, which the deadline bounds, the overdue ones among them, and frees everything. Queries fail with
// [ErrClosed] from then on. Further calls return nil.
func (db *DB) Close() (err error) {
	db.once.Do(func() {
		close(db.done)
		err = db.release(cap(db.free))
	})
	return err
}

// release takes n connections out of the pool, closes them and unregisters the files.
func (db *DB) release(n int) error {
	for range n {
		(<-db.free).close()
	}
	db.clock.close()
	if err := db.files.Close(); err != nil {
		return fmt.Errorf("closing the database: %w", err)
	}
	return nil
}
