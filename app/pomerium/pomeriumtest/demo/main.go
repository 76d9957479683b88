// Command demo runs pomchat, Northwind and a server of notes behind the stand-in for
// Pomerium, all on loopback, for a person to click through. See -help.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

// settings are what the flags say.
type settings struct {
	listen  string   // of the gateway
	domain  string   // of all hosts
	binary  string   // pomchat
	data    string   // of pomchat serve
	more    []string // arguments of pomchat serve
	app     string   // the URL of an app that runs already, instead of pomchat
	control string   // address for browser tests
}

func main() {
	var s settings
	flag.StringVar(&s.listen, "listen", "127.0.0.1:8443", "loopback `address` for the gateway")
	flag.StringVar(&s.domain, "domain", "localhost", "`domain` of the hosts; browsers find all below localhost on this machine")
	flag.StringVar(&s.binary, "binary", "bin/pomchat", "`path` of pomchat")
	flag.StringVar(&s.app, "app", "", "`URL` of an app that runs already, to be used instead of pomchat serve")
	flag.StringVar(&s.data, "data", ":memory:", "`where` pomchat serve keeps threads")
	flag.StringVar(&s.control, "control", "", "loopback `address` at which browser tests do to the house what happens in life")
	flag.Usage = func() {
		_, _ = fmt.Fprintf(flag.CommandLine.Output(), "Usage: demo [flags] [-- flags of pomchat serve]\n\nBoth programs get the environment too.\n\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	s.more = flag.Args()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if err := run(ctx, s, os.Stdout, os.Stderr); err != nil {
		log.LogAttrs(ctx, slog.LevelError, "the demo ended", slog.Any("error", err))
		os.Exit(1)
	}
}

// run shows the house until ctx ends. It writes to out what a person has to know,
// and to logs what the programs log.
func run(ctx context.Context, s settings, out, logs io.Writer) (err error) {
	h, err := construct(ctx, s, logs)
	if err != nil {
		return err
	}
	defer func() { err = h.close(err) }()
	_, err = fmt.Fprintf(out, `Open %s and sign in as anybody.

The browser will warn of the certificate, once for each host. Not so if it trusts
  %s
or, being Chromium, is started with
  --ignore-certificate-errors-spki-list=%s
An MCP client from outside may use %s/mcp and %s/mcp;
if it does not find hosts below %s by itself, HTTPS_PROXY=%s helps.
Stop with Ctrl-C.
`, h.gateway.URL(h.chatHost), h.gateway.CAFile(), h.gateway.Pin(),
		h.gateway.URL("db."+s.domain), h.gateway.URL("notes."+s.domain), s.domain, h.gateway.ProxyURL())
	if err == nil && h.controlURL != "" {
		_, err = fmt.Fprintf(out, "Control at %s\n", h.controlURL)
	}
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-h.ended:
		return err
	}
}
