package northwind

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// arguments decodes the arguments of a call. Numbers keep their digits. Of two arguments with one name, in any case, the
// decoder takes one and a reader of the audit perhaps the other, so there must be none.
func arguments[In any](tool string, raw json.RawMessage) (In, error) {
	var in In
	if len(raw) == 0 || string(raw) == "null" {
		raw = json.RawMessage("{}")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	d.UseNumber()
	err := d.Decode(&in)
	if err == nil {
		if name, ok := repeated(raw); ok {
			return in, &Error{Kind: Invalid, Message: fmt.Sprintf("the argument %s of %s is there twice", name, tool)}
		}
		if _, more := d.Token(); errors.Is(more, io.EOF) {
			return in, nil
		}
		err = errors.New("more than one value")
	}
	return in, wrongArguments(tool, reflect.TypeFor[In](), err)
}

// wrongArguments explains why the arguments of a tool could not be decoded into a struct of that type.
func wrongArguments(tool string, in reflect.Type, err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		e := &Error{Kind: Invalid, Message: fmt.Sprintf("the argument %s of %s must be %s, not %s", wrong.Field, tool, expected(wrong.Type), given(wrong.Value))}
		if wrong.Type.Kind() == reflect.Slice {
			e.Hint = `Write ? for each value, and give the values in the same order, as in ["Berlin", 5].`
		}
		return e
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name, err := strconv.Unquote(field)
		if err != nil {
			name = field
		}
		return &Error{Kind: Invalid, Message: fmt.Sprintf("%s has no argument %q", tool, shortened(name, maxName)), Hint: argumentsThereAre(in, name)}
	}
	return &Error{Kind: Invalid, Message: fmt.Sprintf("the arguments of %s are not one JSON object", tool), Hint: argumentsThereAre(in, "")}
}

// argumentsThereAre lists the arguments of a tool, those first whose names are nearest to the wrong one.
func argumentsThereAre(in reflect.Type, wrong string) string {
	var all []string
	for i := range in.NumField() {
		all = append(all, in.Field(i).Tag.Get("json"))
	}
	names := nearest(wrong, all, len(all))
	for _, name := range all {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	switch len(names) {
	case 0:
		return "It takes no arguments."
	case 1:
		return fmt.Sprintf("Its only argument is %s.", names[0])
	}
	return fmt.Sprintf("Its arguments are %s.", enumerate(names))
}

// expected says in words what a value of the type is.
func expected(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int:
		return "a whole number"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	}
	return "a string"
}

// given puts into words how [json.UnmarshalTypeError] calls a value.
func given(value string) string {
	switch value {
	case "array":
		return "a list"
	case "bool":
		return "true or false"
	case "object":
		return "an object"
	}
	if _, number, ok := strings.Cut(value, "number "); ok {
		return shortened(number, maxName)
	}
	return "a " + value
}

// whole is an argument that is a whole number. It is also taken as 2.0, which JSON Schema counts among the integers, and as
// "10", as models write it.
type whole int

// UnmarshalJSON reads a number or its digits in a string.
func (w *whole) UnmarshalJSON(text []byte) error {
	digits, what := string(text), "number "+string(text)
	switch text[0] {
	case 'n':
		return nil // null is no value
	case '"':
		what = "string"
		if err := json.Unmarshal(text, &digits); err != nil {
			return err
		}
	case '{':
		what = "object"
	case '[':
		what = "array"
	case 't', 'f':
		what = "bool"
	}
	digits = strings.TrimSpace(digits)
	if n, err := strconv.Atoi(digits); err == nil {
		*w = whole(n)
		return nil
	}
	const exact = 1 << 53
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || n != math.Trunc(n) || n < -exact || n > exact {
		return &json.UnmarshalTypeError{Value: what, Type: reflect.TypeFor[whole]()}
	}
	*w = whole(n)
	return nil
}

// repeated returns a name that a JSON object has twice, in any case. It is for objects that decoded, whose names are few: each
// is compared with all before it.
func repeated(object json.RawMessage) (string, bool) {
	d := json.NewDecoder(bytes.NewReader(object))
	if _, err := d.Token(); err != nil {
		return "", false
	}
	var seen []string
	for d.More() {
		token, err := d.Token()
		name, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return "", false
		}
		if slices.ContainsFunc(seen, func(s string) bool { return strings.EqualFold(s, name) }) {
			return name, true
		}
		seen = append(seen, name)
	}
	return "", false
}

// missing is the error for an argument that must be given.
func missing(argument string) error {
	return &Error{Kind: Invalid, Message: fmt.Sprintf("the argument %s is missing", argument)}
}
