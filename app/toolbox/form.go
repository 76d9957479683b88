package toolbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// How large a form may be.
const (
	maxForm   = 16 << 10 // bytes of its schema
	maxFields = 64
)

var errNotFlat = errors.New("a form must be a flat object of plain fields")

// form is a flat object of plain fields, which is all that a server may ask for.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#requested-schema
type form struct {
	Type       string
	Properties map[string]field
	Required   []string
}

// field is a text, a number, a yes or no, or a choice of one or several texts.
type field struct {
	Type      string
	Format    string
	MinLength *int
	MaxLength *int
	Minimum   *float64
	Maximum   *float64
	Enum      []string
	OneOf     []choice
	MinItems  *int
	MaxItems  *int
	Items     *struct {
		Enum  []string
		OneOf []choice
		AnyOf []choice
	}
}

type choice struct{ Const string }

// readForm reads a form's schema and refuses what is more than a form.
func readForm(schema json.RawMessage) (form, error) {
	if len(schema) > maxForm {
		return form{}, errLongAsked
	}
	var f form
	if json.Unmarshal(schema, &f) != nil || f.Type != "object" || len(f.Properties) > maxFields {
		return form{}, errNotFlat
	}
	var parts struct{ Properties map[string]json.RawMessage }
	if composed(schema, "properties", "additionalProperties") || json.Unmarshal(schema, &parts) != nil {
		return form{}, errNotFlat
	}
	for name, field := range f.Properties {
		if composed(parts.Properties[name], "oneOf", "items") || !field.plain() {
			return form{}, errNotFlat
		}
	}
	for _, name := range f.Required {
		if _, ok := f.Properties[name]; !ok {
			return form{}, errNotFlat
		}
	}
	return f, nil
}

// composed reports whether a schema makes use of others, but by these keywords.
func composed(schema json.RawMessage, but ...string) bool {
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

func (f field) plain() bool {
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

// check returns what the person filled in, decoded for the SDK. The error is a
// clause for the person.
func (f form) check(content json.RawMessage) (map[string]any, error) {
	var given map[string]any
	dec := json.NewDecoder(bytes.NewReader(content))
	dec.UseNumber()
	if len(content) > maxForm || dec.Decode(&given) != nil || given == nil || dec.More() {
		return nil, errors.New("the form is not filled in")
	}
	for _, name := range f.Required {
		if _, ok := given[name]; !ok {
			return nil, fmt.Errorf("please fill in %q", name)
		}
	}
	for name, v := range given {
		field, ok := f.Properties[name]
		if !ok {
			return nil, fmt.Errorf("the form has no %q", name)
		}
		if want := field.mismatch(v); want != "" {
			return nil, fmt.Errorf("the field %q must be %s", name, want)
		}
	}
	var decoded map[string]any
	if err := json.Unmarshal(content, &decoded); err != nil {
		return nil, errors.New("the form is not filled in")
	}
	return decoded, nil
}

// mismatch says what a value should be, nothing if it is that.
func (f field) mismatch(v any) string {
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

func (f field) mismatchedNumber(v any) string {
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

func (f field) mismatchedChoices(v any) string {
	list, ok := v.([]any)
	allowed := options(f.Items.Enum, f.Items.OneOf, f.Items.AnyOf)
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

func (f field) mismatchedText(v any) string {
	s, ok := v.(string)
	allowed := options(f.Enum, f.OneOf)
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

func (f field) mismatchedFormat(s string) string {
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

// options returns the texts that may be chosen, nil if any may.
func options(enum []string, titled ...[]choice) []string {
	all := slices.Clone(enum)
	for _, list := range titled {
		for _, c := range list {
			all = append(all, c.Const)
		}
	}
	return all
}
