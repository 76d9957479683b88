package deploy

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// buildContext copies what .dockerignore lets through, and returns the folder and the names of the files.
func buildContext(t *testing.T) (dir string, names []string) {
	t.Helper()
	patterns, err := ignorefile.ReadAll(strings.NewReader(read(t, ".dockerignore")))
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	err = fs.WalkDir(os.DirFS(root(t)), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == "node_modules") {
			return fs.SkipDir // only to be fast; that they are ignored is tested below
		}
		out, err := ignored.MatchesOrParentMatches(name)
		if err != nil || out || !d.Type().IsRegular() {
			return err
		}
		names = append(names, name)
		return place(filepath.Join(root(t), name), filepath.Join(dir, name))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".git/config", ".env", "local.env", "ui/node_modules/x/index.js", "app/node_modules/x.js", "embed/.env"} {
		if out, err := ignored.MatchesOrParentMatches(name); err != nil || !out {
			t.Errorf("%s would get into the build (%v)", name, err)
		}
	}
	return dir, names
}

// place copies a file and makes the folders on its way.
func place(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, text, info.Mode().Perm())
}

// TestOnlyWhatIsNeededGetsIntoTheBuild compares the Go files with those that Go compiles, and the rest with a list.
func TestOnlyWhatIsNeededGetsIntoTheBuild(t *testing.T) {
	dir, names := buildContext(t)
	list := exec.Command("go", "list", "-deps", "-f", "{{if and .Module .Module.Main}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}\n{{end}}{{range .EmbedFiles}}{{$d}}/{{.}}\n{{end}}{{range .IgnoredGoFiles}}{{$d}}/{{.}}\n{{end}}{{end}}", ".")
	list.Dir = dir
	list.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	needed := map[string]bool{"LICENSE": true, "northwind/data/LICENSE": true, "go.mod": true, "go.sum": true}
	for _, name := range strings.Fields(string(out)) {
		rel, err := filepath.Rel(real, name)
		if err != nil {
			t.Fatal(err)
		}
		needed[filepath.ToSlash(rel)] = true
	}
	slices.Sort(names)
	compare(t, slices.Sorted(maps.Keys(needed)), names)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(path.Base(name), ".") {
			t.Errorf("%s gets into the build", name)
		}
	}
}
