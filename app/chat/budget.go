package chat

import (
	"fmt"
	"time"
)

// Price is what a model costs, in US dollars for a million tokens.
type Price struct {
	Input  float64 `json:"input" doc:"US dollars for a million tokens of input."`
	Cached float64 `json:"cached" doc:"The same, of input that the provider had cached."`
	Output float64 `json:"output" doc:"US dollars for a million tokens of output."`
}

// Cost is what a run cost, reckoned from its tokens and a table of prices. What a
// provider charges may differ.
type Cost struct {
	USD float64 `json:"usd" doc:"An estimate, in US dollars."`
}

// of returns what so many tokens cost.
func (p Price) of(u Usage) Cost {
	const million = 1e6
	fresh := u.InputTokens - u.CachedTokens
	return Cost{USD: (float64(fresh)*p.Input + float64(u.CachedTokens)*p.Cached + float64(u.OutputTokens)*p.Output) / million}
}

// endDetails says what the answer used.
func (e *Engine) endDetails(answer Message) EndDetails {
	d := EndDetails{Usage: answer.Usage, At: e.Now()}
	if d.Usage == nil || e.Price == nil {
		return d
	}
	if p, ok := e.Price(answer.Model); ok {
		c := p.of(*d.Usage)
		d.Cost = &c
	}
	return d
}

// goOnOrLess is what a person can do about a limit: the answer that goes on has all of its
// budget again.
const (
	goOnOrLess = "Let it continue, or ask for less at once."
	goOnOrAnew = "Let it continue, or ask in a new thread, which is shorter to read."
)

// count returns a number with the noun that it counts.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// inWords writes a duration for people.
func inWords(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return count(int(d/time.Hour), "hour")
	case d%time.Minute == 0:
		return count(int(d/time.Minute), "minute")
	case d%time.Second == 0 && d < time.Minute:
		return count(int(d/time.Second), "second")
	}
	return d.Round(time.Second).String()
}

// afford returns an error of KindLimit if the run may not call the model once more.
func (t *turn) afford() error {
	limits, m := t.engine.EngineConfig.Limits, t.rec.message()
	over := func(format string, args ...any) error {
		return &Error{Kind: KindLimit, Op: "answer", Message: fmt.Sprintf(format, args...)}
	}
	if m.Steps >= limits.MaxSteps {
		return over("The model called tools in %s without coming to an answer, and more is not allowed. %s", count(limits.MaxSteps, "round"), goOnOrLess)
	}
	if used := m.Usage.total(); used >= limits.MaxTokens {
		return over("The answer has used %d tokens, and %d are allowed. %s", used, limits.MaxTokens, goOnOrAnew)
	}
	return nil
}

const (
	// worthCapping is how many tokens have to be left for a reply to be given no limit: any
	// model may write that much, and refuses a limit that is above its own.
	worthCapping = 4 << 10
	// leastOutput is the least limit that OpenAI takes.
	leastOutput = 16
	// mostPerToken is more bytes than a token has in any text of some length.
	mostPerToken = 8
)

// within limits the reply to a prompt to what is left of the run's tokens when the model has
// read it.
func (t *turn) within(p Prompt) Prompt {
	t.reading = p.tokens()
	t.left = t.engine.EngineConfig.Limits.MaxTokens - t.rec.message().Usage.total()
	if left := t.left - t.reading; left < worthCapping && !t.plan.model.Scripted {
		p.MaxOutput = max(left, leastOutput)
	}
	return p
}

// tokens returns how many a prompt has, about: at four characters to a token.
func (p Prompt) tokens() int64 {
	n := len(p.Instructions)
	for _, m := range p.Path {
		for _, part := range m.Parts {
			switch part := part.(type) {
			case TextPart:
				n += len(part.Text)
			case AttachmentPart:
				n += len(part.Text)
			case ToolPart:
				n += len(part.Input)
			}
		}
	}
	return toolTokens(p.Tools, p.Path) + int64(n+3)/4
}

// overTokens is the error of a reply that does not fit what was left.
func (t *turn) overTokens() error {
	return &Error{
		Kind: KindLimit, Op: "answer",
		Message: fmt.Sprintf("The answer was stopped at the %d tokens that are allowed. %s", t.engine.EngineConfig.Limits.MaxTokens, goOnOrAnew),
	}
}

// spend counts bytes that the model wrote against the limit of the run.
func (t *turn) spend(n int) error {
	t.written, t.replied = t.written+n, t.replied+n
	if int64(t.replied) > t.left*mostPerToken && !t.plan.model.Scripted {
		return t.overTokens()
	}
	if limit := t.engine.EngineConfig.Limits.MaxWritten; t.written > limit {
		return &Error{
			Kind: KindLimit, Op: "answer",
			Message: fmt.Sprintf("The answer was stopped at %d kB, the most that is allowed. %s", limit>>10, goOnOrLess),
		}
	}
	return nil
}

// toolTokens returns what of a request is descriptions and results of tools, about: at
// four characters to a token.
func toolTokens(offered []Tool, path []Message) int64 {
	n := 0
	for _, t := range offered {
		n += t.Tokens()
	}
	for _, m := range path {
		for _, call := range m.calls() {
			if call.Output != nil {
				n += (len(call.Output.Text) + 3) / 4
			}
		}
	}
	return int64(n)
}
