package toolbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// maxRounds is how often a call goes out at most because the server first wants to
// know something.
const maxRounds = 10

// Why a call comes to nothing after all rounds.
var (
	errRounds    = errors.New("the server asks again and again")
	errBusy      = errors.New("the server says that it is busy")
	errDemands   = errors.New("the server wants what is not offered here")
	errUnvisited = errors.New("the person did not visit the page")
	errNonsense  = errors.New("the server's message makes no sense")
)

// settled reports whether a call came to nothing although the session is sound.
func settled(err error) bool {
	for _, why := range []error{errRounds, errBusy, errDemands, errUnvisited} {
		if errors.Is(err, why) {
			return true
		}
	}
	return false
}

// converse calls a tool, and again with the answers as long as the server wants to
// know something first: by an input-required result, or by the error that a page has
// to be visited.
//
// Source: https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr
// and https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#url-elicitation-required-error
func (s *session) converse(ctx context.Context, p mcp.CallToolParams, o *ongoing) (*mcp.CallToolResult, error) {
	defer s.line.enter(o)()
	busy := 0
	for range maxRounds {
		res, err := s.callOnce(ctx, p, o)
		if visits := visitsOf(err); visits != nil {
			if !o.visit(ctx, s.line, visits) {
				return nil, errors.Join(errUnvisited, context.Cause(ctx))
			}
			continue
		}
		if err != nil || res.InputRequests == nil && !res.NeedsInput() {
			return res, err
		}
		p.RequestState = res.RequestState
		if len(res.InputRequests) > 0 {
			p.InputResponses, err = o.respond(ctx, s.line, res.InputRequests)
		} else if busy++; busy == 3 {
			err = errBusy
		} else {
			err = pause(ctx, time.Duration(busy)*time.Second)
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, errRounds
}

// callOnce sends the call once. The SDK writes into the metadata.
func (s *session) callOnce(ctx context.Context, p mcp.CallToolParams, o *ongoing) (res *mcp.CallToolResult, err error) {
	p.Meta = mcp.Meta{"progressToken": o.token}
	if s.line.agreedRevision() >= statelessRevision {
		askForLogs(p.Meta)
	}
	err = guarded(func() (err error) {
		res, err = s.CallTool(ctx, &p)
		return err
	})
	o.cutOff(ctx.Err() != nil)
	return res, err
}

// respond answers, one after the other, what a server wants to know.
func (o *ongoing) respond(ctx context.Context, l *line, requests mcp.InputRequestMap) (mcp.InputResponseMap, error) {
	var came struct {
		InputRequests map[string]struct {
			Params struct{ RequestedSchema json.RawMessage }
		}
	}
	if err := json.Unmarshal(o.rawResult(), &came); err != nil {
		return nil, fmt.Errorf("read what the server asks: %w", err)
	}
	responses := mcp.InputResponseMap{}
	for _, id := range slices.Sorted(maps.Keys(requests)) {
		p, ok := requests[id].(*mcp.ElicitParams)
		if !ok {
			return nil, fmt.Errorf("%w: %T", errDemands, requests[id])
		}
		responses[id] = o.elicit(ctx, l, p, came.InputRequests[id].Params.RequestedSchema, true)
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
	}
	return responses, nil
}

// visit asks the person to visit all these pages.
func (o *ongoing) visit(ctx context.Context, l *line, visits []*mcp.ElicitParams) bool {
	for _, p := range visits {
		if o.elicit(ctx, l, p, nil, true).Action != "accept" {
			return false
		}
	}
	return true
}

// visitsOf returns the pages that have to be visited before a call, nil if that is
// not why it failed.
func visitsOf(err error) []*mcp.ElicitParams {
	e, ok := errors.AsType[*jsonrpc.Error](err)
	if !ok || e.Code != mcp.CodeURLElicitationRequired {
		return nil
	}
	var data struct{ Elicitations []*mcp.ElicitParams }
	if json.Unmarshal(e.Data, &data) != nil || len(data.Elicitations) == 0 {
		return nil
	}
	for _, p := range data.Elicitations {
		if p == nil || p.Mode != "url" {
			return nil
		}
	}
	return data.Elicitations
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
