// Package e2e tests the house as a whole: who imports whom, and the built binary
// from the outside.
package e2e

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/pomerium/pomchat"

// rooms says what the code of each package, tests aside, may import besides the
// standard library: packages of the house, and modules from outside. Imports
// point one way; adapters never meet except in app.
var rooms = map[string]struct{ house, outside []string }{
	".":                                 {house: []string{"app", "app/pomerium", "embed", "northwind"}, outside: []string{"github.com/alecthomas/kong"}},
	"app":                               {house: []string{"app/chat", "app/chat/grounding", "app/guide", "app/llm", "app/pomerium", "app/store", "app/store/postgres", "app/toolbox", "app/web"}, outside: []string{"github.com/prometheus/client_golang"}},
	"app/chat":                          {house: []string{"app/chat/grounding"}},
	"app/chat/chattest":                 {house: []string{"app/chat", "app/chat/grounding"}},
	"app/chat/export":                   {house: []string{"app/chat"}},
	"app/chat/grounding":                {},
	"app/guide":                         {house: []string{"app/chat"}},
	"app/llm":                           {house: []string{"app/chat"}, outside: []string{"github.com/openai/openai-go/v3"}},
	"app/llm/llmtest":                   {outside: []string{"github.com/modelcontextprotocol/go-sdk"}},
	"app/llm/llmtest/serve":             {house: []string{"app/llm/llmtest"}},
	"app/pomerium":                      {house: []string{"app/chat"}, outside: []string{"github.com/golang-jwt/jwt/v5", "github.com/MicahParks/jwkset"}},
	"app/pomerium/pomeriumtest":         {outside: []string{"github.com/golang-jwt/jwt/v5"}},
	"app/pomerium/pomeriumtest/consent": {outside: []string{"github.com/zitadel/oidc/v3", "github.com/go-jose/go-jose/v4"}},
	"app/pomerium/pomeriumtest/demo":    {house: []string{"app/pomerium/pomeriumtest", "app/pomerium/pomeriumtest/consent", "app/pomerium/pomeriumtest/notes"}},
	"app/pomerium/pomeriumtest/notes":   {outside: []string{"github.com/modelcontextprotocol/go-sdk"}},
	"app/store":                         {house: []string{"app/chat", "app/store/record"}, outside: []string{"modernc.org/sqlite"}},
	"app/store/postgres":                {house: []string{"app/chat", "app/store/record"}, outside: []string{"github.com/jackc/pgx/v5"}},
	"app/store/postgres/postgrestest":   {},
	"app/store/record":                  {house: []string{"app/chat"}, outside: []string{"golang.org/x/text"}},
	"app/toolbox":                       {house: []string{"app/chat"}, outside: []string{"github.com/modelcontextprotocol/go-sdk"}},
	"app/web":                           {house: []string{"app/chat", "app/chat/export"}, outside: []string{"github.com/danielgtaylor/huma/v2"}},
	"app/e2e":                           {},
	"embed":                             {},
	"northwind":                         {outside: []string{"github.com/modelcontextprotocol/go-sdk", "github.com/google/jsonschema-go", "modernc.org/sqlite", "modernc.org/libc"}},
	"northwind/load":                    {house: []string{"embed"}, outside: []string{"modernc.org/sqlite"}},
	"northwind/data":                    {outside: []string{"modernc.org/sqlite"}},
	"northwind/data/gen":                {house: []string{"northwind/data"}},
	"app/e2e/deploy":                    {},
}

// It parses the files itself: the test cache does not see what a `go list` reads.
func TestImportsPointOneWay(t *testing.T) {
	root := os.DirFS("../..")
	seen := map[string]bool{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != ".") {
			return fs.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		room := path.Dir(name)
		seen[room] = true
		allowed, known := rooms[room]
		if !known {
			t.Errorf("%s: package %s has no row in the table of rooms", name, room)
			return nil
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		for _, imported := range imports(t, root, name) {
			if !permitted(imported, allowed.house, allowed.outside) {
				t.Errorf("%s: package %s may not import %s", name, room, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range maps.Keys(rooms) {
		if !seen[room] {
			t.Errorf("there is no package %s, but a row for it", room)
		}
	}
}

func imports(t *testing.T, root fs.FS, name string) []string {
	t.Helper()
	source, err := fs.ReadFile(root, name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

func permitted(imported string, house, outside []string) bool {
	if inside, ok := strings.CutPrefix(imported, module+"/"); ok {
		return slices.Contains(house, inside)
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return true
	}
	return slices.ContainsFunc(outside, func(m string) bool {
		return imported == m || strings.HasPrefix(imported, m+"/")
	})
}
