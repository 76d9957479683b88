package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestAResourceIsListedReadAndAttached(t *testing.T) {
	c := newClient(t, chattest.NewModel(chattest.Say("Fine.")))
	list := get[chat.ResourceList](c, "GET", "/api/servers/desk/resources", "")
	if diff := cmp.Diff([]chat.Resource{{URI: "desk://note", Title: "desk://note", MediaType: "text/markdown"}}, list.Resources); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	read := get[chat.ResourceText](c, "POST", "/api/servers/desk/resources/read", `{"uri":"desk://note"}`)
	if diff := cmp.Diff(chat.ResourceText{Server: "desk", ServerName: "Desk", URI: "desk://note", MediaType: "text/markdown", Text: "A note that only Ann knows.", Size: 27}, read); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	run := get[RunStarted](c, "POST", "/api/threads/thr_1/runs", `{"text":"Sum it up","attachments":[{"server":"desk","uri":"desk://note","name":"Note"},{"name":"a.txt","mediaType":"text/plain","text":"x"}]}`)
	c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	_, thread := c.do("GET", "/api/threads/thr_1", "")
	for _, part := range []string{
		`{"type":"attachment","id":"a1","filename":"Note","mediaType":"text/markdown","text":"A note that only Ann knows.","server":"desk","serverName":"Desk","uri":"desk://note"}`,
		`{"type":"attachment","id":"a2","filename":"a.txt","mediaType":"text/plain","text":"x"}`,
	} {
		if !strings.Contains(thread, part) {
			t.Errorf("the thread lacks %s:\n%s", part, thread)
		}
	}
}

func TestOfALongResourceTheBeginningIsShown(t *testing.T) {
	c, tools := newClientAndTools(t, chattest.NewModel(), nil)
	tools.Offer("desk://long", strings.Repeat("ö", 200<<10))
	read := get[chat.ResourceText](c, "POST", "/api/servers/desk/resources/read", `{"uri":"desk://long"}`)
	if len(read.Text) != 256<<10 || read.Size != 400<<10 {
		t.Errorf("got %d of %d bytes", len(read.Text), read.Size)
	}
}
