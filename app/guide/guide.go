// Package guide is a chat.Provider without any AI: it answers questions about the
// Northwind database by planning SQL from a small English grammar and calling the
// tools of the Northwind MCP server, as a model would.
//
// Its one rule is that a wrong answer is worse than none. Every word of a question
// must be known to the grammar or be a name that the database holds; every figure
// comes out of the rows of a tool's result; and what is not understood is declined,
// with examples of what would be.
//
// A question goes through pure functions: lex, understand, moments, clause, question,
// fit, plan, answer. A follow-up is a clause that changes the one before. Reply decides
// from the thread alone which step is due, so a Guide keeps no state.
package guide

import (
	"context"
	"fmt"
	"iter"

	"github.com/pomerium/pomchat/app/chat"
)

// ModelID is the id of the one model that a Guide offers.
const ModelID = "guide"

// Guide implements chat.Provider. It is safe for concurrent use.
type Guide struct {
	words lexicon
	cues  cues
	newID func(prefix string) string
}

// New returns a Guide.
func New() *Guide { return &Guide{words: vocabulary(), cues: newCues(), newID: chat.NewID} }

// Models returns the one model, and never an error.
func (g *Guide) Models(context.Context) ([]chat.ModelInfo, error) {
	return []chat.ModelInfo{{
		ID:       ModelID,
		Label:    "Guide (no AI)",
		Provider: "pomchat",
		Scripted: true,
		Note:     "Answers simple English questions about the Northwind database by planning SQL; it is not a language model and says so when it does not understand.",
	}}, nil
}

// Reply streams the next step of the answer to the newest question in p.Path: a call
// of a tool, or the answer itself. A model other than ModelID is
// KindModelNotFound; the end of ctx is KindInterrupted.
func (g *Guide) Reply(ctx context.Context, p chat.Prompt) iter.Seq2[chat.Chunk, error] {
	return func(yield func(chat.Chunk, error) bool) {
		if p.Model != ModelID {
			yield(nil, &chat.Error{
				Kind: chat.KindModelNotFound, Op: "guide reply",
				Message: fmt.Sprintf("There is no model called %q here. Choose another one from the list.", p.Model),
			})
			return
		}
		for _, c := range g.chunks(unread(p.Path, g.next(p))) {
			if ctx.Err() != nil {
				yield(nil, &chat.Error{
					Kind: chat.KindInterrupted, Op: "guide reply", Err: context.Cause(ctx),
					Message: "The answer was interrupted.",
				})
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// chunks turns a move into what a provider streams.
func (g *Guide) chunks(m move) []chat.Chunk {
	const textID = "text"
	var out []chat.Chunk
	for _, piece := range pieces(m.say) {
		out = append(out, chat.TextChunk{ID: textID, Delta: piece})
	}
	if m.call == nil {
		return append(out, chat.ReplyDone{Reason: "stop"})
	}
	id := g.newID("call")
	return append(out,
		chat.CallStarted{CallID: id, Name: m.call.name},
		chat.CallReady{CallID: id, Name: m.call.name, Arguments: m.call.arguments},
		chat.ReplyDone{Reason: "tool-calls"},
	)
}
