// Package store keeps threads, messages, runs and events in one SQLite file. It
// implements chat.Threads, chat.Journal, chat.Grants, chat.Results and chat.Files. Package
// postgres does so on a server, and package record has what both share.
//
// One connection writes, a few others read at the same time (write-ahead log).
// Every method is one transaction. Errors are *chat.Error; those that stem from
// the disk or the database are KindInternal with a sentence for the person and
// the cause for the log.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/store/record"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	writer *sql.DB // one connection; its transactions lock at once
	reader *sql.DB
	writes *crew     // runs the transactions of writer
	reads  *crew     // runs those of reader
	anchor *sql.Conn // keeps a database in memory alive; nil for a file
	claim  *claim    // keeps other processes from a file; nil for memory
}

// Close waits for what is going on, moves the write-ahead log into the file and
// closes the database. Call it once; whatever comes after it is an error.
func (s *Store) Close() error {
	s.writes.dismiss()
	s.reads.dismiss()
	var failed error
	if s.reader != s.writer {
		failed = s.reader.Close()
	}
	if s.anchor != nil {
		failed = errors.Join(failed, s.anchor.Close())
	} else if _, err := s.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		failed = errors.Join(failed, fmt.Errorf("move the log into the file: %w", err))
	}
	if err := errors.Join(failed, s.writer.Close(), s.claim.release()); err != nil {
		return fmt.Errorf("close the data: %w", err)
	}
	return nil
}

// write runs do in one writing transaction, all or nothing.
func (s *Store) write(ctx context.Context, op string, do func(tx *sql.Tx) error) error {
	return s.transact(ctx, s.writes, s.writer, nil, op, do)
}

// read runs do on one state of the data.
func (s *Store) read(ctx context.Context, op string, do func(tx *sql.Tx) error) error {
	return s.transact(ctx, s.reads, s.reader, &sql.TxOptions{ReadOnly: true}, op, do)
}

func (s *Store) transact(ctx context.Context, c *crew, db *sql.DB, opts *sql.TxOptions, op string, do func(tx *sql.Tx) error) error {
	begun := false
	err := c.run(ctx, func() error {
		begun = true
		return transact(ctx, db, opts, op, do)
	})
	if !begun {
		return failure(op, err)
	}
	return err
}

func transact(ctx context.Context, db *sql.DB, opts *sql.TxOptions, op string, do func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, opts)
	if err != nil {
		return failure(op, fmt.Errorf("begin transaction: %w", err))
	}
	if err := do(tx); err != nil {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = fmt.Errorf("%w (roll back: %w)", err, undo)
		}
		return failure(op, err)
	}
	if err := tx.Commit(); err != nil {
		return failure(op, fmt.Errorf("commit: %w", err))
	}
	return nil
}

// only reports whether a statement changed something; if not, what it looked for
// is not there or is another's.
func only(res sql.Result, err error, what, id string) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return record.Missing(what, id)
	}
	return nil
}
