package app

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// Budget is what answers may cost.
type Budget struct {
	MaxSteps      int           `default:"16" env:"POMCHAT_MAX_STEPS" help:"Most calls of the model for one answer."`
	MaxTime       time.Duration `default:"10m" env:"POMCHAT_MAX_TIME" help:"Longest work on one answer, without the time that it waits for a person."`
	MaxTokens     int64         `default:"2000000" env:"POMCHAT_MAX_TOKENS" help:"Most tokens that one answer may use, read and written together."`
	MaxRuns       int           `default:"8" env:"POMCHAT_MAX_RUNS" help:"Most answers that are written for one person at a time."`
	RunsPerMinute int           `default:"30" env:"POMCHAT_RUNS_PER_MINUTE" help:"Most questions that one person may ask in a minute."`
	MaxToolTokens int           `default:"10000" env:"POMCHAT_MAX_TOOL_TOKENS" help:"Most tokens for the descriptions of tools, about, in a request to a model; where there are more tools, the model searches. At least 1000, so that what it finds fits."`

	MaxToolSilence time.Duration `default:"1m" env:"POMCHAT_MAX_TOOL_SILENCE" help:"Longest that a server may say nothing in a call of a tool: neither progress nor a line of its log. The call is cancelled then."`
	MaxToolTime    time.Duration `default:"10m" env:"POMCHAT_MAX_TOOL_TIME" help:"Longest call of a tool, without the time that it waits for a person. It ends with --max-time in any case."`
}

// leastToolTokens is room for the descriptions of a few tools: what a model has found, but
// may not be told, it cannot call.
const leastToolTokens = 1000

// withLimits returns a toolbox's configuration with the times that are set here.
func (b Budget) withLimits(cfg toolbox.Config) toolbox.Config {
	cfg.Idle, cfg.CallCap = b.MaxToolSilence, b.MaxToolTime
	return cfg
}

// check refuses budgets that answer nothing.
func (b Budget) check() error {
	for _, f := range []struct {
		flag  string
		given any
		ok    bool
		least string
	}{
		{"--max-steps", b.MaxSteps, b.MaxSteps >= 1, "1"},
		{"--max-time", b.MaxTime, b.MaxTime >= time.Second, "1s"},
		{"--max-tokens", b.MaxTokens, b.MaxTokens >= 1, "1"},
		{"--max-runs", b.MaxRuns, b.MaxRuns >= 1, "1"},
		{"--runs-per-minute", b.RunsPerMinute, b.RunsPerMinute >= 1, "1"},
		{"--max-tool-silence", b.MaxToolSilence, b.MaxToolSilence >= time.Second, "1s"},
		{"--max-tool-time", b.MaxToolTime, b.MaxToolTime >= time.Second, "1s"},
		{"--max-tool-tokens", b.MaxToolTokens, b.MaxToolTokens >= leastToolTokens, strconv.Itoa(leastToolTokens)},
	} {
		if !f.ok {
			return fmt.Errorf("%s must be %s or more, and not %v", f.flag, f.least, f.given)
		}
	}
	return nil
}

// limits returns the engine's limits with those that are set here.
func (b Budget) limits() chat.Limits {
	l := chat.DefaultLimits()
	l.MaxSteps, l.MaxTime, l.MaxTokens = b.MaxSteps, b.MaxTime, b.MaxTokens
	l.MaxPerUser, l.PerMinute, l.MaxTools = b.MaxRuns, b.RunsPerMinute, b.MaxToolTokens
	return l
}
