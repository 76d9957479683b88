package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pomerium/pomchat/app/chat"
)

// A thread has each of its words once, however many messages hold it: a search reads
// as many rows as there are threads with words that begin so, and not messages.

const (
	maxWords = 32 // of a search
	longest  = 64 // bytes of a word that count
)

// Where a word stands.
const (
	inText  = 0
	inTitle = 1
)

// searchClause returns what restricts threads t of the owner to those that match, and
// its arguments; nothing, where nothing is looked for. What has no word in it, such as
// a percent sign, is found nowhere.
func searchClause(owner chat.Subject, search string) (clause string, args []any, err error) {
	words := wordsOf(search)
	if len(words) == 0 && strings.TrimSpace(search) != "" {
		return " AND FALSE", nil, nil
	}
	if len(words) > maxWords {
		return "", nil, invalid("Search for fewer words.", fmt.Errorf("%d words", len(words)))
	}
	for _, word := range words {
		args = append(args, ownerKey(owner), word, word+string(utf8.MaxRune))
	}
	return strings.Repeat(" AND t.seq IN (SELECT thread FROM words WHERE owner = ? AND word >= ? AND word < ?)", len(words)), args, nil
}

// wordsOf returns the words of a text, each once, in order: letters, digits and marks
// that stand together, without case and accents. (Unicode Standard Annex 15: in
// compatibility decomposition an accent is a mark of its own.)
func wordsOf(text string) []string {
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	found := strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
	for i, w := range found {
		for len(w) > longest {
			_, size := utf8.DecodeLastRuneInString(w)
			w = w[:len(w)-size]
		}
		found[i] = w
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// ownerKey stands for an owner in the index of words. That two might share one does no
// harm, since a search is for threads of the owner.
func ownerKey(owner chat.Subject) int64 {
	sum := sha256.Sum256([]byte(owner))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// indexTitle replaces the words of a thread's title.
func indexTitle(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, title string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM words WHERE thread = ? AND place = ?", thread, inTitle); err != nil {
		return fmt.Errorf("forget the old title's words: %w", err)
	}
	return addWords(ctx, tx, owner, thread, inTitle, title)
}

// indexText adds the words of a message.
func indexText(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, text string) error {
	return addWords(ctx, tx, owner, thread, inText, text)
}

func addWords(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, place int, text string) error {
	words := wordsOf(text)
	if len(words) == 0 {
		return nil
	}
	list, err := json.Marshal(words)
	if err != nil {
		return fmt.Errorf("encode words: %w", err)
	}
	_, err = tx.ExecContext(ctx, `
		INSERT OR IGNORE INTO words (owner, word, thread, place) SELECT ?, value, ?, ? FROM json_each(?)`,
		ownerKey(owner), thread, place, string(list))
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
		{inTitle, "SELECT owner, seq, title FROM threads"},
		{inText, `SELECT t.owner, t.seq, json_extract(p.value, '$.text') FROM messages m JOIN threads t ON t.seq = m.thread, json_each(m.parts) p
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
