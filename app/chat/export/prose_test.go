package export

import (
	"strings"
	"testing"
)

func TestProseCannotBreakOutOfItsPlace(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain prose stays as it is", "Sales **grew** by 5 < 6 %.\n\n- [x](https://a.example)", "Sales **grew** by 5 < 6 %.\n\n- [x](https://a.example)\n"},
		{"HTML is text", "a <img src=x> <!-- b --> </p> <?c?>", "a \\<img src=x> \\<!-- b --> \\</p> \\<?c?>\n"},
		{"an address in angles is a link", "<https://a.example/?q=1> <javascript:x>", "<https://a.example/?q=1> \\<javascript:x>\n"},
		{"a picture is a link", "![chart](https://evil.example/?q=1)", "\\![chart](https://evil.example/?q=1)\n"},
		{"what is escaped stays so", `\![a](b) \<img> \\<img>`, `\![a](b) \<img> \\\<img>` + "\n"},
		{"code is as it was", "`<b>` and ``a ` <i>``", "`<b>` and ``a ` <i>``\n"},
		{"a span over two lines is not trusted", "a `b\nc` <img> `d`\n\n`<b>`", "a `b\nc` \\<img> `d`\n\n`<b>`\n"},
		{"a bar ends a cell of a table, so a span with one is not trusted", "| ` | <img> ` |", "| ` | \\<img> ` |\n"},
		{"a fence is as it was", "```html\n<b>\n``\n```\n<b>", "```html\n<b>\n``\n```\n\\<b>\n"},
		{"a fence that is left open is closed", "~~~~\n# no heading\n~~~", "~~~~\n# no heading\n~~~\n~~~~\n"},
		{"a fence in a list is not trusted", "- a\n  ```\n<img>", "- a\n  ```\n\\<img>\n"},
		{"headings are below those of the file", "# One\n\n  ##### Five\n#hash\nOne\n===\nTwo\n--", "#### One\n\n###### Five\n#hash\nOne\n\n---\nTwo\n\n---\n"},
		{"a rule stays one", "a\n\n---\n\nb", "a\n\n---\n\nb\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := prose(tt.text); got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestPlainTextIsReadAsItWasWritten(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"marks of Markdown", "*a* _b_ `c` [d](e) <f> g|h #i &amp; ![j](k)", `\*a\* \_b\_ \` + "`c\\`" + ` \[d\](e) \<f\> g\|h \#i \&amp; \!\[j\](k)`},
		{"the beginning of a list", "1. a", `1\. a`},
		{"a number is none", "3.5 and 1997. b", `3\.5 and 1997. b`},
		{"a dash", "- a - b", `\- a - b`},
		{"lines stay lines", "a\n+ b\n\nc\r\nd\n", "a\\\n\\+ b\n\nc\\\nd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain(tt.text); got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestAFenceIsLongerThanWhatItHolds(t *testing.T) {
	for text, want := range map[string]string{
		"select 1":          "```sql\nselect 1\n```\n",
		"a\n```\n# b\n````": "`````sql\na\n```\n# b\n````\n`````\n",
	} {
		if got := fenced("sql", text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestFileNames(t *testing.T) {
	for title, want := range map[string]string{
		"Sales in Zürich?":  "Sales in Zürich.md",
		"../../etc/passwd":  "etc passwd.md",
		" .hidden. ":        "hidden.md",
		"a\r\nb\u202Ec\x00": "a b c.md",
		`C:\x "y" <z>|*`:    "C x y z.md",
		"\u202E/":           "Thread.md",
		"":                  "Thread.md",
	} {
		if got := FileName(title, "md"); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
	if got := FileName(strings.Repeat("ä", 200), "json"); got != strings.Repeat("ä", 80)+".json" {
		t.Errorf("a long title makes %q", got)
	}
}
