package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// Messages implements chat.Threads.
func (s *Store) Messages(ctx context.Context, owner chat.Subject, threadID string) (all []chat.Message, err error) {
	err = s.read(ctx, "load messages", func(tx *sql.Tx) error {
		seq, _, err := findThread(ctx, tx, owner, threadID)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT "+record.MessageColumns+" FROM messages WHERE thread = ? ORDER BY seq", seq)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			m, err := scanMessage(rows)
			if err != nil {
				return err
			}
			all = append(all, m)
		}
		return errors.Join(rows.Err(), rows.Close())
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Stamp implements chat.Threads.
func (s *Store) Stamp(ctx context.Context, owner chat.Subject, threadID string) (stamp string, err error) {
	err = s.read(ctx, "stamp thread", func(tx *sql.Tx) error {
		stamp, err = record.ScanStamp(tx.QueryRowContext(ctx,
			"SELECT "+record.StampColumns+" FROM "+record.ThreadTables+" WHERE t.id = ? AND t.owner = ?", threadID, owner).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return record.Missing("thread", threadID)
		}
		return err
	})
	return stamp, err
}

func insertMessage(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, m chat.Message) error {
	values, err := record.MessageValues(m)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO messages (`+record.MessageColumns+`, thread)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, append(values, thread)...)
	if err != nil {
		return fmt.Errorf("store message %s: %w", m.ID, err)
	}
	return indexText(ctx, tx, owner, thread, m.Searchable())
}

// updateMessage replaces the message with the same id in that thread.
func updateMessage(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, m chat.Message) error {
	values, err := record.MessageValues(m)
	if err != nil {
		return err
	}
	var seq int64
	err = tx.QueryRowContext(ctx, `UPDATE messages SET (`+record.MessageColumns+`) =
		(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ? AND thread = ? RETURNING seq`,
		append(values, m.ID, thread)...).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Missing("message", m.ID)
	}
	if err != nil {
		return fmt.Errorf("store message %s: %w", m.ID, err)
	}
	return indexText(ctx, tx, owner, thread, m.Searchable())
}

func scanMessage(rows *sql.Rows) (chat.Message, error) {
	return record.ScanMessage(rows.Scan, func(b *[]byte) any { return (*sql.RawBytes)(b) })
}
