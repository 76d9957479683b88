package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// turn is the loop of one answer: call the model, carry out the calls it asks
// for, call it again with their results, until it asks for nothing.
type turn struct {
	engine *Engine
	caller Caller
	plan   *plan
	rec    *recorder
	tools  Tools
	usage  *Usage
	// written counts the bytes of text, reasoning and arguments.
	written int
}

// run emits every event of the answer but the last, which it returns.
func (t *turn) run(ctx context.Context) Event {
	t.open()
	reason, err := t.guarded(ctx)
	for _, ev := range Closing(t.rec.message(), interrupted(ctx)) {
		t.rec.emit(ev)
	}
	return t.engine.terminal(ctx, reason, t.usage, err)
}

// guarded is loop, whose panics end this run and no other.
func (t *turn) guarded(ctx context.Context) (reason string, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked("answer", v)
		}
	}()
	return t.loop(ctx)
}

// panicked is the error that a panic becomes, with its stack for the log.
func panicked(op string, v any) error {
	return &Error{Kind: KindInternal, Op: op, Err: fmt.Errorf("panic: %v\n%s", v, debug.Stack())}
}

func interrupted(ctx context.Context) string {
	if errors.Is(context.Cause(ctx), errStopped) {
		return "Stopped before the result arrived; the call may have been carried out."
	}
	return "Interrupted before the result arrived; the call may have been carried out."
}

func (t *turn) open() {
	p := t.plan
	t.rec.emit(Start{MessageID: p.answer.ID, Metadata: StartDetails{
		RunID: p.run.ID, ParentID: p.answer.ParentID, Model: p.model.ID, At: p.answer.CreatedAt,
	}})
	if p.title != "" {
		t.rec.emit(TitleSet{Data: TitleData{Title: p.title}})
	}
}

func (t *turn) loop(ctx context.Context) (reason string, err error) {
	t.tools, err = t.engine.Toolbox.Open(ctx, t.caller, t.plan.servers)
	if err != nil {
		return "", err
	}
	defer t.hangUp(ctx)
	for _, n := range t.tools.Unavailable() {
		t.rec.emit(ServerNoticed{Data: n})
	}
	for range t.engine.EngineConfig.Limits.MaxSteps {
		t.rec.emit(StartStep{})
		calls, done, err := t.step(ctx)
		if err != nil {
			return "", err
		}
		t.perform(ctx, calls)
		if err := context.Cause(ctx); err != nil {
			return "", err
		}
		t.rec.emit(FinishStep{})
		if len(calls) == 0 {
			return done.Reason, nil
		}
	}
	return "", &Error{
		Kind: KindLimit, Op: "answer",
		Message: fmt.Sprintf("The model called tools in %d rounds without coming to an answer, the most that is allowed.", t.engine.EngineConfig.Limits.MaxSteps),
	}
}

// hangUp closes the tools. That this failed is no reason to take back an answer.
func (t *turn) hangUp(ctx context.Context) {
	if err := t.tools.Close(); err != nil {
		t.engine.Log.LogAttrs(ctx, slog.LevelWarn, "tools not closed", slog.Any("error", err))
	}
}

// step streams one reply of the model and returns the calls that it asks for.
func (t *turn) step(ctx context.Context) ([]CallReady, ReplyDone, error) {
	// Ids are the provider's and may repeat from reply to reply; parts need their own.
	reply := &reply{turn: t, step: t.rec.message().Steps}
	defer reply.close()
	for chunk, err := range t.plan.provider.Reply(ctx, t.prompt()) {
		if err != nil {
			return nil, ReplyDone{}, err
		}
		if err := reply.take(chunk); err != nil {
			return nil, ReplyDone{}, err
		}
		if reply.done != nil {
			return reply.calls, *reply.done, nil
		}
	}
	return nil, ReplyDone{}, &Error{
		Kind: KindProtocol, Op: "stream reply",
		Message: "The model's answer broke off before its end.",
	}
}

func (t *turn) prompt() Prompt {
	path := append(t.plan.path[:len(t.plan.path):len(t.plan.path)], t.rec.message())
	return Prompt{
		Model:        t.plan.model.ID,
		Instructions: t.engine.Instructions,
		Path:         path,
		Tools:        t.tools.List(),
		User:         pseudonym(t.caller.Subject),
	}
}

// perform carries out the calls of one step, some of them side by side.
func (t *turn) perform(ctx context.Context, calls []CallReady) {
	slots := make(chan struct{}, t.engine.EngineConfig.Limits.MaxCalls)
	var all sync.WaitGroup
	for _, call := range calls {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if ctx.Err() == nil {
				t.call(ctx, call)
			}
		})
	}
	all.Wait()
}

// call carries out one call. Whatever goes wrong is told to the model as the
// call's result, so that it can mend it; only the end of ctx leaves it open.
func (t *turn) call(ctx context.Context, call CallReady) {
	ref, known := t.ref(call.Name)
	input, valid := arguments(call.Arguments)
	began := t.engine.Now()
	t.rec.emit(ToolInputAvailable{
		CallID: call.CallID, ToolName: call.Name, Dynamic: true, Input: input, Metadata: ref, At: began,
	})
	fail := func(text string) {
		t.rec.emit(ToolOutputError{CallID: call.CallID, Dynamic: true, ErrorText: text, DurationMS: t.since(began)})
	}
	if !known {
		fail(fmt.Sprintf("There is no tool called %q.", call.Name))
		return
	}
	if !valid {
		fail("The arguments are not a JSON object.")
		return
	}
	callCtx, cancel := context.WithTimeoutCause(ctx, t.engine.EngineConfig.Limits.CallTime, errTimedOut)
	defer cancel()
	result, err := t.safely(callCtx, call.Name, input)
	switch {
	case err == nil:
		t.rec.emit(ToolOutputAvailable{CallID: call.CallID, Dynamic: true, Output: result, DurationMS: t.since(began)})
	case ctx.Err() != nil:
	case callCtx.Err() != nil:
		fail(fmt.Sprintf("No result after %s, so the call was cancelled; the server may have carried it out.", t.engine.EngineConfig.Limits.CallTime))
	default:
		fail(MessageOf(err))
	}
}

// safely calls a tool; a panic in it is an error, and logged.
func (t *turn) safely(ctx context.Context, name string, input json.RawMessage) (result ToolResult, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked("call tool", v)
			t.engine.Log.LogAttrs(ctx, slog.LevelError, "tool panicked", slog.String("tool", name), slog.Any("error", err))
		}
	}()
	return t.tools.Call(ctx, name, input, Nobody{})
}

func (t *turn) since(began time.Time) int64 {
	return t.engine.Now().Sub(began).Milliseconds()
}

// ref returns what people shall read of a tool, and whether it exists.
func (t *turn) ref(name string) (ToolRef, bool) {
	for _, tool := range t.tools.List() {
		if tool.Name == name {
			return tool.ToolRef, true
		}
	}
	return ToolRef{Name: name, Tool: name}, false
}

// arguments returns the arguments that a model wrote as a JSON object. Nothing at
// all counts as the empty object; what is no object is kept as a JSON string.
func arguments(text string) (input json.RawMessage, ok bool) {
	if strings.TrimSpace(text) == "" {
		return json.RawMessage("{}"), true
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err == nil && object != nil {
		return json.RawMessage(text), true
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		return json.RawMessage(`""`), false
	}
	return quoted, false
}
