package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// searchClause returns what restricts threads t of the owner to those that have all the words, and
// its arguments; nothing, where there are none.
func searchClause(owner chat.Subject, words []string) (clause string, args []any) {
	for _, word := range words {
		args = append(args, record.OwnerKey(owner), word, record.After(word))
	}
	return strings.Repeat(" AND t.seq IN (SELECT thread FROM words WHERE owner = ? AND word >= ? AND word < ?)", len(words)), args
}

// indexTitle replaces the words of a thread's title.
func indexTitle(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, title string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM words WHERE thread = ? AND place = ?", thread, record.InTitle); err != nil {
		return fmt.Errorf("forget the old title's words: %w", err)
	}
	return addWords(ctx, tx, owner, thread, record.InTitle, title)
}

// indexText adds the words of a message.
func indexText(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, text string) error {
	return addWords(ctx, tx, owner, thread, record.InText, text)
}

func addWords(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, place int, text string) error {
	words := record.Words(text)
	if len(words) == 0 {
		return nil
	}
	list, err := json.Marshal(words)
	if err != nil {
		return fmt.Errorf("encode words: %w", err)
	}
	_, err = tx.ExecContext(ctx, `
		INSERT OR IGNORE INTO words (owner, word, thread, place) SELECT ?, value, ?, ? FROM json_each(?)`,
		record.OwnerKey(owner), thread, place, string(list))
	if err != nil {
		return fmt.Errorf("index words: %w", err)
	}
	return nil
}

// indexAll indexes what older versions had indexed in another way.
func indexAll(ctx context.Context, tx *sql.Tx) error {
	for _, q := range []struct {
		place int
		query string
	}{
		{record.InTitle, "SELECT owner, seq, title FROM threads"},
		{record.InText, `SELECT t.owner, t.seq, json_extract(p.value, '$.text') FROM messages m JOIN threads t ON t.seq = m.thread, json_each(m.parts) p
			WHERE json_extract(p.value, '$.type') = 'text'`},
	} {
		rows, err := tx.QueryContext(ctx, q.query)
		if err != nil {
			return fmt.Errorf("read what is to be indexed: %w", err)
		}
		type entry struct {
			owner  chat.Subject
			thread int64
			text   string
		}
		var all []entry
		for rows.Next() {
			var e entry
			if err := rows.Scan(&e.owner, &e.thread, &e.text); err != nil {
				return fmt.Errorf("read what is to be indexed: %w", err)
			}
			all = append(all, e)
		}
		if err := rows.Err(); err != nil {
			return fmt.Errorf("read what is to be indexed: %w", err)
		}
		for _, e := range all {
			if err := addWords(ctx, tx, e.owner, e.thread, q.place, e.text); err != nil {
				return err
			}
		}
	}
	return nil
}
