package northwind

import (
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestReadme holds the page to the program: its tools, flags and the results it shows.
func TestReadme(t *testing.T) {
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	page := strings.ReplaceAll(string(raw), "\nprimary key", " primary key")
	db := sample(t)
	session, _ := connectTo(t, db, slog.LevelError, HandlerOptions{Gateway: gateway(publicURL)}, asAda())
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]string{}
	for _, tool := range list.Tools {
		wanted["the tool "+tool.Name] = fmt.Sprintf("| `%s` |", tool.Name)
	}
	command := reflect.TypeFor[Command]()
	for _, name := range []string{"MaxRows", "MaxBytes", "MaxCell", "QueryTimeout", "Concurrency", "QueueWait"} {
		field, _ := command.FieldByName(name)
		wanted["the limit "+name] = fmt.Sprintf("| `%s` | %s |", field.Tag.Get("env"), field.Tag.Get("default"))
	}
	for _, name := range []string{"PublicURL", "PomeriumCA", "AllowTools", "DenyTools"} {
		field, _ := command.FieldByName(name)
		wanted["the flag "+name] = fmt.Sprintf("| `%s` |", field.Tag.Get("env"))
	}
	wanted["the flag AllowedHosts"] = "`--allowed-hosts`, or `POMCHAT_NORTHWIND_ALLOWED_HOSTS`"
	wanted["a size above which Pomerium lets no call pass its rules unseen"] = "max_request_bytes: 65536 "
	wanted["the lines on refusals"] = fmt.Sprintf("at most %d lines\na second", maxRefusals)
	query := regexp.MustCompile("(?s)```sql\n(.*?)\n```").FindStringSubmatch(page)
	if query == nil {
		t.Fatal("there is no query in the page")
	}
	for _, c := range []struct {
		tool      string
		arguments map[string]any
	}{
		{"find_values", map[string]any{"text": "Koln"}},
		{"read_query", map[string]any{"query": query[1]}},
		{"explain_query", map[string]any{"query": query[1]}},
	} {
		text, _, failed := call(t, session, c.tool, c.arguments)
		if failed {
			t.Fatal(text)
		}
		if c.tool == "explain_query" {
			text, _, _ = strings.Cut(text, "\n")
		}
		wanted["the answer of "+c.tool] = text
	}
	for what, text := range wanted {
		if !strings.Contains(page, text) {
			t.Errorf("the page has not %s: %s", what, text)
		}
	}
}
