package chat

import "cmp"

// Usage counts tokens. Fields that a provider does not report are zero.
type Usage struct {
	InputTokens     int64 `json:"inputTokens"`
	CachedTokens    int64 `json:"cachedTokens" doc:"Share of the input that the provider had cached."`
	OutputTokens    int64 `json:"outputTokens"`
	ReasoningTokens int64 `json:"reasoningTokens" doc:"Share of the output that was reasoning."`
	ToolTokens      int64 `json:"toolTokens" doc:"Share of the input that was descriptions and results of tools, about."`
	ContextTokens   int64 `json:"contextTokens,omitempty" doc:"What the last call of the model read and wrote: so much of its context is taken. It is no sum."`
	Estimated       bool  `json:"estimated,omitempty" doc:"Some of it is an estimate: a reply of the model was cut off, or its provider does not say what it used."`
}

// sane returns what was used if a provider may say anything: no less than nothing, no more
// than sums have room for, and no share above its whole.
func (u Usage) sane() Usage {
	const most = 1 << 40
	within := func(n, most int64) int64 { return max(0, min(n, most)) }
	u.InputTokens, u.OutputTokens = within(u.InputTokens, most), within(u.OutputTokens, most)
	u.CachedTokens, u.ReasoningTokens = within(u.CachedTokens, u.InputTokens), within(u.ReasoningTokens, u.OutputTokens)
	return u
}

// Add returns the sum of both; of the context, which is no sum, what v says, if anything.
func (u Usage) Add(v Usage) Usage {
	return Usage{
		InputTokens:     u.InputTokens + v.InputTokens,
		CachedTokens:    u.CachedTokens + v.CachedTokens,
		OutputTokens:    u.OutputTokens + v.OutputTokens,
		ReasoningTokens: u.ReasoningTokens + v.ReasoningTokens,
		ToolTokens:      u.ToolTokens + v.ToolTokens,
		ContextTokens:   cmp.Or(v.ContextTokens, u.ContextTokens),
		Estimated:       u.Estimated || v.Estimated,
	}
}

// total returns how many tokens u points to, if to any.
func (u *Usage) total() int64 {
	if u == nil {
		return 0
	}
	return u.InputTokens + u.OutputTokens
}

// plus returns the sum of what u points to, if to anything, and v.
func (u *Usage) plus(v Usage) *Usage {
	if u != nil {
		v = u.Add(v)
	}
	return &v
}
