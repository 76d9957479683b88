package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/embed"
)

// What a browser needs to offer to install the app (W3C Web App Manifest): a name, a start,
// a window of its own, and icons of at least 192 and 512 pixels, one that a mask may cut.
func TestTheAppCanBeInstalled(t *testing.T) {
	get := pageOf(t)
	var manifest struct {
		ID, Name, Display, Scope string
		StartURL                 string `json:"start_url"`
		Icons                    []struct{ Src, Type, Sizes, Purpose string }
	}
	res := get("/manifest.webmanifest")
	if err := json.Unmarshal(res.Body.Bytes(), &manifest); err != nil {
		t.Fatal(err)
	}
	want := []string{"/", "Pomerium Chat", "standalone", "/", "/", "application/manifest+json"}
	got := []string{manifest.ID, manifest.Name, manifest.Display, manifest.Scope, manifest.StartURL, res.Header().Get("Content-Type")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var icons []string
	for _, icon := range manifest.Icons {
		icons = append(icons, strings.Join([]string{icon.Sizes, icon.Purpose, icon.Type, measure(t, get(icon.Src))}, " "))
	}
	wantIcons := []string{
		"192x192  image/png image/png 192x192",
		"512x512  image/png image/png 512x512",
		"512x512 maskable image/png image/png 512x512",
		"any  image/svg+xml image/svg+xml",
	}
	if diff := cmp.Diff(wantIcons, icons); diff != "" {
		t.Errorf("icons: what the manifest says, then what is served (-want +got):\n%s", diff)
	}
	if got := measure(t, get("/apple-touch-icon.png")); got != "image/png 180x180" {
		t.Errorf("icon for Apple's: %s", got)
	}
}

// pageOf returns what gets files of the built page.
func pageOf(t *testing.T) func(path string) *httptest.ResponseRecorder {
	t.Helper()
	ui, err := embed.UI()
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPage(ui)
	if err != nil {
		t.Fatal(err)
	}
	return func(path string) *httptest.ResponseRecorder {
		res := httptest.NewRecorder()
		p.ServeHTTP(res, httptest.NewRequest(http.MethodGet, path, nil))
		if res.Code != http.StatusOK {
			t.Errorf("%s: %d", path, res.Code)
		}
		return res
	}
}

// measure tells the type of a picture, and its size if it has one.
func measure(t *testing.T, res *httptest.ResponseRecorder) string {
	t.Helper()
	kind := res.Header().Get("Content-Type")
	if kind != "image/png" {
		return kind
	}
	config, err := png.DecodeConfig(bytes.NewReader(res.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s %dx%d", kind, config.Width, config.Height)
}
