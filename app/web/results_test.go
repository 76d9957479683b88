package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestResultsArePagedAndSaved(t *testing.T) {
	rows := []string{`[1,"=SUM(A1)",null]`, `[-2.50,"say \"hi\", you",true]`, `[12345678901234567890,"a\nb","-"],["-1.5e3","@x","\t"]`}
	result := chat.ToolResult{Text: "3 rows", Structured: json.RawMessage(`{"columns":["n","text","x"],"rows":[` + strings.Join(rows, ",") + `],"total_rows":9}`)}
	c := newClientWith(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}), chattest.Say("Done.")), map[string]chattest.ToolFunc{
		"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return result, nil },
	})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "").ID
	run := get[RunStarted](c, "POST", "/api/threads/"+thread+"/runs", `{"text":"Hi"}`)
	_, events := c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	_, rest, _ := strings.Cut(events, `"resultId":"`)
	id, _, _ := strings.Cut(rest, `"`)
	path := "/api/results/" + id

	_, whole := c.do("GET", path, "")
	if want := `"rows":[` + strings.Join(rows, ",") + `]`; !strings.Contains(whole, want) || !strings.Contains(whole, `"total":9`) || !strings.Contains(whole, `"kept":4`) {
		t.Errorf("the whole result is %s\nwant %s in it", whole, want)
	}
	page := get[ResultPage](c, "GET", path+"?offset=1&limit=1", "")
	if len(page.Rows) != 1 || page.Offset != 1 {
		t.Errorf("a page is %+v", page)
	}
	if page := get[ResultPage](c, "GET", path+"?offset=99", ""); len(page.Rows) != 0 {
		t.Errorf("a page beyond the end is %+v", page)
	}
	res, text := c.do("GET", path+".csv", "")
	want := "\uFEFFn,text,x\r\n1,'=SUM(A1),\r\n-2.50,\"say \"\"hi\"\", you\",true\r\n12345678901234567890,\"a\r\nb\",'-\r\n-1.5e3,'@x,'\t\r\n"
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
	if got := res.Header.Get("Content-Disposition"); got != "attachment; filename=get.csv" {
		t.Errorf("saved as %q", got)
	}
	for _, bad := range []struct {
		name, path, user string
		status           int
	}{
		{"another's", path, "bob", 404}, {"another's CSV", path + "/csv", "bob", 404}, {"none", "/api/results/res_x", "ann", 404},
		{"an offset below zero", path + "?offset=-1", "ann", 422}, {"too much at once", path + "?limit=10001", "ann", 422},
	} {
		if res, text := c.as(bad.user).do("GET", bad.path, ""); res.StatusCode != bad.status {
			t.Errorf("%s: %s %s, want %d", bad.name, res.Status, text, bad.status)
		}
	}
	if res, _ := c.do("DELETE", "/api/threads/"+thread, ""); res.StatusCode != http.StatusNoContent {
		t.Fatal(res.Status)
	}
	if res, _ := c.do("GET", path, ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("after its thread: %s", res.Status)
	}
}
