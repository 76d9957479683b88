package llm_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

const testKey = "sk-test-0123456789abcdef"

// updateFlag is -update, which rewrites golden files.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "rewrite golden files")
	os.Exit(m.Run())
}

// golden compares got with testdata/name, or writes it there.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", filepath.FromSlash(name))
	if updating() {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// detour carries requests for one host to another, so that a fake can stand for
// api.openai.com.
type detour struct{ to *url.URL }

func (d detour) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = d.to.Scheme, d.to.Host
	return http.DefaultTransport.RoundTrip(r)
}

// newClient returns a client of fake as a compatible server, changed by more.
func newClient(t *testing.T, fake *llmtest.Server, more ...func(*llm.Config)) *llm.Client {
	t.Helper()
	cfg := llm.Config{APIKey: chat.NewToken(testKey), BaseURL: fake.BaseURL, Provider: "Acme"}
	for _, change := range more {
		change(&cfg)
	}
	c, err := llm.New(cfg)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return c
}

// asOpenAI makes fake stand for OpenAI itself.
func asOpenAI(t *testing.T, fake *llmtest.Server) func(*llm.Config) {
	return at(t, fake, "")
}

// at makes fake stand for the server at a base URL.
func at(t *testing.T, fake *llmtest.Server, base string) func(*llm.Config) {
	t.Helper()
	to, err := url.Parse(fake.BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	return func(cfg *llm.Config) {
		cfg.BaseURL, cfg.Provider, cfg.HTTPClient = base, "", &http.Client{Transport: detour{to}}
	}
}

// bodyOf reads the body of a request that is being carried.
func bodyOf(t *testing.T, r *http.Request) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	return string(body)
}

// ask returns all that a client says to a question.
func ask(ctx context.Context, c *llm.Client, p chat.Prompt) (chunks []chat.Chunk, err error) {
	for chunk, e := range c.Reply(ctx, p) {
		if e != nil {
			err = e
			continue
		}
		chunks = append(chunks, chunk)
	}
	return chunks, err
}

func question(text string) []chat.Message {
	return []chat.Message{
		{ID: "msg_root", Role: chat.RoleUser, Parts: chat.Parts{chat.TextPart{ID: "1", Text: text, State: "done"}}},
		{ID: "msg_answer", ParentID: "msg_root", Role: chat.RoleAssistant, Status: chat.StatusRunning, Parts: chat.Parts{}},
	}
}

func readQuery() []chat.Tool {
	return []chat.Tool{{
		ToolRef:     chat.ToolRef{Name: "northwind__read_query", Server: "northwind", Tool: "read_query"},
		Description: "Runs one SQL query.",
		Schema:      json.RawMessage(`{"type":"object","properties":{"query":{"type":"string"},"max_rows":{"type":"integer"}},"required":["query"]}`),
		ReadOnly:    true,
	}}
}

// transcript writes chunks and an error line by line. Invented ids and the
// fake's address, which differ from run to run, are blotted out.
func transcript(chunks []chat.Chunk, err error) string {
	var b strings.Builder
	for _, c := range chunks {
		switch c := c.(type) {
		case chat.ItemDone:
			fmt.Fprintf(&b, "ItemDone %s %s\n", c.PartID, c.Raw)
		case chat.HostedCall:
			fmt.Fprintf(&b, "HostedCall %s %s of %q, %q: %s\n", c.CallID, c.Tool.Name, c.Tool.Server, c.Tool.Title, c.Arguments)
		case chat.HostedResult:
			fmt.Fprintf(&b, "HostedResult %s %q error:%t failure:%q\n", c.CallID, c.Result.Text, c.Result.IsError, c.Failure)
		case chat.FileChunk:
			fmt.Fprintf(&b, "FileChunk {CallID:%s Name:%s MediaType:%s}\n", c.CallID, c.Name, c.MediaType)
		case chat.ReplyDone:
			fmt.Fprintf(&b, "ReplyDone %s", c.Reason)
			if c.Usage != nil {
				fmt.Fprintf(&b, " %+v", *c.Usage)
			}
			b.WriteByte('\n')
		default:
			fmt.Fprintf(&b, "%s %+v\n", strings.TrimPrefix(fmt.Sprintf("%T", c), "chat."), c)
		}
	}
	if err != nil {
		fmt.Fprintf(&b, "error %s\n  told: %s\n  logged: %v\n", chat.KindOf(err), chat.MessageOf(err), err)
	}
	out := regexp.MustCompile(`\b(part|call)_[a-z2-7]{26}\b`).ReplaceAllString(b.String(), "${1}_INVENTED")
	return regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(out, "HOST")
}

// addReply folds chunks into the answer at the end of path, as the engine does:
// parts get the step before their ids, items stay as they came.
func addReply(path []chat.Message, provider, model string, step int, chunks []chat.Chunk) []chat.Message {
	m := &path[len(path)-1]
	m.Steps = step
	for _, c := range chunks {
		switch c := c.(type) {
		case chat.TextChunk:
			id := fmt.Sprintf("%d.t.%s", step, c.ID)
			if n := len(m.Parts); n > 0 {
				if p, ok := m.Parts[n-1].(chat.TextPart); ok && p.ID == id {
					p.Text += c.Delta
					m.Parts[n-1] = p
					continue
				}
			}
			m.Parts = append(m.Parts, chat.TextPart{ID: id, Step: step, Text: c.Delta, State: "done"})
		case chat.ReasoningChunk:
			id := fmt.Sprintf("%d.r.%s", step, c.ID)
			if n := len(m.Parts); n > 0 {
				if p, ok := m.Parts[n-1].(chat.ReasoningPart); ok && p.ID == id {
					p.Text += c.Delta
					m.Parts[n-1] = p
					continue
				}
			}
			m.Parts = append(m.Parts, chat.ReasoningPart{ID: id, Step: step, Text: c.Delta, State: "done"})
		case chat.CallStarted:
			m.Parts = append(m.Parts, chat.ToolPart{CallID: c.CallID, Step: step, Tool: chat.ToolRef{Name: c.Name}, State: chat.CallStreaming})
		case chat.CallDelta:
			setCall(m, step, c.CallID, func(p *chat.ToolPart) { p.InputText += c.Delta })
		case chat.CallReady:
			setCall(m, step, c.CallID, func(p *chat.ToolPart) {
				p.Tool.Name, p.State, p.InputText, p.Input = c.Name, chat.CallRunning, "", json.RawMessage(c.Arguments)
			})
		case chat.HostedCall:
			setCall(m, step, c.CallID, func(p *chat.ToolPart) {
				p.Tool, p.Hosted, p.State, p.Input = c.Tool, true, chat.CallRunning, json.RawMessage(c.Arguments)
			})
		case chat.HostedApproval:
			setCall(m, step, c.CallID, func(p *chat.ToolPart) {
				p.Tool, p.Hosted, p.State, p.Input = c.Tool, true, chat.CallAsked, json.RawMessage(c.Arguments)
				p.Approval = &chat.Approval{ID: "apr_" + c.CallID}
			})
		case chat.HostedResult:
			setCall(m, step, c.CallID, func(p *chat.ToolPart) {
				p.State, p.Output = chat.CallReturned, &c.Result
				if c.Failure != "" {
					p.State, p.Output, p.ErrorText = chat.CallFailed, nil, c.Failure
				}
			})
		case chat.ItemDone:
			m.Native = append(m.Native, chat.Native{Provider: provider, Model: model, PartID: c.PartID, Raw: c.Raw})
		}
	}
	return path
}

// setCall changes a call of a message, which it begins if need be.
func setCall(m *chat.Message, step int, callID string, change func(*chat.ToolPart)) {
	at := slices.IndexFunc(m.Parts, func(p chat.Part) bool {
		call, ok := p.(chat.ToolPart)
		return ok && call.CallID == callID
	})
	if at < 0 {
		at = len(m.Parts)
		m.Parts = append(m.Parts, chat.ToolPart{CallID: callID, Step: step})
	}
	call := m.Parts[at].(chat.ToolPart)
	change(&call)
	m.Parts[at] = call
}

// answerCalls gives every open call of the answer a result.
func answerCalls(path []chat.Message, results ...string) []chat.Message {
	m := &path[len(path)-1]
	for i, p := range m.Parts {
		if call, ok := p.(chat.ToolPart); ok && call.State == chat.CallRunning && len(results) > 0 {
			call.State, call.Output = chat.CallReturned, &chat.ToolResult{Text: results[0]}
			m.Parts[i], results = call, results[1:]
		}
	}
	return path
}
