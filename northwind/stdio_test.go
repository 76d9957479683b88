package northwind

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// greeting is how a client begins.
const greeting = `{"jsonrpc":"2.0","id":"hi","method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}` + "\n" +
	`{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n"

// lineBuffer is an output that may be read while it is written.
type lineBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lineBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

// lines returns what was written, less the answer to the greeting.
func (b *lineBuffer) lines() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var lines []string
	for l := range strings.Lines(b.text.String()) {
		if !strings.HasPrefix(l, `{"jsonrpc":"2.0","id":"hi","result":`) {
			lines = append(lines, strings.TrimSuffix(l, "\n"))
		}
	}
	return lines
}

// converse greets the server, says the text, and returns the lines of the answer after the input has ended.
func converse(t *testing.T, db *DB, text string) []string {
	t.Helper()
	var out lineBuffer
	if err := newServer(db, HandlerOptions{}).Run(t.Context(), &stdio{in: strings.NewReader(greeting + text), out: &out, patience: time.Minute}); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	return out.lines()
}

// callOf is a call of read_query.
func callOf(id, sql string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":"read_query","arguments":{"query":%q}}}`, id, sql)
}

const pong = `{"jsonrpc":"2.0","id":9,"result":{}}`

func TestFaultyMessagesOnStdio(t *testing.T) {
	db := open(t, Limits{})
	for _, tt := range append(faultyMessages(), []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"blanks", " \t", ""},
		{"a line that ends as on Windows", "\r", ""},
		{"bytes that are no UTF-8 outside of a string", "\xff", `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"the message is not one value in JSON"}}`},
		{"a message nested too deep", `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `}}`,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"the message is none of JSON-RPC, or nested too deep"}}`},
		{"a faulty notification", `{"jsonrpc":"2.0","method":"notifications/cancelled","params":[]}`, ""},
		{"an answer that nobody waits for", `{"jsonrpc":"2.0","id":5,"result":{}}`, ""},
		{"a line that is too long", `{"x":"` + strings.Repeat("x", maxBody) + `"}`,
			`{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the line is longer than the 262144 bytes that a message may have"}}`},
		{"a line that is far too long", strings.Repeat("x", 20*maxBody),
			`{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the line is longer than the 262144 bytes that a message may have"}}`},
		{"a line that is just not too long", `{"jsonrpc":"2.0","id":1,"method":"ping"}` + strings.Repeat(" ", maxBody-40) + "\r", `{"jsonrpc":"2.0","id":1,"result":{}}`},
	}...) {
		t.Run(tt.name, func(t *testing.T) {
			want := []string{tt.want, pong}
			if tt.want == "" {
				want = want[1:]
			}
			got := converse(t, db, tt.text+"\n"+`{"jsonrpc":"2.0","id":9,"method":"ping"}`)
			if len(got) == 2 && got[0] == pong { // answers may overtake one another
				got[0], got[1] = got[1], got[0]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestBatchOnStdio(t *testing.T) {
	db := open(t, Limits{})
	const ping, done, note = `{"jsonrpc":"2.0","id":%d,"method":"ping"}`, `{"jsonrpc":"2.0","id":%d,"result":{}}`, `{"jsonrpc":"2.0","method":"notifications/initialized"}`
	for _, tt := range []struct{ name, text, want string }{
		{"two calls", fmt.Sprintf("["+ping+","+ping+"]", 1, 2), fmt.Sprintf("["+done+","+done+"]", 1, 2)},
		{"a fault and notifications between them", fmt.Sprintf("["+ping+","+note+",7,"+note+","+ping+"]", 1, 2),
			fmt.Sprintf("["+done+`,{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"a message must be an object"}},`+done+"]", 1, 2)},
		{"nothing but faults", "[7]", `[{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"a message must be an object"}}]`},
		{"nothing but notifications", "[" + note + "," + note + "]", ""},
		{"an id twice", fmt.Sprintf("["+ping+","+ping+"]", 1, 1), fmt.Sprintf("["+done+`,{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the id is that of a call that has no answer yet"}}]`, 1)},
		{"too many", "[" + strings.TrimSuffix(strings.Repeat(note+",", 21), ",") + "]", `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"a batch may have 20 messages, and this one has 21"}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(converse(t, db, tt.text), "\n"); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestStdioAnswersWhatItHasRead ends the input behind calls that take a while.
func TestStdioAnswersWhatItHasRead(t *testing.T) {
	db := open(t, Limits{CacheBytes: -1})
	var text strings.Builder
	for i := range 10 {
		fmt.Fprintln(&text, callOf(fmt.Sprint(i), fmt.Sprintf("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000) SELECT max(n) + %d AS m FROM r", i)))
	}
	got := strings.Join(converse(t, db, text.String()), "\n")
	for i := range 10 {
		if want := fmt.Sprintf(`1 row\nm\n%d"`, 1000+i); !strings.Contains(got, want) {
			t.Fatalf("%s is not in\n%s", want, got)
		}
	}
}

func TestStdioEndsWithADebtThatLasts(t *testing.T) {
	const listen = `{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{` + newestMeta + `}}`
	if got := converse(t, open(t, Limits{}), listen); len(got) > 1 { // it may have been told that it listens
		t.Errorf("got %s", got)
	}
}

func TestStdioHasNoMorePatience(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: time.Hour})
	var out lineBuffer
	transport := &stdio{in: strings.NewReader(greeting + callOf("1", endlessQuery)), out: &out, patience: 10 * time.Millisecond}
	if err := newServer(db, HandlerOptions{}).Run(t.Context(), transport); err != nil || len(out.lines()) != 0 {
		t.Errorf("the server ended with %v after %s", err, out.lines())
	}
	ask(t, db, Query{SQL: "SELECT 1"}) // the connection is free
}

// TestStdioEndsWithItsContext stops a server in an endless query, before its client ends the input and after.
func TestStdioEndsWithItsContext(t *testing.T) {
	for _, ended := range []bool{false, true} {
		db := open(t, Limits{Concurrency: 1, Timeout: time.Hour})
		ctx, stop := context.WithCancel(t.Context())
		in, client := io.Pipe()
		done := make(chan error, 1)
		go func() {
			done <- newServer(db, HandlerOptions{}).Run(ctx, &stdio{in: in, out: &lineBuffer{}, patience: time.Hour})
		}()
		if _, err := io.WriteString(client, greeting+callOf("1", endlessQuery)+"\n"); err != nil {
			t.Fatal(err)
		}
		for len(db.free) == 1 {
			time.Sleep(time.Millisecond)
		}
		if ended {
			client.Close()
		}
		stop()
		if err := <-done; err != context.Canceled {
			t.Errorf("the server ended with %v", err)
		}
		ask(t, db, Query{SQL: "SELECT 1"})
		client.Close()
	}
}

// TestCommandAnswersOnStdioBeforeItEnds pipes a conversation into a child process.
func TestCommandAnswersOnStdioBeforeItEnds(t *testing.T) {
	const child = "NORTHWIND_TEST_STDIO_PIPE"
	if os.Getenv(child) != "" {
		c := command(func(c *Command) { c.Stdio = true })
		if err := c.Run(t.Context(), surroundings(slog.New(slog.NewTextHandler(os.Stderr, nil)), shop(t))); err != nil {
			t.Fatal(err)
		}
		os.Exit(0) // before the test framework writes to standard output
	}
	command := exec.Command(os.Args[0], "-test.run=^TestCommandAnswersOnStdioBeforeItEnds$")
	command.Env = append(os.Environ(), child+"=1")
	command.Stdin = strings.NewReader(greeting + "hello\n" + callOf("1", "SELECT count(*) AS n FROM Orders"))
	var log strings.Builder
	command.Stderr = &log
	out, err := command.Output()
	if err != nil || !strings.Contains(string(out), `-32700`) || !strings.Contains(string(out), `1 row\nn\n3`) || !strings.Contains(log.String(), "tool=read_query") {
		t.Errorf("%v\n%s\n%s", err, out, log.String())
	}
}

func TestStdioCallsOffAQuery(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: time.Hour})
	got := converse(t, db, callOf("1", endlessQuery)+"\n"+`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`)
	if len(got) != 1 || !strings.HasPrefix(got[0], `{"jsonrpc":"2.0","id":1,`) {
		t.Errorf("got %s", got)
	}
	ask(t, db, Query{SQL: "SELECT 1"})
}
