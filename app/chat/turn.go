package chat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
)

// turn is the loop of one answer: call the model, carry out the calls it asks
// for, call it again with their results, until it asks for nothing. A turn that
// has to wait for a person ends as parked; another one goes on from its answer.
type turn struct {
	engine *Engine
	caller Caller
	run    *liveRun
	plan   *plan
	rec    *recorder
	tools  Tools
	belt   belt
	clock  *stopwatch
	// begun is the ids of released calls that this turn has carried out, or tried to.
	begun sync.Map
	// toolTokens is what of the newest request was tools, about.
	toolTokens int64
	// written counts the bytes of text, reasoning and arguments; replied those of the
	// newest reply.
	written, replied int
	// left is how many tokens were left at the newest request, and reading how many it had,
	// about.
	left, reading int64
}

// newTurn is not inlined, so that what it makes is on the heap: of that each stream has what
// it needs, and of its stack a power of two.
//
//go:noinline
func newTurn(e *Engine, run *liveRun, p *plan, clock *stopwatch) *turn {
	return &turn{engine: e, caller: run.served(), run: run, plan: p, rec: run.rec, clock: clock}
}

// outcome is how a stretch of work ended: parked, or with the reason of the model's
// last reply, or with an error.
type outcome struct {
	parked bool
	reason string
	err    error
}

// proceed emits the events of a stretch of work, all but the last of the run.
func (t *turn) proceed(ctx context.Context) outcome {
	t.open()
	o := t.guarded(ctx)
	if !o.parked {
		o = t.windUp(ctx, o)
	}
	return o
}

// windUp closes what a stretch of work that is over has left open.
func (t *turn) windUp(ctx context.Context, o outcome) outcome {
	if o.err == nil {
		t.ground(ctx)
	}
	t.giveUp()
	shutdown := errors.Is(context.Cause(ctx), errShutdown)
	if shutdown {
		t.rec.emitAll(outlasting(t.rec.message(), t.engine.Now()))
	}
	left := t.rec.message()
	if shutdown && left.awaits() {
		// What waits for a person goes on waiting at the next start.
		t.rec.emitAll(closing(left, interrupted(ctx), isAsked))
		return outcome{parked: true}
	}
	t.rec.emitAll(Closing(left, interrupted(ctx)))
	return o
}

// guarded is loop, whose panics end this run and no other.
func (t *turn) guarded(ctx context.Context) (o outcome) {
	defer func() {
		if v := recover(); v != nil {
			o = outcome{err: panicked("answer", v)}
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

// open tells that the answer begins, unless it has begun already.
func (t *turn) open() {
	answer := t.rec.message()
	if answer.Steps > 0 {
		return
	}
	t.rec.emit(Start{MessageID: answer.ID, Metadata: StartDetails{
		RunID: t.run.ID, ParentID: answer.ParentID, Model: t.plan.model.ID, At: answer.CreatedAt,
	}})
	if t.plan.title != "" {
		t.rec.emit(TitleSet{Data: TitleData{Title: t.plan.title}})
	}
}

func (t *turn) loop(ctx context.Context) outcome {
	if err := context.Cause(ctx); err != nil {
		return outcome{err: err}
	}
	if err := t.openTools(ctx); err != nil {
		return outcome{err: err}
	}
	defer t.hangUp(ctx)
	// A turn that goes on does so in the middle of a step.
	for resumed := t.rec.steps() > 0; ; resumed = false {
		var calls []CallReady
		if resumed {
			// What was decided, so that nobody is asked again for what was carried out.
			if err := t.engine.flush(context.WithoutCancel(ctx), t.run); err != nil {
				return outcome{err: err}
			}
		} else {
			reply, err := t.step(ctx)
			if err != nil {
				return outcome{err: err}
			}
			if !reply.asks() {
				t.rec.emit(FinishStep{})
				return outcome{reason: reply.done.Reason}
			}
			calls = reply.calls
		}
		if t.perform(ctx, calls) {
			return outcome{parked: true}
		}
		if err := context.Cause(ctx); err != nil {
			return outcome{err: err}
		}
		t.rec.emit(FinishStep{})
	}
}

// openTools connects to the chosen servers. Those that cannot be used are told once, if
// that is worth a word.
func (t *turn) openTools(ctx context.Context) (err error) {
	t.tools, err = t.engine.Toolbox.Open(ctx, t.caller, t.plan.settings.Servers)
	if err != nil {
		return err
	}
	t.run.use(t.tools)
	t.belt = newBelt(t.tools.List(), t.plan.settings.ToolsOff, t.engine.EngineConfig.Limits.MaxTools, !t.plan.model.Scripted)
	if t.rec.steps() > 0 {
		return nil
	}
	for _, n := range t.tools.Unavailable() {
		if t.isTold(n) {
			t.rec.emit(ServerNoticed{Data: n})
		}
	}
	return nil
}

// hangUp closes the tools. That this failed is no reason to take back an answer.
func (t *turn) hangUp(ctx context.Context) {
	t.run.use(nil)
	t.engine.hangUp(ctx, t.tools)
}

func (e *Engine) hangUp(ctx context.Context, tools Tools) {
	if err := tools.Close(); err != nil {
		e.Log.LogAttrs(ctx, slog.LevelWarn, "tools not closed", slog.Any("error", err))
	}
}

// step streams one reply of the model.
func (t *turn) step(ctx context.Context) (*reply, error) {
	if err := cmp.Or(t.plan.lost, t.afford()); err != nil {
		return nil, err
	}
	t.rec.emit(StartStep{})
	// Ids are the provider's and may repeat from reply to reply; parts need their own.
	reply := &reply{turn: t, step: t.rec.steps()}
	defer reply.close()
	chunks, most := t.ask(ctx)
	for chunk, err := range chunks {
		if err != nil {
			reply.broken(ctx)
			return nil, err
		}
		reply.begun = true
		if err := reply.take(ctx, chunk); err != nil {
			reply.broken(ctx)
			return nil, err
		}
		if reply.done != nil && most > 0 && reply.done.Reason == "length" && !reply.asks() {
			return nil, t.overTokens()
		}
		if reply.done != nil {
			return reply, nil
		}
	}
	reply.broken(ctx)
	return nil, &Error{
		Kind: KindProtocol, Op: "stream reply",
		Message: "The model's answer broke off before its end.",
	}
}

// ask puts the prompt to the model, and returns how many tokens its reply may have at most,
// 0 if there is no limit.
func (t *turn) ask(ctx context.Context) (chunks iter.Seq2[Chunk, error], most int64) {
	prompt := t.within(t.prompt())
	t.replied = 0
	return t.plan.provider.Reply(ctx, prompt), prompt.MaxOutput
}

func (t *turn) prompt() Prompt {
	path := append(t.plan.path[:len(t.plan.path):len(t.plan.path)], t.rec.message())
	offered := t.belt.offer(path)
	if !t.plan.model.Scripted {
		path = numbered(path)
	}
	t.toolTokens = toolTokens(offered, path)
	return Prompt{
		Model:        t.plan.model.ID,
		Instructions: t.instructions(),
		Path:         path,
		Tools:        offered,
		Hosted:       t.plan.settings.Hosted,
		Remote:       t.remote(),
		User:         pseudonym(t.caller.Subject),
	}
}

// remote returns the servers that the provider shall call itself, without the tools
// that are switched off, and with those that a person has to approve. A server that
// the provider could not use is left out for the rest of the turn.
func (t *turn) remote() []RemoteServer {
	told := t.rec.message().Notices
	servers := slices.DeleteFunc(slices.Clone(t.tools.Remote()), func(s RemoteServer) bool {
		return slices.ContainsFunc(told, func(n ServerNotice) bool { return n.Server == s.ID })
	})
	for i := range servers {
		s := &servers[i]
		s.Tools = slices.DeleteFunc(slices.Clone(s.Tools), func(tool Tool) bool {
			return slices.Contains(t.plan.settings.ToolsOff, tool.Name)
		})
		s.Ask = nil
		for _, tool := range s.Tools {
			if t.engine.Approvals.Reason(tool) != "" {
				s.Ask = append(s.Ask, tool.Tool)
			}
		}
	}
	return servers
}
