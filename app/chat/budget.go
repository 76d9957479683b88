package chat

import "fmt"

// Price is what a model costs, in US dollars for a million tokens.
type Price struct {
	Input  float64 `json:"input"`
	Cached float64 `json:"cached"` // of input that the provider had cached
	Output float64 `json:"output"`
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

// afford returns an error of KindLimit if the run may not call the model once more.
func (t *turn) afford() error {
	limits, m := t.engine.EngineConfig.Limits, t.rec.message()
	over := func(format string, args ...any) error {
		return &Error{Kind: KindLimit, Op: "answer", Message: fmt.Sprintf(format, args...)}
	}
	if m.Steps >= limits.MaxSteps {
		return over("The model called tools in %d rounds without coming to an answer, the most that is allowed.", limits.MaxSteps)
	}
	if m.Usage != nil && m.Usage.InputTokens+m.Usage.OutputTokens >= limits.MaxTokens {
		return over("The answer has used %d tokens, the most that is allowed are %d.", m.Usage.InputTokens+m.Usage.OutputTokens, limits.MaxTokens)
	}
	return nil
}

// spend counts bytes that the model wrote against the limit of the run.
func (t *turn) spend(n int) error {
	t.written += n
	if limit := t.engine.EngineConfig.Limits.MaxWritten; t.written > limit {
		return &Error{
			Kind: KindLimit, Op: "answer",
			Message: fmt.Sprintf("The answer was stopped at %d kB, the most that is allowed.", limit>>10),
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
