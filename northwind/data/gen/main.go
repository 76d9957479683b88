// Command gen writes the Northwind database to the file named by its only argument.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/pomerium/pomchat/northwind/data"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run builds the database and writes it to the path that args holds.
func run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want the path of the file to write, got %d arguments", len(args))
	}
	db, err := data.Build(ctx)
	if err != nil {
		return fmt.Errorf("build Northwind: %w", err)
	}
	if err := os.WriteFile(args[0], db, 0o644); err != nil {
		return fmt.Errorf("write Northwind: %w", err)
	}
	return nil
}
