package e2e

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkColdStart measures from the start of the process to the first answer:
// of the page, and of an MCP server to its first tools/list.
func BenchmarkColdStart(b *testing.B) {
	const list = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	for _, bb := range []struct {
		name, command string
		request       func(base string) (*http.Request, error)
		want          string
	}{
		{"page", "serve", func(base string) (*http.Request, error) {
			return http.NewRequest(http.MethodGet, base+"/", nil)
		}, "<!doctype html>"},
		{"tools-list", "northwind-mcp", func(base string) (*http.Request, error) {
			req, err := http.NewRequest(http.MethodPost, base+"/mcp", strings.NewReader(list))
			if err == nil {
				req.Header.Set("Content-Type", "application/json")
				req.Header.Set("Accept", "application/json, text/event-stream")
			}
			return req, err
		}, "read_query"},
	} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				address := freeAddress(b)
				args := []string{bb.command, "--listen=" + address, "--log-level=error"}
				if bb.command == "serve" {
					args = append(args, "--data="+filepath.Join(b.TempDir(), "pomchat.db"))
				}
				cmd := exec.CommandContext(b.Context(), binary, args...)
				if err := cmd.Start(); err != nil {
					b.Fatal(err)
				}
				waitForAnswer(b, bb.want, func() (*http.Request, error) { return bb.request("http://" + address) })
				b.StopTimer()
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
				b.StartTimer()
			}
		})
	}
}

func freeAddress(b *testing.B) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// waitForAnswer asks until the answer is a 200 that contains want.
func waitForAnswer(b *testing.B, want string, request func() (*http.Request, error)) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 30*time.Second)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	last := "nothing"
	for ctx.Err() == nil {
		req, err := request()
		if err != nil {
			b.Fatal(err)
		}
		res, err := client.Do(req.WithContext(ctx))
		if err == nil {
			text, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK && strings.Contains(string(text), want) {
				return
			}
			last = fmt.Sprint(res.StatusCode, string(text))
		}
		time.Sleep(200 * time.Microsecond)
	}
	b.Fatalf("no answer in time; the last was %s", last)
}
