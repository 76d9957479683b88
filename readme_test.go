package main

import (
	"flag"
	"fmt"
	"os"
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
