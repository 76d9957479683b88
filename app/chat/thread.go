package chat

import (
	"strings"
	"time"
	"unicode"
)

// Thread is a conversation. Its messages form a tree (see Message.ParentID).
type Thread struct {
	ID        string
	Title     string // empty until the first question names it
	Archived  bool
	Unread    bool // its newest answer ended after its owner last saw it; see Threads.SeeThread
	Settings  Settings
	CreatedAt time.Time
	UpdatedAt time.Time // when something was last asked or answered
	ActiveRun string    // id of the run that is writing now, or empty
}

// ThreadPatch changes the fields that are not nil.
type ThreadPatch struct {
	Title    *string
	Archived *bool
	Settings *SettingsPatch
}

// ThreadQuery selects threads of one owner, newest first.
type ThreadQuery struct {
	Search   string // words that must all occur in the title or a message
	Archived bool   // the archived ones instead of the others
	Any      bool   // archived or not; Archived does not count then
	Cursor   string // from the page before; empty for the first
	Limit    int    // at most this many
}

// ThreadPage is one page of threads; Next is empty on the last.
type ThreadPage struct {
	Threads []Thread
	Matches []Match // where the search found each of them; nil if nothing was looked for
	Next    string
}

const titleRunes = 60

// TitleFor derives a thread's title from its first question: the first
// non-empty line, its white space folded, cut at a word.
func TitleFor(question string) string {
	for line := range strings.Lines(question) {
		words := strings.FieldsFunc(line, func(r rune) bool {
			return unicode.IsSpace(r) || unicode.IsControl(r)
		})
		if len(words) > 0 {
			return cutAtWord(strings.Join(words, " "), titleRunes)
		}
	}
	return "Untitled"
}

// CleanTitle returns a title that a person wrote as one line without control
// characters; it is empty if nothing is left.
func CleanTitle(title string) string {
	return strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}), " ")
}

func cutAtWord(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	head := string(runes[:limit-1])
	if i := strings.LastIndexByte(head, ' '); i > limit/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " ,;:.") + "…"
}
