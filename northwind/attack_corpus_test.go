package northwind

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/template"
)

// attack is one block of the corpus in testdata/attacks: a statement, or a whole call of a tool.
type attack struct {
	name      string // of the page, the case and the block's number in it
	source    string // where it was seen, or ""
	want      []string
	answer    string
	sql       string
	tool      string
	arguments json.RawMessage
}

// answered is the outcome of an attack that gets an answer. All others are those of [Kind].
const answered = "answer"

// attacks reads the corpus. Its form is told in testdata/attacks/README.md.
func attacks(t testing.TB) []attack {
	t.Helper()
	paths, err := filepath.Glob("testdata/attacks/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []attack
	for _, path := range paths {
		if filepath.Base(path) == "README.md" {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found, err := readPage(strings.TrimSuffix(filepath.Base(path), ".md"), string(text))
		if err != nil {
			t.Fatalf("reading %s: %v", path, err)
		}
		all = append(all, found...)
	}
	return all
}

// readPage reads one page of the corpus.
func readPage(page, text string) ([]attack, error) {
	_, text, _ = strings.Cut(text, "\n## ")
	var all []attack
	for section := range strings.SplitSeq(text, "\n## ") {
		title, body, _ := strings.Cut(section, "\n")
		found, err := readCase(page+"/"+title, body)
		if err != nil {
			return nil, fmt.Errorf("the case %q: %w", title, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func readCase(name, body string) ([]attack, error) {
	parts := strings.Split("\n"+body, "\n```")
	if len(parts)%2 == 0 {
		return nil, fmt.Errorf("a block is not closed")
	}
	source, want, err := readHead(parts[0])
	if err != nil {
		return nil, err
	}
	var all []attack
	answer, hasAnswer := "", false
	for i := 1; i < len(parts); i += 2 {
		language, content, _ := strings.Cut(parts[i], "\n")
		a := attack{name: fmt.Sprintf("%s/%d", name, len(all)+1), source: source, want: want}
		switch language {
		case "answer":
			answer, hasAnswer = content, true
			continue
		case "sql":
			a.sql, err = expand(content)
		case "json":
			a.tool, a.arguments, err = readCall(content)
		default:
			err = fmt.Errorf("there is no kind of block %q", language)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	if len(all) == 0 || hasAnswer != slices.Contains(want, answered) {
		return nil, fmt.Errorf("it has %d attacks, expects %v, and has an answer: %t", len(all), want, hasAnswer)
	}
	for i := range all {
		all[i].answer = answer
	}
	return all, nil
}

// readHead reads what stands before the first block of a case.
func readHead(head string) (source string, want []string, err error) {
	_, expect, ok := strings.Cut(head, "\nExpect: ")
	if !ok {
		return "", nil, fmt.Errorf("it does not say what to expect")
	}
	expect, _, _ = strings.Cut(expect, "\n")
	want = strings.Split(expect, " or ")
	for _, w := range want {
		switch w {
		case answered, string(Denied), string(Invalid), string(TooBig), string(Timeout), string(Memory):
		default:
			return "", nil, fmt.Errorf("nothing ends as %q", w)
		}
	}
	if _, after, ok := strings.Cut(head, "\nSource: "); ok {
		source, _, _ = strings.Cut(after, "\nExpect: ")
	}
	return source, want, nil
}

func readCall(content string) (tool string, arguments json.RawMessage, err error) {
	text, err := expand(content)
	if err != nil {
		return "", nil, err
	}
	var call struct {
		Name      string          `json:"name"`
		Arguments json.RawMessage `json:"arguments"`
	}
	if err := json.Unmarshal([]byte(text), &call); err != nil {
		return "", nil, fmt.Errorf("reading a call: %w", err)
	}
	return call.Name, call.Arguments, nil
}

// expand runs a block as a template.
func expand(content string) (string, error) {
	parsed, err := template.New("block").Funcs(template.FuncMap{
		"repeat": func(n int, s string) string { return strings.Repeat(s, n) },
	}).Parse(content)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = parsed.Execute(&b, nil)
	return b.String(), err
}

// TestCorpusIsRead proves that a page with a mistake is refused, not passed over, and that a good one is taken whole.
func TestCorpusIsRead(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"no expectation", "# P\n\n## C\n\n```sql\nSELECT 1\n```\n", "does not say what to expect"},
		{"an unknown outcome", "# P\n\n## C\n\nExpect: refused\n\n```sql\nSELECT 1\n```\n", `nothing ends as "refused"`},
		{"no attack", "# P\n\n## C\n\nExpect: denied\n", "it has 0 attacks"},
		{"an answer without its text", "# P\n\n## C\n\nExpect: answer\n\n```sql\nSELECT 1\n```\n", "has an answer: false"},
		{"an open block", "# P\n\n## C\n\nExpect: denied\n\n```sql\nSELECT 1\n", "not closed"},
		{"a block of another kind", "# P\n\n## C\n\nExpect: denied\n\n```sh\nls\n```\n", `no kind of block "sh"`},
		{"a wrong template", "# P\n\n## C\n\nExpect: denied\n\n```sql\n{{again}}\n```\n", `function "again" not defined`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if found, err := readPage("p", tt.page); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v and %v, want %s", found, err, tt.want)
			}
		})
	}
	all := attacks(t)
	if len(all) < 350 {
		t.Errorf("the corpus has only %d attacks", len(all))
	}
	seen := map[string]bool{}
	for _, a := range all {
		if seen[a.name] {
			t.Errorf("there are two attacks named %s", a.name)
		}
		seen[a.name] = true
	}
}
