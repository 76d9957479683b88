package record

import (
	"crypto/sha256"
	"encoding/binary"
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
	InText  = 0
	InTitle = 1
)

// Searched returns the words of a search, and whether it can find anything: what has no
// word in it, such as a percent sign, is found nowhere. More than 32 words are KindInvalid.
// What is blank looks for nothing in particular, and has no words.
func Searched(search string) (words []string, findable bool, err error) {
	all := Words(search)
	if len(all) > maxWords {
		return nil, false, Invalid("Search for fewer words.", fmt.Errorf("%d words", len(all)))
	}
	for i, w := range all {
		// What a longer word begins with is found with it.
		if i+1 == len(all) || !strings.HasPrefix(all[i+1], w) {
			words = append(words, w)
		}
	}
	return words, len(words) > 0 || strings.TrimSpace(search) == "", nil
}

// After returns what comes, byte by byte, after all words that begin with that one.
func After(word string) string { return word + string(utf8.MaxRune) }

// Words returns the words of a text, each once, in order: letters, digits and marks
// that stand together, without case and accents. (Unicode Standard Annex 15: in
// compatibility decomposition an accent is a mark of its own.)
func Words(text string) []string {
	folded := strings.Map(fold, norm.NFKD.String(text))
	found := strings.FieldsFunc(folded, func(r rune) bool { return !ofWord(r) })
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

// fold returns a character of a decomposed text as it is in the index, or -1.
func fold(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return unicode.ToLower(r)
}

func ofWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// OwnerKey stands for an owner in the index of words. That two might share one does no
// harm, since a search is for threads of the owner.
func OwnerKey(owner chat.Subject) int64 {
	sum := sha256.Sum256([]byte(owner))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}
