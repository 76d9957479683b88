// Command serve runs the fake of package llmtest, for tests that are not written in
// Go: it says its base URL on the first line of its output, and ends with SIGINT,
// SIGTERM or, if so told, its standard input. It is for loopback and for tests only.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/pomerium/pomchat/app/llm/llmtest"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func run() error {
	listen := flag.String("listen", "127.0.0.1:0", "address to listen on")
	key := flag.String("key", "", "the only API key that is accepted; empty means any")
	api := flag.String("api", "", `"responses" or "chat" for a server that has only one of them`)
	pace := flag.Duration("pace", 0, "how long to wait before each delta of a text")
	script := flag.String("script", "", "a JSON file that says for a question which scenario it asks for")
	untilEOF := flag.Bool("until-eof", false, "end with the standard input")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if *untilEOF {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	asked, err := readScript(*script)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	fmt.Printf("http://%s/v1\n", l.Addr())

	server := &http.Server{Handler: llmtest.NewHandler(llmtest.Config{Key: *key, API: *api, Pace: *pace, Script: asked}), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	if err := server.Close(); err != nil {
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// readScript reads what a question stands for; without a file, every question is itself.
func readScript(file string) (map[string]string, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the script: %w", err)
	}
	var asked map[string]string
	if err := json.Unmarshal(text, &asked); err != nil {
		return nil, fmt.Errorf("read the script %s: %w", file, err)
	}
	return asked, nil
}
