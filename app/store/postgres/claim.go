package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pomerium/pomchat/app/chat"
)

// claim is the right of one process to a database. Two that share one would take each
// other's runs for cut off.
//
// It is a lock that a connection of its own holds, so that it ends with the process
// however that ends; and, since a connection can end before the process does, a mark in
// the database that every transaction that writes reads. Who takes the lock when it is
// free sets the mark. So a process whose connection is lost goes on, and takes the lock
// again; but if another had it meanwhile, it can write nothing any more.
type claim struct {
	config *pgx.ConnConfig
	holder string // the mark
	conn   *pgx.Conn
	stop   context.CancelFunc // ends keep, which then closes kept
	kept   chan struct{}
	lost   chan struct{} // closed when another process has the database
}

const (
	claimKey   = 0x504D4348              // of the lock: "PMCH" in ASCII
	claimWait  = 1500 * time.Millisecond // how long the process before may take to let go
	claimAgain = 100 * time.Millisecond
	claimCheck = 2 * time.Second // between looks at the connection
	claimReply = 5 * time.Second // how long the server may take
)

// takeClaim waits a little for the lock, brings the data up to date, and sets the mark.
func takeClaim(ctx context.Context, config *pgx.ConnConfig) (_ *claim, err error) {
	conn, err := connect(ctx, config)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			hangUp(conn)
		}
	}()
	for end := time.Now().Add(claimWait); ; {
		free := false
		if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", int64(claimKey)).Scan(&free); err != nil {
			return nil, err
		}
		if free {
			break
		}
		if time.Now().After(end) {
			return nil, &unusableError{"is in use by another pomchat: stop that one, or name another database"}
		}
		select {
		case <-time.After(claimAgain):
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	if err := migrate(ctx, conn); err != nil {
		return nil, err
	}
	holder := chat.NewID("own")
	if _, err := conn.Exec(ctx, "UPDATE store SET holder = $1", holder); err != nil {
		return nil, fmt.Errorf("take the data over: %w", err)
	}
	return holdClaim(config, conn, holder), nil
}

// holdClaim keeps what a connection holds.
func holdClaim(config *pgx.ConnConfig, conn *pgx.Conn, holder string) *claim {
	ctx, stop := context.WithCancel(context.Background())
	c := &claim{config: config, holder: holder, conn: conn, stop: stop, kept: make(chan struct{}), lost: make(chan struct{})}
	go c.keep(ctx)
	return c
}

// keep looks after the connection until ctx ends or the claim is lost to another. That
// is told to who writes next, too.
func (c *claim) keep(ctx context.Context) {
	defer close(c.kept)
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(claimCheck):
		}
		if c.conn != nil && alive(ctx, c.conn) || ctx.Err() != nil {
			continue
		}
		if lost := c.renew(ctx); lost {
			close(c.lost)
			return
		}
	}
}

// renew tries once to take the lock again, on a new connection.
func (c *claim) renew(ctx context.Context) (lost bool) {
	if c.conn != nil {
		hangUp(c.conn)
		c.conn = nil
	}
	ctx, cancel := context.WithTimeout(ctx, claimReply)
	defer cancel()
	conn, err := connect(ctx, c.config)
	if err != nil {
		return false
	}
	var free bool
	var holder string
	err = conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1), holder FROM store", int64(claimKey)).Scan(&free, &holder)
	if err == nil && free && holder == c.holder {
		c.conn = conn
		return false
	}
	hangUp(conn)
	return err == nil && holder != c.holder
}

// release lets go of the database.
func (c *claim) release() error {
	c.stop()
	<-c.kept
	if c.conn == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), claimReply)
	defer cancel()
	return c.conn.Close(ctx)
}

func alive(ctx context.Context, conn *pgx.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, claimReply)
	defer cancel()
	return conn.Ping(ctx) == nil
}

// hangUp ends a connection that is of no more use.
func hangUp(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = conn.Close(ctx)
}
