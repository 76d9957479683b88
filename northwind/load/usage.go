package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// memory returns the resident memory in megabytes.
func (p *process) memory() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("reading the memory of a process: %w", err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		return 0, fmt.Errorf("reading the memory of a process: %w", err)
	}
	return float64(pages*os.Getpagesize()) / 1e6, nil
}

// cpu returns the processor time that the process has used; see proc_pid_stat(5). Of no process it is 0.
func (p *process) cpu() (time.Duration, error) {
	if p == nil {
		return 0, nil
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("reading the time of a process: %w", err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	var ticks int
	for _, f := range fields[11:13] { // utime and stime
		n, err := strconv.Atoi(f)
		if err != nil {
			return 0, fmt.Errorf("reading the time of a process: %w", err)
		}
		ticks += n
	}
	const perSecond = 100 // the unit of these fields on Linux
	return time.Duration(ticks) * time.Second / perSecond, nil
}

// hangUps leaves an endless query behind and tells how much processor time the server spends on it after that.
func hangUps(ctx context.Context, out io.Writer, server *process) error {
	const endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"
	for _, revision := range []string{newest, oldest} {
		w, err := dial(ctx, server.address)
		if err != nil {
			return err
		}
		if _, err := w.connection.Write(request(server.address, "/mcp", question(endless, revision))); err != nil {
			return fmt.Errorf("sending a request: %w", err)
		}
		time.Sleep(time.Second)
		if err := w.close(); err != nil {
			return err
		}
		before, err := server.cpu()
		if err != nil {
			return err
		}
		time.Sleep(8 * time.Second)
		after, err := server.cpu()
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "processor time for an endless query after a hang-up, by %s: %v\n", revision, after-before)
	}
	return nil
}
