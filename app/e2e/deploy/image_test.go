package deploy

import (
	"debug/buildinfo"
	"debug/elf"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// image is a root file system, made as the Dockerfile says.
type image struct {
	root string
	bill dockerfile
}

const testVersion = "v9.8.7-test"

// buildImage runs the commands of the stage that builds in a copy of the context, without Docker, and lays out what the last
// stage copies. Absolute paths of the stage are moved below a folder.
func buildImage(t *testing.T) image {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("images are for Linux")
	}
	d := parsedDockerfile(t)
	source, _ := buildContext(t)
	stage, out := t.TempDir(), image{t.TempDir(), d}
	for _, command := range d.runs {
		for _, folder := range []string{"/image/", "/owned/"} {
			command = strings.ReplaceAll(command, folder, stage+folder)
		}
		run := exec.Command("sh", "-euc", command)
		run.Dir = source
		run.Env = append(os.Environ(), "TARGETOS=linux", "TARGETARCH="+runtime.GOARCH, "VERSION="+testVersion, "GOFLAGS=-mod=readonly", "GOWORK=off")
		for key, value := range d.buildEnv {
			run.Env = append(run.Env, key+"="+value)
		}
		if output, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, output)
		}
	}
	for _, c := range d.copies {
		from := source
		if c.From != "" {
			from = stage
		}
		for _, path := range c.SourcePaths {
			if err := lay(filepath.Join(from, path), filepath.Join(out.root, c.DestPath)); err != nil {
				t.Fatal(err)
			}
		}
		if c.Chown != "" {
			own(t, filepath.Join(stage, c.SourcePaths[0]), filepath.Join(out.root, c.DestPath))
		}
	}
	return out
}

// lay copies a file, or what a folder holds, with its rights.
func lay(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if !d.IsDir() {
			return place(name, target)
		}
		info, err := d.Info()
		if err != nil || rel == "." {
			return err
		}
		if err := os.MkdirAll(target, 0o755); err != nil {
			return err
		}
		return os.Chmod(target, info.Mode())
	})
}

// own gives what a folder held to the user of the image, if this user may.
func own(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if err := os.Chown(filepath.Join(to, entry.Name()), imageUser, imageUser); err != nil && os.Getuid() == 0 {
			t.Fatal(err)
		}
	}
}

// imageUser is the user and the group of the image.
const imageUser = 65532

// TestImage builds the image once, as far as that goes without Docker, and looks at it from all sides.
func TestImage(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the binary anew")
	}
	img := buildImage(t)
	binary := filepath.Join(img.root, "pomchat")
	t.Run("holds the binary, certificates, licenses and two folders to write to", func(t *testing.T) {
		var got []string
		var size int64
		err := fs.WalkDir(os.DirFS(img.root), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if entries, _ := os.ReadDir(filepath.Join(img.root, name)); !d.IsDir() || len(entries) == 0 {
				got = append(got, name)
				size += info.Size()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		compare(t, []string{"data", "etc/ssl/certs/ca-certificates.crt", "licenses/northwind", "licenses/pomchat", "pomchat", "tmp"}, got)
		t.Logf("the image has %d bytes", size)
		if size > 40_000_000 {
			t.Errorf("the image has %d bytes, and may have 40 MB", size)
		}
	})
	t.Run("its binary is static, stripped and free of paths", func(t *testing.T) {
		file, err := elf.Open(binary)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		for _, p := range file.Progs {
			if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
				t.Errorf("it is linked at run time: %v", p.Type)
			}
		}
		if symbols, err := file.Symbols(); err == nil {
			t.Errorf("it has %d symbols", len(symbols))
		}
		info, err := buildinfo.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		settings := map[string]string{}
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		compare(t, []string{"0", "true", runtime.GOARCH}, []string{settings["CGO_ENABLED"], settings["-trimpath"], settings["GOARCH"]})
		text, err := os.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{root(t), os.TempDir() + "/Test"} {
			if strings.Contains(string(text), path) {
				t.Errorf("it holds the path %s", path)
			}
		}
	})
	t.Run("its binary knows its version", func(t *testing.T) {
		out, err := exec.Command(binary, "version").Output()
		if err != nil || !strings.HasPrefix(string(out), "pomchat "+testVersion+"\n") {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("runs", func(t *testing.T) { runConfined(t, img) })
}
