package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// process is a server that this program started.
type process struct {
	cmd     *exec.Cmd
	address string
	took    time.Duration // from its start to its first answer
}

// start starts a server and waits for the answer to its first call. In the arguments, %s is where it listens. Its log
// goes nowhere, but is written.
func start(ctx context.Context, first call, path, program string, arguments ...string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	for i, a := range arguments {
		arguments[i] = strings.ReplaceAll(a, "%s", address)
	}
	p := &process{cmd: exec.CommandContext(ctx, program, arguments...), address: address}
	begin := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	for range 50_000 {
		w, err := dial(ctx, address)
		if err != nil {
			time.Sleep(200 * time.Microsecond)
			continue
		}
		if _, err := w.send(request(address, path, first)); err != nil {
			return nil, fmt.Errorf("asking %s: %w", program, err)
		}
		p.took = time.Since(begin)
		return p, w.close()
	}
	return nil, fmt.Errorf("%s does not listen on %s", program, address)
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("finding a free port: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// stop ends the server.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("stopping %s: %w", p.cmd.Path, err)
	}
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("stopping %s: %w", p.cmd.Path, err)
	}
	return nil
}

// starts tells how long the servers take from the start of the process to their first answer, in turns.
func (p plan) starts(ctx context.Context, out io.Writer) error {
	var bare, full []time.Duration
	for range 4 * p.rounds {
		echo, err := p.startEcho(ctx)
		if err != nil {
			return err
		}
		server, err := p.startServer(ctx)
		if err != nil {
			return errors.Join(err, echo.stop())
		}
		bare, full = append(bare, echo.took), append(full, server.took)
		if err := errors.Join(echo.stop(), server.stop()); err != nil {
			return err
		}
	}
	slices.Sort(bare)
	slices.Sort(full)
	fmt.Fprintf(out, "start to first tools/list: %v at best, %v in the middle; the bare server %v and %v\n",
		full[0].Round(100*time.Microsecond), full[len(full)/2].Round(100*time.Microsecond),
		bare[0].Round(100*time.Microsecond), bare[len(bare)/2].Round(100*time.Microsecond))
	return nil
}

func (p plan) startServer(ctx context.Context, more ...string) (*process, error) {
	return start(ctx, listing(), "/mcp", p.binary, append([]string{"northwind-mcp", "--listen=%s"}, more...)...)
}

func (p plan) startEcho(ctx context.Context) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	return start(ctx, listing(), "/?size=1000", self, "--echo=%s")
}
