package web

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestACodingIsChosenByItsWeight(t *testing.T) {
	all := []string{brotli, gzipped, identity}
	for _, tt := range []struct {
		name    string
		accept  []string
		offered []string
		want    string
	}{
		{"who says nothing gets it plain", nil, all, identity},
		{"who takes no coding gets it plain", []string{""}, all, identity},
		{"a browser gets the smallest", []string{"gzip, deflate, br, zstd"}, all, brotli},
		{"so it does if we do not have that", []string{"gzip, deflate, br, zstd"}, []string{gzipped, identity}, gzipped},
		{"who knows gzip gets gzip", []string{"gzip"}, all, gzipped},
		{"by its old name, too", []string{"x-gzip"}, all, gzipped},
		{"in capitals", []string{"GZip"}, all, gzipped},
		{"a weight of none is a refusal", []string{"gzip;q=0"}, all, identity},
		{"however it is written", []string{"gzip ; Q=0.000, br ;q=0"}, all, identity},
		{"the higher weight wins over the smaller file", []string{"br;q=0.5, gzip;q=0.8"}, all, gzipped},
		{"the smallest weight is above none", []string{"gzip;q=0.001"}, all, gzipped},
		{"plain is chosen where it is rated highest", []string{"identity, br;q=0.9"}, all, identity},
		{"what is not named is no better than what is", []string{"identity;q=0.5, gzip;q=0.4"}, all, identity},
		{"a star stands for what is not named", []string{"gzip;q=0.5, *"}, all, brotli},
		{"a refused star refuses what is not named", []string{"gzip, *;q=0"}, all, gzipped},
		{"several fields are one list", []string{"gzip;q=0.5", "br"}, all, brotli},
		{"empty elements are nothing", []string{" , gzip,, "}, all, gzipped},
		{"a weight that is none is not guessed", []string{"gzip;q=yes, br;q=2, br;q=-1, gzip;q=NaN"}, all, identity},
		{"a name that only holds another is another", []string{"gzipped, brotli"}, all, identity},
		{"who refuses plain, too, gets nothing", []string{"identity;q=0"}, all, ""},
		{"nor does who refuses all", []string{"*;q=0"}, all, ""},
		{"nor who wants what we do not have", []string{"br, identity;q=0"}, []string{identity}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := chooseCoding(tt.accept, tt.offered)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("%q of %q: %q, %v; want %q", tt.accept, tt.offered, got, ok, tt.want)
			}
		})
	}
}

func TestAnEntityTagIsComparedWeakly(t *testing.T) {
	for _, tt := range []struct {
		name        string
		ifNoneMatch []string
		want        bool
	}{
		{"nothing is asked", nil, false},
		{"it is the one", []string{`"a"`}, true},
		{"a proxy has weakened it", []string{`W/"a"`}, true},
		{"it is one of several", []string{`"b", W/"c"`, `"a"`}, true},
		{"any will do", []string{"*"}, true},
		{"it is another", []string{`"b"`}, false},
		{"it only begins so", []string{`"a-gzip"`}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := matchesTag(tt.ifNoneMatch, `"a"`); got != tt.want {
				t.Errorf("%q: %v", tt.ifNoneMatch, got)
			}
		})
	}
}

func TestEachFormOfAFileIsItsOwn(t *testing.T) {
	c := newClient(t, nil)
	type answer struct{ Status, Length, Coding, Ranges, Vary, Body string }
	ask := func(method, accept string, headers ...string) (answer, string) {
		res, body := c.do(method, "/assets/a-123.js", "", append(headers, "Accept-Encoding", accept)...)
		h := res.Header
		return answer{res.Status[:3], h.Get("Content-Length"), h.Get("Content-Encoding"), h.Get("Accept-Ranges"), strings.Join(h.Values("Vary"), ","), body}, h.Get("ETag")
	}
	tags := map[string]string{}
	for _, tt := range []struct {
		accept string
		want   answer
	}{
		{"identity", answer{"200", "1500", "", "none", "Accept-Encoding", script}},
		{"gzip", answer{"200", length(zipped(script)), "gzip", "none", "Accept-Encoding", zipped(script)}},
		{"br", answer{"200", "7", "br", "none", "Accept-Encoding", "brotli!"}},
	} {
		got, tag := ask(http.MethodGet, tt.accept)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.accept, diff)
		}
		if other, taken := tags[tag]; taken {
			t.Errorf("%s has the entity tag of %s: %s", tt.accept, other, tag)
		}
		tags[tag] = tt.accept

		head := tt.want
		head.Body = ""
		if got, _ := ask(http.MethodHead, tt.accept); got != head {
			t.Errorf("HEAD %s: %+v", tt.accept, got)
		}
		if got, _ := ask(http.MethodGet, tt.accept, "Range", "bytes=0-3"); got != tt.want {
			t.Errorf("a range of %s: %+v", tt.accept, got)
		}
		if got, again := ask(http.MethodGet, tt.accept, "If-None-Match", tag); got.Status != "304" || got.Vary != "Accept-Encoding" || again != tag {
			t.Errorf("%s, again: %+v, %s", tt.accept, got, again)
		}
		if got, _ := ask(http.MethodGet, "*;q=0", "If-None-Match", tag); got.Status != "406" || got.Vary != "Accept-Encoding" {
			t.Errorf("nothing: %+v", got)
		}
	}
	for tag, of := range tags {
		for _, accept := range tags {
			if got, _ := ask(http.MethodGet, accept, "If-None-Match", tag); (got.Status == "304") != (accept == of) {
				t.Errorf("%s for who has %s: %s", accept, of, got.Status)
			}
		}
	}
}

func TestAPageThatLacksAFormIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		ui   fstest.MapFS
		want string
	}{
		{"there is no page", fstest.MapFS{"a.js": {}}, "the page is not built: run `make ui`"},
		{"somebody may not read it", fstest.MapFS{"index.html": {}, "a.js.br": {}}, "read the built page: /a.js is there as .br but not as .gz"},
	} {
		if _, err := newPage(tt.ui); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
