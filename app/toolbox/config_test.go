package toolbox_test

import (
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/toolbox"
)

func TestNewRefuses(t *testing.T) {
	const naming = " cannot name an MCP server: use up to 64 letters, digits, dots, hyphens and underscores"
	one := func(id, url string) toolbox.Config { return toolbox.Config{Remote: []toolbox.Remote{remote(id, url)}} }
	for _, tt := range []struct {
		name string
		cfg  toolbox.Config
		want string
	}{
		{"no name", one("", "https://a.example/mcp"), `""` + naming},
		{"a name that would be a path", one("a/b", "https://a.example/mcp"), `"a/b"` + naming},
		{
			"a name twice", toolbox.Config{
				Builtin: []toolbox.Builtin{builtin("a", newDesk())}, Remote: []toolbox.Remote{remote("a", "https://a.example")},
			},
			`two MCP servers are called "a": give each its own name`,
		},
		{"no URL", one("a", ""), `the URL of the MCP server "a" must begin with http:// or https://`},
		{"a file", one("a", "file:///etc/passwd"), `the URL of the MCP server "a" must begin with http:// or https://`},
		{"a bare host", one("a", "a.example/mcp"), `the URL of the MCP server "a" must begin with http:// or https://`},
		{"no host", one("a", "https:///mcp"), `the URL of the MCP server "a" names no host: write it like https://example.com/mcp`},
		{"nonsense", one("a", "https://a b"), `the URL of the MCP server "a" cannot be read: write it like https://example.com/mcp`},
		{
			"a password", one("a", "https://user:secret@a.example"),
			`the URL of the MCP server "a" holds a user or password, which everybody could read there: leave it out`,
		},
		{
			"a fragment", one("a", "https://a.example/mcp#x"),
			`the URL of the MCP server "a" has a part after #, which no server ever sees: leave it out`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.cfg.Log = slog.New(slog.DiscardHandler)
			_, err := toolbox.New(tt.cfg)
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
