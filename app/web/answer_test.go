package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat/chattest"
)

// What a page reads again and again costs a 304 as long as nothing has changed, and is sent as soon as
// anything has.
func TestWhatHasNotChangedIsNotSentAgain(t *testing.T) {
	c := newClientWith(t, chattest.NewModel(chattest.Say("Hello."), chattest.Reply{Hang: true}), nil)
	thread := get[ThreadSummary](c, "POST", "/api/threads", "").ID
	path := "/api/threads/" + thread
	ask := func() RunStarted { return get[RunStarted](c, "POST", path+"/runs", `{"text":"Hi there"}`) }
	var run RunStarted
	change := func(method, path, body string) func() {
		return func() {
			t.Helper()
			if res, text := c.do(method, path, body); res.StatusCode/100 != 2 {
				t.Fatalf("%s %s: %s %s", method, path, res.Status, text)
			}
		}
	}
	tags := map[string]string{"thread": `"none"`, "list": `"none"`, "servers": `"none"`}
	for _, tt := range []struct {
		name   string
		change func()
		sent   string // which of the thread, the list of threads and the servers are sent again
	}{
		{"at first", func() {}, "thread list servers"},
		{"nothing", func() {}, ""},
		{"another thread", change("POST", "/api/threads", ""), "list"},
		{"a title", change("PATCH", path, `{"title":"Greeting"}`), "thread list"},
		{"the same title", change("PATCH", path, `{"title":"Greeting"}`), ""},
		{"a setting", change("PATCH", path, `{"settings":{"servers":["desk"]}}`), "thread"},
		{"a question and its answer", func() { run = ask(); c.do("GET", "/api/runs/"+run.RunID+"/events", "") }, "thread list"},
		{"nothing after that", func() {}, ""},
		{"the answer is seen", change("POST", path+"/seen", `{"until":"2099-01-01T00:00:00Z"}`), "thread list"},
		{"a question that is being answered", func() { run = ask() }, "thread list"},
		{"its end", func() {
			change("POST", "/api/runs/"+run.RunID+"/stop", "")()
			c.do("GET", "/api/runs/"+run.RunID+"/events", "")
		}, "thread list"},
		{"the archive", change("PATCH", path, `{"archived":true}`), "thread list"},
	} {
		tt.change()
		var sent []string
		for _, one := range [][2]string{{"thread", path}, {"list", "/api/threads"}, {"servers", "/api/servers"}} {
			res, text := c.do("GET", one[1], "", "If-None-Match", tags[one[0]])
			got := fmt.Sprintf("%d %q %q %t", res.StatusCode, res.Header.Get("Cache-Control"), res.Header.Get("Content-Type"), text == "")
			want := `304 "private, no-cache" "" true`
			if res.StatusCode == http.StatusOK {
				sent, want = append(sent, one[0]), `200 "private, no-cache" "application/json" false`
			} else if was := tags[one[0]]; res.Header.Get("ETag") != was {
				t.Errorf("%s: %s has the tag %s, not %s", tt.name, one[0], res.Header.Get("ETag"), was)
			}
			tags[one[0]] = res.Header.Get("ETag")
			if got != want || !strings.HasPrefix(tags[one[0]], `W/"`) {
				t.Errorf("%s: %s: %s with tag %s, want %s", tt.name, one[0], got, tags[one[0]], want)
			}
		}
		if got := strings.Join(sent, " "); got != tt.sent {
			t.Errorf("%s: sent %q, want %q", tt.name, got, tt.sent)
		}
	}

	// A tag opens nothing, and what it stood for is not taken for another's.
	bob := c.as("bob")
	if res, _ := bob.do("GET", path, "", "If-None-Match", tags["thread"]); res.StatusCode != http.StatusNotFound {
		t.Errorf("another's thread by its tag: %s", res.Status)
	}
	if res, _ := bob.do("GET", path, "", "If-None-Match", "*"); res.StatusCode != http.StatusNotFound {
		t.Errorf("another's thread by any tag: %s", res.Status)
	}
	if res, _ := bob.do("GET", "/api/threads", "", "If-None-Match", tags["list"]); res.StatusCode != http.StatusOK {
		t.Errorf("another's list by its tag: %s", res.Status)
	}
}

// A process that starts anew may write the same data differently.
func TestATagIsOfOneProcess(t *testing.T) {
	var tags []string
	for range 2 {
		c := newClient(t, chattest.NewModel())
		res, _ := c.do("GET", "/api/threads/thr_1", "")
		tags = append(tags, res.Header.Get("ETag"))
	}
	if tags[0] == tags[1] {
		t.Errorf("two processes have the tag %s", tags[0])
	}
}

func TestAnAnswerIsCompressedWhereThatHelps(t *testing.T) {
	long := `{"text":"` + strings.Repeat("Orders and customers. ", 100) + `"}`
	json := func(body string, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for i := 0; i+1 < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(http.StatusOK)
			_, _ = w.Write([]byte(body[:len(body)/2]))
			_, _ = w.Write([]byte(body[len(body)/2:]))
		}
	}
	const here, there = "same-origin", "cross-site"
	for _, tt := range []struct {
		name, method   string
		zip            bool
		handle         http.HandlerFunc
		accept, origin string
		body           string
		headers        string // coding, Cache-Control, Vary and whether there is a tag
	}{
		{"a long one for the page", "GET", true, json(long), "gzip, deflate, br", here, long, "gzip|private, no-cache|Accept-Encoding|true"},
		{"a short one", "GET", true, json(`{"n":1}`), "gzip", here, `{"n":1}`, "|private, no-cache|Accept-Encoding|true"},
		{"standalone", "GET", false, json(long), "gzip", here, long, "|private, no-cache|Accept-Encoding|true"},
		{"for who does not read it", "GET", true, json(long), "br, gzip;q=0", here, long, "|private, no-cache|Accept-Encoding|true"},
		{"for who says nothing", "GET", true, json(long), "", here, long, "|private, no-cache|Accept-Encoding|true"},
		{"for another site, which might measure it", "GET", true, json(long), "gzip", there, long, "|private, no-cache|Accept-Encoding|true"},
		{"for a browser that does not tell", "GET", true, json(long), "gzip", "", long, "|private, no-cache|Accept-Encoding|true"},
		{"one that says how it is kept", "GET", true, json(long, "Cache-Control", "no-store"), "gzip", here, long, "|no-store||false"},
		{"events", "GET", true, json(long, "Content-Type", "text/event-stream"), "gzip", here, long, "|||false"},
		{"the answer to a change", "POST", true, json(long), "gzip", here, long, "|||false"},
		{"a problem", "GET", true, func(w http.ResponseWriter, _ *http.Request) { writeProblem(w, &Problem{Status: 404, Detail: "Gone."}) }, "gzip", here, `{"title":"","status":404,"detail":"Gone."}` + "\n", "|||false"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			mux := answers{http.NewServeMux(), tt.zip}
			mux.HandleFunc(tt.method+" /x", tt.handle)
			r := httptest.NewRequest(tt.method, "/x", nil)
			r.Header = http.Header{"Accept-Encoding": {tt.accept}, "Sec-Fetch-Site": {tt.origin}}
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, r)
			h := w.Result().Header
			body := w.Body.Bytes()
			if h.Get("Content-Encoding") == gzipped {
				if len(body) > len(long)/4 {
					t.Errorf("%d bytes became %d", len(long), len(body))
				}
				var err error
				if body, err = unzipped(body); err != nil {
					t.Fatal(err)
				}
			}
			got := fmt.Sprintf("%s|%s|%s|%t", h.Get("Content-Encoding"), h.Get("Cache-Control"), h.Get("Vary"), h.Get("ETag") != "")
			if diff := cmp.Diff([]string{tt.body, tt.headers}, []string{string(body), got}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
