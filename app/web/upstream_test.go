package web

import (
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestPathsToComeBackTo(t *testing.T) {
	for from, want := range map[string]string{
		"": "/", "/": "/", "/t/thr_1": "/t/thr_1", "/t/thr_1?a=b&c=%2F": "/t/thr_1?a=b&c=%2F", "/t/thr_1#here": "/t/thr_1", "/a%2Fb": "/a%2Fb", "/ä": "/%C3%A4",
		"/x?next=https://evil.example.com": "/x?next=https://evil.example.com",
		"t":                                "", "//evil.example.com": "", "/\\evil.example.com": "", "\\evil.example.com": "", "/%5cevil.example.com": "", "https://evil.example.com": "", "javascript:alert(1)": "",
		"/\tx": "", "/%0d%0aLocation:x": "", " /x": "", "///x": "", "/.pomerium/sign_out": "", "/a/../.pomerium": "", "/%2epomerium/": "", "/%2Fevil.example.com": "", "%2F%2Fevil.example.com": "",
	} {
		got, err := localPath(from)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", from, got, err, want)
		}
		if err != nil && chat.KindOf(err) != chat.KindInvalid {
			t.Errorf("%q: kind %s", from, chat.KindOf(err))
		}
	}
}

func TestFirstNames(t *testing.T) {
	for who, want := range map[[2]string]string{
		{"Ann Example", ""}: "Ann", {"  Ann  ", ""}: "Ann", {"Example, Ann B.", ""}: "Ann", {"Ann,", ""}: "Ann,", {"", "ann.example@example.com"}: "Ann",
		{"", "ann@example.com"}: "", {"", "a.example@example.com"}: "", {"", "x7.y@example.com"}: "", {"", "élodie.b@example.com"}: "Élodie", {"", ""}: "", {"Ann", "bob.b@example.com"}: "Ann",
	} {
		if got := firstName(chat.Identity{Name: who[0], Email: who[1]}); got != want {
			t.Errorf("%q: got %q, want %q", who, got, want)
		}
	}
}

func TestPicturesRunNothing(t *testing.T) {
	c := newClient(t, chattest.NewModel())
	for path, kind := range map[string]string{"/api/servers/desk/logo": "image/svg+xml", "/api/me/picture": "image/png"} {
		res, text := c.do("GET", path, "")
		if res.StatusCode != 200 || res.Header.Get("Content-Type") != kind || res.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'; style-src 'unsafe-inline'" {
			t.Errorf("%s: %s %v %s", path, res.Status, res.Header, text)
		}
	}
}
