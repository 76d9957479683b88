package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// Messages implements chat.Threads.
func (s *Store) Messages(ctx context.Context, owner chat.Subject, threadID string) (all []chat.Message, err error) {
	err = s.read(ctx, "load messages", func(ctx context.Context, tx tx) error {
		all = nil
		seq, _, err := findThread(ctx, tx, owner, threadID)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, "SELECT "+record.MessageColumns+" FROM messages WHERE thread = $1 ORDER BY seq", seq)
		return collect(rows, err, func(rows pgx.Rows) error {
			m, err := record.ScanMessage(rows.Scan, func(b *[]byte) any { return (*pgtype.DriverBytes)(b) })
			all = append(all, m)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Stamp implements chat.Threads.
func (s *Store) Stamp(ctx context.Context, owner chat.Subject, threadID string) (stamp string, err error) {
	err = s.read(ctx, "stamp thread", func(ctx context.Context, tx tx) error {
		stamp, err = record.ScanStamp(tx.QueryRow(ctx,
			"SELECT "+record.StampColumns+" FROM "+record.ThreadTables+" WHERE t.id = $1 AND t.owner = $2", threadID, owner).Scan)
		return none(err, "thread", threadID)
	})
	return stamp, err
}

// Statements about MessageColumns, of which there are messageColumns.
const messageColumns = 17

func insertsMessage() string {
	return fmt.Sprintf("INSERT INTO messages (%s, thread) VALUES (%s)", record.MessageColumns, places(messageColumns+1))
}

func updatesMessage() string {
	return fmt.Sprintf("UPDATE messages SET (%s) = (%s) WHERE id = $%d AND thread = $%d",
		record.MessageColumns, places(messageColumns), messageColumns+1, messageColumns+2)
}

// places returns $1 to $n.
func places(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ", $%d", i+1)
	}
	return b.String()[2:]
}

func insertMessage(ctx context.Context, tx tx, owner chat.Subject, thread int64, m chat.Message) error {
	values, err := record.MessageValues(m)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, insertsMessage(), append(values, thread)...); err != nil {
		return fmt.Errorf("store message %s: %w", m.ID, err)
	}
	return addWords(ctx, tx, owner, thread, record.InText, m.Searchable())
}

// updateMessage replaces the message with the same id in that thread.
func updateMessage(ctx context.Context, tx tx, owner chat.Subject, thread int64, m chat.Message) error {
	values, err := record.MessageValues(m)
	if err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, updatesMessage(), append(values, m.ID, thread)...)
	if err := only(tag, err, "message", m.ID); err != nil {
		return fmt.Errorf("store message %s: %w", m.ID, err)
	}
	return addWords(ctx, tx, owner, thread, record.InText, m.Searchable())
}
