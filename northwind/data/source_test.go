package data

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestEveryFileFillsOneTable(t *testing.T) {
	files, err := fs.Glob(sources, "*.csv")
	if err != nil {
		t.Fatal(err)
	}
	unused := make(map[string]bool)
	for _, file := range files {
		unused[file] = true
	}
	for _, table := range tables() {
		if !unused[table.file] {
			t.Errorf("%s has no file of its own", table.name)
		}
		delete(unused, table.file)
	}
	if len(unused) > 0 {
		t.Errorf("no table reads %v", unused)
	}
}

// An empty field is NULL and nothing is an empty string. encoding/csv cannot tell "" from nothing when
// it reads, but writes the second: a file that survives the round trip has no "", and is RFC 4180 but
// for lines that end in LF alone.
func TestFilesAreInTheirPlainestForm(t *testing.T) {
	for _, table := range tables() {
		file, err := sources.ReadFile(table.file)
		if err != nil {
			t.Fatal(err)
		}
		records, err := read(table.file)
		if err != nil {
			t.Fatal(err)
		}
		var plain bytes.Buffer
		if err := csv.NewWriter(&plain).WriteAll(records); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(plain.String(), string(file)); diff != "" {
			t.Errorf("%s (-plain +file):\n%s", table.file, diff)
		}
	}
}

func TestText(t *testing.T) {
	faults := []struct {
		name string
		has  func(field string) bool
	}{
		{"is the word NULL", func(s string) bool { return strings.EqualFold(s, "null") }},
		{"begins or ends with a blank", func(s string) bool { return strings.TrimSpace(s) != s }},
		{"has a character that was lost", func(s string) bool { return strings.ContainsAny(s, "\uFFFD?\u00A4") }},
		{"has UTF-8 read as Latin-1", func(s string) bool { return strings.ContainsAny(s, "\u00C2\u00C3") }},
		{"has an accent apart from its letter", func(s string) bool { return strings.ContainsFunc(s, isMark) }},
		{"has a blank that is not a space", func(s string) bool { return strings.ContainsFunc(s, isOddBlank) }},
		{"has a control character", func(s string) bool { return strings.ContainsFunc(s, isControl) }},
	}
	for _, table := range tables() {
		records, err := read(table.file)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range records {
			for i, field := range record {
				for _, fault := range faults {
					if fault.has(field) {
						t.Errorf("%s, %s of %s: %q %s", table.file, records[0][i], record[0], field, fault.name)
					}
				}
			}
		}
	}
}

func isMark(r rune) bool     { return unicode.Is(unicode.Mn, r) }
func isOddBlank(r rune) bool { return unicode.IsSpace(r) && r != ' ' && r != '\n' }
func isControl(r rune) bool  { return unicode.IsControl(r) && r != '\n' }

func TestOnlyEmployeesHaveAddressesOfTwoLines(t *testing.T) {
	var got []string
	for _, table := range tables() {
		records, err := read(table.file)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range records {
			for _, field := range record {
				if strings.Contains(field, "\n") {
					got = append(got, field)
				}
			}
		}
	}
	want := []string{"507 - 20th Ave. E.\nApt. 2A", "Coventry House\nMiner Rd.", "Edgeham Hollow\nWinchester Way"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The files lie in the order of their primary keys, so this also proves that order.
func TestDatabaseHoldsWhatTheFilesSay(t *testing.T) {
	db := openCommitted(t)
	for _, table := range tables() {
		records, err := read(table.file)
		if err != nil {
			t.Fatal(err)
		}
		var header []string
		var types []string
		key := ""
		for _, c := range query(t, db, "SELECT name, type, pk FROM pragma_table_info(?)", table.name) {
			header = append(header, c[0].(string))
			types = append(types, c[1].(string))
			if c[2] != int64(0) {
				key += fmt.Sprintf(", %q", c[0])
			}
		}
		if diff := cmp.Diff(header, records[0]); diff != "" {
			t.Fatalf("header of %s: %s", table.file, diff)
		}
		var want [][]any
		for _, record := range records[1:] {
			row := make([]any, len(record))
			for i, field := range record {
				row[i] = value(t, field, types[i])
			}
			want = append(want, row)
		}
		got := query(t, db, fmt.Sprintf("SELECT * FROM %q ORDER BY %s", table.name, key[2:]))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-file +database):\n%s", table.name, diff)
		}
	}
}

// value is what a column of the given type makes of a field.
func value(t *testing.T, field, columnType string) any {
	t.Helper()
	var v any = field
	var err error
	switch {
	case field == "":
		return nil
	case columnType == "INTEGER":
		v, err = strconv.ParseInt(field, 10, 64)
	case columnType == "REAL":
		v, err = strconv.ParseFloat(field, 64)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}
