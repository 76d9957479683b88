package llm

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// listed takes the list of a server's tools, which is kept so that the provider
// does not ask for it again. A list that could not be read is not kept.
func (a *assembler) listed(raw outputItem) (keep bool) {
	why, failed := remoteError(raw.Error)
	if !failed {
		return true
	}
	a.out.send(chat.RemoteFailed{
		Server: serverOf(a.servers, string(raw.Label)).ID,
		Reason: fmt.Sprintf("%s could not read its tools: %s", a.client.provider, sentence(why.text)),
	})
	return false
}

// remoteReady shows a call whose arguments are complete, if it is known whose it is.
func (a *assembler) remoteReady(e *event) {
	it := a.find(e, typeRemote)
	if it.name != "" {
		a.remoteCall(it, outputItem{Name: it.name, Label: loose(it.label), Arguments: e.Arguments})
	}
}

// remoteCall shows a call of a server that is complete and now made.
func (a *assembler) remoteCall(it *item, raw outputItem) {
	if it.name == "" {
		it.name, it.label = raw.Name, string(raw.Label)
	}
	arguments := string(raw.Arguments)
	if arguments == "" {
		arguments = it.arguments.String()
	}
	if strings.TrimSpace(arguments) == "" {
		arguments = "{}"
	}
	a.offer(it, refOf(a.servers, it.label, it.name), arguments)
}

// remoteResult shows what a server gave back. That the tool itself failed is a
// result; that it could not be called is none.
func (a *assembler) remoteResult(it *item, raw outputItem) {
	result := chat.HostedResult{CallID: it.partID, Result: chat.ToolResult{Text: string(raw.Output)}}
	why, failed := remoteError(raw.Error)
	switch {
	case failed && why.byTool:
		result.Result = chat.ToolResult{Text: why.text, IsError: true}
	case failed:
		result.Result, result.Failure, result.Kind = chat.ToolResult{}, sentence(why.text), why.kind
	case raw.Status == "failed":
		result.Result, result.Failure = chat.ToolResult{}, "The call failed."
	case raw.Status == "incomplete" || raw.Status == "calling" || raw.Status == "in_progress":
		result.Result, result.Failure = chat.ToolResult{}, "The call was cut off before a result arrived; it may have been carried out."
	case result.Result.Text == "":
		result.Result.Text = "The tool returned nothing."
	}
	a.send(result)
}

// remoteFailure is why a server could not be used.
type remoteFailure struct {
	text   string
	byTool bool      // the tool says so itself
	kind   chat.Kind // empty if that is not known
}

// remoteError reads the member "error" of an item of a server, an object of three
// kinds or plain text.
func remoteError(raw json.RawMessage) (remoteFailure, bool) {
	if len(raw) == 0 || string(raw) == "null" {
		return remoteFailure{}, false
	}
	var e struct {
		Type    string          `json:"type"`
		Code    loose           `json:"code"`
		Message string          `json:"message"`
		Content json.RawMessage `json:"content"`
	}
	if json.Unmarshal(raw, &e) != nil {
		return remoteFailure{text: string(looseOf(raw))}, true
	}
	var content content
	_ = json.Unmarshal(e.Content, &content)
	switch {
	case e.Type == "mcp_tool_execution_error":
		return remoteFailure{text: firstOf(content.text, e.Message, "The tool reported an error."), byTool: true}, true
	case e.Code != "" && e.Message != "":
		why := remoteFailure{text: fmt.Sprintf("%s (code %s)", strings.TrimRight(e.Message, ". "), e.Code)}
		if e.Type == "http_error" {
			why.kind = kindOfHTTP(string(e.Code))
		}
		return why, true
	default:
		return remoteFailure{text: firstOf(e.Message, content.text, string(raw))}, true
	}
}

// kindOfHTTP tells what a status of a server means for a call.
func kindOfHTTP(status string) chat.Kind {
	switch status {
	case "401":
		return chat.KindUnauthenticated
	case "403":
		return chat.KindForbidden
	default:
		return chat.KindServerDown
	}
}

func firstOf(texts ...string) string {
	i := slices.IndexFunc(texts, func(s string) bool { return strings.TrimSpace(s) != "" })
	if i < 0 {
		return ""
	}
	return texts[i]
}

// sentence makes one line that ends in a full stop of what a server said.
func sentence(text string) string {
	text = cutText(strings.Join(strings.Fields(text), " "), maxErrorMessage)
	if text == "" {
		return "no reason is given."
	}
	if last := text[len(text)-1]; last != '.' && last != '!' && last != '?' {
		text += "."
	}
	return text
}

// explainReply is explain for the failure of a reply, which may be a server's fault.
func (c *Client) explainReply(model string, f failure) error {
	server, ok := listFailure(f, c.servers)
	if !ok {
		return c.explain(opReply, model, f)
	}
	status := ""
	if s := statusIn(f.message); s != "" {
		status = " (status " + s + ")"
	}
	return &listFailed{server: server, err: &chat.Error{
		Kind: chat.KindServerDown, Op: opReply, Trace: f.trace(), Err: f,
		Message: fmt.Sprintf("%s could not read the tools of %s%s. Connect that server again or leave it out, then ask again.", c.provider, firstOf(server.Name, server.ID), status),
	}}
}

// listFailed says that a response died because the tools of a server could not be
// read.
type listFailed struct {
	server chat.RemoteServer
	err    *chat.Error
}

func (e *listFailed) Error() string { return e.err.Error() }
func (e *listFailed) Unwrap() error { return e.err }

// listFailure finds the server that killed a response: the provider names it by its
// label, in quotes.
func listFailure(f failure, servers []labelled) (chat.RemoteServer, bool) {
	if !containsAny(strings.ToLower(f.message), "mcp server", "tool list", "list tools") && f.status != 424 {
		return chat.RemoteServer{}, false
	}
	for _, s := range servers {
		if regexp.MustCompile(`(^|[^A-Za-z0-9_-])` + regexp.QuoteMeta(s.label) + `([^A-Za-z0-9_-]|$)`).MatchString(f.message) {
			return s.RemoteServer, true
		}
	}
	if len(servers) == 1 {
		return servers[0].RemoteServer, true
	}
	return chat.RemoteServer{}, false
}

// statusIn returns the HTTP status that a provider's words mention, "" if none.
func statusIn(message string) string {
	found := regexp.MustCompile(`(?i)status code:?\s*(\d{3})`).FindStringSubmatch(message)
	if found == nil {
		return ""
	}
	return found[1]
}
