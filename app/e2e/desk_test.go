package e2e

//lint:file-ignore SA1019 servers still do what is deprecated

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/rogpeppe/go-internal/testscript"
)

// desk is an MCP server over HTTP that a script can look into. At /mcp it keeps no
// sessions; at /old it does, as servers did up to revision 2025-11-25; at /private it
// is there for pomchat alone, like a server that no model's provider can reach. Its
// tools are
//
//	write    says what it was given; the only one that claims to change something
//	rows     gives two rows, as JSON in a text
//	slow     logs, tells of progress, and ends when it is let go or cancelled
//	form     asks the person for a name and an age, and says what it was answered
//	visit    asks the person to visit a page
//	within   asks for a name by a request within the call, for which it needs a session
type desk struct {
	*httptest.Server
	goOn    chan struct{} // closed when "slow" may end
	release func()

	mu    sync.Mutex
	notes []string
}

func newDesk() *desk {
	d := &desk{goOn: make(chan struct{})}
	d.release = sync.OnceFunc(func() { close(d.goOn) })
	s := mcp.NewServer(&mcp.Implementation{Name: "desk", Version: "1"}, nil)
	d.add(s, "write", func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return said("Written: " + string(r.Params.Arguments)), nil
	})
	d.add(s, "rows", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return said(`[{"Year":1996,"Sales":208083.97},{"Year":1997,"Sales":617085.2}]`), nil
	})
	d.add(s, "slow", d.slow)
	d.add(s, "form", asks(&mcp.ElicitParams{
		Mode: "form", Message: "Whose order is it?",
		RequestedSchema: json.RawMessage(`{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":18}},"required":["name","age"]}`),
	}))
	d.add(s, "visit", asks(&mcp.ElicitParams{Mode: "url", Message: "Log in there", URL: "https://login.example.com/?for=desk", ElicitationID: "e1"}))
	d.add(s, "within", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		answer, err := r.Session.Elicit(ctx, &mcp.ElicitParams{
			Message: "Who signs?", RequestedSchema: json.RawMessage(`{"type":"object","properties":{"name":{"type":"string"}}}`),
		})
		if err != nil {
			return nil, err
		}
		return answered(answer)
	})
	serve := func(stateless bool) http.Handler {
		return mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return s },
			&mcp.StreamableHTTPOptions{Stateless: stateless, PropagateRequestCancellation: true})
	}
	mux := http.NewServeMux()
	mux.Handle("/mcp", serve(true))
	mux.Handle("/old", serve(false))
	private := serve(true)
	mux.HandleFunc("/private", func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.UserAgent(), "pomchat/") {
			http.Error(w, "This is a private server.", http.StatusForbidden)
			return
		}
		private.ServeHTTP(w, r)
	})
	d.Server = httptest.NewServer(mux)
	return d
}

// add adds a tool, and notes its calls.
func (d *desk) add(s *mcp.Server, name string, do mcp.ToolHandler) {
	tool := &mcp.Tool{
		Name: name, Description: "A tool of the desk.", InputSchema: json.RawMessage(`{"type":"object"}`),
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: name != "write"},
	}
	s.AddTool(tool, func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		d.note(name + " " + string(r.Params.Arguments))
		return do(ctx, r)
	})
}

func (d *desk) slow(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	tell := func(done float64, message string) error {
		return r.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{
			ProgressToken: r.Params.GetProgressToken(), Progress: done, Total: 3, Message: message,
		})
	}
	if err := r.Session.Log(ctx, &mcp.LoggingMessageParams{Level: "warning", Logger: "drawers", Data: "One is locked."}); err != nil {
		return nil, err
	}
	if err := tell(1, "Opening the drawers"); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		d.note("slow was cancelled")
		return nil, ctx.Err()
	case <-d.goOn:
	}
	return said("All drawers are open."), tell(3, "Nearly there")
}

// asks returns a tool that asks first and says what it was answered.
func asks(p *mcp.ElicitParams) mcp.ToolHandler {
	return func(_ context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if answer, ok := r.Params.InputResponses["q"].(*mcp.ElicitResult); ok {
			return answered(answer)
		}
		return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{"q": p}, RequestState: "asked"}, nil
	}
}

func answered(a *mcp.ElicitResult) (*mcp.CallToolResult, error) {
	content, err := json.Marshal(a.Content)
	return said("Answered: " + a.Action + " " + string(content)), err
}

func said(text string) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}
}

func (d *desk) note(what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.notes = append(d.notes, what)
}

func (d *desk) noted() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.notes, "\n")
}

func (d *desk) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.notes = nil
}

// stop ends the server, as if it had crashed.
func (d *desk) stop() {
	d.release()
	d.CloseClientConnections()
	d.Close()
}

// lookAtDesk waits a while for what is to happen at the desk.
func lookAtDesk(ts *testscript.TestScript, s *stage, neg bool, args []string) {
	switch args[0] {
	case "-down":
		s.desk.stop()
		return
	case "-forget":
		s.desk.forget()
		return
	case "-go":
		s.desk.release()
		return
	}
	for end := time.Now().Add(10 * time.Second); !neg && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if strings.Contains(s.desk.noted(), args[0]) {
			return
		}
	}
	if has := strings.Contains(s.desk.noted(), args[0]); has == neg {
		ts.Fatalf("%q happened at the desk: %v\n%s", args[0], has, s.desk.noted())
	}
}
