package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// hall is the built binary with a model that writes pieces.
type hall struct {
	*process
	model    *model
	provider *httptest.Server
	client   *http.Client
	operator string // address of its metrics
}

func openHall(b *testing.B, far bool) *hall {
	b.Helper()
	h := &hall{model: &model{}, client: patientClient(), operator: freeAddress(b)}
	h.provider = httptest.NewUnstartedServer(h.model)
	dir := b.TempDir()
	env := []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "OPENAI_API_KEY=sk-x"}
	if !far {
		h.provider.Start()
	} else {
		h.provider.EnableHTTP2 = true
		h.provider.StartTLS()
		authority := filepath.Join(dir, "ca.pem")
		env = append(env, "SSL_CERT_FILE="+authority)
		block := &pem.Block{Type: "CERTIFICATE", Bytes: h.provider.Certificate().Raw}
		if err := os.WriteFile(authority, pem.EncodeToMemory(block), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	var err error
	h.process, err = launch(dir, append(env, "OPENAI_BASE_URL="+h.provider.URL+"/v1"),
		"serve", "--max-runs=2000", "--runs-per-minute=10000", "--admin-listen="+h.operator)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := h.readAnswer(); err != nil { // what is made once, at the first
		b.Fatal(err)
	}
	return h
}

func (h *hall) close() {
	_ = h.end(syscall.SIGTERM)
	h.provider.Close()
}

func patientClient() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2000}}
}

// model is one whose every piece says when it was written.
type model struct {
	mayEnd  chan struct{} // nil, or closed when answers may end
	waiting atomic.Int64  // answers that wait for that
}

// ServeHTTP writes an answer.
func (m *model) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		_, _ = fmt.Fprint(w, `{"data":[{"id":"gpt-5","object":"model"}]}`)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	send := func(kind, rest string) {
		_, _ = fmt.Fprintf(w, "event: %s\ndata: {\"type\":%q%s}\n\n", kind, kind, rest)
		_ = out.Flush()
	}
	send("response.created", `,"response":{"id":"r","status":"in_progress"}`)
	send("response.output_item.added", `,"output_index":0,"item":{"type":"message","id":"m","content":[]}`)
	const begins = "event: response.output_text.delta\n" +
		`data: {"type":"response.output_text.delta","item_id":"m","output_index":0,"delta":"`
	var line []byte
	tick := time.NewTicker(time.Second / piecesASec)
	defer tick.Stop()
	for i := range pieces {
		if i == pieces-atLast && m.mayEnd != nil {
			m.waiting.Add(1)
			<-m.mayEnd
		}
		<-tick.C
		line = append(line[:0], begins...)
		line = strconv.AppendInt(line, time.Now().UnixNano(), 10)
		_, _ = w.Write(append(line, " \"}\n\n"...))
		_ = out.Flush()
	}
	send("response.completed", `,"response":{"id":"r","status":"completed","usage":{"input_tokens":1,"output_tokens":1}}`)
}

// readAnswer asks, and reads the answer.
func (h *hall) readAnswer() ([]piece, error) {
	var thread struct{ ID string }
	if err := postJSON(h.client, h.base+"/api/threads", "", &thread); err != nil {
		return nil, err
	}
	var run struct{ RunID string }
	if err := postJSON(h.client, h.base+"/api/threads/"+thread.ID+"/runs", `{"text":"Hi","servers":[]}`, &run); err != nil {
		return nil, err
	}
	return readPieces(h.client, http.MethodGet, h.base+"/api/runs/"+run.RunID+"/events", func(data []byte) (string, error) {
		e, err := chat.DecodeEvent(data)
		d, _ := e.(chat.TextDelta)
		return d.Delta, err
	})
}

// heard is a line of a stream, and when it was read.
type heard struct {
	data []byte
	read time.Time
}

// readPieces reads a stream, of whose events textOf tells the text: when all has come, so
// that what one line takes to be understood makes no other late.
func readPieces(client *http.Client, method, url string, textOf func(data []byte) (string, error)) ([]piece, error) {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	var lines []heard
	in := bufio.NewScanner(res.Body)
	for in.Scan() {
		if data, ok := bytes.CutPrefix(in.Bytes(), []byte("data: ")); ok {
			lines = append(lines, heard{bytes.Clone(data), time.Now()})
		}
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	var all []piece
	for _, line := range lines {
		if string(line.data) == "[DONE]" {
			continue
		}
		text, err := textOf(line.data)
		if err != nil {
			return nil, err
		}
		for word := range strings.FieldsSeq(text) {
			at, err := strconv.ParseInt(word, 10, 64)
			if err != nil {
				return nil, err
			}
			all = append(all, piece{written: time.Unix(0, at), read: line.read})
		}
	}
	if len(all) != pieces {
		return nil, fmt.Errorf("%d pieces came, want %d", len(all), pieces)
	}
	return all, nil
}

func postJSON(client *http.Client, url, body string, into any) error {
	res, err := client.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("%s: %s", url, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// memory is what the process holds, in bytes.
type memory struct {
	heap     float64 // reachable at the newest collection
	stacks   float64
	resident float64 // what the system gave it, garbage and reserves among it
}

// collect has the process collect its garbage: some times, as each time a stack that is
// too large loses only half of its size.
func (h *hall) collect(b *testing.B) {
	b.Helper()
	for range 4 {
		res, err := http.Get("http://" + h.operator + "/debug/pprof/heap?gc=1")
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
}

func (h *hall) memory(b *testing.B) memory {
	b.Helper()
	res, err := http.Get("http://" + h.operator + "/metrics")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var m memory
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		name, text, _ := strings.Cut(lines.Text(), " ")
		value, _ := strconv.ParseFloat(text, 64)
		switch name {
		case "go_gc_heap_live_bytes":
			m.heap = value
		case "go_memory_classes_heap_stacks_bytes":
			m.stacks = value
		case "process_resident_memory_bytes":
			m.resident = value
		}
	}
	return m
}
