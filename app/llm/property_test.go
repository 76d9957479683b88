package llm_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// Whatever befalls a thread, the next request is valid. Threads of random questions are
// answered by the engine, with calls that are approved, denied and left alone, by models of both
// APIs in turn; each answer is then cut off after any of its events, with any of the
// provider's items that it had until there, as a crash leaves it; and the next question
// goes on from there, or from an older message, or asks for the rest, or for another answer.
func TestAnyPrefixOfAnyEventsIsAValidRequest(t *testing.T) {
	threads := 120
	if testing.Short() {
		threads = 10
	}
	tickets := newTicketServer(t)
	for seed := range uint64(threads) {
		p := newCutThread(t, seed, tickets)
		for range 5 {
			p.turn()
		}
		for api, fake := range p.fakes {
			if bad := fake.Refused(); len(bad) > 0 {
				t.Fatalf("seed %d: a request by %s was refused: %s\n%s", seed, api, bad[0], strings.Join(p.story, "\n"))
			}
		}
	}
}

// cutThread is a thread whose answers are cut off.
type cutThread struct {
	t      *testing.T
	rnd    *rand.Rand
	engine *chat.Engine
	store  *cuttingStore
	fakes  map[llm.API]*llmtest.Server
	remote bool // its provider calls a server itself

	mu    sync.Mutex
	story []string // what was done
}

const threadID, owner = "thr_1", chat.Subject("ann")

// cuttingStore keeps of an answer what a crash at some time would have left.
type cuttingStore struct {
	*chattest.Store
	rnd  *rand.Rand
	told func(string, ...any)
}

// EndRun implements chat.Journal.
func (s *cuttingStore) EndRun(ctx context.Context, r chat.Run, rest []chat.Numbered, answer chat.Message) error {
	if s.rnd.IntN(4) == 0 {
		s.told("  whole: %s", answer.Status)
		return s.Store.EndRun(ctx, r, rest, answer)
	}
	before, err := s.Events(ctx, r.Owner, r.ID, 0)
	if err != nil {
		return err
	}
	events := append(before, rest...)
	n := s.rnd.IntN(len(events))
	cut := chat.Message{ID: answer.ID, ParentID: answer.ParentID, Role: answer.Role, RunID: answer.RunID, Model: answer.Model, CreatedAt: answer.CreatedAt, Status: chat.StatusRunning, Parts: chat.Parts{}}
	for _, e := range events[:n] {
		cut = chat.Apply(cut, e.Event)
	}
	for _, item := range answer.Native[:s.rnd.IntN(len(answer.Native)+1)] {
		if strings.Contains(string(item.Raw), "call_id") && !shows(cut, item.PartID) {
			break // an item is never stored before the events that tell of its call
		}
		cut.Native = append(cut.Native, item)
	}
	for _, e := range chat.Closing(cut, "The server stopped before the result arrived.") {
		cut = chat.Apply(cut, e)
	}
	cut = chat.Apply(cut, chat.Failed{Kind: chat.KindInterrupted, ErrorText: "The server stopped."})
	s.told("  cut after %d of %d events and %d of %d items", n, len(events), len(cut.Native), len(answer.Native))
	r.Status = cut.Status
	return s.Store.EndRun(ctx, r, rest, cut)
}

func shows(m chat.Message, callID string) bool {
	return slices.ContainsFunc(m.Parts, func(p chat.Part) bool {
		call, ok := p.(chat.ToolPart)
		return ok && call.CallID == callID
	})
}

func newCutThread(t *testing.T, seed uint64, tickets *ticketServer) *cutThread {
	p := &cutThread{t: t, rnd: rand.New(rand.NewPCG(seed, 7)), fakes: map[llm.API]*llmtest.Server{}}
	// It has chances of its own, for the engine comes to it while the thread goes on.
	p.store = &cuttingStore{Store: chattest.NewStore(), rnd: rand.New(rand.NewPCG(seed, 8)), told: p.tell}
	var providers []chat.Provider
	for _, api := range []llm.API{llm.APIResponses, llm.APIChat} {
		models := []string{"gpt-6.1-sol", "gpt-6.1-terra"}
		if api == llm.APIChat {
			models = []string{"gpt-4.1", "gpt-5.4-mini"}
		}
		fake := llmtest.NewServerWith(t, llmtest.Config{Models: models})
		p.fakes[api] = fake
		providers = append(providers, newClient(t, fake, by(api), func(c *llm.Config) {
			c.Provider = "Acme by " + string(api)
			if api == llm.APIResponses {
				c.Hosted = []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter, llm.RemoteMCP}
			}
		}))
	}
	log := slog.New(slog.DiscardHandler)
	works := func(context.Context, json.RawMessage) (chat.ToolResult, error) {
		return chat.ToolResult{Text: "1996 | 1.5", Structured: json.RawMessage(`{"rows":[[1996,1.5]]}`)}, nil
	}
	toolbox := chattest.NewToolbox(map[string]chattest.ToolFunc{
		"read": works, "write": works,
		"break": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			return chat.ToolResult{}, &chat.Error{Kind: chat.KindServerDown, Op: "call", Message: "It is down."}
		},
	})
	toolbox.Watched("ask", func(ctx context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
		a, err := w.Elicit(ctx, chat.Elicitation{Message: "Which year?", Schema: json.RawMessage(`{"type":"object","properties":{"year":{"type":"string"}}}`)})
		return chat.ToolResult{Text: a.Action + string(a.Content)}, err
	})
	if p.remote = seed%2 == 0; p.remote {
		toolbox.ByProvider(tickets.remote(remoteToken))
	}
	var ids atomic.Int64
	p.engine = chat.NewEngine(chat.EngineConfig{
		Threads: p.store, Journal: p.store, Grants: p.store, Results: p.store, Files: p.store,
		Models:  chat.NewCatalogue(log, "", providers...),
		Toolbox: toolbox,
		Mixing:  chat.MixingAllowed, Limits: chat.DefaultLimits(), Log: log, Now: time.Now,
		NewID: func(prefix string) string { return fmt.Sprintf("%s_%d", prefix, ids.Add(1)) },
	})
	if err := p.store.CreateThread(t.Context(), owner, chat.Thread{ID: threadID, CreatedAt: time.Now(), UpdatedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *cutThread) tell(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.story = append(p.story, fmt.Sprintf(format, args...))
}

func one[T any](rnd *rand.Rand, of ...T) T { return of[rnd.IntN(len(of))] }

// turn asks something, and sees the run to its end.
func (p *cutThread) turn() {
	messages, err := p.store.Messages(p.t.Context(), owner, threadID)
	if err != nil {
		p.t.Fatal(err)
	}
	q := p.question(messages)
	parent := "the newest"
	if q.ParentID != nil {
		parent = *q.ParentID
	}
	p.tell("%q after %s, of %s", q.Text, parent, q.Chosen.Model)
	caller := chat.Caller{Identity: chat.Identity{Subject: owner}}
	run, err := p.engine.Start(p.t.Context(), caller, threadID, q)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, strings.Join(p.story, "\n"))
	}
	sub, err := p.engine.Subscribe(p.t.Context(), owner, run.ID, 0)
	if err != nil {
		p.t.Fatal(err)
	}
	for {
		events, err := sub.Next(p.t.Context())
		if err != nil {
			p.t.Fatal(err)
		}
		if len(events) == 0 {
			return
		}
		for _, e := range events {
			switch e := e.Event.(type) {
			case chat.ToolApprovalRequest:
				p.decide(caller, run.Run, e)
			case chat.ElicitationAsked:
				p.answer(caller, run.Run, e)
			case chat.TextDelta, chat.ReasoningDelta, chat.ToolInputAvailable:
				if p.rnd.IntN(40) == 0 {
					p.stop(run.Run)
				}
			}
		}
	}
}

// stop stops the run, which may have ended meanwhile.
func (p *cutThread) stop(run chat.Run) {
	p.tell("  stopped")
	if err := p.engine.Stop(p.t.Context(), chat.Caller{Identity: chat.Identity{Subject: owner}}, run.ID); err != nil && chat.KindOf(err) != chat.KindConflict {
		p.t.Fatal(err)
	}
}

// answer answers a question that a server asks, or stops the run.
func (p *cutThread) answer(c chat.Caller, run chat.Run, asked chat.ElicitationAsked) {
	a := one(p.rnd, chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`{"year":"1996"}`)}, chat.ElicitationAnswer{Action: "decline"}, chat.ElicitationAnswer{})
	if a.Action == "" {
		p.stop(run)
		return
	}
	if err := p.engine.Answer(p.t.Context(), c, run.ID, asked.ID, a); err != nil && chat.KindOf(err) != chat.KindConflict {
		p.t.Fatal(err)
	}
}

// decide approves what is asked, or not, or stops the run.
func (p *cutThread) decide(c chat.Caller, run chat.Run, asked chat.ToolApprovalRequest) {
	if p.rnd.IntN(4) == 0 {
		p.stop(run)
		return
	}
	d := chat.Decision{Approved: p.rnd.IntN(2) == 0}
	if d.Approved && !p.remote && p.rnd.IntN(2) == 0 { // what the provider carries out cannot be changed
		d.Input = json.RawMessage(`{"edited":true}`)
	}
	if err := p.engine.Decide(p.t.Context(), c, run.ID, asked.ApprovalID, d); err != nil && chat.KindOf(err) != chat.KindConflict {
		p.t.Fatal(err)
	}
}

// question goes on from somewhere in the thread.
func (p *cutThread) question(messages []chat.Message) chat.Question {
	model := one(p.rnd, "gpt-6.1-sol", "gpt-6.1-sol", "gpt-6.1-terra", "gpt-4.1", "gpt-5.4-mini")
	scenarios := []string{
		"text", "reasoning", "refusal", "commentary", "search", "python", "unknown-event", "error-null", "bare", "bare", "only-completed", "incomplete", "long-id", "unsealed", "unsealed-call", "incomplete-empty",
		"eof", "reset", "failed", "filtered", "cut-call", "call desk__ask", "call desk__ask\ndesk__ask\ndesk__read",
		"call find {\"x\": 1}", "call find\nclose", "call close\nclose", "call desk__read\nclose", "call fail\nfind",
		"call desk__read {\"x\": 1}", "call desk__read\ndesk__write {\"y\": 2}", "call no such tool", "call no.such:tool", "call desk__break\ndesk__read {nonsense", "chain desk__read\ndesk__write\ndesk__read",
	}
	if strings.HasPrefix(model, "gpt-4") || strings.HasPrefix(model, "gpt-5") {
		scenarios = []string{"text", "reasoning", "refusal", "incomplete", "call desk__read {\"x\": 1}", "call desk__read\ndesk__write {\"y\": 2}", "chain desk__read\ndesk__write",
			"no-ids desk__read\ndesk__read", "long-ids desk__read", "changing-ids desk__read", "think desk__read", "same-index-no-ids desk__read\ndesk__write",
			"eof", "reset", "filtered", "cut-call", "error-finish", "call desk__ask\ndesk__read"}
	}
	q := chat.Question{Text: "fake:" + one(p.rnd, scenarios...), Chosen: chat.Settings{Model: model, Hosted: []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}}}
	if len(messages) == 0 {
		return q
	}
	switch m := one(p.rnd, messages...); {
	case m.Role == chat.RoleUser && p.rnd.IntN(2) == 0: // another answer
		q.ParentID, q.Text = &m.ID, ""
	case m.Role == chat.RoleUser: // the question said otherwise
		q.ParentID = &m.ParentID
	case m.CutOff() && p.rnd.IntN(2) == 0: // the rest
		q.ParentID, q.Text = &m.ID, ""
	case p.rnd.IntN(2) == 0: // a branch
		q.ParentID = &m.ID
	}
	return q
}
