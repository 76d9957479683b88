package guide

import "slices"

// excluding marks the names that are to be left out, as in “outside the USA” or “without
// Germany and France”. What else is to be left out is refused: of conditions and things
// without a name it is not clear what then remains. With dir nil, unknown words may be names.
func excluding(dir *directory, words []word) ([]word, error) {
	words = slices.Clone(words)
	for i, w := range words {
		if w.role != leavesOut {
			continue
		}
		j := i + 1
		for isSaid(words, j, "in", "from", "to", "for", "of", "the", "by") || roleAt(words, j) == aNoun && !words[j].many && (dir == nil || j+1 < len(words) && isNameOf(words[j+1], words[j].kind)) {
			j++
		}
		if j < len(words) && words[j].role == unknown {
			continue // it may be a name, or else is told
		}
		if roleAt(words, j) != aName || len(words[j].names) != 1 && words[j].names[0].kind != country {
			return nil, &refusal{reason: w.reason, unknown: []string{phrase(w.tokens)}}
		}
		words[j].without = true
		for {
			next := j + 1
			if roleAt(words, next) == and {
				next++
			}
			comma := next == j+1
			if isSaid(words, next, "the") {
				next++
			}
			if roleAt(words, next) != aName || comma && !words[next].tokens[0].cut || !isNameOf(words[next], words[j].names[0].kind) {
				break
			}
			words[next].without, j = true, next
		}
	}
	return words, nil
}

// leaveOut adds a name that is to be left out.
func (c *clause) leaveOut(k kind, text string) error {
	if c.pending != unknown || len(c.names[k]) > 0 {
		return refuse("I did not understand what remains without %s.", text)
	}
	if c.without == nil {
		c.without = map[kind][]string{}
	}
	c.without[k] = include(slices.Clone(c.without[k]), text)
	return nil
}

// checkWithout refuses figures of what remains that could be those of whole orders.
func checkWithout(q question) error {
	for k, names := range q.without {
		whole := slices.ContainsFunc(q.measures, func(m measure) bool { s, _ := m.spec(); return s.table == "" && !(s.additive && s.lines) })
		switch {
		case len(q.names[k]) > 0:
			return refuse("I did not understand what remains of %s without %s.", list(q.names[k], "and"), list(names, "and"))
		case k.ofLines() && q.table() == "" && (whole || q.list != ""):
			return refuse("I cannot tell whether orders with %s among others are meant to be left out.", list(names, "and"))
		case q.share && slices.Contains(q.dims, k):
			return refuse("I cannot tell whether the shares are of all or of what remains without %s.", list(names, "and"))
		}
	}
	return nil
}

func excepts(values []string) string {
	if len(values) == 1 {
		return " <> " + literal(values[0])
	}
	return " NOT" + equals(values)
}
