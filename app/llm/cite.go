package llm

import (
	"encoding/json"
	"fmt"
	"net/url"
	"unicode/utf16"

	"github.com/pomerium/pomchat/app/chat"
)

// annotation is what a text refers to. Chat Completions puts the members of a
// citation into an object of their own.
type annotation struct {
	Type      string `json:"type"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Start     number `json:"start_index"` // in characters of the piece of text
	End       number `json:"end_index"`
	Container string `json:"container_id"`
	File      string `json:"file_id"`
	Filename  string `json:"filename"`

	Nested *annotation `json:"url_citation"`
}

// parseAnnotation returns nil for what cannot be read: no answer fails by that.
func parseAnnotation(raw json.RawMessage) *annotation {
	var a annotation
	if json.Unmarshal(raw, &a) != nil {
		return nil
	}
	if a.Nested != nil {
		a.Nested.Type = a.Type
		return a.Nested
	}
	return &a
}

// key tells annotations of one text apart: they are told as they come, and again
// with the whole item.
func (a *annotation) key() string {
	return fmt.Sprintf("%s %s %s %d %d", a.Type, a.URL, a.File, a.Start.value, a.End.value)
}

// source returns the chunk for a citation of a page, within a text of which this
// is the piece that begins at offset UTF-16 code units. The answer is false for
// what is no page: other schemes than http and https are nobody's business here.
func (a *annotation) source(textID, piece string, offset int) (chat.SourceChunk, bool) {
	u, err := url.Parse(a.URL)
	if a.Type != "url_citation" || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return chat.SourceChunk{}, false
	}
	s := chat.SourceChunk{TextID: textID, URL: a.URL, Title: a.Title}
	start, okStart := unitsBefore(piece, a.Start.value)
	end, okEnd := unitsBefore(piece, a.End.value)
	if a.Start.known && okStart && okEnd && start < end {
		s.Start, s.End = offset+start, offset+end
	}
	return s, true
}

// reaches reports whether the text has come as far as the annotation says.
func (a *annotation) reaches(piece string) bool {
	_, ok := unitsBefore(piece, a.End.value)
	return ok
}

// unitsBefore returns how many UTF-16 code units the first n characters of a text
// have, if there are that many.
func unitsBefore(text string, n int) (units int, ok bool) {
	if n < 0 {
		return 0, false
	}
	for _, r := range text {
		if n == 0 {
			return units, true
		}
		n--
		units += max(1, utf16.RuneLen(r))
	}
	return units, n == 0
}

// unitsOf returns the length of a text in UTF-16 code units.
func unitsOf(text string) int {
	units := 0
	for _, r := range text {
		units += max(1, utf16.RuneLen(r))
	}
	return units
}
