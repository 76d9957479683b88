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
	"syscall"
	"time"
)

// start starts a command of pomchat and waits until it is ready. It finds the hosts
// of the gateway by HTTPS_PROXY, as a container would by its network.
func (h *house) start(ctx context.Context, binary string, logs io.Writer, command string, args ...string) (*url.URL, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	// Not bound to ctx: it is to end in an orderly way.
	program := exec.Command(binary, append([]string{command, "--listen=" + address, "--pomerium-ca=" + h.gateway.CAFile()}, args...)...)
	program.Env = append(os.Environ(), "HTTPS_PROXY="+h.gateway.ProxyURL())
	program.Stdout, program.Stderr = logs, logs
	program.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for the demo, which passes it on
	if err := program.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", command, err)
	}
	ended := make(chan struct{})
	var result error
	go func() {
		result = program.Wait()
		close(ended)
		h.ended <- fmt.Errorf("%s ended: %v", command, result)
	}()
	h.closers = append(h.closers, func() error {
		_ = program.Process.Signal(syscall.SIGTERM)
		<-ended
		return result
	})
	base := &url.URL{Scheme: "http", Host: address}
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-ended:
			return nil, fmt.Errorf("%s did not start: %v", command, result)
		case <-time.After(20 * time.Millisecond):
		}
		response, err := http.Get(base.JoinPath("readyz").String())
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return base, nil
			}
		}
	}
}

// freeAddress returns one that nobody listened at a moment ago.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return listener.Addr().String(), listener.Close()
}
