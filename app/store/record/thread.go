package record

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// ThreadColumns are what ScanThread reads, of ThreadTables: threads t, each with its
// active run r.
const (
	ThreadColumns = "t.seq, t.id, t.title, t.archived, t.answered_at > t.seen_at, t.settings, t.created_at, t.updated_at, coalesce(r.id, '')"
	ThreadTables  = "threads t" + WithRun
	WithRun       = " LEFT JOIN runs r ON r.thread = t.seq AND r.status = 'running'"
)

// ScanThread reads ThreadColumns by scan.
func ScanThread(scan func(dest ...any) error) (seq int64, t chat.Thread, err error) {
	var settings []byte
	var created, updated int64
	err = scan(&seq, &t.ID, &t.Title, &t.Archived, &t.Unread, &settings, &created, &updated, &t.ActiveRun)
	if err != nil {
		return 0, chat.Thread{}, err
	}
	if err := json.Unmarshal(settings, &t.Settings); err != nil {
		return 0, chat.Thread{}, fmt.Errorf("decode settings of thread %s: %w", t.ID, err)
	}
	t.CreatedAt, t.UpdatedAt = Moment(created), Moment(updated)
	return seq, t, nil
}

// StampColumns are what ScanStamp reads, of ThreadTables.
const StampColumns = ThreadColumns + ", coalesce((SELECT max(newest.seq) FROM runs newest WHERE newest.thread = t.seq), 0)"

// ScanStamp reads StampColumns by scan and returns the stamp of a thread. It is of the thread
// itself and of its newest run: messages come and change with a run alone, and only as long as
// that is active; see GoesOn.
func ScanStamp(scan func(dest ...any) error) (string, error) {
	var newest int64
	_, t, err := ScanThread(func(dest ...any) error { return scan(append(dest, &newest)...) })
	if err != nil || t.ActiveRun != "" {
		return "", err
	}
	state, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("encode thread %s: %w", t.ID, err)
	}
	sum := sha256.Sum256(strconv.AppendInt(state, newest, 10))
	return hex.EncodeToString(sum[:12]), nil
}

// Settings is settings as a column holds them.
func Settings(s chat.Settings) (string, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("encode settings: %w", err)
	}
	return string(b), nil
}

// Patched returns the thread after a patch. UpdatedAt stays: who tidies up old threads does not
// want them on top of the list.
func Patched(t chat.Thread, p chat.ThreadPatch) chat.Thread {
	if p.Title != nil {
		t.Title = *p.Title
	}
	if p.Archived != nil {
		t.Archived = *p.Archived
	}
	if p.Settings != nil {
		t.Settings = p.Settings.Over(t.Settings)
	}
	return t
}

// Page returns up to limit of the threads that next yields, which returns false after
// the last; one more says that there is a next page.
func Page(limit int, next func() bool, scan func(dest ...any) error) (chat.ThreadPage, error) {
	var page chat.ThreadPage
	var last Place
	for next() {
		seq, t, err := ScanThread(scan)
		if err != nil {
			return chat.ThreadPage{}, err
		}
		if len(page.Threads) == limit {
			page.Next = last.String()
			break
		}
		page.Threads = append(page.Threads, t)
		last = Place{Micros(t.UpdatedAt), seq}
	}
	return page, nil
}

// Place is where a page ended.
type Place struct{ Updated, Seq int64 }

// String returns the cursor that stands for the place.
func (p Place) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", p.Updated, p.Seq))
}

// AskedFor checks a query, as all stores do, and returns where its page begins. A limit
// below 1 and a cursor that is not from a page before are KindInvalid. The empty cursor
// is before everything.
func AskedFor(q chat.ThreadQuery) (Place, error) {
	if q.Limit < 1 {
		return Place{}, Invalid("A page holds at least one thread.", fmt.Errorf("limit %d", q.Limit))
	}
	if q.Cursor == "" {
		return Place{math.MaxInt64, math.MaxInt64}, nil
	}
	var p Place
	text, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err == nil {
		_, err = fmt.Fscanf(strings.NewReader(string(text)), "%d.%d", &p.Updated, &p.Seq)
	}
	if err != nil || p.String() != q.Cursor {
		return Place{}, Invalid("That page does not exist. Start again from the first.", errors.Join(fmt.Errorf("cursor %q", q.Cursor), err))
	}
	return p, nil
}
