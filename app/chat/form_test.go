package chat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestAFormIsFlat(t *testing.T) {
	one := func(field string) string { return fmt.Sprintf(`{"type":"object","properties":{"a":%s}}`, field) }
	many := func(n int) string {
		fields := make([]string, n)
		for i := range fields {
			fields[i] = fmt.Sprintf(`"f%d":{"type":"boolean"}`, i)
		}
		return `{"type":"object","properties":{` + strings.Join(fields, ",") + `}}`
	}
	for _, tt := range []struct {
		schema string
		flat   bool
	}{
		{`{"type":"object","properties":{}}`, true},
		{`{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{},"additionalProperties":false}`, true},
		{one(`{"type":"string","title":"A","format":"email","default":"x"}`), true},
		{one(`{"type":"string","enum":["x"],"enumNames":["X"]}`), true},
		{one(`{"type":"string","oneOf":[{"const":"x","title":"X"}]}`), true},
		{one(`{"type":"array","items":{"type":"string","enum":["x"]}}`), true},
		{one(`{"type":"array","items":{"anyOf":[{"const":"x","title":"X"}]}}`), true},
		{one(`{"type":"number","minimum":1.5}`), true},
		{many(64), true},
		{many(65), false},
		{``, false},
		{`null`, false},
		{`[]`, false},
		{`{}`, false},
		{`{"type":"array"}`, false},
		{`{"type":"object","allOf":[{}]}`, false},
		{`{"type":"object","$ref":"#/x"}`, false},
		{`{"type":"object","patternProperties":{}}`, false},
		{`{"type":"object","properties":{},"required":["b"]}`, false},
		{one(`{}`), false},
		{one(`true`), false},
		{one(`null`), false},
		{one(`{"type":"object"}`), false},
		{one(`{"type":["string","null"]}`), false},
		{one(`{"type":"string","$ref":"#/x"}`), false},
		{one(`{"type":"string","minLength":"x"}`), false},
		{one(`{"type":"array"}`), false},
		{one(`{"type":"array","items":{"type":"string"}}`), false},
		{one(`{"type":"boolean","oneOf":[{"const":"x"}]}`), false},
	} {
		if _, err := chat.ReadForm(json.RawMessage(tt.schema)); (err == nil) != tt.flat {
			t.Errorf("%s: %v", tt.schema, err)
		}
	}
}

func TestAFilledInFormIsChecked(t *testing.T) {
	one := func(field string) string { return fmt.Sprintf(`{"type":"object","properties":{"a":%s}}`, field) }
	for _, tt := range []struct{ schema, content, want string }{
		{one(`{"type":"string"}`), `{"a":"x"}`, ``},
		{one(`{"type":"string"}`), `{}`, ``},
		{one(`{"type":"string"}`), `{"a":1}`, `the field "a" must be a text`},
		{one(`{"type":"string"}`), `{"a":null}`, `the field "a" must be a text`},
		{one(`{"type":"string"}`), `{"b":"x"}`, `the form has no "b"`},
		{one(`{"type":"string"}`), `"x"`, `the form is not filled in`},
		{one(`{"type":"string"}`), `null`, `the form is not filled in`},
		{one(`{"type":"string"}`), ``, `the form is not filled in`},
		{one(`{"type":"string"}`), `{"a":"x"} {}`, `the form is not filled in`},
		{one(`{"type":"string","minLength":3}`), `{"a":"äö"}`, `the field "a" must be at least 3 characters long`},
		{one(`{"type":"string","maxLength":2}`), `{"a":"äöü"}`, `the field "a" must be at most 2 characters long`},
		{one(`{"type":"string","enum":["x","y"]}`), `{"a":"z"}`, `the field "a" must be one of the given choices`},
		{one(`{"type":"string","oneOf":[{"const":"x"}]}`), `{"a":"x"}`, ``},
		{one(`{"type":"string","oneOf":[{"const":"x"}]}`), `{"a":"y"}`, `the field "a" must be one of the given choices`},
		{one(`{"type":"string","format":"email"}`), `{"a":"ann@a.example"}`, ``},
		{one(`{"type":"string","format":"email"}`), `{"a":"Ann <ann@a.example>"}`, `the field "a" must be an email address`},
		{one(`{"type":"string","format":"uri"}`), `{"a":"a.example"}`, `the field "a" must be a web address`},
		{one(`{"type":"string","format":"date"}`), `{"a":"2026-02-30"}`, `the field "a" must be a date, like 2026-07-28`},
		{one(`{"type":"string","format":"date-time"}`), `{"a":"2026-07-28"}`, `the field "a" must be a date and time, like 2026-07-28T09:30:00Z`},
		{one(`{"type":"boolean"}`), `{"a":false}`, ``},
		{one(`{"type":"boolean"}`), `{"a":"yes"}`, `the field "a" must be yes or no`},
		{one(`{"type":"integer"}`), `{"a":3.0}`, ``},
		{one(`{"type":"integer"}`), `{"a":3.5}`, `the field "a" must be a whole number`},
		{one(`{"type":"number","minimum":1}`), `{"a":0.5}`, `the field "a" must be at least 1`},
		{one(`{"type":"number","maximum":1}`), `{"a":1e9}`, `the field "a" must be at most 1`},
		{one(`{"type":"number"}`), `{"a":"1"}`, `the field "a" must be a number`},
		{one(`{"type":"number"}`), `{"a":1e999}`, `the field "a" must be a number`},
		{one(`{"type":"array","items":{"enum":["x","y"]}}`), `{"a":["y","x"]}`, ``},
		{one(`{"type":"array","items":{"enum":["x"]}}`), `{"a":["z"]}`, `the field "a" must be a choice of those given`},
		{one(`{"type":"array","items":{"enum":["x"]}}`), `{"a":"x"}`, `the field "a" must be a choice of those given`},
		{one(`{"type":"array","items":{"enum":["x"]},"minItems":1}`), `{"a":[]}`, `the field "a" must be a choice of at least 1`},
		{one(`{"type":"array","items":{"anyOf":[{"const":"x"}]},"maxItems":1}`), `{"a":["x","x"]}`, `the field "a" must be a choice of at most 1`},
	} {
		form, err := chat.ReadForm(json.RawMessage(tt.schema))
		if err != nil {
			t.Fatalf("%s: %v", tt.schema, err)
		}
		got := ""
		if _, err := form.Check(json.RawMessage(tt.content)); err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s of %s: %s", tt.content, tt.schema, diff)
		}
	}
}

// What a form lets through is an object of its own fields.
func FuzzForm(f *testing.F) {
	f.Add(`{"type":"object","properties":{"a":{"type":"string","format":"date"}},"required":["a"]}`, `{"a":"2026-07-28"}`)
	f.Add(`{"type":"object","properties":{"a":{"type":"array","items":{"enum":["x"]}}}}`, `{"a":["x"]}`)
	f.Add(`{"type":"object","properties":{"a":{"type":"integer","minimum":1}}}`, `{"a":1e3}`)
	f.Fuzz(func(t *testing.T, schema, content string) {
		form, err := chat.ReadForm(json.RawMessage(schema))
		if err != nil {
			return
		}
		var fields struct{ Properties map[string]json.RawMessage }
		if err := json.Unmarshal([]byte(schema), &fields); err != nil {
			t.Fatal(err)
		}
		got, err := form.Check(json.RawMessage(content))
		if err != nil {
			return
		}
		for name, v := range got {
			if _, ok := fields.Properties[name]; !ok {
				t.Errorf("a field %q that the form has not", name)
			}
			if _, nested := v.(map[string]any); nested || v == nil {
				t.Errorf("the field %q is %v", name, v)
			}
		}
	})
}
