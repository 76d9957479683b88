package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/pomerium/pomchat/embed"
)

// plan says what to measure.
type plan struct {
	binary  string
	clients int
	rounds  int
	turn    time.Duration
}

// contest is one case: what answers, and the cases whose figures are the floor under it.
type contest struct {
	name   string
	server *process // nil if it is this one
	ask    asker
	floor  []string // cases that together, one after the other, are the floor
	taken  timing
	cpu    time.Duration // that the server used
}

// measure adds one turn.
func (c *contest) measure(ctx context.Context, p plan) error {
	before, err := c.server.cpu()
	if err != nil {
		return err
	}
	if err := c.taken.measure(ctx, p.clients, p.turn, c.ask); err != nil {
		return fmt.Errorf("measuring %s: %w", c.name, err)
	}
	after, err := c.server.cpu()
	c.cpu += after - before
	return err
}

// run measures every case in turns and writes one table.
func (p plan) run(ctx context.Context, out io.Writer) (err error) {
	warm, err := p.startServer(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, warm.stop()) }()
	cold, err := p.startServer(ctx, "--cache-bytes=0")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cold.stop()) }()
	echo, err := p.startEcho(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, echo.stop()) }()
	direct, err := openDirect(embed.Northwind(), northwindConnections)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, direct.close()) }()

	list, one, mixed := []call{listing()}, []call{question(statements()[0], oldest)}, questions(oldest)
	stated := []call{question(statements()[0], newest)}
	for _, calls := range [][]call{list, one, mixed, stated} {
		if err := learnSizes(ctx, warm.address, calls); err != nil {
			return err
		}
	}
	idle, err := warm.memory()
	if err != nil {
		return err
	}
	contests := []*contest{
		{name: "echo, tools/list", server: echo, ask: echoes(echo.address, list)},
		{name: "tools/list", server: warm, ask: over(warm.address, list), floor: []string{"echo, tools/list"}},
		{name: "echo, one query", server: echo, ask: echoes(echo.address, one)},
		{name: "one query, warm", server: warm, ask: over(warm.address, one), floor: []string{"echo, one query"}},
		{name: "one query, warm, 2026-07-28", server: warm, ask: over(warm.address, stated), floor: []string{"echo, one query"}},
		{name: "echo, mixed queries", server: echo, ask: echoes(echo.address, mixed)},
		{name: "mixed queries, warm", server: warm, ask: over(warm.address, mixed), floor: []string{"echo, mixed queries"}},
		{name: "database/sql, mixed queries", ask: direct.ask},
		{name: "mixed queries, cold", server: cold, ask: over(cold.address, mixed), floor: []string{"database/sql, mixed queries", "echo, mixed queries"}},
	}
	for range p.rounds {
		for _, c := range contests {
			if err := c.measure(ctx, p); err != nil {
				return err
			}
		}
	}
	report(out, contests)
	loaded, err := warm.memory()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nresident memory: %.1f MB idle, %.1f MB after the load\n", idle, loaded)
	if err := p.starts(ctx, out); err != nil {
		return err
	}
	return hangUps(ctx, out, cold)
}

// report writes a line for each case. Of several floors the times of one request add up, and so do their p99.
func report(out io.Writer, contests []*contest) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "case\trequests/s\tof floor\tp50\tp99\tof floor\tCPU of the server for each\t")
	byName := map[string]*contest{}
	for _, c := range contests {
		byName[c.name] = c
		speed, tail, each := "", "", ""
		if c.server != nil {
			each = (c.cpu / time.Duration(max(1, len(c.taken.each)))).Round(time.Microsecond).String()
		}
		if len(c.floor) > 0 {
			var seconds float64
			var p99 time.Duration
			for _, name := range c.floor {
				seconds += 1 / byName[name].taken.rate()
				p99 += byName[name].taken.quantile(0.99)
			}
			speed = fmt.Sprintf("%.0f %%", 100*c.taken.rate()*seconds)
			tail = fmt.Sprintf("%.1f ×", float64(c.taken.quantile(0.99))/float64(p99))
		}
		fmt.Fprintf(w, "%s\t%.0f\t%s\t%v\t%v\t%s\t%s\t\n", c.name, c.taken.rate(), speed,
			c.taken.quantile(0.5).Round(time.Microsecond), c.taken.quantile(0.99).Round(time.Microsecond), tail, each)
	}
	_ = w.Flush()
}
