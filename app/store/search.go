package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

const maxWords = 32

// searchClause returns what restricts threads t to those that match, and its
// arguments; nothing, where nothing is looked for. What has no word in it, such as
// a percent sign, is found nowhere.
func searchClause(search string) (clause string, args []any, err error) {
	words := words(search)
	if len(words) == 0 && strings.TrimSpace(search) != "" {
		return " AND FALSE", nil, nil
	}
	if len(words) > maxWords {
		return "", nil, invalid("Search for fewer words.", fmt.Errorf("%d words", len(words)))
	}
	for _, word := range words {
		args = append(args, word, word)
	}
	return strings.Repeat(` AND (
		t.seq IN (SELECT rowid FROM title_words WHERE title_words MATCH ?) OR
		t.seq IN (SELECT m.thread FROM text_words JOIN messages m ON m.seq = text_words.rowid
			WHERE text_words MATCH ?))`, len(words)), args, nil
}

// words returns the words of a search as FTS5 queries, each once: a string, which
// holds no syntax, and a star, which matches what begins so
// (https://www.sqlite.org/fts5.html#full_text_query_syntax). Letters, digits and
// marks make words; case and accents are left to the tokenizer.
func words(search string) []string {
	found := strings.FieldsFunc(search, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	slices.Sort(found)
	found = slices.Compact(found)
	for i, w := range found {
		found[i] = `"` + w + `"*`
	}
	return found
}

// indexTitle replaces the words of a thread's title.
func indexTitle(ctx context.Context, tx *sql.Tx, thread int64, title string) error {
	return index(ctx, tx, "title_words", "title", thread, title)
}

// indexText replaces the words of a message.
func indexText(ctx context.Context, tx *sql.Tx, message int64, text string) error {
	return index(ctx, tx, "text_words", "text", message, text)
}

func index(ctx context.Context, tx *sql.Tx, table, column string, seq int64, text string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE rowid = ?", seq); err != nil {
		return fmt.Errorf("forget old words: %w", err)
	}
	if text == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO "+table+" (rowid, "+column+") VALUES (?, ?)", seq, text)
	if err != nil {
		return fmt.Errorf("index words: %w", err)
	}
	return nil
}
