package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the tables of flags in README.md anew")

// The README lists every flag, as --help does.
func TestTheReadmeListsTheFlags(t *testing.T) {
	const file = "README.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	parser, err := kong.New(&commands{}, kong.Vars{})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"serve", "northwind-mcp"} {
		begin, end := fmt.Sprintf("<!-- flags of %s -->\n", command), fmt.Sprintf("<!-- end of %s -->\n", command)
		before, rest, ok := strings.Cut(got, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("README.md has no place for the flags of %s, between %q and %q", command, begin, end)
		}
		got = before + begin + table(parser, command) + end + after
	}
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(text), got); diff != "" {
		t.Errorf("README.md is out of date; run `make gen` (-is +should be):\n%s", diff)
	}
}

// table lists the flags of a command in Markdown.
func table(parser *kong.Kong, command string) string {
	var b strings.Builder
	b.WriteString("| Flag | Variable | Default | |\n|---|---|---|---|\n")
	for _, node := range parser.Model.Children {
		if node.Name != command {
			continue
		}
		for _, f := range append(node.Flags, parser.Model.Flags...) {
			if f.Name == "help" || f.Name == "version" {
				continue
			}
			fmt.Fprintf(&b, "| `--%s` | %s | %s | %s |\n", f.Name, code(strings.Join(f.Envs, ", ")), code(f.Default), cell(f.Help))
		}
	}
	return b.String()
}

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}

// cell is text that Markdown takes for nothing else.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "*", `\*`, "<", "&lt;", "\n", " ").Replace(text)
}

// What the README says that one may read when something is wrong, can be read: each quoted
// piece stands in a source.
func TestTheReadmeQuotesWhatIsSaid(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "| It says | Because | Do |\n|---|---|---|\n")
	rows, _, _ := strings.Cut(rest, "\n\n")
	if !ok {
		t.Fatal("README.md has no table of what it says when something is wrong")
	}
	sources := sourceText(t, "main.go", "app", "northwind", filepath.Join("ui", "src"))
	quoted := regexp.MustCompile("`([^`]+)`")
	for row := range strings.Lines(rows) {
		said, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " | ")
		for _, quote := range quoted.FindAllStringSubmatch(said, -1) {
			for piece := range strings.SplitSeq(quote[1], "…") {
				piece = strings.TrimSpace(piece)
				// A sentence is made of a clause by its first letter.
				if piece != "" && !strings.Contains(sources, piece[1:]) {
					t.Errorf("nothing says %q", piece)
				}
			}
		}
	}
}

// sourceText is what the sources below some places say, without tests.
func sourceText(t *testing.T, places ...string) string {
	t.Helper()
	var all strings.Builder
	for _, place := range places {
		err := filepath.WalkDir(place, func(path string, entry fs.DirEntry, err error) error {
			ext := filepath.Ext(path)
			if err != nil || entry.IsDir() || strings.Contains(path, "_test.") || strings.Contains(path, ".test.") || ext != ".go" && ext != ".ts" && ext != ".tsx" {
				return err
			}
			text, err := os.ReadFile(path)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
