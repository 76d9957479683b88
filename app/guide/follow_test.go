package guide

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
)

// TestFollowUpsNeedAnAnswerOfTheGuide holds that nothing is built on an answer that the
// guide did not give, or not from the query that it would run today.
func TestFollowUpsNeedAnAnswerOfTheGuide(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(answer *chat.Message)
	}{
		{"another model answered", func(m *chat.Message) { m.Model = "gpt" }},
		{"no model is known", func(m *chat.Message) { m.Model = "" }},
		{"nothing was called", func(m *chat.Message) { m.Parts = chat.Parts{chat.TextPart{Text: "1997: 5"}} }},
		{"the call failed", func(m *chat.Message) {
			changeCall(m, func(c *chat.ToolPart) { c.State, c.Output, c.ErrorText = chat.CallFailed, nil, "blocked" })
		}},
		{"the tool failed", func(m *chat.Message) {
			changeCall(m, func(c *chat.ToolPart) { c.Output = &chat.ToolResult{IsError: true, Text: "no"} })
		}},
		{"the call was interrupted", func(m *chat.Message) {
			changeCall(m, func(c *chat.ToolPart) { c.State, c.Output = chat.CallRunning, nil })
		}},
		{"the query was edited before it ran", func(m *chat.Message) {
			changeCall(m, func(c *chat.ToolPart) { c.Input = json.RawMessage(`{"query":"SELECT 1"}`) })
		}},
		{"the arguments are no object", func(m *chat.Message) {
			changeCall(m, func(c *chat.ToolPart) { c.Input = json.RawMessage(`"SELECT 1"`) })
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNorthwind(t)
			c := conversation{t: t, n: n}
			c.ask("sales by country")
			tt.change(&c.path[len(c.path)-1])
			for _, text := range []string{"only 1997", "by year", "and for Germany?", "as a share", "growth"} {
				n.queries = nil
				branch := conversation{t: t, n: n, path: slices.Clone(c.path)}
				if say := branch.ask(text); n.lastQuery() != "" || strings.Contains(say, "SELECT") {
					t.Errorf("%q is answered: %s", text, say)
				}
			}
		})
	}
}

func changeCall(m *chat.Message, change func(*chat.ToolPart)) {
	m.Parts = slices.Clone(m.Parts)
	for i, p := range m.Parts {
		if c, ok := p.(chat.ToolPart); ok {
			change(&c)
			m.Parts[i] = c
		}
	}
}

func TestAnAnswerThatWasCutOffGoesOn(t *testing.T) {
	n := newNorthwind(t)
	found := n.call("nw1__read_query", `{"query":`+string(mustJSON(t, lookupSQL))+`,"max_rows":1000}`)
	user := chat.Message{Role: chat.RoleUser, Parts: chat.Parts{chat.TextPart{Text: "sales of Chai"}}}
	for _, tt := range []struct {
		name  string
		parts chat.Parts
		want  string
	}{
		{"nothing had returned", chat.Parts{chat.ToolPart{State: chat.CallRunning}}, lookupSQL},
		{"the names had returned", chat.Parts{chat.ToolPart{State: chat.CallReturned, Output: &found}, chat.ToolPart{State: chat.CallRunning}},
			"SELECT\n  ROUND(SUM(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Sales\nFROM Orders o\nJOIN \"Order Details\" d ON d.OrderID = o.OrderID\nJOIN Products p ON p.ProductID = d.ProductID\nWHERE p.ProductName = 'Chai'"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := []chat.Message{user, {Role: chat.RoleAssistant, Model: ModelID, Status: chat.StatusStopped, Parts: tt.parts}, {Role: chat.RoleAssistant, Model: ModelID}}
			_, ready := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: path, Tools: n.tools()})
			if ready == nil || queryOf(chat.ToolPart{Input: json.RawMessage(ready.Arguments)}) != tt.want {
				t.Errorf("calls %v, want %s", ready, tt.want)
			}
		})
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheLastQueryIsTold(t *testing.T) {
	n := newNorthwind(t)
	c := conversation{t: t, n: n}
	c.ask("how many orders")
	for _, text := range []string{"show me the SQL", "What was the query?", "which query did you use for that"} {
		branch := conversation{t: t, n: n, path: slices.Clone(c.path)}
		if got, want := branch.ask(text), "This is the query behind my last answer:\n\n```sql\nSELECT\n  COUNT(*) AS Orders\nFROM Orders o\n```"; got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
	if got := ask(t, n, "show me the SQL"); strings.Contains(got, "SELECT") {
		t.Errorf("without an answer: %s", got)
	}
}

// TestAFollowUpMeansWhatTheWholeQuestionMeans holds for every question of the tables that
// a condition or group added after the answer gives the query of the question that has it
// from the start, if both are answered.
func TestAFollowUpMeansWhatTheWholeQuestionMeans(t *testing.T) {
	n := newNorthwind(t)
	g, dir := New(), testDirectory(t, n)
	same := 0
	for i, q := range allQuestions() {
		q = strings.TrimRight(q, "?!. ")
		for j, more := range []struct{ follow, whole string }{
			{"only 1997", " in 1997"}, {"in Q1 1998", " in Q1 1998"}, {"from March 1997 to May 1997", " from March 1997 to May 1997"}, {"since 1997", " since 1997"},
			{"only Germany", " in Germany"}, {"and for Chai?", " for Chai"}, {"only Speedy Express", " shipped by Speedy Express"}, {"only Nancy", " by Nancy"},
			{"break it down by category", " by category"}, {"split that by shipper", " by shipper"}, {"break it down by quarter", " by quarter"},
			{"as a share", " as a share"},
		} {
			if (i+j)%thinnedPairs > 0 {
				continue
			}
			whole, err1 := g.read(dir, []turn{{text: q + more.whole}})
			then, err2 := g.read(dir, thenAsked(g, dir, q, more.follow))
			if err1 != nil || err2 != nil {
				continue
			}
			same++
			if a, b := plan(whole.q), plan(then.q); a != b && !replaces(g, dir, q, more.whole) {
				t.Errorf("%q and then %q is\n%s\nbut %q is\n%s", q, more.follow, b, q+more.whole, a)
			}
		}
	}
	if same < 600/thinnedPairs {
		t.Errorf("only %d pairs were compared", same)
	}
}

// thenAsked returns the turns of a thread in which question was answered before text.
func thenAsked(g *Guide, dir *directory, question, text string) []turn {
	first := turn{text: question, model: ModelID}
	if r, err := g.read(dir, []turn{first}); err == nil {
		input, _ := json.Marshal(map[string]string{"query": plan(r.q)})
		first.calls = []chat.ToolPart{{State: chat.CallReturned, Input: input, Output: &chat.ToolResult{}}}
	}
	return []turn{first, {text: text}}
}

// replaces reports whether question says already, in another way, what is added: a
// follow-up then takes the place of it, where a longer question sets both side by side.
func replaces(g *Guide, dir *directory, question, more string) bool {
	r, err := g.read(dir, []turn{{text: question}})
	if err != nil {
		return true
	}
	switch {
	case strings.Contains(more, "199"):
		return !r.q.period().isZero() || r.q.growth.isSet()
	case strings.Contains(more, "Germany"):
		return len(r.q.names[country])+len(r.q.names[origin]) > 0
	case strings.Contains(more, "Chai"):
		return len(r.q.names[product]) > 0
	case strings.Contains(more, "Speedy"):
		return len(r.q.names[shipper]) > 0
	case strings.Contains(more, "Nancy"):
		return len(r.q.names[employee]) > 0
	default:
		return false
	}
}

// TestNoWordOfAFollowUpIsIgnored holds that each word of a follow-up counts, and that a
// word which changes what is asked for cannot be slipped in.
func TestNoWordOfAFollowUpIsIgnored(t *testing.T) {
	n := newNorthwind(t)
	g, dir := New(), testDirectory(t, n)
	for i, tt := range slices.Concat(threadsTable(), readingsThreads(), phrasesThreads(), choosingThreads(), waresThreads(), newcomerThreads()) {
		if len(tt.turns) != 2 || i%thinned > 0 {
			continue
		}
		turns := thenAsked(g, dir, tt.turns[0], tt.turns[1])
		whole, err := g.read(dir, turns)
		if err != nil {
			t.Errorf("%q is declined: %v", tt.turns, err)
			continue
		}
		words := strings.Fields(tt.turns[1])
		for at := range len(words) + 1 {
			for j, w := range strings.Fields("not except unicorns never more than average discontinued profit week Andrew Condiments Ikura 1999 without those next 77") {
				if (at+j)%2 > 0 {
					continue
				}
				text := strings.Join(slices.Insert(slices.Clone(words), at, w), " ")
				if r, err := g.read(dir, []turn{turns[0], {text: text}}); err == nil && plan(r.q) == plan(whole.q) && !(w == "average" && strings.Contains(tt.turns[0], "average")) && !(w == "discontinued" && (whole.q.has(discontinued) || whole.q.whether == discontinued)) {
					t.Errorf("%q and then %q is answered as if %q were not there", tt.turns[0], text, w)
				}
			}
		}
	}
}
