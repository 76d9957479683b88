package chat

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// MaxForm is how large the schema of a form may be, and what is filled in, in bytes.
const MaxForm = 16 << 10

const maxFormFields = 64

var errNotFlat = errors.New("a form must be a flat object of plain fields")

// Form is what a server wants to know from the person: a flat object of plain fields,
// which is all that a server may ask for. ReadForm makes one.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#requested-schema
type Form struct{ schema formSchema }

type formSchema struct {
	Type       string
	Properties map[string]formField
	Required   []string
}

// FormMistake is what is wrong with a form that was filled in.
type FormMistake struct {
	Field string // empty if it is the form as a whole
	What  string // a clause for the person
}

// Error returns the clause.
func (m *FormMistake) Error() string { return m.What }

// formField is a text, a number, a yes or no, or a choice of one or several texts.
type formField struct {
	Type      string
	Format    string
	MinLength *int
	MaxLength *int
	Minimum   *float64
	Maximum   *float64
	Enum      []string
	OneOf     []formChoice
	MinItems  *int
	MaxItems  *int
	Items     *struct {
		Enum  []string
		OneOf []formChoice
		AnyOf []formChoice
	}
}

type formChoice struct{ Const string }

// ReadForm reads a form's schema and refuses what is more than a form, or larger than
// MaxForm.
func ReadForm(schema json.RawMessage) (Form, error) {
	if len(schema) > MaxForm {
		return Form{}, errNotFlat
	}
	var f formSchema
	if json.Unmarshal(schema, &f) != nil || f.Type != "object" || len(f.Properties) > maxFormFields {
		return Form{}, errNotFlat
	}
	var parts struct{ Properties map[string]json.RawMessage }
	if composedSchema(schema, "properties", "additionalProperties") || json.Unmarshal(schema, &parts) != nil {
		return Form{}, errNotFlat
	}
	for name, field := range f.Properties {
		if composedSchema(parts.Properties[name], "oneOf", "items") || !field.plain() {
			return Form{}, errNotFlat
		}
	}
	for _, name := range f.Required {
		if _, ok := f.Properties[name]; !ok {
			return Form{}, errNotFlat
		}
	}
	return Form{f}, nil
}

// composedSchema reports whether a schema makes use of others, but by these keywords.
func composedSchema(schema json.RawMessage, but ...string) bool {
	var keywords map[string]json.RawMessage
	if json.Unmarshal(schema, &keywords) != nil {
		return true
	}
	for _, k := range []string{
		"$ref", "$dynamicRef", "$defs", "definitions", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
		"properties", "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties",
		"dependentSchemas", "dependentRequired", "dependencies",
		"items", "prefixItems", "contains", "unevaluatedItems",
	} {
		if _, used := keywords[k]; used && !slices.Contains(but, k) {
			return true
		}
	}
	return false
}

func (f formField) plain() bool {
	switch f.Type {
	case "string":
		return f.Items == nil
	case "number", "integer", "boolean":
		return f.Items == nil && f.OneOf == nil
	case "array":
		return f.Items != nil && len(f.Items.Enum)+len(f.Items.OneOf)+len(f.Items.AnyOf) > 0
	}
	return false
}

// Check returns what the person filled in, decoded as encoding/json does. The error is
// a *FormMistake.
func (f Form) Check(content json.RawMessage) (map[string]any, error) {
	unfilled := &FormMistake{What: "the form is not filled in"}
	var given map[string]any
	dec := json.NewDecoder(bytes.NewReader(content))
	dec.UseNumber()
	if len(content) > MaxForm || dec.Decode(&given) != nil || given == nil || dec.More() {
		return nil, unfilled
	}
	for _, name := range f.schema.Required {
		if _, ok := given[name]; !ok {
			return nil, &FormMistake{name, fmt.Sprintf("please fill in %q", name)}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		field, ok := f.schema.Properties[name]
		if !ok {
			return nil, &FormMistake{name, fmt.Sprintf("the form has no %q", name)}
		}
		if want := field.mismatch(given[name]); want != "" {
			return nil, &FormMistake{name, fmt.Sprintf("the field %q must be %s", name, want)}
		}
	}
	var decoded map[string]any
	if json.Unmarshal(content, &decoded) != nil {
		return nil, unfilled
	}
	return decoded, nil
}

// mismatch says what a value should be, nothing if it is that.
func (f formField) mismatch(v any) string {
	switch f.Type {
	case "boolean":
		if _, ok := v.(bool); !ok {
			return "yes or no"
		}
	case "number", "integer":
		return f.mismatchedNumber(v)
	case "array":
		return f.mismatchedChoices(v)
	default:
		return f.mismatchedText(v)
	}
	return ""
}

func (f formField) mismatchedNumber(v any) string {
	n, ok := v.(json.Number)
	x, err := strconv.ParseFloat(string(n), 64)
	switch {
	case !ok || err != nil:
		return "a number"
	case f.Type == "integer" && x != math.Trunc(x):
		return "a whole number"
	case f.Minimum != nil && x < *f.Minimum:
		return fmt.Sprintf("at least %v", *f.Minimum)
	case f.Maximum != nil && x > *f.Maximum:
		return fmt.Sprintf("at most %v", *f.Maximum)
	}
	return ""
}

func (f formField) mismatchedChoices(v any) string {
	list, ok := v.([]any)
	allowed := formOptions(f.Items.Enum, f.Items.OneOf, f.Items.AnyOf)
	for _, v := range list {
		s, isText := v.(string)
		ok = ok && isText && slices.Contains(allowed, s)
	}
	switch {
	case !ok:
		return "a choice of those given"
	case f.MinItems != nil && len(list) < *f.MinItems:
		return fmt.Sprintf("a choice of at least %d", *f.MinItems)
	case f.MaxItems != nil && len(list) > *f.MaxItems:
		return fmt.Sprintf("a choice of at most %d", *f.MaxItems)
	}
	return ""
}

func (f formField) mismatchedText(v any) string {
	s, ok := v.(string)
	allowed := formOptions(f.Enum, f.OneOf)
	length := utf8.RuneCountInString(s)
	switch {
	case !ok:
		return "a text"
	case allowed != nil && !slices.Contains(allowed, s):
		return "one of the given choices"
	case f.MinLength != nil && length < *f.MinLength:
		return fmt.Sprintf("at least %d characters long", *f.MinLength)
	case f.MaxLength != nil && length > *f.MaxLength:
		return fmt.Sprintf("at most %d characters long", *f.MaxLength)
	}
	return f.mismatchedFormat(s)
}

func (f formField) mismatchedFormat(s string) string {
	switch f.Format {
	case "email":
		if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
			return "an email address"
		}
	case "uri":
		if u, err := url.Parse(s); err != nil || !u.IsAbs() {
			return "a web address"
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return "a date, like 2026-07-28"
		}
	case "date-time":
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			return "a date and time, like 2026-07-28T09:30:00Z"
		}
	}
	return ""
}

// formOptions returns the texts that may be chosen, nil if any may.
func formOptions(enum []string, titled ...[]formChoice) []string {
	all := slices.Clone(enum)
	for _, list := range titled {
		for _, c := range list {
			all = append(all, c.Const)
		}
	}
	return all
}
