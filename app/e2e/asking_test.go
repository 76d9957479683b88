package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pomerium/pomchat/app/chat"
)

// send makes one request of the running server and returns status and body.
func (s *stage) send(ts *testscript.TestScript, method, path, body string) (int, []byte) {
	ctx, cancel := deadlined()
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, s.running(ts).base+path, strings.NewReader(body))
	ts.Check(err)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	ts.Check(err)
	return res.StatusCode, text
}

func (s *stage) must(ts *testscript.TestScript, method, path, body string, into any) {
	status, text := s.send(ts, method, path, body)
	if status/100 != 2 {
		ts.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	ts.Check(json.Unmarshal(text, into))
}

func post(ts *testscript.TestScript, s *stage, _ bool, args []string) {
	body := args[1]
	if strings.HasPrefix(body, "@") {
		body = ts.ReadFile(body[1:])
	}
	status, text := s.send(ts, http.MethodPost, strings.ReplaceAll(args[0], "THREAD", s.thread), body)
	_, err := fmt.Fprintf(ts.Stdout(), "%d %s\n", status, text)
	ts.Check(err)
}

// ask asks in a new thread and follows the answer to its end, or, with -begin,
// to its first words, or, with -wait, to the first call that waits for approval.
func ask(ts *testscript.TestScript, s *stage, _ bool, args []string) {
	until := args[0]
	if strings.HasPrefix(until, "-") {
		args = args[1:]
	}
	var thread struct{ ID string }
	s.must(ts, http.MethodPost, "/api/threads", "", &thread)
	s.thread = thread.ID
	question, err := json.Marshal(map[string]string{"text": strings.Join(args, " ")})
	ts.Check(err)
	var run struct{ RunID string }
	s.must(ts, http.MethodPost, "/api/threads/"+thread.ID+"/runs", string(question), &run)
	s.run = run.RunID
	m := s.follow(ts, run.RunID, func(e chat.Event) bool {
		_, words := e.(chat.TextDelta)
		_, waits := e.(chat.ToolApprovalRequest)
		return until == "-begin" && words || until == "-wait" && waits
	})
	show(ts, m)
}

// decide answers the call that waits in the newest run, and follows that to its end.
func decide(ts *testscript.TestScript, s *stage, _ bool, args []string) {
	m := s.follow(ts, s.run, func(e chat.Event) bool {
		_, waits := e.(chat.ToolApprovalRequest)
		return waits
	})
	for _, p := range m.Parts {
		if call, ok := p.(chat.ToolPart); ok && call.State == chat.CallAsked {
			status, text := s.send(ts, http.MethodPost, "/api/runs/"+s.run+"/approvals/"+call.Approval.ID, args[0])
			if status != http.StatusNoContent {
				ts.Fatalf("decide: %d %s", status, text)
			}
		}
	}
	show(ts, s.follow(ts, s.run, func(chat.Event) bool { return false }))
}

// follow folds the events of a run until it ends or enough says so.
func (s *stage) follow(ts *testscript.TestScript, run string, enough func(chat.Event) bool) chat.Message {
	ctx, cancel := deadlined()
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.running(ts).base+"/api/runs/"+run+"/events", nil)
	ts.Check(err)
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer func() { _ = res.Body.Close() }()
	var m chat.Message
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		e, err := chat.DecodeEvent([]byte(data))
		ts.Check(err)
		m = chat.Apply(m, e)
		if enough(e) {
			return m
		}
	}
	ts.Check(lines.Err())
	return m
}

// mute holds a connection that says nothing, until the script ends.
func mute(ts *testscript.TestScript, s *stage, _ bool, _ []string) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.running(ts).base, "http://"))
	ts.Check(err)
	ts.Defer(func() { _ = conn.Close() })
}

func reread(ts *testscript.TestScript, s *stage, _ bool, _ []string) {
	var page struct{ Threads []struct{ ID, Title string } }
	s.must(ts, http.MethodGet, "/api/threads", "", &page)
	if len(page.Threads) == 0 {
		ts.Fatalf("there are no threads")
	}
	s.thread = page.Threads[0].ID
	var detail struct{ Messages []chat.Message }
	s.must(ts, http.MethodGet, "/api/threads/"+s.thread, "", &detail)
	_, err := fmt.Fprintf(ts.Stdout(), "title: %s\n", page.Threads[0].Title)
	ts.Check(err)
	for _, m := range detail.Messages {
		show(ts, m)
	}
}

// show prints a message as the page shows it, one line a fact.
func show(ts *testscript.TestScript, m chat.Message) {
	w := ts.Stdout()
	_, _ = fmt.Fprintf(w, "%s %s\n", m.Role, m.Status)
	for _, p := range m.Parts {
		switch p := p.(type) {
		case chat.TextPart:
			_, _ = fmt.Fprintln(w, p.Text)
		case chat.ReasoningPart:
			_, _ = fmt.Fprintln(w, "thought:", p.Text)
		case chat.ToolPart:
			_, _ = fmt.Fprintf(w, "call %s %s: %s\n", p.Tool.ServerName, p.Tool.Tool, p.State)
			_, _ = fmt.Fprintf(w, "input: %s\n", p.Input)
			if p.Output != nil {
				_, _ = fmt.Fprintf(w, "structured: %s\n", p.Output.Structured)
			}
			if p.ErrorText != "" {
				_, _ = fmt.Fprintln(w, "error:", p.ErrorText)
			}
		}
	}
	if m.Failure != nil {
		_, _ = fmt.Fprintf(w, "failure %s: %s\n", m.Failure.Kind, m.Failure.Message)
	}
}

// callMCP speaks to the northwind-mcp that was started, as any client would.
func callMCP(ts *testscript.TestScript, s *stage, _ bool, args []string) {
	ctx, cancel := deadlined()
	defer cancel()
	client := mcp.NewClient(&mcp.Implementation{Name: "e2e", Version: "1"}, nil)
	session, err := client.Connect(ctx, &mcp.StreamableClientTransport{Endpoint: s.running(ts).base + "/mcp"}, nil)
	ts.Check(err)
	defer func() { _ = session.Close() }()
	if args[0] == "list" {
		for tool, err := range session.Tools(ctx, nil) {
			ts.Check(err)
			_, _ = fmt.Fprintf(ts.Stdout(), "%s: %s\n", tool.Name, tool.Description)
		}
		return
	}
	result, err := session.CallTool(ctx, &mcp.CallToolParams{Name: args[0], Arguments: json.RawMessage(args[1])})
	ts.Check(err)
	_, _ = fmt.Fprintf(ts.Stdout(), "error: %v\n", result.IsError)
	for _, c := range result.Content {
		if text, ok := c.(*mcp.TextContent); ok {
			_, _ = fmt.Fprintln(ts.Stdout(), text.Text)
		}
	}
}
