package guide

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// turn is a message of a person and what was made of it.
type turn struct {
	text  string
	calls []chat.ToolPart
	model string // which model answered last
}

// turnsOf returns the turns of a path, the newest one last. An answer that goes on from
// one that was cut off keeps the calls that had returned by then.
func turnsOf(path []chat.Message) []turn {
	turns := []turn{{}}
	for _, m := range path {
		if m.Role == chat.RoleUser {
			turns = append(turns, turn{text: strings.TrimSpace(m.Text())})
			continue
		}
		t := &turns[len(turns)-1]
		t.model = m.Model
		t.calls = slices.DeleteFunc(t.calls, func(c chat.ToolPart) bool { return c.State != chat.CallReturned })
		for _, part := range m.Parts {
			if c, ok := part.(chat.ToolPart); ok {
				t.calls = append(t.calls, c)
			}
		}
	}
	if len(turns) > 1 {
		return turns[1:]
	}
	return turns
}

// standing returns turns without those before the last one that came to nothing: thanks,
// a look at the SQL, and follow-ups that were declined. What comes next goes on from the
// answer before these.
func (g *Guide) standing(turns []turn) []turn {
	last := len(turns) - 1
	out := slices.Clone(turns[:last])
	for len(out) > 0 && g.cameToNothing(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return append(out, turns[last])
}

func (g *Guide) cameToNothing(t turn) bool {
	switch intent := readIntent(t.text).kind; {
	case t.model != ModelID:
		return false
	case intent == asksHelp || intent == asksLastSQL:
		return true
	case intent != asksFigures:
		return false
	}
	asked := slices.ContainsFunc(t.calls, func(c chat.ToolPart) bool { return queryOf(c) != lookupSQL })
	how, rest := g.cues.of(lex(t.text))
	return !asked && (g.readBeyond(lex(t.text)).asked || how.given && !how.alone || opens(rest) || !promising(understand(g.words, nil, rest)))
}

// isOwn reports whether t asked for figures and a guide answered it from a result.
func (g *Guide) isOwn(t turn) bool {
	if t.model != ModelID || len(t.calls) == 0 || readIntent(t.text).kind != asksFigures {
		return false
	}
	out, _ := readOutput(t.calls[len(t.calls)-1])
	return out != nil
}

// queryOf returns the query of a call, or nothing.
func queryOf(c chat.ToolPart) string {
	var args struct {
		Query string `json:"query"`
	}
	if json.Unmarshal(c.Input, &args) != nil {
		return ""
	}
	return args.Query
}

// lastSQL tells the query behind the answer before.
func (g *Guide) lastSQL(turns []turn) move {
	if n := len(turns) - 2; n >= 0 && g.isOwn(turns[n]) {
		if sql := queryOf(turns[n].calls[len(turns[n].calls)-1]); sql != "" {
			return move{say: "This is the query behind my last answer:\n\n```sql\n" + strings.ReplaceAll(sql, "```", "") + "\n```"}
		}
	}
	return move{say: "My answer to the question just before rests on no query. Each query that I run is shown with its result."}
}
