package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// relayTo is the variable that makes a bare relay of this program, to that address: the
// least that can stand between a model and its reader.
const relayTo = "POMCHAT_TEST_RELAY_TO"

// beRelay forwards requests until its standard input ends.
func beRelay(to string) error {
	target, err := url.Parse(to)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + l.Addr().String())
	proxy := &httputil.ReverseProxy{
		FlushInterval: -1, // each write at once
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(target) },
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = l.Close()
	}()
	if err := http.Serve(l, proxy); err != nil && !strings.Contains(err.Error(), "use of closed") {
		return err
	}
	return nil
}

// startRelay starts a bare relay and returns its address.
func startRelay(b *testing.B, to string) string {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), relayTo+"="+to)
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			b.Error(err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(line)
}
