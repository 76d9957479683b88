package pomeriumtest

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// ProxyURL is the address of an HTTP proxy for programs that cannot resolve the
// hosts of the gateway: with it as HTTPS_PROXY they find there every host that has a
// route, and the authenticate host, on whatever port. Other hosts they find where
// they are.
func (g *Gateway) ProxyURL() string { return g.proxyURL }

func (g *Gateway) startProxy() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	g.proxyURL = "http://" + listener.Addr().String()
	g.proxy = &http.Server{Handler: http.HandlerFunc(g.tunnel), ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	g.running.Go(func() { _ = g.proxy.Serve(listener) })
	return nil
}

// tunnel answers CONNECT (RFC 9110 section 9.3.6).
func (g *Gateway) tunnel(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodConnect {
		http.Error(w, "only CONNECT", http.StatusMethodNotAllowed)
		return
	}
	address := r.Host
	if host := bare(address); g.route(host) != nil || host == g.options.AuthenticateHost {
		address = g.listener.Addr().String()
	}
	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second)
	defer cancel()
	far, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		http.Error(w, "no connection", http.StatusBadGateway)
		return
	}
	near, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil || !g.begin() {
		_ = far.Close()
		return
	}
	defer g.running.Done()
	g.join(near, buffered, far)
}

// join carries bytes between two connections until one ends, or the gateway.
func (g *Gateway) join(near net.Conn, sent io.Reader, far net.Conn) {
	ended := make(chan struct{}, 2)
	var carrying sync.WaitGroup
	carry := func(to io.Writer, from io.Reader) {
		_, _ = io.Copy(to, from)
		ended <- struct{}{}
	}
	_, _ = io.WriteString(near, "HTTP/1.1 200 Connection Established\r\n\r\n")
	carrying.Go(func() { carry(far, sent) })
	carrying.Go(func() { carry(near, far) })
	select {
	case <-ended:
	case <-g.closed:
	}
	_ = near.Close()
	_ = far.Close()
	carrying.Wait()
}
