package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// perform carries out the calls of one step, some of them side by side, and those
// that a person has approved. It reports whether some still wait for a person.
func (t *turn) perform(ctx context.Context, calls []CallReady) (waits bool) {
	inTurn(t.engine.EngineConfig.Limits.MaxCalls, calls, func(c CallReady) {
		if ctx.Err() == nil {
			t.call(ctx, c)
		}
	})
	for ctx.Err() == nil {
		approved := t.due(ctx)
		if len(approved) == 0 {
			return t.rec.message().awaits()
		}
		// Who is asked again after a crash must not approve what was carried out.
		if err := t.engine.flush(context.WithoutCancel(ctx), t.run); err != nil {
			t.run.stop(err)
			return false
		}
		inTurn(t.engine.EngineConfig.Limits.MaxCalls, approved, func(p ToolPart) {
			if ctx.Err() == nil {
				t.begun.Store(p.CallID, true)
				t.carryOut(ctx, p.CallID, p.Tool, p.Input, t.engine.Now())
			}
		})
	}
	return false
}

// answered returns the calls that a person has approved, or for which there is now what
// they waited for, and which nobody carried out. A hosted one is its provider's business.
func (m Message) answered() []ToolPart {
	return slices.DeleteFunc(m.calls(), func(p ToolPart) bool { return p.Hosted || !p.released() })
}

// inTurn does all the things, at most so many of them side by side.
func inTurn[T any](most int, things []T, do func(T)) {
	slots := make(chan struct{}, most)
	var all sync.WaitGroup
	for _, thing := range things {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			do(thing)
		})
	}
	all.Wait()
}

// call deals with one call that the model asks for: it is refused if it makes no
// sense, put before the person, or carried out.
func (t *turn) call(ctx context.Context, call CallReady) {
	tool, known := t.belt.find(call.Name)
	input, wrong := arguments(call.Arguments)
	began := t.engine.Now()
	ready := ToolInputAvailable{CallID: call.CallID, ToolName: call.Name, Dynamic: true, Input: input, Metadata: tool.ToolRef, As: t.as(tool.ToolRef), At: began}
	refuse := func(text string) {
		t.rec.emit(ready)
		t.rec.emit(ToolOutputError{CallID: call.CallID, Dynamic: true, ErrorText: text, DurationMS: t.since(began)})
	}
	if !known {
		refuse(fmt.Sprintf("There is no tool called %q.", call.Name))
		return
	}
	if wrong != "" {
		refuse(wrong)
		return
	}
	may, err := t.permission(ctx, tool)
	if err != nil {
		refuse(MessageOf(err))
		return
	}
	ready.Approval = may.granted
	t.rec.emit(ready)
	if may.ask {
		if err := t.engine.ask(ctx, t.run, t.request(call.CallID, tool, may), t.engine.save); err != nil {
			t.run.stop(err)
		}
		return
	}
	// What was approved for longer may change something: a crash must not take back that it was
	// called, or a model would call it again unawares.
	if may.granted != nil {
		if err := t.engine.flush(context.WithoutCancel(ctx), t.run); err != nil {
			t.rec.emit(ToolOutputError{CallID: call.CallID, Dynamic: true, ErrorText: notMade})
			t.run.stop(err)
			return
		}
	}
	t.carryOut(ctx, call.CallID, tool.ToolRef, input, began)
}

// as is whom the server of a tool takes for the caller; what has no server knows nobody.
func (t *turn) as(tool ToolRef) string {
	if tool.Server == "" {
		return ""
	}
	return t.caller.called()
}

// carryOut calls the tool. Whatever goes wrong is told to the model as the call's
// result, so that it can mend it, and that the person stopped the call too; only the end of
// ctx leaves the call open.
func (t *turn) carryOut(ctx context.Context, callID string, ref ToolRef, input json.RawMessage, began time.Time) {
	call, done := t.run.during(ctx, callID)
	defer done()
	result, err := unlessStopped(call, func() (ToolResult, error) { return t.safely(call, callID, ref, input) })
	failed := ToolOutputError{CallID: callID, Dynamic: true, DurationMS: t.since(began)}
	switch {
	case err == nil:
		if tool, _ := t.belt.find(ref.Name); tool.Server != "" {
			result = t.keep(ctx, tool.ToolRef, result)
		}
		t.rec.emit(ToolOutputAvailable{CallID: callID, Dynamic: true, Output: result, DurationMS: failed.DurationMS})
	case ctx.Err() != nil:
	case t.waits(ctx, callID, err):
	default:
		if t.waited(callID) && KindOf(err) == KindUnauthenticated {
			err = stillOut(ref, err)
		}
		failed.ErrorText, failed.Kind, failed.Trace = MessageOf(err), KindOf(err), TraceOf(err).orNil()
		t.rec.emit(failed)
	}
}

// safely calls a tool of a server, or the engine's own.
func (t *turn) safely(ctx context.Context, callID string, ref ToolRef, input json.RawMessage) (ToolResult, error) {
	return t.engine.guarded(ctx, ref, func() (ToolResult, error) {
		switch ref.Name {
		case findToolsName:
			return t.belt.answer(ctx, input)
		case readResultName:
			return t.readResult(ctx, input)
		}
		if err := t.outOfReach(ref); err != nil {
			return ToolResult{}, err
		}
		w := t.watcher(callID)
		defer w.close()
		return t.tools.Call(ctx, ref.Name, input, w)
	})
}

// guarded carries out a call; a panic in it is an error, and logged.
func (e *Engine) guarded(ctx context.Context, ref ToolRef, call func() (ToolResult, error)) (result ToolResult, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked("call tool", v)
			e.Log.LogAttrs(ctx, slog.LevelError, "tool panicked", slog.String("tool", ref.Name), slog.Any("error", err))
		}
	}()
	return call()
}

// outOfReach is why the server of a tool could not be opened. While a call waited, it may
// have gone, or still want to be connected.
func (t *turn) outOfReach(ref ToolRef) error {
	if _, ok := t.belt.find(ref.Name); ok {
		return nil
	}
	for _, n := range t.tools.Unavailable() {
		if n.Server == ref.Server {
			return n.failure()
		}
	}
	return nil
}

func (t *turn) since(began time.Time) int64 {
	return t.engine.Now().Sub(began).Milliseconds()
}
