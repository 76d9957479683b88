package llm_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// message is a finished message of the Responses API.
func message(content string) string {
	return `{"type":"response.output_item.done","output_index":0,"item":{"id":"msg_1","type":"message","role":"assistant","content":[` + content + `]}}`
}

func textDelta(piece int, text string) string {
	return fmt.Sprintf(`{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":%d,"delta":%q}`, piece, text)
}

const completed = `{"type":"response.completed","response":{}}`

// Citations are told once, with offsets as JavaScript counts them in the text that
// was emitted; what is no page of the web is none.
func TestCitations(t *testing.T) {
	cite := func(url, start, end string) string {
		return `{"type":"url_citation","url":"` + url + `","title":"T","start_index":` + start + `,"end_index":` + end + `}`
	}
	added := func(piece int, note string) string {
		return fmt.Sprintf(`{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":0,"content_index":%d,"annotation_index":0,"annotation":%s}`, piece, note)
	}
	text := func(s, notes string) string {
		return fmt.Sprintf(`{"type":"output_text","text":%q,"annotations":[%s]}`, s, notes)
	}
	page := func(start, end int) chat.SourceChunk {
		return chat.SourceChunk{TextID: "msg_1", URL: "https://a.example/x", Title: "T", Start: start, End: end}
	}
	const url = "https://a.example/x"
	tests := []struct {
		name   string
		events []string
		want   []chat.SourceChunk
		cited  string // the text between the offsets of the first
	}{
		{name: "with the text", events: []string{textDelta(0, "See here."), added(0, cite(url, "4", "8")), message(text("See here.", cite(url, "4", "8")))}, want: []chat.SourceChunk{page(4, 8)}, cited: "here"},
		{name: "after characters of two units", events: []string{textDelta(0, "🔎🔎 See here."), added(0, cite(url, "7", "11")), message(text("🔎🔎 See here.", cite(url, "7", "11")))}, want: []chat.SourceChunk{page(9, 13)}, cited: "here"},
		{name: "before the text", events: []string{textDelta(0, "See"), added(0, cite(url, "4", "8")), textDelta(0, " here."), message(text("See here.", cite(url, "4", "8")))}, want: []chat.SourceChunk{page(4, 8)}, cited: "here"},
		{name: "in the second piece", events: []string{textDelta(0, "One 🔎."), textDelta(1, "See here."), added(1, cite(url, "4", "8")), message(text("One 🔎.", "") + "," + text("See here.", cite(url, "4", "8")))}, want: []chat.SourceChunk{page(13, 17)}, cited: "here"},
		{name: "all at once", events: []string{message(text("One 🔎.", "") + "," + text("See here.", cite(url, "4", "8")))}, want: []chat.SourceChunk{page(13, 17)}, cited: "here"},
		{name: "two of one page", events: []string{message(text("See here.", cite(url, "0", "3")+","+cite(url, "4", "8")))}, want: []chat.SourceChunk{page(0, 3), page(4, 8)}, cited: "See"},
		{name: "beyond the text", events: []string{message(text("See.", cite(url, "4", "80")))}, want: []chat.SourceChunk{page(0, 0)}},
		{name: "backwards", events: []string{message(text("See.", cite(url, "3", "1")))}, want: []chat.SourceChunk{page(0, 0)}},
		{name: "negative", events: []string{message(text("See.", cite(url, "-3", "1")))}, want: []chat.SourceChunk{page(0, 0)}},
		{name: "without offsets", events: []string{message(text("See.", `{"type":"url_citation","url":"`+url+`","title":"T"}`))}, want: []chat.SourceChunk{page(0, 0)}},
		{name: "a script", events: []string{message(text("See here.", cite("javascript:alert(1)", "4", "8")))}},
		{name: "another scheme", events: []string{message(text("See here.", cite("ftp://a.example/x", "4", "8")))}},
		{name: "no host", events: []string{message(text("See here.", cite("https:///x", "4", "8")))}},
		{name: "a file that was searched", events: []string{message(text("See here.", `{"type":"file_citation","file_id":"f","filename":"a.pdf","index":3}`))}},
		{name: "nonsense", events: []string{textDelta(0, "See here."), added(0, `"x"`), message(text("See here.", `7`))}},
	}
	for _, tt := range tests {
		for how, search := range map[string][]chat.HostedTool{
			"by a search that it was given":      {chat.WebSearch},
			"by a model that searches by itself": nil,
		} {
			t.Run(tt.name+" "+how, func(t *testing.T) {
				chunks, err := over(t, llm.APIResponses, streams(append(slices.Clone(tt.events), completed)...), search...)
				if err != nil {
					t.Fatal(err)
				}
				var got []chat.SourceChunk
				for _, c := range chunks {
					if c, ok := c.(chat.SourceChunk); ok {
						got = append(got, c)
					}
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Fatalf("sources (-want +got):\n%s", diff)
				}
				if units := utf16.Encode([]rune(textOf(chunks))); tt.cited != "" && string(utf16.Decode(units[got[0].Start:got[0].End])) != tt.cited {
					t.Errorf("cited %q", string(utf16.Decode(units[got[0].Start:got[0].End])))
				}
			})
		}
	}
}

// When a citation comes with the text, it is told with it, if there was a search: who
// reads along sees the source, and not only when all is said.
func TestWhenCitationsAreTold(t *testing.T) {
	const (
		note = `{"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":0,"content_index":0,"annotation":` +
			`{"type":"url_citation","url":"https://a.example/x","title":"T","start_index":0,"end_index":3}}`
		found = `{"type":"response.output_item.added","output_index":0,"item":{"type":"web_search_call","id":"ws_1","status":"in_progress"}}`
	)
	said := []string{textDelta(0, "See here"), note, textDelta(0, ".")}
	for _, tt := range []struct {
		name   string
		search []chat.HostedTool
		events []string
		want   string
	}{
		{"by a search that it was given", []chat.HostedTool{chat.WebSearch}, said, "See here|source|."},
		{"by a search that it made by itself", nil, append([]string{found}, said...), "See here|source|."},
		{"with no search that is known of", nil, said, "See here|.|source"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			whole := message(`{"type":"output_text","text":"See here.","annotations":[{"type":"url_citation","url":"https://a.example/x","title":"T","start_index":0,"end_index":3}]}`)
			chunks, err := over(t, llm.APIResponses, streams(append(slices.Clone(tt.events), whole, completed)...), tt.search...)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, c := range chunks {
				switch c := c.(type) {
				case chat.TextChunk:
					told = append(told, c.Delta)
				case chat.SourceChunk:
					told = append(told, "source")
				}
			}
			if got := strings.Join(told, "|"); got != tt.want {
				t.Errorf("it was told as %s, want %s", got, tt.want)
			}
		})
	}
}

// What an item says when it is done goes on from what was said of it, or is not told:
// a text that is told otherwise in the end is not told twice.
func TestTheEndOfAText(t *testing.T) {
	for _, tt := range []struct{ name, said, whole, want string }{
		{"as it was said", "See here.", "See here.", "See here."},
		{"some of it was never said", "See", "See here.", "See here."},
		{"none of it was said", "", "See here.", "See here."},
		{"less than was said", "See here.", "See", "See here."},
		{"something else", "See here.", "Look there, please.", "See here."},
		{"a letter of it is another", "See here", "See hero and there", "See here"},
	} {
		for _, search := range [][]chat.HostedTool{nil, {chat.WebSearch}} {
			t.Run(fmt.Sprint(tt.name, search), func(t *testing.T) {
				chunks, err := over(t, llm.APIResponses, streams(textDelta(0, tt.said), message(fmt.Sprintf(`{"type":"output_text","text":%q}`, tt.whole)), completed), search...)
				if err != nil {
					t.Fatal(err)
				}
				if got := textOf(chunks); got != tt.want {
					t.Errorf("said %q, want %q", got, tt.want)
				}
			})
		}
	}
}

// Servers with Chat Completions cite too.
func TestCitationsOfCompletions(t *testing.T) {
	chunks, err := over(t, llm.APIChat, streams(
		delta(`{"content":"🔎 See here."}`),
		delta(`{"annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example/x","title":"T","start_index":6,"end_index":10}},{"type":"url_citation","url_citation":{"url":"data:x"}}]}`),
		finish("stop"),
	))
	if err != nil {
		t.Fatal(err)
	}
	want := chat.SourceChunk{TextID: chunks[0].(chat.TextChunk).ID, URL: "https://a.example/x", Title: "T", Start: 7, End: 11}
	if diff := cmp.Diff([]chat.Chunk{want, chat.ReplyDone{Reason: "stop"}}, chunks[1:]); diff != "" {
		t.Errorf("chunks (-want +got):\n%s", diff)
	}
}

// opened is a generated file as the core gets it: opened while the reply goes on.
type opened struct {
	Name, MediaType string
	Size            int
	Kind            chat.Kind
	Says            string
}

func TestGeneratedFiles(t *testing.T) {
	tests := []struct {
		scenario string
		want     []opened
	}{
		{scenario: "python", want: []opened{{Name: "chart.png", MediaType: "image/png"}, {Name: "figures.csv", MediaType: "text/csv", Size: 26}}},
		{scenario: "uncited-file", want: []opened{{Name: "chart.png", MediaType: "image/png"}, {Name: "figures.csv", MediaType: "text/csv", Size: 26}}},
		{scenario: "gone-file", want: []opened{
			{Name: "chart.png", MediaType: "image/png", Kind: chat.KindNotFound, Says: "OpenAI does not have it any more."},
			{Name: "figures.csv", MediaType: "text/csv", Kind: chat.KindNotFound, Says: "OpenAI does not have it any more."},
		}},
		{scenario: "big-file", want: []opened{{Name: "chart.png", MediaType: "image/png", Size: 32 << 20, Kind: chat.KindTooLarge, Says: "It is larger than 32 MB."}, {Name: "figures.csv", MediaType: "text/csv", Size: 23}}},
	}
	for _, tt := range tests {
		t.Run(tt.scenario, func(t *testing.T) {
			fake := llmtest.NewServerWith(t, llmtest.Config{Key: testKey})
			c := newClient(t, fake, asOpenAI(t, fake))
			var got []opened
			for chunk, err := range c.Reply(t.Context(), chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:" + tt.scenario), Hosted: []chat.HostedTool{chat.CodeInterpreter}}) {
				if err != nil {
					t.Fatal(err)
				}
				file, ok := chunk.(chat.FileChunk)
				if !ok {
					continue
				}
				o := opened{Name: file.Name, MediaType: file.MediaType}
				content, err := read(t.Context(), file)
				if o.Size = len(content); file.Name == "chart.png" && err == nil {
					o.Size = 0
					if _, err := png.Decode(bytes.NewReader(content)); err != nil {
						t.Errorf("the chart is no picture: %v", err)
					}
				}
				if err != nil {
					o.Kind, o.Says = chat.KindOf(err), chat.MessageOf(err)
				}
				got = append(got, o)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

func read(ctx context.Context, file chat.FileChunk) ([]byte, error) {
	body, err := file.Open(ctx)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(body)
	return content, errors.Join(err, body.Close())
}

// A file is bound to its reply, and goes nowhere but to the provider.
func TestFilesEndWithTheirReply(t *testing.T) {
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, asOpenAI(t, fake))
	chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:python"), Hosted: []chat.HostedTool{chat.CodeInterpreter}})
	if err != nil {
		t.Fatal(err)
	}
	for _, chunk := range chunks {
		if file, ok := chunk.(chat.FileChunk); ok {
			if _, err := read(t.Context(), file); err == nil {
				t.Errorf("%s could be opened when the reply was over", file.Name)
			}
		}
	}
}

// Ids and names of files are the provider's word, and not trusted.
func TestNamesOfFiles(t *testing.T) {
	tests := []struct{ name, container, file, filename, want string }{
		{name: "plain", container: "cntr_1", file: "cfile_1", filename: "a b.csv", want: "a b.csv"},
		{name: "with folders", container: "cntr_1", file: "cfile_1", filename: "/mnt/data/a.csv", want: "a.csv"},
		{name: "of Windows", container: "cntr_1", file: "cfile_1", filename: `..\..\a.csv`, want: "a.csv"},
		{name: "upwards", container: "cntr_1", file: "cfile_1", filename: "..", want: "cfile_1"},
		{name: "none", container: "cntr_1", file: "cfile_1", want: "cfile_1"},
		{name: "control characters", container: "cntr_1", file: "cfile_1", filename: "a\u202ecod.exe\r\n", want: "acod.exe"},
		{name: "long", container: "cntr_1", file: "cfile_1", filename: strings.Repeat("x", 400) + ".csv", want: strings.Repeat("x", 196) + ".csv"},
		{name: "an id that leads elsewhere", container: "../..", file: "cfile_1", filename: "a.csv"},
		{name: "an id with a query", container: "cntr_1", file: "x?y", filename: "a.csv"},
		{name: "no id", container: "cntr_1", filename: "a.csv"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			note := fmt.Sprintf(`{"type":"container_file_citation","container_id":%q,"file_id":%q,"filename":%q}`, tt.container, tt.file, tt.filename)
			note = strings.ReplaceAll(note, `\u202e`, "\u202e")
			chunks, err := over(t, llm.APIResponses, streams(message(`{"type":"output_text","text":"x","annotations":[`+note+`,`+note+`]}`), completed))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range chunks {
				if c, ok := c.(chat.FileChunk); ok {
					got = append(got, c.Name)
				}
			}
			want := []string{tt.want}
			if tt.want == "" {
				want = nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

// What a model did with a hosted tool is replayed to it, and left out for another,
// whose thread keeps the words.
func TestHostedItemsAreReplayed(t *testing.T) {
	fake := llmtest.NewServer(t)
	for _, scenario := range []string{"search", "python", "commentary"} {
		c := newClient(t, fake, asOpenAI(t, fake))
		hosted := []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}
		path := question("fake:" + scenario)
		chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Hosted: hosted})
		if err != nil {
			t.Fatal(err)
		}
		path = append(addReply(path, "OpenAI", "gpt-6.1-sol", 1, chunks), question("fake:text And now?")...)
		for model, file := range map[string]string{"gpt-6.1-sol": "same", "gpt-6.1-terra": "other"} {
			if _, err := ask(t.Context(), c, chat.Prompt{Model: model, Path: path, Hosted: hosted}); err != nil {
				t.Errorf("%s, then %s: %v", scenario, model, err)
			}
			requests := fake.Requests()
			golden(t, "requests/after-"+scenario+"-"+file+".json", indent(t, requests[len(requests)-1].Body))
		}
	}
}

// Items of remote servers come in more shapes than one.
func TestRemoteItems(t *testing.T) {
	done := func(item string) string {
		return `{"type":"response.output_item.done","output_index":0,"item":` + item + `}`
	}
	call := func(rest string) string {
		return done(`{"id":"mcp_1","type":"mcp_call","server_label":"tickets","name":"find","arguments":"{}",` + rest + `}`)
	}
	result := func(text string, isError bool) chat.Chunk {
		return chat.HostedResult{CallID: "mcp_1", Result: chat.ToolResult{Text: text, IsError: isError}}
	}
	failure := func(text string, kind ...chat.Kind) chat.Chunk {
		return chat.HostedResult{CallID: "mcp_1", Failure: text, Kind: append(kind, "")[0]}
	}
	tests := []struct {
		name, event string
		want        chat.Chunk
	}{
		{name: "a result", event: call(`"status":"completed","output":"1","error":null`), want: result("1", false)},
		{name: "no result", event: call(`"status":"completed","output":"","error":null`), want: result("The tool returned nothing.", false)},
		{name: "a result that is no text", event: call(`"status":"completed","output":{"a":1}`), want: result(`{"a":1}`, false)},
		{name: "the tool's own error", event: call(`"status":"failed","error":{"type":"mcp_tool_execution_error","content":[{"type":"text","text":"no such ticket"}]}`), want: result("no such ticket", true)},
		{name: "the tool's own error without words", event: call(`"status":"failed","error":{"type":"mcp_tool_execution_error","content":[]}`), want: result("The tool reported an error.", true)},
		{name: "an error of the protocol", event: call(`"status":"failed","error":{"type":"mcp_protocol_error","code":-32602,"message":"Invalid params."}`), want: failure("Invalid params (code -32602).")},
		{name: "an error of HTTP", event: call(`"status":"failed","error":{"type":"http_error","code":401,"message":"Unauthorized"}`), want: failure("Unauthorized (code 401).", chat.KindUnauthenticated)},
		{name: "a server that is gone", event: call(`"status":"failed","error":{"type":"http_error","code":502,"message":"Bad Gateway"}`), want: failure("Bad Gateway (code 502).", chat.KindServerDown)},
		{name: "an error that is text", event: call(`"status":"failed","error":"the server hung up\nmid-sentence"`), want: failure("the server hung up mid-sentence.")},
		{name: "failed without an error", event: call(`"status":"failed"`), want: failure("The call failed.")},
		{name: "cut off", event: call(`"status":"incomplete"`), want: failure("The call was cut off before a result arrived; it may have been carried out.")},
		{name: "a list that failed with text", event: done(`{"id":"mcpl_1","type":"mcp_list_tools","server_label":"tickets","tools":[],"error":"no route to host"}`), want: chat.RemoteFailed{Server: "tickets", Reason: "Acme could not read its tools: no route to host."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := clientOver(t, streams(tt.event, completed), withHosted, func(cfg *llm.Config) { cfg.BaseURL, cfg.Provider = "http://acme.example/v1", "Acme" })
			chunks, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello"), Remote: []chat.RemoteServer{{ID: "tickets", Tools: []chat.Tool{{ToolRef: chat.ToolRef{Tool: "find"}}}}}})
			if err != nil {
				t.Fatal(err)
			}
			var got chat.Chunk
			for _, c := range chunks {
				switch c.(type) {
				case chat.HostedResult, chat.RemoteFailed:
					got = c
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A server that is found out when the answer has begun ends it, and is named.
func TestAServerThatFailsLate(t *testing.T) {
	var asked int
	c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		asked++
		_, rest, _ := strings.Cut(bodyOf(t, r), `"server_label":"`)
		label, _, _ := strings.Cut(rest, `"`)
		return streams(textDelta(0, "Let me see."),
			`{"type":"response.failed","response":{"error":{"code":"server_error","message":"Error retrieving tool list from MCP server: '`+label+`'. Http status code: 424 (Failed Dependency)"}}}`)(r)
	}))
	_, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello"), Remote: []chat.RemoteServer{{ID: "my crm", Name: "My CRM", Tools: []chat.Tool{{ToolRef: chat.ToolRef{Tool: "find"}}}}}})
	got := told{chat.KindOf(err), chat.MessageOf(err)}
	want := told{chat.KindServerDown, "OpenAI could not read the tools of My CRM (status 424). Connect that server again or leave it out, then ask again."}
	if diff := cmp.Diff(want, got); diff != "" || asked != 1 {
		t.Errorf("asked %d times (-want +got):\n%s", asked, diff)
	}
	if _, plain := err.(*chat.Error); !plain {
		t.Errorf("the error is a %T", err)
	}
}
