package toolbox_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

func TestWhomTheAdministratorTrusts(t *testing.T) {
	a, b := newDesk().serve(t, true).URL, newDesk().serve(t, true).URL
	for _, tt := range []struct {
		trusted []string
		want    string
	}{
		{nil, "home true, a false, b false, "},
		{[]string{"b", "c"}, "home true, a false, b true, "},
		{[]string{"*"}, "home true, a true, b true, "},
	} {
		box := newBox(t, toolbox.Config{
			Builtin: []toolbox.Builtin{builtin("home", newDesk())},
			Remote:  []toolbox.Remote{remote("a", a), remote("b", b)}, Trusted: tt.trusted,
		})
		got := ""
		for _, s := range statuses(t, box, false) {
			got += fmt.Sprint(s.ID, " ", s.Trusted, ", ")
			for _, tool := range s.Tools {
				if tool.Trusted != s.Trusted || tool.ServerURL != s.URL {
					t.Errorf("%v: %s is %t at %q", tt.trusted, tool.Name, tool.Trusted, tool.ServerURL)
				}
			}
		}
		if got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.trusted, got, tt.want)
		}
	}
}

// A route may be given the name of another. What is trusted hangs on it as little as what
// the provider calls; what has to be asked for, does.
func TestTheNameThatPeopleSeeIsNoName(t *testing.T) {
	g := newGateway(t)
	g.listed["ann"] = []toolbox.Listed{
		{Name: "Wiki", URL: "https://wiki.example.com"},
		{Name: "CRM", URL: "https://a.example.com/mcp"}, {Name: "crm", URL: "https://b.example.com"},
		{Name: "wiki.example.com", URL: "https://evil.example.com"},
	}
	var log bytes.Buffer
	box, err := toolbox.New(toolbox.Config{
		Directory: g, Transport: g.transport(), Log: slog.New(slog.NewTextHandler(&log, nil)),
		Trusted: []string{"wiki", "wiki.example.com", "nobody"}, RemoteByProvider: []string{"CRM"}, AlwaysAsk: []string{"Wiki/*", "A/*", "WIKI.example.com/*", "billing/*"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	servers, err := box.Servers(t.Context(), caller("ann", "TE"), true)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, s := range servers {
		got += fmt.Sprint(s.ID, " ", s.Trusted, " ", s.Remote, ", ")
	}
	const want = "wiki-example-com true false, a-example-com_mcp false false, b-example-com false false, evil-example-com false false, "
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var warned []string
	for line := range strings.Lines(log.String()) {
		if _, name, ok := strings.Cut(strings.TrimSpace(line), `msg="no MCP server of the gateway has that name" `); ok {
			warned = append(warned, name)
		}
	}
	if diff := cmp.Diff([]string{
		`name=wiki shown_so=[wiki.example.com]`, `name=nobody`, `name=CRM shown_so="[a.example.com b.example.com]"`,
		`name=billing/*`,
	}, warned); diff != "" {
		t.Error(diff)
	}
}

func TestServersThatTheProviderCalls(t *testing.T) {
	watchLeaks(t)
	away := newDesk()
	url := away.serve(t, true).URL
	box := newBox(t, toolbox.Config{
		Builtin:          []toolbox.Builtin{builtin("home", newDesk())},
		Remote:           []toolbox.Remote{remote("away", url), remote("gone", "http://"+freePort(t))},
		RemoteByProvider: []string{"away", "gone"},
	})
	caller := chat.Caller{Identity: ann.Identity, Token: chat.NewToken("TE-1")}
	tools, err := box.Open(t.Context(), caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tools.Close()
	if diff := cmp.Diff(deskTools("home"), tools.List(), whoseWord); diff != "" {
		t.Errorf("opened: %s", diff)
	}
	got := tools.Remote()
	if len(got) != 1 || got[0].Token.Reveal() != "TE-1" {
		t.Fatalf("got %+v", got)
	}
	got[0].Token = chat.Token{}
	want := []chat.RemoteServer{{ID: "away", Name: "AWAY", URL: url, Tools: deskTools("away")}}
	if diff := cmp.Diff(want, got, whoseWord, cmpopts.EquateComparable(chat.Token{})); diff != "" {
		t.Error(diff)
	}
	if n := tools.Unavailable(); len(n) != 1 || n[0].Server != "gone" {
		t.Errorf("unavailable: %+v", n)
	}
	if _, err := call(t, tools, "away__echo"); chat.KindOf(err) != chat.KindNotFound {
		t.Errorf("calling it: %v", err)
	}
	flags := ""
	for _, s := range statuses(t, box, false) {
		flags += fmt.Sprint(s.ID, " ", s.Remote, " ")
	}
	if flags != "home false away true gone true " {
		t.Error(flags)
	}
}

func TestTheProviderCannotCallIntoThisProcess(t *testing.T) {
	_, err := toolbox.New(toolbox.Config{
		Builtin: []toolbox.Builtin{builtin("home", newDesk())}, RemoteByProvider: []string{"home"}, Log: slog.New(slog.DiscardHandler),
	})
	const want = `the MCP server "home" is inside this process, where the model's provider cannot call it`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
