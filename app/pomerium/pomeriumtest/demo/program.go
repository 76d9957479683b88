package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// program is a running command of pomchat.
type program struct {
	path  string
	args  []string
	env   []string
	logs  io.Writer
	base  *url.URL
	ended chan<- error // gets what is none of our doing

	mu      sync.Mutex
	process *exec.Cmd
	gone    chan struct{} // closed when it has ended
	result  error
	wanted  bool // it is to end
}

// start starts a command of pomchat and waits until it is ready. It finds the hosts
// of the gateway by HTTPS_PROXY, as a container would by its network.
func (h *house) start(ctx context.Context, binary string, logs io.Writer, command string, args ...string) (*program, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p := &program{
		path: binary, args: append([]string{command, "--listen=" + address, "--pomerium-ca=" + h.gateway.CAFile()}, args...),
		env: append(os.Environ(), "HTTPS_PROXY="+h.gateway.ProxyURL()), logs: logs,
		base: &url.URL{Scheme: "http", Host: address}, ended: h.ended,
	}
	if err := p.begin(ctx); err != nil {
		return nil, err
	}
	h.closers = append(h.closers, func() error { return p.end(syscall.SIGTERM) })
	return p, nil
}

func (p *program) begin(ctx context.Context) error {
	// Not bound to ctx: it is to end in an orderly way.
	process := exec.Command(p.path, p.args...)
	process.Env, process.Stdout, process.Stderr = p.env, p.logs, p.logs
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for the demo, which passes it on
	if err := process.Start(); err != nil {
		return fmt.Errorf("start %s: %w", p.args[0], err)
	}
	gone := make(chan struct{})
	p.mu.Lock()
	p.process, p.gone, p.wanted = process, gone, false
	p.mu.Unlock()
	go func() {
		result := process.Wait()
		p.mu.Lock()
		p.result = result
		wanted := p.wanted
		p.mu.Unlock()
		close(gone)
		if !wanted {
			select {
			case p.ended <- fmt.Errorf("%s ended: %v", p.args[0], result):
			default: // it is known already
			}
		}
	}()
	if err := p.ready(ctx, gone); err != nil {
		_ = p.end(syscall.SIGKILL)
		return err
	}
	return nil
}

func (p *program) ready(ctx context.Context, gone <-chan struct{}) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-gone:
			return fmt.Errorf("%s did not start: %v", p.args[0], p.result)
		case <-time.After(20 * time.Millisecond):
		}
		response, err := http.Get(p.base.JoinPath("readyz").String())
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
	}
}

// end sends a signal, waits for the end and returns what the program ended with.
func (p *program) end(signal syscall.Signal) error {
	p.mu.Lock()
	p.wanted = true
	process, gone := p.process, p.gone
	p.mu.Unlock()
	_ = process.Process.Signal(signal)
	<-gone
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.result
}

// crash kills the program at once, and starts it anew at the same address.
func (p *program) crash(ctx context.Context) error {
	_ = p.end(syscall.SIGKILL)
	return p.begin(ctx)
}

// freeAddress returns one that nobody listened at a moment ago.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return listener.Addr().String(), listener.Close()
}
