package northwind

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"
)

// audit writes who used what, one line for each use. It is safe for concurrent use.
type audit struct{ log *slog.Logger }

// event is what happened, in the words of the log.
type event string

const (
	toolCalled   event = "tool called"
	resourceRead event = "resource read"
	promptRead   event = "prompt read"
)

// ending is how it ended: one of these, or the [Kind] of its error.
type ending string

const (
	done      ending = "ok"
	forbidden ending = "forbidden" // the rights of the server leave it out
	unknown   ending = "unknown"   // there is nothing of this name
)

// use is one use of the server.
type use struct {
	event     event
	name      string          // of the tool or prompt, or the URI of the resource
	arguments json.RawMessage // as they came; nil if there were none
	outcome   ending
	rows      int
	bytes     int // of the contents of the answer
	took      time.Duration
	cached    bool // the answer was made for an earlier call
}

// The most that a line takes of what a client sent, in bytes. Each statement that can have run is there in full.
const (
	maxLoggedName      = 1 << 10
	maxLoggedArguments = maxSQL
)

// write logs a use by the request of the context. The fields are a contract, which the section "Who read what" of the
// README tells to those who read logs.
func (a audit) write(ctx context.Context, u use) {
	if !a.log.Enabled(ctx, slog.LevelInfo) {
		return
	}
	ctx, about := requestOf(ctx)
	attrs := make([]slog.Attr, 0, 11)
	if about.caller != nil {
		attrs = append(attrs, slog.String("user", about.caller.Subject), slog.String("email", about.caller.Email))
	}
	name := cut(u.name, maxLoggedName)
	sql, rest := statement(u.arguments)
	switch u.event {
	case toolCalled:
		attrs = append(attrs, slog.String("tool", name))
	case resourceRead:
		attrs = append(attrs, slog.String("uri", name))
	case promptRead:
		attrs = append(attrs, slog.String("prompt", name))
	}
	if sql != "" {
		attrs = append(attrs, slog.String("sql", cut(sql, maxLoggedArguments)))
	}
	if rest != "" {
		attrs = append(attrs, slog.String("arguments", cut(rest, maxLoggedArguments)))
	}
	attrs = append(attrs, slog.String("outcome", string(u.outcome)))
	if u.event == toolCalled {
		attrs = append(attrs, slog.Int("rows", u.rows), slog.Bool("cached", u.cached))
	}
	attrs = append(attrs, slog.Int("bytes", u.bytes), slog.Float64("ms", milliseconds(u.took)), slog.String("request_id", about.id))
	a.log.LogAttrs(ctx, slog.LevelInfo, string(u.event), attrs...)
}

// statement splits arguments into the SQL of the one named query, and the others as compact JSON. Like the decoder of
// the tools it takes that name in any case; if there are two such arguments, all stay together.
func statement(arguments json.RawMessage) (sql, rest string) {
	if len(arguments) == 0 {
		return "", ""
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(arguments, &all); err != nil {
		return "", string(arguments)
	}
	var queries []string
	for name := range all {
		if strings.EqualFold(name, "query") {
			queries = append(queries, name)
		}
	}
	if len(queries) == 1 && json.Unmarshal(all[queries[0]], &sql) == nil {
		delete(all, queries[0])
	}
	if len(all) == 0 {
		return sql, ""
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(all); err != nil {
		return sql, string(arguments)
	}
	return sql, strings.TrimSuffix(b.String(), "\n")
}

// cut returns s, or as many whole characters of it as fit into n bytes and how many bytes are left out.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return fmt.Sprintf("%s… [%d more bytes]", s[:n], len(s)-n)
}
