package e2e

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pomerium/pomchat/app/chat"
)

// request makes one request of the running server and returns the response with its body.
func (s *stage) request(ts *testscript.TestScript, method, path, body string) (*http.Response, []byte) {
	ctx, cancel := deadlined()
	defer cancel()
	path = strings.NewReplacer("THREAD", s.thread, "RUN", s.run).Replace(path)
	req, err := http.NewRequestWithContext(ctx, method, s.running(ts).base+path, strings.NewReader(body))
	ts.Check(err)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	ts.Check(err)
	return res, text
}

func (s *stage) must(ts *testscript.TestScript, method, path, body string, into any) {
	res, text := s.request(ts, method, path, body)
	if res.StatusCode/100 != 2 {
		ts.Fatalf("%s %s: %s %s", method, path, res.Status, text)
	}
	if into != nil {
		ts.Check(json.Unmarshal(text, into))
	}
}

func write(method string) func(*testscript.TestScript, *stage, bool, []string) {
	return func(ts *testscript.TestScript, s *stage, _ bool, args []string) {
		body := args[1]
		if strings.HasPrefix(body, "@") {
			body = ts.ReadFile(body[1:])
		}
		res, text := s.request(ts, method, args[0], body)
		_, err := fmt.Fprintf(ts.Stdout(), "%d %s\n", res.StatusCode, text)
		ts.Check(err)
	}
}

func read(method string) func(*testscript.TestScript, *stage, bool, []string) {
	return func(ts *testscript.TestScript, s *stage, _ bool, args []string) {
		res, text := s.request(ts, method, args[0], "")
		_, err := fmt.Fprintln(ts.Stdout(), res.StatusCode)
		ts.Check(err)
		for name, values := range res.Header {
			_, err := fmt.Fprintf(ts.Stdout(), "%s: %s\n", name, strings.Join(values, ", "))
			ts.Check(err)
		}
		_, err = fmt.Fprintf(ts.Stdout(), "%s\n", text)
		ts.Check(err)
	}
}

// keep takes a value out of what was printed last.
func keep(ts *testscript.TestScript, _ *stage, _ bool, args []string) {
	m := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if m == nil {
		ts.Fatalf("nothing is like %s in\n%s", args[1], ts.ReadFile("stdout"))
	}
	ts.Setenv(args[0], m[len(m)-1])
}

// extent says how far an answer is followed.
type extent struct {
	more, begin, wait bool
	until             string
}

// readExtent reads the flags before the other arguments.
func readExtent(ts *testscript.TestScript, args []string) (extent, []string) {
	var x extent
	flags := flag.NewFlagSet("ask", flag.ContinueOnError)
	flags.BoolVar(&x.more, "more", false, "")
	flags.BoolVar(&x.begin, "begin", false, "")
	flags.BoolVar(&x.wait, "wait", false, "")
	flags.StringVar(&x.until, "until", "", "")
	ts.Check(flags.Parse(args))
	return x, flags.Args()
}

// ask asks and follows the answer.
func ask(ts *testscript.TestScript, s *stage, _ bool, args []string) {
	x, args := readExtent(ts, args)
	if !x.more {
		var thread struct{ ID string }
		s.must(ts, http.MethodPost, "/api/threads", "", &thread)
		s.thread = thread.ID
	}
	question := strings.Join(args, " ")
	if !strings.HasPrefix(question, "{") {
		body, err := json.Marshal(map[string]string{"text": question})
		ts.Check(err)
		question = string(body)
	}
	s.mark = len(s.used.Requests())
	var run struct{ RunID string }
	s.must(ts, http.MethodPost, "/api/threads/THREAD/runs", question, &run)
	s.run = run.RunID
	show(ts, s.follow(ts, x))
}

// decide answers the call that waits in the newest run, and follows that.
func decide(ts *testscript.TestScript, s *stage, _ bool, args []string) {
	x, args := readExtent(ts, args)
	for _, call := range calls(s.follow(ts, extent{wait: true})) {
		if a := call.Approval; call.State == chat.CallAsked && !s.settled[a.ID] {
			s.settled[a.ID] = true
			s.must(ts, http.MethodPost, "/api/runs/RUN/approvals/"+a.ID, args[0], nil)
		}
	}
	show(ts, s.follow(ts, x))
}

// answer answers what a server asks in the newest run, and follows that.
func answer(ts *testscript.TestScript, s *stage, refused bool, args []string) {
	x, args := readExtent(ts, args)
	for _, call := range calls(s.follow(ts, extent{wait: true})) {
		if a := call.Asks; a != nil && a.Action == "" && !s.settled[a.ID] {
			if refused {
				write(http.MethodPost)(ts, s, false, []string{"/api/runs/RUN/elicitations/" + a.ID, args[0]})
				return
			}
			s.settled[a.ID] = true
			s.must(ts, http.MethodPost, "/api/runs/RUN/elicitations/"+a.ID, args[0], nil)
		}
	}
	show(ts, s.follow(ts, x))
}

func followAgain(ts *testscript.TestScript, s *stage, _ bool, args []string) {
	x, _ := readExtent(ts, args)
	show(ts, s.follow(ts, x))
}

func cancel(ts *testscript.TestScript, s *stage, _ bool, _ []string) {
	s.must(ts, http.MethodPost, "/api/runs/RUN/stop", "", nil)
	show(ts, s.follow(ts, extent{}))
}

// follow folds the events of the newest run until it ends, or as far as it is to.
func (s *stage) follow(ts *testscript.TestScript, x extent) chat.Message {
	ctx, cancel := deadlined()
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.running(ts).base+"/api/runs/"+s.run+"/events", nil)
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
		if s.far(x, e) || x.until != "" && strings.Contains(data, x.until) {
			return m
		}
	}
	ts.Check(lines.Err())
	return m
}

// far reports whether an answer is followed no further than this event.
func (s *stage) far(x extent, e chat.Event) bool {
	switch e := e.(type) {
	case chat.TextDelta:
		return x.begin
	case chat.ToolApprovalRequest:
		return x.wait && !s.settled[e.ApprovalID]
	case chat.ElicitationAsked:
		return x.wait && !s.settled[e.Data.ID]
	default:
		return false
	}
}

func calls(m chat.Message) (calls []chat.ToolPart) {
	for _, p := range m.Parts {
		if call, ok := p.(chat.ToolPart); ok {
			calls = append(calls, call)
		}
	}
	return calls
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
