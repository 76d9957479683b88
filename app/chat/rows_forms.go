package chat

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// headedOf returns the table of an array of arrays, of which the first has the names of
// the columns: texts that differ and are no numbers. One column, or no row below, is too
// little to tell.
func headedOf(text json.RawMessage) (Table, bool) {
	var t Table
	for row := range elements(text) {
		if row[0] != '[' {
			return Table{}, false
		}
		if t.Columns == nil {
			if t.Columns = headOfTable(row); len(t.Columns) < 2 {
				return Table{}, false
			}
			continue
		}
		t.addList(row)
	}
	t.square()
	return t, t.Total > 0
}

func headOfTable(row json.RawMessage) []Column {
	var names []Column
	seen := map[string]bool{}
	for c := range elements(row) {
		if c[0] != '"' || len(names) == maxTableColumns {
			return nil
		}
		name := unquote(c)
		if _, err := strconv.ParseFloat(name, 64); err == nil || blank(name) || seen[name] {
			return nil
		}
		seen[name] = true
		names = append(names, Column{Name: name})
	}
	return names
}

// columnarOf returns the table of an object whose members are lists of plain values, two
// at least and of the same length, two at least. Plain members may say how many.
func columnarOf(keys []string, fields map[string]json.RawMessage) (Table, bool) {
	var t Table
	rows := -1
	var lists []json.RawMessage
	for _, key := range keys {
		value := fields[key]
		switch value[0] {
		case '[':
			n := 0
			for v := range elements(value) {
				if isNested(v) {
					return Table{}, false
				}
				n++
			}
			if rows >= 0 && n != rows || n < 2 || len(lists) == maxTableColumns {
				return Table{}, false
			}
			rows = n
			t.Columns, lists = append(t.Columns, Column{Name: key}), append(lists, value)
		case '{', '"':
			return Table{}, false
		}
	}
	if len(lists) < 2 {
		return Table{}, false
	}
	for range rows {
		t.add()
	}
	for at, list := range lists {
		i := 0
		for v := range elements(list) {
			if i == len(t.Rows) {
				break
			}
			t.Rows[i][at] = cellOf(v)
			i++
		}
	}
	return t, true
}

// jsonIn returns the JSON of a text that could be a table: the whole text, its lines if
// each is a value, as an array, or the one block in a fence.
func jsonIn(text string) (json.RawMessage, bool) {
	data := json.RawMessage(strings.TrimSpace(text))
	if isNested(data) {
		if json.Valid(data) {
			return data, true
		}
		return valuesIn(data)
	}
	if _, block, found := strings.Cut(text, "```"); found {
		block, rest, closed := strings.Cut(block, "```")
		if !closed || strings.Contains(rest, "```") {
			return nil, false
		}
		if _, body, named := strings.Cut(block, "\n"); named {
			block = body // the rest of the first line says what it is
		}
		if data = json.RawMessage(strings.TrimSpace(block)); isNested(data) {
			if json.Valid(data) {
				return data, true
			}
			return valuesIn(data)
		}
	}
	return nil, false
}

// valuesIn returns JSON values that follow each other, objects all or arrays all, as an
// array.
func valuesIn(text json.RawMessage) (json.RawMessage, bool) {
	if !slices.Contains([]byte("}]"), text[len(text)-1]) {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	var all bytes.Buffer
	for n := 0; ; n++ {
		var value json.RawMessage
		err := dec.Decode(&value)
		if errors.Is(err, io.EOF) {
			all.WriteByte(']')
			return all.Bytes(), n > 1
		}
		if err != nil || value[0] != text[0] {
			return nil, false
		}
		all.WriteByte(map[bool]byte{true: '[', false: ','}[n == 0])
		all.Write(value)
	}
}
