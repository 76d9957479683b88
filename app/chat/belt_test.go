package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// crowded is a toolbox of 300 tools, of which one closes tickets.
func crowded(b *bench) {
	for i := range 299 {
		b.tools.Watched(fmt.Sprintf("list_things_%03d", i), func(context.Context, json.RawMessage, chat.Watcher) (chat.ToolResult, error) {
			return chat.ToolResult{Text: "things"}, nil
		})
	}
	b.tools.Watched("closeTicket", func(context.Context, json.RawMessage, chat.Watcher) (chat.ToolResult, error) {
		return chat.ToolResult{Text: "closed"}, nil
	})
}

func TestAModelSearchesWhereThereAreTooManyTools(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := chattest.NewModel(searchFor("c1", "zebra crossing"), searchFor("c2", "close tickets"), chattest.Ask(chat.CallReady{CallID: "c3", Name: "desk__closeTicket"}), chattest.Say("Done."))
		b := newBench(t, model, nil, func(c *chat.EngineConfig) { c.Limits.MaxTools = 1000 })
		crowded(b)
		run := b.ask(chat.Question{Text: "Close it"})
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		want := [][]string{{"find_tools"}, {"find_tools"}, {"find_tools", "closeTicket"}, {"find_tools", "closeTicket"}}
		if diff := cmp.Diff(want, offered(model)); diff != "" {
			t.Errorf("tools told to the model (-want +got):\n%s", diff)
		}
		if about := model.Prompts()[0].Tools[0].Description; !strings.Contains(about, "Desk (300)") {
			t.Errorf("the model is not told what there is to be found: %s", about)
		}
		got := outline(live)
		if !slices.Contains(got, "tool-output-available closed") || !slices.Contains(got, `tool-output-available No tool has to do with "zebra crossing". Try other words.`) {
			t.Errorf("events: %v", got)
		}
	})
}

// offered returns the names of the tools of each prompt.
func offered(model *chattest.Model) [][]string {
	var all [][]string
	for _, p := range model.Prompts() {
		var names []string
		for _, tool := range p.Tools {
			names = append(names, strings.TrimPrefix(tool.Name, "desk__"))
		}
		all = append(all, names)
	}
	return all
}

func searchFor(id, query string) chattest.Reply {
	return chattest.Ask(chat.CallReady{CallID: id, Name: "find_tools", Arguments: fmt.Sprintf(`{"query":%q}`, query)})
}

// What a model was told that it may call has to be among its tools: no provider lets it
// call another. So what was found last comes before what was found long ago.
func TestWhatWasFoundLastIsOffered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := chattest.NewModel(
			searchFor("c1", "aardvark"), searchFor("c2", "badger"), searchFor("c3", "coyote"), chattest.Ask(chat.CallReady{CallID: "c4", Name: "desk__aardvark"}),
			searchFor("c5", "zebra"), chattest.Ask(chat.CallReady{CallID: "c6", Name: "desk__zebra"}), chattest.Say("Done."),
		)
		b := newBench(t, model, nil, func(c *chat.EngineConfig) { c.Limits.MaxTools = 1000 })
		for _, name := range []string{"aardvark", "badger", "coyote", "zebra"} {
			b.tools.Watched(name, func(context.Context, json.RawMessage, chat.Watcher) (chat.ToolResult, error) {
				return chat.ToolResult{Text: name}, nil
			})
		}
		b.tools.Retell(func(tool *chat.Tool) { tool.Description = strings.Repeat("long ", 240) }) // 3 of them fit
		run := b.ask(chat.Question{Text: "Zoo"})
		b.checkWhole(run, b.follow(run.ID, 0))
		want := [][]string{
			{"find_tools"}, {"find_tools", "aardvark"}, {"find_tools", "aardvark", "badger"}, {"find_tools", "aardvark", "badger", "coyote"},
			{"find_tools", "aardvark", "badger", "coyote"}, {"find_tools", "aardvark", "coyote", "zebra"}, {"find_tools", "aardvark", "coyote", "zebra"},
		}
		if diff := cmp.Diff(want, offered(model)); diff != "" {
			t.Errorf("tools told to the model (-want +got):\n%s", diff)
		}
	})
}

func TestASearchPromisesNoMoreThanFits(t *testing.T) {
	for _, tt := range []struct {
		name    string
		length  int // of each description
		result  string
		offered []string
	}{
		{"some of what was found", 1600, "You may call these now:\nherd_0: long\nherd_1: long\n\n2 more were found, and there is no room for them. Search in other words if these do not serve.", []string{"find_tools", "herd_0", "herd_1"}},
		{"none of it", 4000, "What was found is described at such length that it cannot be called here: herd_0, herd_1, herd_2, herd_3. Try other words.", []string{"find_tools"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(searchFor("c1", "herd"), chattest.Say("Done."))
				b := newBench(t, model, nil, func(c *chat.EngineConfig) { c.Limits.MaxTools = 1000 })
				for i := range 4 {
					b.tools.Watched(fmt.Sprintf("herd_%d", i), nil)
				}
				b.tools.Retell(func(tool *chat.Tool) { tool.Description = "long\n" + strings.Repeat("x", tt.length) })
				run := b.ask(chat.Question{Text: "Zoo"})
				live := b.follow(run.ID, 0)
				b.checkWhole(run, live)
				if diff := cmp.Diff(tt.offered, offered(model)[1]); diff != "" {
					t.Errorf("tools told to the model (-want +got):\n%s", diff)
				}
				if got := strings.ReplaceAll(strings.Join(outline(live), "\n"), "desk__", ""); !strings.Contains(got, tt.result) {
					t.Errorf("events: %s\nwant among them: %s", got, tt.result)
				}
			})
		})
	}
}

// OpenAI and others refuse a request with more than 128 functions, however short.
func TestManyShortToolsAreSearchedToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := chattest.NewModel(chattest.Say("Hello."))
		b := newBench(t, model, nil)
		for i := range 200 {
			b.tools.Watched(fmt.Sprint("t", i), nil)
		}
		run := b.ask(chat.Question{Text: "Hi"})
		b.checkWhole(run, b.follow(run.ID, 0))
		if diff := cmp.Diff([][]string{{"find_tools"}}, offered(model)); diff != "" {
			t.Errorf("tools told to the model (-want +got):\n%s", diff)
		}
	})
}

func TestSearchesFindWhatPeopleMean(t *testing.T) {
	var tools []chat.Tool
	for _, s := range []string{
		"github createIssue Opens a new issue in a repository.", "github list_issues Lists the issues of a repository.",
		"github merge_pull_request Merges a pull request.", "crm close_ticket Closes a support ticket of a customer.",
		"crm find_customer Finds customers by name, city or phone number.", "wiki search_pages Full text search over all pages.",
	} {
		f := strings.SplitN(s, " ", 3)
		tools = append(tools, chat.Tool{ToolRef: chat.ToolRef{Name: f[0] + "__" + f[1], Server: f[0], ServerName: f[0], Tool: f[1]}, Description: f[2]})
	}
	for query, want := range map[string]string{
		"open an issue":                "github__createIssue",
		"all issues of the repository": "github__list_issues",
		"close the ticket":             "crm__close_ticket",
		"customers in Berlin by city":  "crm__find_customer",
		"search in the wiki":           "wiki__search_pages",
		"merge PR / pull request":      "github__merge_pull_request",
	} {
		if got := chat.MatchTools(tools, query); len(got) == 0 || got[0].Name != want {
			t.Errorf("%q finds %v first, want %s", query, got, want)
		}
	}
}

func TestToolsThatAreSwitchedOffAreGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__write"}), chattest.Say("Well."))
		b := newBench(t, model, writers)
		run := b.ask(chat.Question{Text: "Write", Chosen: chat.Settings{ToolsOff: []string{"desk__write"}}})
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		var names []string
		for _, tool := range model.Prompts()[0].Tools {
			names = append(names, tool.Name)
		}
		if diff := cmp.Diff([]string{"desk__echo", "desk__write_more"}, names); diff != "" {
			t.Errorf("tools told to the model (-want +got):\n%s", diff)
		}
		if got := outline(live); !slices.Contains(got, `tool-output-error There is no tool called "desk__write".`) {
			t.Errorf("the tool was called: %v", got)
		}
	})
}
