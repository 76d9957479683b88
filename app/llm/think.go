package llm

import "strings"

const (
	thinkOpen  = "<think>"
	thinkClose = "</think>"
)

// thinking tells reasoning from the answer where a server leaves both in one
// text, the reasoning first and between the tags <think> and </think>. Only a tag
// at the very beginning counts: an answer may speak of tags. The zero value is
// ready for use.
type thinking struct {
	stage stage
	held  string // text that may turn out to be part of a tag
}

type stage int

const (
	undecided   stage = iota // nothing but white space has come
	thoughtOpen              // white space after the opening tag is no thought
	inThought
	thoughtOver // white space after the closing tag is not the answer's
	inAnswer
)

// split takes the next piece of text and returns what is now known to be
// reasoning and what to be the answer.
func (t *thinking) split(delta string) (thought, answer string) {
	text := t.held + delta
	t.held = ""
	if t.stage == undecided {
		trimmed := strings.TrimLeft(text, " \t\r\n")
		switch {
		case strings.HasPrefix(trimmed, thinkOpen):
			t.stage, text = thoughtOpen, trimmed[len(thinkOpen):]
		case strings.HasPrefix(thinkOpen, trimmed):
			t.held = text
			return "", ""
		default:
			t.stage = inAnswer
		}
	}
	if t.stage == thoughtOpen {
		if text = strings.TrimLeft(text, " \t\r\n"); text != "" {
			t.stage = inThought
		}
	}
	if t.stage == inThought {
		before, after, found := strings.Cut(text, thinkClose)
		if !found {
			keep := tagBegun(text)
			t.held = text[len(text)-keep:]
			return text[:len(text)-keep], ""
		}
		t.stage, thought, text = thoughtOver, before, after
	}
	if t.stage == thoughtOver {
		text = strings.TrimLeft(text, " \t\r\n")
		if text != "" {
			t.stage = inAnswer
		}
	}
	return thought, text
}

// rest returns what was held back when the text is over.
func (t *thinking) rest() (thought, answer string) {
	held := t.held
	t.held = ""
	if t.stage == thoughtOpen || t.stage == inThought {
		return held, ""
	}
	return "", held
}

// tagBegun returns how many bytes at the end of text may begin a closing tag.
func tagBegun(text string) int {
	for n := min(len(thinkClose)-1, len(text)); n > 0; n-- {
		if strings.HasSuffix(text, thinkClose[:n]) {
			return n
		}
	}
	return 0
}
