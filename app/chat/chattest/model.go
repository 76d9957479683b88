// Package chattest holds working stand-ins for what the chat engine depends on:
// a model that follows a script, a toolbox of Go functions, a store in memory,
// and the suite that every store must pass.
package chattest

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/pomerium/pomchat/app/chat"
)

// Model is a chat.Provider with one model, which replies by a script. It is safe
// for concurrent use.
type Model struct {
	info chat.ModelInfo

	mu      sync.Mutex
	replies []Reply
	prompts []chat.Prompt
}

// Reply is one scripted reply: its chunks, then Err; or, with Hang, no end until
// the caller leaves; or a Panic.
type Reply struct {
	Chunks []chat.Chunk
	Err    error
	Hang   bool
	Panic  string
}

// NewModel returns a model called "scripted" that gives these replies in turn.
// Asked once more than the script is long, it says that it has nothing to add.
func NewModel(replies ...Reply) *Model {
	return &Model{info: chat.ModelInfo{ID: "scripted", Label: "Scripted", Provider: "chattest"}, replies: replies}
}

// CanRun says that the model's provider runs these tools; not while it is in use.
func (m *Model) CanRun(tools ...chat.HostedTool) *Model {
	m.info.Hosted = tools
	return m
}

// IsScripted says that the model is no language model; not while it is in use.
func (m *Model) IsScripted() *Model {
	m.info.Scripted = true
	return m
}

// Models implements chat.Provider.
func (m *Model) Models(context.Context) ([]chat.ModelInfo, error) {
	return []chat.ModelInfo{m.info}, nil
}

// Reply implements chat.Provider.
func (m *Model) Reply(ctx context.Context, p chat.Prompt) iter.Seq2[chat.Chunk, error] {
	reply := m.next(p)
	return func(yield func(chat.Chunk, error) bool) {
		for _, c := range reply.Chunks {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			if !yield(c, nil) {
				return
			}
		}
		if reply.Panic != "" {
			panic(reply.Panic)
		}
		if reply.Hang {
			<-ctx.Done()
			yield(nil, ctx.Err())
			return
		}
		if reply.Err != nil {
			yield(nil, reply.Err)
		}
	}
}

func (m *Model) next(p chat.Prompt) Reply {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prompts = append(m.prompts, p)
	if len(m.replies) == 0 {
		return Say("I have nothing to add.")
	}
	reply := m.replies[0]
	m.replies = m.replies[1:]
	return reply
}

// Prompts returns what the model was told so far.
func (m *Model) Prompts() []chat.Prompt {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.prompts)
}

// Say is a reply of these pieces of text.
func Say(pieces ...string) Reply {
	var r Reply
	for _, p := range pieces {
		r.Chunks = append(r.Chunks, chat.TextChunk{ID: "a", Delta: p})
	}
	r.Chunks = append(r.Chunks, chat.ReplyDone{Reason: "stop", Usage: &chat.Usage{InputTokens: 10, OutputTokens: int64(len(pieces))}})
	return r
}

// Ask is a reply that asks for these calls.
func Ask(calls ...chat.CallReady) Reply {
	var r Reply
	for _, c := range calls {
		r.Chunks = append(r.Chunks, chat.CallStarted{CallID: c.CallID, Name: c.Name}, chat.CallDelta{CallID: c.CallID, Delta: c.Arguments}, c)
	}
	r.Chunks = append(r.Chunks, chat.ReplyDone{Reason: "tool-calls", Usage: &chat.Usage{InputTokens: 10, OutputTokens: 1}})
	return r
}
