package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
	"github.com/pomerium/pomchat/app/chat/export"
)

// talked has Ann ask twice at the same place, so that the thread has two lines.
func talked(t *testing.T) (c *client, path string) {
	t.Helper()
	c = newClient(t, chattest.NewModel(chattest.Say("The first answer."), chattest.Say("The second answer.")))
	thread := get[ThreadSummary](c, "POST", "/api/threads", "")
	path = "/api/threads/" + thread.ID
	for _, body := range []string{`{"text":"Käse?"}`, `{"text":"Butter?","parentId":""}`} {
		run := get[RunStarted](c, "POST", path+"/runs", body)
		c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	}
	return c, path
}

func TestAThreadIsExportedAsItIsShown(t *testing.T) {
	c, path := talked(t)
	first := get[ThreadDetail](c, "GET", path, "").Messages[1].ID
	for _, tt := range []struct {
		name, query string
		has, hasNot []string
	}{
		{"the newest line", "", []string{"# Käse?\n", "> Butter?\n", "The second answer."}, []string{"> Käse?\n", "first"}},
		{"another line", "?format=md&leaf=" + first, []string{"> Käse?\n", "The first answer.", "Asked by ann"}, []string{"Butter", "second"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, text := c.do("GET", path+"/export"+tt.query, "")
			for _, part := range tt.has {
				if !strings.Contains(text, part) {
					t.Errorf("it lacks %q:\n%s", part, text)
				}
			}
			for _, part := range tt.hasNot {
				if strings.Contains(text, part) {
					t.Errorf("it has %q:\n%s", part, text)
				}
			}
			want := map[string]string{
				"Content-Type":            "text/markdown; charset=utf-8",
				"Content-Disposition":     `attachment; filename="K_se.md"; filename*=UTF-8''K%C3%A4se.md`,
				"Cache-Control":           "private, no-store",
				"X-Content-Type-Options":  "nosniff",
				"Content-Security-Policy": "sandbox; default-src 'none'",
			}
			got := map[string]string{}
			for name := range want {
				got[name] = res.Header.Get(name)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheExportInJSONHasTheWholeTree(t *testing.T) {
	c, path := talked(t)
	detail := get[ThreadDetail](c, "GET", path, "")
	got := get[export.Document](c, "GET", path+"/export?format=json", "")
	got.ExportedAt = detail.Thread.UpdatedAt
	want := export.New(chat.Identity{Name: "ann"}, chat.Thread{
		ID: detail.Thread.ID, Title: "Käse?", CreatedAt: detail.Thread.CreatedAt, UpdatedAt: detail.Thread.UpdatedAt, Settings: detail.Settings,
	}, detail.Messages, detail.Thread.UpdatedAt)
	want.ExportedAt = got.ExportedAt
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWhatCannotBeExported(t *testing.T) {
	c, path := talked(t)
	empty := "/api/threads/" + get[ThreadSummary](c, "POST", "/api/threads", "").ID
	for _, tt := range []struct {
		name, user, path string
		want             int
	}{
		{"another's thread", "bob", path + "/export", http.StatusNotFound},
		{"no thread", "ann", "/api/threads/thr_0/export", http.StatusNotFound},
		{"a line to nowhere", "ann", path + "/export?leaf=msg_0", http.StatusNotFound},
		{"a form that there is not", "ann", path + "/export?format=pdf", http.StatusUnprocessableEntity},
		{"an empty thread can", "ann", empty + "/export", http.StatusOK},
	} {
		if res, text := c.as(tt.user).do("GET", tt.path, ""); res.StatusCode != tt.want {
			t.Errorf("%s: %s %s", tt.name, res.Status, text)
		}
	}
}
