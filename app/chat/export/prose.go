package export

import "strings"

// prose returns Markdown that a model wrote, made safe to stand in a file: HTML is shown as
// text, a picture is a link, headings are below those of the file, and a fence that is left
// open is closed. What is certain to be
// code, and only that, stays as it is: a fence that begins its line, and a span within one line
// (https://spec.commonmark.org/0.31.2/#code-spans).
func prose(text string) string {
	var out strings.Builder
	fence, doubtful, blank := "", false, true
	for line := range strings.Lines(strings.TrimRight(text, " \t\n") + "\n") {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case fence != "":
			out.WriteString(line)
			if run := fenceAt(line); strings.HasPrefix(run, fence) && strings.TrimSpace(line[len(run):]) == "" {
				fence, doubtful = "", false
			}
		case fenceAt(line) != "":
			fence = fenceAt(line)
			out.WriteString(line)
		case strings.TrimSpace(line) == "":
			doubtful = false
		default:
			doubtful = inline(&out, lowered(line, blank), doubtful)
		}
		out.WriteByte('\n')
		blank = fence == "" && strings.TrimSpace(line) == ""
	}
	if fence != "" {
		out.WriteString(fence + "\n")
	}
	return out.String()
}

// below is how many levels of headings are the file's own.
const below = 3

// lowered returns a line that heads nothing above the level of prose. Where no blank line is before
// it, a line of dashes or of equals signs makes a heading of what is; that becomes a rule.
func lowered(line string, afterBlank bool) string {
	bare := strings.TrimSpace(line)
	switch level := len(bare) - len(strings.TrimLeft(bare, "#")); {
	case level > 0 && level <= 6 && (len(bare) == level || bare[level] == ' ' || bare[level] == '\t'):
		return strings.Repeat("#", min(below, 6-level)) + bare
	case !afterBlank && (strings.Trim(bare, "=") == "" || strings.Trim(bare, "-") == ""):
		return "\n---"
	}
	return line
}

// fenceAt returns the fence that begins a line, if one does.
func fenceAt(line string) string {
	if line == "" || line[0] != '`' && line[0] != '~' {
		return ""
	}
	run := line[:runOf(line)]
	if len(run) < 3 || run[0] == '`' && strings.Contains(line[len(run):], "`") {
		return ""
	}
	return run
}

// runOf returns how often the first byte of s stands there in a row.
func runOf(s string) int { return len(s) - len(strings.TrimLeft(s, s[:1])) }

// inline writes one line. It is doubtful whether backticks open or close a span after a line
// with one that has no partner; nothing is code then. The same is told of this line.
func inline(out *strings.Builder, line string, doubtful bool) bool {
	for i := 0; i < len(line); {
		size := 1
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line):
			size = 2
		case c == '`':
			run := line[i : i+runOf(line[i:])]
			span := spanOf(line[i:], run)
			// A bar may end a cell of a table, whatever is around it.
			if span == 0 || strings.Contains(line[i:i+span], "|") {
				doubtful, span = true, len(run)
			}
			if doubtful {
				span = len(run)
			}
			size = span
		case c == '!' && strings.HasPrefix(line[i:], "!["):
			out.WriteByte('\\')
		case c == '<' && i+1 < len(line) && opensHTML(line[i+1]) && !isAutolink(line[i:]):
			out.WriteByte('\\')
		}
		out.WriteString(line[i : i+size])
		i += size
	}
	return doubtful
}

// spanOf returns the length of the code span that a run of backticks opens, 0 if it has no
// partner.
func spanOf(s, run string) int {
	for i := len(run); i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		n := runOf(s[i:])
		if i += n; n == len(run) {
			return i
		}
	}
	return 0
}

// opensHTML reports whether c after a < makes it a tag, a comment or the like.
func opensHTML(c byte) bool {
	return c == '/' || c == '!' || c == '?' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func isAutolink(s string) bool {
	link, _, closed := strings.Cut(s, ">")
	return closed && (strings.HasPrefix(link, "<https://") || strings.HasPrefix(link, "<http://")) && !strings.ContainsAny(link[1:], " \t<`")
}

// plain returns text that is no Markdown as it has to be written there to be read as it is. Its lines
// stay lines.
func plain(text string) string {
	var out strings.Builder
	for i, line := range strings.Split(strings.Trim(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n") {
		if i > 0 {
			if !strings.HasSuffix(out.String(), "\n") && strings.TrimSpace(line) != "" {
				out.WriteByte('\\')
			}
			out.WriteByte('\n')
		}
		out.WriteString(oneLine(line))
	}
	return out.String()
}

// oneLine is plain for what stands on one line: white space is folded.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	var out strings.Builder
	for i, r := range text {
		switch {
		case strings.ContainsRune("\\`*_[]<>&|~#$", r), i == 0 && strings.ContainsRune("+-=", r), r == '!' && strings.HasPrefix(text[i:], "!["):
			out.WriteByte('\\')
		case (r == '.' || r == ')') && i > 0 && i < 10 && strings.Trim(text[:i], "0123456789") == "":
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// fenced returns text in a fence that it cannot close.
func fenced(language, text string) string {
	longest := 2
	for i := 0; i < len(text); i++ {
		if text[i] == '`' {
			n := runOf(text[i:])
			longest, i = max(longest, n), i+n-1
		}
	}
	fence := strings.Repeat("`", longest+1)
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n"
}

// quoted returns Markdown as a quotation.
func quoted(markdown string) string {
	return "> " + strings.ReplaceAll(strings.TrimRight(markdown, "\n"), "\n", "\n> ") + "\n"
}
