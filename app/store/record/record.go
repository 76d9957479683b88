// Package record is what the stores have in common, whatever database they are on: how
// messages, settings and events look in a row, which words a search finds, where a page
// of a list ends, and what may follow what. Of SQL it holds no more than columns.
package record

import (
	"fmt"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// Micros is t as a column holds it: microseconds since 1970.
func Micros(t time.Time) int64 { return t.UnixMicro() }

// Moment is the inverse of Micros, in UTC.
func Moment(us int64) time.Time { return time.UnixMicro(us).UTC() }

// Sentences that people read, whichever database it is about.
const (
	DiskFull = "The server's disk is full, so nothing could be saved."
	InUse    = "The server's data is in use by something else. Try again in a moment."
	Exists   = "That exists already, or something else is going on there."
	NoMemory = "The server is short of memory. Try again in a moment."
)

// Missing is the KindNotFound error of what is not there, or is another's: "thread".
func Missing(what, id string) error {
	return &chat.Error{
		Kind: chat.KindNotFound, Message: fmt.Sprintf("There is no such %s.", what),
		Err: fmt.Errorf("%s %q", what, id),
	}
}

// Invalid is a KindInvalid error with a sentence for the person.
func Invalid(message string, err error) error {
	return &chat.Error{Kind: chat.KindInvalid, Message: message, Err: err}
}

// Conflict is a KindConflict error with a sentence for the person.
func Conflict(message string, err error) error {
	return &chat.Error{Kind: chat.KindConflict, Message: message, Err: err}
}

// MaxKept is how many bytes of results one owner keeps.
const MaxKept = 256 << 20
