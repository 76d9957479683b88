package chat

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// isHosted reports whether a provider runs the tool of that name itself.
func isHosted(name string) bool {
	return slices.Contains([]HostedTool{WebSearch, CodeInterpreter}, HostedTool(name))
}

// takeHosted turns chunks about what the provider itself does into events.
func (r *reply) takeHosted(ctx context.Context, c Chunk) error {
	switch c := c.(type) {
	case HostedCall:
		r.offer(c.CallID, c.Tool, c.Arguments)
	case HostedApproval:
		return r.seekApproval(ctx, c)
	case HostedResult:
		r.result(ctx, c)
	case RemoteFailed:
		r.turn.rec.emit(ServerNoticed{Data: r.turn.notice(c)})
	case FileChunk:
		r.file(ctx, c)
	}
	return nil
}

// offer shows a call that the provider carries out.
func (r *reply) offer(callID string, tool ToolRef, text string) {
	r.close()
	input, _ := arguments(text)
	r.turn.rec.emit(ToolInputAvailable{
		CallID: callID, ToolName: tool.Name, Dynamic: true, Input: input, Hosted: true, Metadata: tool, As: r.turn.as(tool), At: r.turn.engine.Now(),
	})
}

// seekApproval puts a call of a remote server before the person, unless they have
// approved it before.
func (r *reply) seekApproval(ctx context.Context, c HostedApproval) error {
	r.offer(c.CallID, c.Tool, c.Arguments)
	r.approvals++
	tool, _ := r.turn.remoteTool(c.Tool)
	may, err := r.turn.permission(ctx, tool)
	if err != nil {
		return err
	}
	scopes := may.scopes
	if !may.ask {
		scopes = []Scope{Once}
	}
	request := r.turn.request(c.CallID, tool, permission{reason: may.reason, scopes: scopes})
	if may.ask {
		return r.turn.engine.ask(ctx, r.turn.run, request, r.turn.engine.save)
	}
	request.At = time.Time{} // nothing waits
	r.turn.rec.emit(request)
	scope := Once
	if may.granted != nil {
		scope = may.granted.Scope
	}
	r.turn.rec.emit(ToolApprovalResponse{
		ApprovalID: request.ApprovalID, CallID: c.CallID, Approved: true, Scope: scope, At: r.turn.engine.Now(),
	})
	return nil
}

// result shows what came of a hosted call.
func (r *reply) result(ctx context.Context, c HostedResult) {
	took, tool := int64(0), ToolRef{}
	for _, p := range r.turn.rec.message().calls() {
		if p.CallID == c.CallID && p.StartedAt != nil {
			took, tool = r.turn.since(*p.StartedAt), p.Tool
		}
	}
	if c.Failure != "" {
		r.turn.rec.emit(ToolOutputError{CallID: c.CallID, Dynamic: true, ErrorText: c.Failure, Kind: c.Kind, DurationMS: took})
		return
	}
	r.turn.rec.emit(ToolOutputAvailable{CallID: c.CallID, Dynamic: true, Output: r.turn.keep(ctx, tool, c.Result), DurationMS: took})
}

// cite names a page on which a text rests, if it is an address that can be shown.
func (r *reply) cite(c SourceChunk) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return
	}
	r.sources++
	r.turn.rec.emit(SourceFound{
		ID: fmt.Sprintf("%d.s%d", r.step, r.sources), URL: c.URL, Title: c.Title,
		TextID: r.part(c.TextID), Start: c.Start, End: c.End,
	})
}

// remoteTool returns what is known of a tool of a remote server, and whether it has it.
func (t *turn) remoteTool(ref ToolRef) (tool Tool, known bool) {
	for _, s := range t.remote() {
		for _, tool := range s.Tools {
			if s.ID == ref.Server && tool.Tool == ref.Tool {
				return tool, true
			}
		}
	}
	return Tool{ToolRef: ref}, false
}

// notice tells of a remote server that the provider cannot use.
func (t *turn) notice(c RemoteFailed) ServerNotice {
	n := ServerNotice{Server: c.Server, Name: c.Server, Status: ServerDown, Error: c.Reason}
	for _, s := range t.remote() {
		if s.ID == c.Server {
			n.Name = s.Name
		}
	}
	return n
}
