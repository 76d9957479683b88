// Load measures the speed of `pomchat northwind-mcp` against what any server of its kind must spend: the same SQL run
// by database/sql, and a bare net/http server that decodes a JSON-RPC request and encodes an answer of the same size.
// All are measured in turns, so that a ratio compares the same minutes of the same machine; the figures themselves
// compare with nothing. The servers are processes of their own, reached over loopback.
//
//	go run ./northwind/load --binary bin/pomchat
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	var p plan
	flag.StringVar(&p.binary, "binary", "bin/pomchat", "the built program")
	flag.IntVar(&p.clients, "clients", 16, "clients that ask at the same time")
	flag.IntVar(&p.rounds, "rounds", 5, "turns of each case")
	flag.DurationVar(&p.turn, "turn", time.Second, "time of one turn")
	echo := flag.String("echo", "", "only serve the bare net/http server, at this address")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := error(nil)
	if *echo != "" {
		err = serveEcho(ctx, *echo)
	} else {
		err = p.run(ctx, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}
