package toolbox

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// What a server may ask of a person.
const (
	maxAsks     = 20      // in a call
	maxQuestion = 4 << 10 // bytes of the message
	maxVisit    = 2 << 10 // bytes of a URL
	maxKept     = 16      // questions that a line keeps as they came
)

var (
	errEnough    = errors.New("the server has asked enough")
	errNoForm    = errors.New("a question is neither a form nor a visit to a page")
	errNoPage    = errors.New("a page to visit has no address of the web")
	errLongAsked = errors.New("a question is too long")
)

// elicit answers a server of a revision with sessions. The question is of the call on
// whose stream it came, or else of the newest.
func (l *line) elicit(ctx context.Context, req *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
	schema, o := l.asItCame(req.Params)
	if o == nil {
		o = l.newest()
	}
	if o == nil {
		return &mcp.ElicitResult{Action: "decline"}, nil
	}
	return o.elicit(ctx, l, req.Params, schema, false), nil
}

// elicit asks the person what the server wants to know. What cannot be asked is
// declined; what nobody answers is cancelled. Lasts is as in chat.Elicitation.
func (o *ongoing) elicit(ctx context.Context, l *line, p *mcp.ElicitParams, schema json.RawMessage, lasts bool) *mcp.ElicitResult {
	question, fields, err := questionOf(p, schema)
	question.Lasts = lasts
	if err != nil {
		o.note(declined(err))
		return &mcp.ElicitResult{Action: "decline"}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if question.URL != "" && p.ElicitationID != "" {
		defer l.awaitVisit(p.ElicitationID, func() { cancel(chat.ErrVisited) })()
	}
	answer, err := o.ask(ctx, question)
	switch {
	case errors.Is(context.Cause(ctx), chat.ErrVisited):
		return &mcp.ElicitResult{Action: "accept"}
	case errors.Is(err, errEnough), err == nil && answer.Action == "decline":
		return &mcp.ElicitResult{Action: "decline"}
	case err != nil || answer.Action != "accept":
		return &mcp.ElicitResult{Action: "cancel"}
	case question.URL != "":
		return &mcp.ElicitResult{Action: "accept"}
	}
	content, err := fields.Check(answer.Content)
	if err != nil {
		return &mcp.ElicitResult{Action: "cancel"} // the watcher lets no such answer pass
	}
	return &mcp.ElicitResult{Action: "accept", Content: content}
}

// declined tells the person what they were not asked.
func declined(err error) string {
	switch {
	case errors.Is(err, errNoPage):
		return "The server asked for a visit to an address that is none of a web page; that was declined."
	case errors.Is(err, errLongAsked):
		return "The server asked at a length that cannot be shown; that was declined."
	}
	return "The server asked for something that is no plain form; that was declined."
}

// ask puts one question to the person, after those that are open. The clock of the
// call stands still meanwhile. It waits until ctx or the call ends.
func (o *ongoing) ask(ctx context.Context, e chat.Elicitation) (chat.ElicitationAnswer, error) {
	o.mu.Lock()
	if o.over || o.asks == maxAsks {
		o.mu.Unlock()
		return chat.ElicitationAnswer{}, errEnough
	}
	o.asks++
	o.running.Add(1)
	o.mu.Unlock()
	defer o.running.Done()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(o.ctx, func() { cancel(context.Cause(o.ctx)) })()
	defer o.clock.pause()()
	select {
	case o.asking <- struct{}{}:
		defer func() { <-o.asking }()
	case <-ctx.Done():
		return chat.ElicitationAnswer{}, context.Cause(ctx)
	}
	return o.watcher.Elicit(ctx, e)
}

// questionOf reads what a server asks. Schema is the form as it came.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation
func questionOf(p *mcp.ElicitParams, schema json.RawMessage) (chat.Elicitation, chat.Form, error) {
	question := chat.Elicitation{Message: p.Message}
	if len(p.Message) > maxQuestion {
		return question, chat.Form{}, errLongAsked
	}
	if p.URL != "" || p.Mode == "url" {
		question.URL = p.URL
		return question, chat.Form{}, checkVisit(p)
	}
	if p.Mode != "" && p.Mode != "form" {
		return question, chat.Form{}, errNoForm
	}
	fields, err := chat.ReadForm(schema)
	question.Schema = schema
	return question, fields, err
}

// checkVisit checks the address of a page that the person shall visit. We never
// fetch it.
func checkVisit(p *mcp.ElicitParams) error {
	if len(p.URL) > maxVisit {
		return errLongAsked
	}
	u, err := url.Parse(p.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || p.RequestedSchema != nil {
		return errNoPage
	}
	return nil
}

// awaitVisit calls complete when the server says so, until it is told to stop.
func (l *line) awaitVisit(id string, complete func()) (stop func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.visits[id] = complete
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.visits, id)
	}
}

func (l *line) complete(params json.RawMessage) {
	var p struct{ ElicitationID string }
	if json.Unmarshal(params, &p) != nil {
		return
	}
	l.mu.Lock()
	done := l.visits[p.ElicitationID]
	l.mu.Unlock()
	if done != nil {
		done()
	}
}

// asked is a question as it came, and the call on whose stream it did.
type asked struct {
	message string
	schema  json.RawMessage
	of      *ongoing
}

// keepAsked keeps a question as it came: the SDK decodes its form, which loses the order
// of the fields. The caller holds the lock.
func (l *line) keepAsked(req *jsonrpc.Request) {
	var p struct {
		Message         string
		RequestedSchema json.RawMessage
	}
	of := l.originOf(req)
	if json.Unmarshal(req.Params, &p) != nil || len(p.RequestedSchema) > chat.MaxForm || len(p.Message) > maxQuestion {
		return
	}
	if len(l.asks) == maxKept {
		l.asks = slices.Delete(l.asks, 0, 1)
	}
	l.asks = append(l.asks, asked{p.Message, p.RequestedSchema, of})
}

// asItCame returns the form of a question as it came, and the call that it is of, nil if
// that is not known.
func (l *line) asItCame(p *mcp.ElicitParams) (json.RawMessage, *ongoing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, a := range l.asks {
		var same any
		if len(a.schema) > 0 && json.Unmarshal(a.schema, &same) != nil {
			continue
		}
		if a.message == p.Message && reflect.DeepEqual(same, p.RequestedSchema) {
			l.asks = slices.Delete(l.asks, i, i+1)
			return a.schema, a.of
		}
	}
	if p.RequestedSchema == nil {
		return nil, nil
	}
	schema, err := json.Marshal(p.RequestedSchema)
	if err != nil {
		return nil, nil
	}
	return schema, nil
}
