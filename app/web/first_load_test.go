package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/embed"
)

// firstLoad is how many bytes of scripts and styles may come over the wire before the page can be used.
const firstLoad = 160 << 10

var (
	loadedAtOnce = regexp.MustCompile(`<(?:script|link)\b[^>]*>`)
	notCode      = regexp.MustCompile(`rel="(?:icon|manifest)"`)
	address      = regexp.MustCompile(`(?:src|href)="([^"]+)"`)
)

func TestFirstLoadIsSmall(t *testing.T) {
	site := embeddedPage(t)
	index := sent(t, site, "/", identity)
	var files []string
	for _, tag := range loadedAtOnce.FindAllString(string(index), -1) {
		if found := address.FindStringSubmatch(tag); found != nil && !notCode.MatchString(tag) {
			files = append(files, found[1])
		}
	}
	if len(files) < 3 {
		t.Fatalf("the page loads only %q: does this test still read it rightly?\n%s", files, index)
	}
	total := map[string]int{}
	for _, file := range files {
		line := file
		for _, coding := range []string{gzipped, brotli, identity} {
			size := len(sent(t, site, file, coding))
			total[coding] += size
			line += fmt.Sprintf("  %s %d", coding, size)
		}
		t.Log(line)
	}
	figures := fmt.Sprintf("gzip %d bytes, br %d, plain %d, of %d", total[gzipped], total[brotli], total[identity], firstLoad)
	t.Log("first load:", figures)
	if total[gzipped] > firstLoad || total[brotli] > firstLoad {
		t.Errorf("the first load is too large: %s", figures)
	}
}

func TestEveryFileOfThePageUnpacks(t *testing.T) {
	ui, err := embed.UI()
	if err != nil {
		t.Fatal(err)
	}
	site := embeddedPage(t)
	if err := fs.WalkDir(ui, ".", func(name string, d fs.DirEntry, err error) error {
		base, packed := strings.CutSuffix(name, ".gz")
		if err != nil || !packed {
			return err
		}
		plain := sent(t, site, "/"+base, identity)
		z, err := gzip.NewReader(bytes.NewReader(sent(t, site, "/"+base, gzipped)))
		if err != nil {
			return err
		}
		unpacked, err := io.ReadAll(z)
		if err == nil && !slices.Equal(plain, unpacked) {
			t.Errorf("%s is not what its compressed form holds", base)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func embeddedPage(t *testing.T) http.Handler {
	t.Helper()
	ui, err := embed.UI()
	if err != nil {
		t.Fatal(err)
	}
	site, err := newPage(ui)
	if err != nil {
		t.Fatal(err)
	}
	return site
}

// sent returns the bytes that come over the wire for an address.
func sent(t *testing.T, site http.Handler, path, coding string) []byte {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", coding)
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s as %s: %d %s", path, coding, w.Code, w.Body)
	}
	return w.Body.Bytes()
}
