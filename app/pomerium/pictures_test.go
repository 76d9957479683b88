package pomerium

import (
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	aPNG = "\x89PNG\x0d\x0a\x1a\x0a rest"
	aSVG = `<?xml version="1.0"?><!-- by hand --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
)

func TestPictures(t *testing.T) {
	var served atomic.Int64
	answers := map[string]string{
		"/a.png": aPNG, "/a.jpg": "\xff\xd8\xff\xe0 rest", "/a.gif": "GIF89a rest", "/a.webp": "RIFF\x00\x00\x00\x00WEBPVP8 ", "/a.ico": "\x00\x00\x01\x00 rest",
		"/a.svg": aSVG, "/cut.svg": aSVG[:60], "/html.svg": `<html><svg xmlns="http://www.w3.org/2000/svg"/></html>`, "/page.png": "<!doctype html><script>alert(1)</script>",
		"/large.png": aPNG + strings.Repeat("x", 256<<10), "/empty.png": "", "/bare.svg": "<svg></svg>",
	}
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		if r.Header.Get("Authorization")+r.Header.Get("Cookie") != "" {
			t.Errorf("sent along: %v", r.Header)
		}
		body, ok := answers[r.URL.Path]
		switch {
		case r.URL.Path == "/elsewhere.png":
			http.Redirect(w, r, "/a.png", http.StatusFound)
		case !ok:
			http.NotFound(w, r)
		default:
			w.Header().Set("Content-Type", "image/png") // whatever it is
			_, _ = io.WriteString(w, body)
		}
	}))
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.StartTLS()
	defer srv.Close()
	host := strings.TrimPrefix(srv.URL, "https://")
	p := NewPictures(srv.Client())
	for _, tt := range []struct {
		path      string
		kind, err string
	}{
		{"/a.png", "image/png", ""},
		{"/a.jpg", "image/jpeg", ""},
		{"/a.gif", "image/gif", ""},
		{"/a.webp", "image/webp", ""},
		{"/a.ico", "image/x-icon", ""},
		{"/a.svg", "image/svg+xml", ""},
		{"/cut.svg", "", "fetch a picture: it is no picture of a known type"},
		{"/bare.svg", "", "fetch a picture: it is no picture of a known type"},
		{"/html.svg", "", "fetch a picture: it is no picture of a known type"},
		{"/page.png", "", "fetch a picture: it is no picture of a known type"},
		{"/empty.png", "", "fetch a picture: it is no picture of a known type"},
		{"/large.png", "", "fetch a picture: it has more than 262144 bytes"},
		{"/elsewhere.png", "", "fetch a picture: " + host + ` answered "302 Found"`},
		{"/none.png", "", "fetch a picture: " + host + ` answered "404 Not Found"`},
	} {
		t.Run(tt.path, func(t *testing.T) {
			image, err := p.Fetch(t.Context(), srv.URL+tt.path, true)
			got := []string{image.Type, ""}
			if err != nil {
				got[1] = err.Error()
			} else if string(image.Content) != answers[tt.path] {
				t.Errorf("content %q", image.Content)
			}
			if diff := cmp.Diff([]string{tt.kind, tt.err}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	before := served.Load()
	var all sync.WaitGroup
	for range 9 {
		all.Go(func() {
			if _, err := p.Fetch(t.Context(), srv.URL+"/a.png", true); err != nil {
				t.Error(err)
			}
			if _, err := p.Fetch(t.Context(), srv.URL+"/a.png", false); !errors.Is(err, errNotPublic) {
				t.Errorf("at a private address: %v", err)
			}
		})
	}
	all.Wait()
	if n := served.Load() - before; n != 0 {
		t.Errorf("asked %d times more", n)
	}
	for _, address := range []string{"http://" + host + "/a.png", "https://ann@" + host + "/a.png", "file:///etc/passwd", ""} {
		if _, err := p.Fetch(t.Context(), address, true); err == nil {
			t.Errorf("fetched %q", address)
		}
	}
}

func TestPicturesAreForgotten(t *testing.T) {
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, aPNG) }))
	defer srv.Close()
	p := NewPictures(srv.Client())
	for i := range 3 * maxKept {
		if _, err := p.Fetch(t.Context(), srv.URL+"/"+strings.Repeat("x", i), true); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(p.kept); n != maxKept {
		t.Errorf("%d are kept", n)
	}
}

func TestWhichAddressesArePublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.215.14": true, "2606:4700::1111": true, "8.8.8.8": true,
		"127.0.0.1": false, "::1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.100.100.200": false,
		"0.0.0.0": false, "::": false, "224.0.0.1": false, "255.255.255.255": false, "fe80::1": false, "fe80::1%eth0": false, "fd00::1": false, "fec0::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:0:1::": false, "198.18.0.1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}
