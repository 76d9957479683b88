package toolbox_test

//lint:file-ignore SA1019 servers still do what is deprecated

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// sideBySide calls a tool as Ann and as Bob, who has begun last, and returns what each
// was told and asked. The tool begins its work when both are there.
func sideBySide(t *testing.T, d *desk, box *toolbox.Toolbox, work func(ctx context.Context, r *mcp.CallToolRequest, name string) error) map[string][]string {
	t.Helper()
	var here sync.WaitGroup
	here.Add(2)
	d.addWatched("work", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		var who struct{ Name string }
		if err := json.Unmarshal(r.Params.Arguments, &who); err != nil {
			return nil, err
		}
		d.began <- struct{}{}
		here.Done()
		here.Wait()
		return said("done"), work(ctx, r, who.Name)
	})
	tools := open(t, box)
	got := map[string]*witness{"Ann": {answer: answers(chat.ElicitationAnswer{Action: "accept"})}, "Bob": {answer: answers(chat.ElicitationAnswer{Action: "accept"})}}
	var all sync.WaitGroup
	for _, name := range []string{"Ann", "Bob"} {
		all.Go(func() {
			if o := got[name].watch(t, tools, "x__work", fmt.Sprintf(`{"name":%q}`, name)); o.Result.Text != "done" || o.Result.IsError {
				t.Errorf("%s: %+v", name, o)
			}
		})
		<-d.began
	}
	all.Wait()
	told := map[string][]string{}
	for name, w := range got {
		for _, l := range w.logs {
			told[name] = append(told[name], l.Text)
		}
		for _, p := range w.progress {
			told[name] = append(told[name], p.Message)
		}
		for _, e := range w.asked {
			told[name] = append(told[name], e.Message)
		}
	}
	return told
}

// What a server says of one call of several in a session is told of that call. In the
// process there is one stream for all, and a line of the log is told of all.
func TestWhatAServerSaysIsToldOfTheRightCall(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		said := make(chan struct{})
		got := sideBySide(t, d, box, func(ctx context.Context, r *mcp.CallToolRequest, name string) error {
			if name == "Bob" {
				<-said
				return nil // the newest has nothing to say
			}
			defer close(said)
			if err := logged(ctx, r, "info", "", "A line of "+name); err != nil {
				return err
			}
			return progress(ctx, r, 1, 2, "Progress of "+name)
		})
		want := map[string][]string{"Ann": {"A line of Ann", "Progress of Ann"}}
		if strings.HasSuffix(t.Name(), "in_the_process") {
			want["Bob"] = []string{"A line of Ann"}
		}
		if len(got["Bob"]) == 0 {
			delete(got, "Bob")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAServerWithSessionsAsksInTheRightCall(t *testing.T) {
	watchLeaks(t)
	d := newDesk()
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, false).URL)}})
	got := sideBySide(t, d, box, func(ctx context.Context, r *mcp.CallToolRequest, name string) error {
		_, err := r.Session.Elicit(ctx, &mcp.ElicitParams{Mode: "url", Message: "Log in, " + name, URL: "https://a.example", ElicitationID: name})
		return err
	})
	if diff := cmp.Diff(map[string][]string{"Ann": {"Log in, Ann"}, "Bob": {"Log in, Bob"}}, got); diff != "" {
		t.Error(diff)
	}
}
