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
type DB struct {
	limits    Limits
	catalogue *Catalogue
	values    *valueIndex
	answers   answers

	files *vfs.FS
	clock *clock
	room  room
	free  chan *conn    // all connections that nobody uses; its capacity is their number
	done  chan struct{} // closed by Close
	once  sync.Once
}

// Open opens the database image and proves, before anything is served, that the policy, the memory cap and the
// limits hold. Then it reads every table once, to index the texts for [DB.FindValues]. The image must not change while
// the DB is in use. Close it after use.
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
	if db.values, err = db.indexValues(ctx); err != nil {
		return nil, fmt.Errorf("indexing the values of the database: %w", err)
	}
	return db, nil
}

// Catalogue returns what the database holds. It does not change.
func (db *DB) Catalogue() *Catalogue { return db.catalogue }

// Ready reports whether the DB answers: nil, or the reason why not. A DB whose connections are all in use is ready.
func (db *DB) Ready(ctx context.Context) error {
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
	defer db.room.queue()()
	wait, press := time.NewTimer(db.limits.QueueWait), time.NewTimer(db.room.patience())
	defer wait.Stop()
	defer press.Stop()
	for {
		select {
		case c := <-db.free:
			c.limit()
			return c, nil
		case <-db.done:
			return nil, ErrClosed
		case <-ctx.Done():
			return nil, &Error{Kind: Canceled, Message: "the query was cancelled by the caller"}
		case <-wait.C:
			return nil, &Error{
				Kind:    Busy,
				Message: fmt.Sprintf("the server is busy: %d queries are running", cap(db.free)),
				Hint:    "Try again in a few seconds.",
			}
		case now := <-press.C:
			press.Reset(db.room.make(now))
		}
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
