package guide

import (
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// unread says before the first step of an answer that what is attached to its question is
// not read: a grammar of questions has no use for it, and nobody shall think that it had.
func unread(path []chat.Message, m move) move {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i].Role != chat.RoleUser {
			if len(path[i].Parts) > 0 {
				return m // the answer has begun
			}
			continue
		}
		var names []string
		for _, a := range path[i].Attachments() {
			names = append(names, "“"+escape(a.Name)+"”")
		}
		if len(names) > 0 {
			m.say = "I cannot read what is attached (" + strings.Join(names, ", ") + "), as I am no language model. I go by the words of the question alone.\n\n" + m.say
		}
		return m
	}
	return m
}
