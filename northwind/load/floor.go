package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

// serveEcho serves the least that an MCP server over HTTP can be: it decodes a JSON-RPC request and encodes an answer,
// of as many bytes as the request's size says.
func serveEcho(ctx context.Context, address string) error {
	filler := strings.Repeat("x", 1<<20)
	handler := func(w http.ResponseWriter, r *http.Request) {
		var request struct {
			Version string          `json:"jsonrpc"`
			ID      json.RawMessage `json:"id"`
			Method  string          `json:"method"`
			Params  json.RawMessage `json:"params"`
		}
		size, err := strconv.Atoi(r.URL.Query().Get("size"))
		if err == nil {
			err = json.NewDecoder(r.Body).Decode(&request)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var answer struct {
			Version string          `json:"jsonrpc"`
			ID      json.RawMessage `json:"id"`
			Result  struct {
				Text string `json:"text"`
			} `json:"result"`
		}
		answer.Version, answer.ID = request.Version, request.ID
		answer.Result.Text = filler[:max(0, size-len(`{"jsonrpc":"2.0","id":1,"result":{"text":""}}`))]
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	}
	server := &http.Server{Addr: address, Handler: http.HandlerFunc(handler), ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the bare answers: %w", err)
	}
	return nil
}

// direct is the database under database/sql and the same driver, in this process.
type direct struct {
	db     *sql.DB
	folder string
}

// northwindConnections is how many queries the server runs at once. With one connection for each client database/sql is
// slower.
const northwindConnections = 4

func openDirect(image []byte, conns int) (*direct, error) {
	folder, err := os.MkdirTemp("", "northwind")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the database: %w", err)
	}
	path := filepath.Join(folder, "northwind.db")
	if err := os.WriteFile(path, image, 0o600); err != nil {
		return nil, fmt.Errorf("writing the database: %w", err)
	}
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return &direct{db: db, folder: folder}, nil
}

func (d *direct) close() error { return errors.Join(d.db.Close(), os.RemoveAll(d.folder)) }

// ask is the asker that runs the statements and reads every cell.
func (d *direct) ask(ctx context.Context, n int) (func() error, func() error, error) {
	all := statements()
	next := func() error {
		n++
		return d.read(ctx, all[n%len(all)])
	}
	return next, func() error { return nil }, nil
}

func (d *direct) read(ctx context.Context, statement string) error {
	rows, err := d.db.QueryContext(ctx, statement)
	if err != nil {
		return fmt.Errorf("running a statement: %w", err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("reading the columns: %w", err)
	}
	cells := make([]any, len(names))
	for i := range cells {
		cells[i] = new(any)
	}
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return fmt.Errorf("reading a row: %w", err)
		}
	}
	return rows.Err()
}
