package web

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

var update = flag.Bool("update", false, "rewrite golden files")

const wireTypes = "../../ui/src/wire/wire.gen.ts"

// The page's types are written from the OpenAPI document that the server
// serves, so that a change on one side breaks the build of the other.
func TestTypeScriptTypesAreUpToDate(t *testing.T) {
	golden(t, wireTypes, []byte(typeScript(describe().Components.Schemas.Map())))
}

func TestOpenAPIDocumentIsUpToDate(t *testing.T) {
	doc, err := describe().YAML()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/openapi.yaml", doc)
}

// describe returns the API's description; no endpoint of it is ever called.
func describe() *huma.OpenAPI {
	speakInProblems()
	api := humago.New(http.NewServeMux(), apiConfig("test"))
	(&server{}).routes(api)
	return api.OpenAPI()
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("%s is stale: run `make gen` and read the difference", path)
	}
}

func typeScript(schemas map[string]*huma.Schema) string {
	var b strings.Builder
	b.WriteString("// Generated from the Go types by `make gen`. Do not edit.\n")
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		s := schemas[name]
		b.WriteString("\n")
		comment(&b, "", s.Description)
		if len(s.Properties) == 0 {
			fmt.Fprintf(&b, "export type %s = %s\n", name, tsType(s))
			continue
		}
		fmt.Fprintf(&b, "export interface %s {\n", name)
		for _, p := range properties(s) {
			prop := s.Properties[p]
			comment(&b, "  ", prop.Description)
			mark := "?"
			if slices.Contains(s.Required, p) {
				mark = ""
			}
			fmt.Fprintf(&b, "  %s%s: %s\n", p, mark, tsType(prop))
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// properties returns the names in order, "type" first.
func properties(s *huma.Schema) []string {
	names := slices.Sorted(maps.Keys(s.Properties))
	if i := slices.Index(names, "type"); i > 0 {
		names = append([]string{"type"}, slices.Delete(names, i, i+1)...)
	}
	return names
}

func comment(b *strings.Builder, indent, text string) {
	if text != "" {
		fmt.Fprintf(b, "%s/** %s */\n", indent, text)
	}
}

func tsType(s *huma.Schema) string {
	base := tsBase(s)
	if s.Nullable {
		return base + " | null"
	}
	return base
}

func tsBase(s *huma.Schema) string {
	switch {
	case s.Ref != "":
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case len(s.OneOf) > 0:
		members := make([]string, 0, len(s.OneOf))
		for _, m := range s.OneOf {
			members = append(members, tsType(m))
		}
		return strings.Join(members, " | ")
	case len(s.Enum) > 0:
		values := make([]string, 0, len(s.Enum))
		for _, v := range s.Enum {
			values = append(values, fmt.Sprintf("'%v'", v))
		}
		return strings.Join(values, " | ")
	}
	switch s.Type {
	case huma.TypeString:
		return "string"
	case huma.TypeBoolean:
		return "boolean"
	case huma.TypeInteger, huma.TypeNumber:
		return "number"
	case huma.TypeArray:
		item := tsType(s.Items)
		if strings.Contains(item, " ") {
			item = "(" + item + ")"
		}
		return item + "[]"
	case huma.TypeObject:
		if values, ok := s.AdditionalProperties.(*huma.Schema); ok && values.Type == huma.TypeString {
			return "Record<string, string>"
		}
		return "unknown"
	default:
		return "unknown"
	}
}
