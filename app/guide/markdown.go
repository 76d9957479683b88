package guide

import (
	"encoding/json"
	"strings"
)

const (
	mostTableRows    = 12
	mostTableColumns = 8
	mostQuoted       = 4000 // bytes of a server's text
)

// markdownTable returns a table in GitHub-flavoured Markdown, where numeric columns
// are aligned to the right.
func markdownTable(columns []string, numeric []bool, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) {
		b.WriteString("|")
		for _, c := range cells {
			b.WriteString(" " + c + " |")
		}
		b.WriteString("\n")
	}
	rule := make([]string, len(columns))
	head := make([]string, len(columns))
	for i, c := range columns {
		rule[i], head[i] = "---", escape(c)
		if numeric[i] {
			rule[i] = "---:"
		}
	}
	line(head)
	line(rule)
	for _, r := range rows {
		line(r)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// plainTable shows the first rows of t as they are.
func plainTable(t table) string {
	shown := t.rows[:min(mostTableRows, len(t.rows))]
	numeric := make([]bool, len(t.columns))
	rows := make([][]string, len(shown))
	for i, row := range shown {
		for j, cell := range row {
			_, isNumber := cell.(json.Number)
			numeric[j] = numeric[j] || isNumber
			rows[i] = append(rows[i], escape(clip(text(cell), 200)))
		}
	}
	return markdownTable(t.columns, numeric, rows)
}

// escape makes s plain text in Markdown, on one line.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>|&~$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quote shows a server's text as it is, in a fence that the text cannot close.
func quote(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "\n" + strings.TrimRight(clip(s, mostQuoted), "\n") + "\n" + fence
}

// clip shortens s to at most n bytes, at the boundary of a rune.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + " …"
}

// list joins words as a sentence does.
func list(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}

// oneOf names things with their kinds.
func oneOf(names []name) string {
	var out []string
	for _, n := range names {
		out = append(out, "the "+string(n.kind)+" “"+n.text+"”")
	}
	return list(out, "or")
}

// pieces cuts text into chunks of a few words, which joined are the text again.
func pieces(text string) []string {
	const natural = 24
	var out []string
	for len(text) > 0 {
		end := len(text)
		if i := strings.IndexAny(text[min(natural, len(text)):], " \n"); i >= 0 {
			end = natural + i + 1
		}
		out = append(out, text[:end])
		text = text[end:]
	}
	return out
}
