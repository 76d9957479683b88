package postgres_test

import (
	"bytes"
	"net"
	"sync"
	"testing"
)

// proxy hands bytes on to a server, and can cut a connection at a commit: after the
// server has answered, or before it is told.
type proxy struct {
	address, to string
	late        bool
	mu          sync.Mutex
	armed       bool
}

func newProxy(t *testing.T, to string, late bool) *proxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p := &proxy{address: l.Addr().String(), to: to, late: late}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(client)
		}
	}()
	return p
}

func (p *proxy) cutNextCommit() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed = true
}

func (p *proxy) hasCut() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.armed
}

// fires reports whether to cut now.
func (p *proxy) fires(sent []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.armed || !bytes.Contains(sent, []byte("commit\x00")) {
		return false
	}
	p.armed = false
	return true
}

func (p *proxy) serve(client net.Conn) {
	defer func() { _ = client.Close() }()
	back, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer func() { _ = back.Close() }()
	answers := make(chan []byte)
	go func() {
		defer close(answers)
		for buf := make([]byte, 32<<10); ; {
			n, err := back.Read(buf)
			if err != nil {
				_ = client.Close()
				return
			}
			answers <- bytes.Clone(buf[:n])
		}
	}()
	cut := make(chan struct{})
	go func() {
		defer func() { _ = back.Close() }()
		for buf := make([]byte, 32<<10); ; {
			n, err := client.Read(buf)
			if err != nil {
				return
			}
			if p.fires(buf[:n]) {
				close(cut)
				if !p.late {
					return
				}
			}
			if _, err := back.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	for answer := range answers {
		select {
		case <-cut:
			_ = client.Close() // which ends the other two
			for range answers {
			}
			return
		default:
		}
		if _, err := client.Write(answer); err != nil {
			_ = back.Close()
		}
	}
}
