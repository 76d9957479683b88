package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestPrices(t *testing.T) {
	own, err := readPrices("")
	if err != nil {
		t.Fatal(err)
	}
	for model, want := range map[string]chat.Price{
		"gpt-6.1-sol":            {Input: 2, Cached: 0.1, Output: 10},
		"gpt-6.1-sol-2026-10-01": {Input: 2, Cached: 0.1, Output: 10},
		"gpt-6-astra":            {Input: 10, Cached: 1, Output: 50},
		"gpt-6.1":                {},
		"guide":                  {},
		"":                       {},
	} {
		got, _ := own.of(model)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", model, diff)
		}
	}
}

func TestTablesOfPrices(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a table", `{"m":{"input":1,"cached":0.1,"output":4}}`, ""},
		{"no JSON", `m: 1`, "it is no table of prices"},
		{"a word for a price", `{"m":{"input":"1"}}`, "it is no table of prices"},
		{"a misspelt member", `{"m":{"inputs":1}}`, "it is no table of prices"},
		{"nothing", `null`, "it is no table of prices"},
		{"two tables", `{} {}`, "it is no table of prices"},
		{"a model without prices", `{"m":{}}`, `the price of m needs both "input" and "output"`},
		{"a model of nothing", `{"m":null}`, `the price of m needs both "input" and "output"`},
		{"a model without a price of its output", `{"m":{"input":1}}`, `the price of m needs both "input" and "output"`},
		{"a model that is free", `{"m":{"input":0,"output":0}}`, ""},
		{"a price below zero", `{"m":{"input":1,"output":-4}}`, "the price of m is below zero"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "prices.json")
			if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := readPrices(file)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	if _, err := readPrices(filepath.Join(t.TempDir(), "none.json")); err == nil {
		t.Error("a file that is not there was read")
	}
}
