package chat_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestATokenNeverPrintsItself(t *testing.T) {
	const secret = "s3cr3t-t0k3n"
	caller := chat.Caller{Identity: chat.Identity{Subject: "ann"}, Token: chat.NewToken(secret)}
	var shown []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s", "%T", "%p"} {
		for _, v := range []any{
			caller, &caller, caller.Token, &caller.Token, []chat.Token{caller.Token}, map[string]any{"t": caller.Token},
			struct{ hidden chat.Token }{caller.Token}, &struct{ hidden *chat.Token }{&caller.Token},
		} {
			shown = append(shown, fmt.Sprintf(verb, v))
		}
	}
	text, err := json.Marshal(caller)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("call", "caller", caller, "token", caller.Token)
	slog.New(slog.NewTextHandler(&log, nil)).Info("call", "caller", caller, "token", caller.Token)
	shown = append(shown, string(text), log.String(), errors.Join(fmt.Errorf("with %v", caller.Token)).Error())
	for _, s := range shown {
		if strings.Contains(s, secret) || strings.Contains(s, fmt.Sprintf("%x", secret)) {
			t.Errorf("the token shows in %q", s)
		}
	}
	if caller.Token.Reveal() != secret {
		t.Error("the token is lost")
	}
}

// The tables of events, parts and kinds must list every member of the set, since
// reflection cannot find them.
func TestTablesListTheWholeSet(t *testing.T) {
	methods, kinds := map[string]int{}, 0
	files := token.NewFileSet()
	for _, name := range []string{"event.go", "event_text.go", "event_call.go", "ground.go", "part.go", "error.go"} {
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil {
					methods[d.Name.Name]++
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if v, ok := spec.(*ast.ValueSpec); ok && strings.HasPrefix(v.Names[0].Name, "Kind") {
						kinds++
					}
				}
			}
		}
	}
	got := map[string]int{"event": len(chat.EventTypes()), "part": len(chat.PartTypes()), "kind": len(chat.Kinds())}
	want := map[string]int{"event": methods["event"], "part": methods["part"], "kind": kinds}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sizes (-in the source +in the table):\n%s", diff)
	}
}

func TestEventsAndPartsSurviveTheWire(t *testing.T) {
	for kind, zero := range chat.EventTypes() {
		line, err := chat.EncodeEvent(zero)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(line), `{"type":"`+kind+`"`) {
			t.Errorf("%s does not lead with its type: %s", kind, line)
		}
		back, err := chat.DecodeEvent(line)
		if err != nil {
			t.Fatal(err)
		}
		again, err := chat.EncodeEvent(back)
		if err != nil || string(again) != string(line) {
			t.Errorf("%s: %s became %s (%v)", kind, line, again, err)
		}
	}
	if _, err := chat.DecodeEvent([]byte(`{"type":"custom"}`)); err == nil {
		t.Error("an unknown type was decoded")
	}
	parts := chat.Parts{
		chat.TextPart{ID: "1", Text: "<b>&", State: "done"},
		chat.ReasoningPart{ID: "2", Step: 1, Text: "Hm.", State: "streaming"},
		chat.ToolPart{CallID: "c", Step: 1, State: chat.CallReturned, Input: json.RawMessage(`{"a":1}`), Output: &chat.ToolResult{Text: "x", Structured: json.RawMessage(`[1]`)}},
	}
	text, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	var back chat.Parts
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(parts, back); diff != "" {
		t.Errorf("parts (-sent +received):\n%s", diff)
	}
}

func TestTitlesComeFromTheFirstLineThatSaysSomething(t *testing.T) {
	for _, tt := range []struct{ question, want string }{
		{"What were our sales by year?", "What were our sales by year?"},
		{"\n\n  Hello \t there \nand more", "Hello there"},
		{"   ", "Untitled"},
		{strings.Repeat("word ", 30), "word word word word word word word word word word word…"},
		{strings.Repeat("ü", 80), strings.Repeat("ü", 59) + "…"},
		{"SELECT\x00 1", "SELECT 1"},
	} {
		if got := chat.TitleFor(tt.question); got != tt.want {
			t.Errorf("TitleFor(%q) = %q, want %q", tt.question, got, tt.want)
		}
	}
}

func TestAPathLeadsFromTheRootToTheLeaf(t *testing.T) {
	tree := []chat.Message{{ID: "q1"}, {ID: "a1", ParentID: "q1"}, {ID: "a2", ParentID: "q1"}, {ID: "q2", ParentID: "a2"}, {ID: "lost", ParentID: "gone"}, {ID: "x", ParentID: "y"}, {ID: "y", ParentID: "x"}}
	for _, tt := range []struct {
		name, leaf string
		want       []string
	}{
		{"a branch leaves its sisters out", "q2", []string{"q1", "a2", "q2"}},
		{"the root is a path", "q1", []string{"q1"}},
		{"an unknown leaf has none", "nope", nil},
		{"a line without a root has none", "lost", nil},
		{"a ring has none", "x", nil},
		{"no leaf has none", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, m := range chat.Path(tree, tt.leaf) {
				got = append(got, m.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("path (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnUnclassifiedErrorNeverReachesAScreen(t *testing.T) {
	err := fmt.Errorf("load: %w", errors.New("pq: password authentication failed"))
	if got := chat.MessageOf(err); strings.Contains(got, "password") {
		t.Errorf("shown: %q", got)
	}
	classified := fmt.Errorf("load: %w", &chat.Error{Kind: chat.KindNotFound, Op: "load thread", Message: "There is no such thread.", Err: err})
	if chat.KindOf(classified) != chat.KindNotFound || chat.MessageOf(classified) != "There is no such thread." {
		t.Errorf("got %s %q", chat.KindOf(classified), chat.MessageOf(classified))
	}
	if !strings.Contains(classified.Error(), "password") {
		t.Errorf("the log lost the cause: %v", classified)
	}
}
