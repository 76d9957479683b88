package llm_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
)

// sends answers every request with these bytes as an event stream.
func sends(body string) transport {
	return func(r *http.Request) (*http.Response, error) {
		resp, err := streams()(r)
		resp.Body = io.NopCloser(strings.NewReader(body))
		return resp, err
	}
}

// What streams of the Responses API hold in store, beyond the scenarios of the fake.
func TestTrapsOfResponses(t *testing.T) {
	const (
		text      = `{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hi","obfuscation":"xxxxxxx"}`
		reasoning = `{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"So."}],"encrypted_content":"whole"}`
	)
	hi := chat.TextChunk{ID: "msg_1", Delta: "Hi"}
	stop := chat.ReplyDone{Reason: "stop"}
	tests := []struct {
		name  string
		carry transport
		want  []chat.Chunk
	}{
		{
			name:  "padding is no text",
			carry: streams(text, completed), want: []chat.Chunk{hi, stop},
		},
		{
			name: "encrypted reasoning is complete with the done item alone",
			carry: streams(`{"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"hal"}}`,
				`{"type":"response.output_item.done","output_index":0,"item":`+reasoning+`}`, completed),
			want: []chat.Chunk{chat.ReasoningChunk{ID: "rs_1", Delta: "So."}, chat.ItemDone{PartID: "rs_1", Raw: []byte(reasoning)}, stop},
		},
		{
			name: "reasoning that is told twice, in full and as a summary",
			carry: streams(`{"type":"response.reasoning_text.delta","item_id":"rs_1","output_index":0,"content_index":0,"delta":"So."}`,
				`{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"In short: so."}`, completed),
			want: []chat.Chunk{chat.ReasoningChunk{ID: "rs_1", Delta: "So."}, stop},
		},
		{
			name: "a summary that is cut off",
			carry: streams(`{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"So"}`,
				`{"type":"response.reasoning_summary_part.done","item_id":"rs_1","output_index":0,"summary_index":0,"status":"incomplete","part":{"type":"summary_text","text":"So"}}`,
				`{"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}}`),
			want: []chat.Chunk{chat.ReasoningChunk{ID: "rs_1", Delta: "So"}, chat.ReplyDone{Reason: "length"}},
		},
		{
			name: "a message that refuses in the middle",
			carry: streams(text, `{"type":"response.refusal.delta","item_id":"msg_1","output_index":0,"content_index":1,"delta":"No."}`,
				`{"type":"response.refusal.done","item_id":"msg_1","output_index":0,"content_index":1,"refusal":"No."}`, completed),
			want: []chat.Chunk{hi, chat.TextChunk{ID: "INVENTED", Delta: "\n\nNo.", Kind: chat.Refusal}, stop},
		},
		{
			name:  "a refusal that comes as a whole",
			carry: streams(message(`{"type":"refusal","refusal":"No."}`), completed),
			want:  []chat.Chunk{chat.TextChunk{ID: "msg_1", Delta: "No.", Kind: chat.Refusal}, chat.ItemDone{PartID: "msg_1", Raw: itemOf(message(`{"type":"refusal","refusal":"No."}`))}, stop},
		},
		{
			name: "commentary that comes as a whole",
			carry: streams(`{"type":"response.output_item.done","output_index":0,"item":{"id":"msg_1","type":"message","phase":"commentary","content":[{"type":"output_text","text":"Hi"}]}}`,
				completed),
			want: []chat.Chunk{chat.TextChunk{ID: "msg_1", Delta: "Hi", Kind: chat.Commentary}, chat.ItemDone{PartID: "msg_1", Raw: []byte(`{"id":"msg_1","type":"message","phase":"commentary","content":[{"type":"output_text","text":"Hi"}]}`)}, stop},
		},
		{
			name: "events of MCP have neither tools nor errors, but their items do",
			carry: streams(`{"type":"response.mcp_list_tools.failed","item_id":"mcpl_1","output_index":0}`, `{"type":"response.mcp_call.failed","item_id":"mcp_1","output_index":1}`,
				text, completed),
			want: []chat.Chunk{hi, stop},
		},
		{
			name:  "arguments of MCP that are an object",
			carry: streams(`{"type":"response.mcp_call_arguments.delta","item_id":"mcp_1","output_index":0,"delta":{"a":1}}`, text, completed),
			want:  []chat.Chunk{hi, stop},
		},
		{
			name:  "usage with its shares",
			carry: streams(`{"type":"response.completed","response":{"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4,"cache_write_tokens":1},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":17}}}`),
			want:  []chat.Chunk{chat.ReplyDone{Reason: "stop", Usage: &chat.Usage{InputTokens: 10, CachedTokens: 4, OutputTokens: 7, ReasoningTokens: 3}}},
		},
		{
			name:  "an item of a kind that nobody knows is kept",
			carry: streams(`{"type":"response.output_item.done","output_index":0,"item":{"id":"zz_1","type":"crystal_ball","content":{"a":1}}}`, completed),
			want:  []chat.Chunk{chat.ItemDone{PartID: "zz_1", Raw: []byte(`{"id":"zz_1","type":"crystal_ball","content":{"a":1}}`)}, stop},
		},
		{
			name:  "comments, events without a space, and carriage returns",
			carry: sends(": hello\r\n\r\nevent:x\r\ndata:" + text + "\r\nid: 7\r\nretry: 1\r\n\r\ndata: " + completed + "\r\n\r\n"),
			want:  []chat.Chunk{hi, stop},
		},
		{
			name:  "data in two lines",
			carry: sends("data: {\"type\":\ndata: \"response.completed\"}\n\n"),
			want:  []chat.Chunk{stop},
		},
		{
			name:  "no empty line after the last event",
			carry: sends("data: " + text + "\n\ndata: " + completed),
			want:  []chat.Chunk{hi, stop},
		},
		{
			name:  "a line of a megabyte",
			carry: streams(strings.Replace(text, "Hi", strings.Repeat("x", 1<<20), 1), completed),
			want:  []chat.Chunk{chat.TextChunk{ID: "msg_1", Delta: strings.Repeat("x", 1<<20)}, stop},
		},
		{
			name:  "what follows the end is not read",
			carry: streams(text, completed, text, `{`), want: []chat.Chunk{hi, stop},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := over(t, llm.APIResponses, tt.carry)
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range got {
				if c, ok := c.(chat.TextChunk); ok && strings.HasPrefix(c.ID, "part_") {
					c.ID = "INVENTED"
					got[i] = c
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("chunks (-want +got):\n%s", diff)
			}
		})
	}
}

// itemOf returns the item of an event.
func itemOf(event string) []byte {
	_, item, _ := strings.Cut(event, `"item":`)
	return []byte(strings.TrimSuffix(item, "}"))
}

// A server that does not stream is understood: the SDK would take its answer for an
// An event that carries something is not passed over where it makes no sense: a hole in an
// answer would look like the answer.
func TestAnEventThatMakesNoSenseEndsTheReply(t *testing.T) {
	for _, event := range []string{
		`{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":{"a":1}}`,
		`{"type":"response.output_item.done","output_index":"first","item":{"type":"message"}}`,
		`{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":"x"}}`,
		`{"type":"response.completed","response":7}`,
	} {
		if _, err := over(t, llm.APIResponses, streams(event, completed)); chat.KindOf(err) != chat.KindProtocol {
			t.Errorf("%s: got %v", event, err)
		}
	}
}

// empty stream without an error.
func TestAnswersThatAreNotStreamed(t *testing.T) {
	const item = `{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Hi"}]}`
	hi := []chat.Chunk{chat.TextChunk{ID: "msg_1", Delta: "Hi"}, chat.ItemDone{PartID: "msg_1", Raw: []byte(item)}}
	tests := []struct {
		name, body string
		api        llm.API
		want       []chat.Chunk
		kind       chat.Kind
	}{
		{name: "a response", api: llm.APIResponses, body: `{"object":"response","status":"completed","output":[` + item + `],"usage":{"input_tokens":1,"output_tokens":2}}`, want: append(hi[:2:2], chat.ReplyDone{Reason: "stop", Usage: &chat.Usage{InputTokens: 1, OutputTokens: 2}})},
		{name: "half a response", api: llm.APIResponses, body: `{"object":"response","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[` + item + `]}`, want: append(hi[:2:2], chat.ReplyDone{Reason: "length"})},
		{name: "a response without its name", api: llm.APIResponses, body: `{"output":[` + item + `]}`, want: append(hi[:2:2], chat.ReplyDone{Reason: "stop"})},
		{name: "a response that failed", api: llm.APIResponses, body: `{"object":"response","status":"failed","error":{"code":"server_error"},"output":[]}`, kind: chat.KindProviderDown},
		{name: "a response that runs in the background", api: llm.APIResponses, body: `{"object":"response","status":"queued","output":[]}`, kind: chat.KindProtocol},
		{name: "an error that is told with 200", api: llm.APIResponses, body: `{"error":{"code":"insufficient_quota"}}`, kind: chat.KindProviderQuota},
		{name: "something else", api: llm.APIResponses, body: `[]`, kind: chat.KindProtocol},
		{name: "nothing", api: llm.APIResponses, body: ``, kind: chat.KindProtocol},
		{name: "an error of completions that is told with 200", api: llm.APIChat, body: `{"error":{"message":"x","code":"rate_limit_exceeded"}}`, kind: chat.KindProviderBusy},
		{name: "something else than a completion", api: llm.APIChat, body: `{"a":1}`, kind: chat.KindProtocol},
		{name: "no completion", api: llm.APIChat, body: `null`, kind: chat.KindProtocol},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := over(t, tt.api, says(200, tt.body))
			if diff := cmp.Diff(tt.want, got); diff != "" || (err != nil) != (tt.kind != "") || err != nil && chat.KindOf(err) != tt.kind {
				t.Errorf("error %v, chunks (-want +got):\n%s", err, diff)
			}
		})
	}
}
