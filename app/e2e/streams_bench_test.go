package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// BenchmarkStreams has many answers written at the same time, each in 50 pieces a
// second, and tells how long a piece takes from the model's write to the reader's read,
// through the built binary. Both ends are in this process, on the same cores, so that
// what it tells is the worst. No piece may be lost.
func BenchmarkStreams(b *testing.B) {
	eachCount(b, func(b *testing.B, n int) {
		h := openHall(b)
		defer h.close()
		report(b, readAll(b, n, h.readAnswer))
	})
}

// BenchmarkStreamsDirect is the same without pomchat in between, and BenchmarkStreamsRelay
// with a bare relay in its place: what BenchmarkStreams tells beyond that is what pomchat
// adds, and not the machine.
func BenchmarkStreamsDirect(b *testing.B) {
	eachCount(b, func(b *testing.B, n int) {
		provider := httptest.NewServer(http.HandlerFunc(writePieces))
		defer provider.Close()
		readRaw(b, n, provider.URL)
	})
}

// BenchmarkStreamsRelay is described there.
func BenchmarkStreamsRelay(b *testing.B) {
	eachCount(b, func(b *testing.B, n int) {
		provider := httptest.NewServer(http.HandlerFunc(writePieces))
		defer provider.Close()
		readRaw(b, n, startRelay(b, provider.URL))
	})
}

// readRaw reads so many answers in the model's own words, and reports how long they took.
func readRaw(b *testing.B, n int, url string) {
	client := patientClient()
	report(b, readAll(b, n, func() ([]piece, error) {
		return readPieces(client, http.MethodPost, url, func(data []byte) (string, error) {
			var e struct{ Delta string }
			err := json.Unmarshal(data, &e)
			return e.Delta, err
		})
	}))
}

// BenchmarkStreamsMemory tells what each of many streams holds in memory when more than
// half of its answer is written. To look takes so long that pieces would be late by it.
func BenchmarkStreamsMemory(b *testing.B) {
	eachCount(b, func(b *testing.B, n int) {
		h := openHall(b)
		defer h.close()
		idle := h.memory(b)
		h.collect(b)
		before := h.memory(b)
		most := idle
		done := make(chan struct{})
		go func() {
			defer close(done)
			readAll(b, n, h.readAnswer)
		}()
		for range 10 {
			time.Sleep(pieces * time.Second / piecesASec / 15)
			most.resident = max(most.resident, h.memory(b).resident)
		}
		h.collect(b)
		full := h.memory(b)
		<-done
		b.ReportMetric((full.heap-before.heap)/1024/float64(n), "heap-KB/stream")
		b.ReportMetric((full.stacks-before.stacks)/1024/float64(n), "stacks-KB/stream")
		b.ReportMetric((most.resident-idle.resident)/1024/float64(n), "resident-KB/stream")
	})
}

const (
	pieces     = 150 // of an answer
	piecesASec = 50
)

// piece is a piece of an answer that came.
type piece struct{ written, read time.Time }

func eachCount(b *testing.B, do func(b *testing.B, n int)) {
	for _, n := range []int{1, 100, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				do(b, n)
			}
		})
	}
}

// readAll reads so many answers at the same time, and returns their pieces.
func readAll(b *testing.B, n int, read func() ([]piece, error)) [][]piece {
	answers := make([][]piece, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			var err error
			if answers[i], err = read(); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	return answers
}

// report tells how long those pieces took that were written while all the answers were
// being written.
func report(b *testing.B, answers [][]piece) {
	if b.Failed() {
		b.FailNow()
	}
	from, to := answers[0][0].written, answers[0][pieces-1].written
	for _, a := range answers {
		if a[0].written.After(from) {
			from = a[0].written
		}
		if a[pieces-1].written.Before(to) {
			to = a[pieces-1].written
		}
	}
	var delays []time.Duration
	for _, a := range answers {
		for _, p := range a {
			if !p.written.Before(from) && !p.written.After(to) {
				delays = append(delays, p.read.Sub(p.written))
			}
		}
	}
	if len(delays) == 0 {
		b.Fatal("the answers were not written at the same time")
	}
	slices.Sort(delays)
	b.ReportMetric(float64(delays[len(delays)/2].Microseconds()), "µs-p50")
	b.ReportMetric(float64(delays[len(delays)*99/100].Microseconds()), "µs-p99")
}

// hall is the built binary with a model that writes pieces.
type hall struct {
	*process
	provider *httptest.Server
	client   *http.Client
	operator string // address of its metrics
}

func openHall(b *testing.B) *hall {
	b.Helper()
	h := &hall{provider: httptest.NewServer(http.HandlerFunc(writePieces)), client: patientClient(), operator: freeAddress(b)}
	dir := b.TempDir()
	var err error
	h.process, err = launch(dir, []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "OPENAI_API_KEY=sk-x", "OPENAI_BASE_URL=" + h.provider.URL + "/v1"},
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

// writePieces is a model whose every piece says when it was written.
func writePieces(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		_, _ = fmt.Fprint(w, `{"data":[{"id":"gpt-5","object":"model"}]}`)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(kind, rest string) {
		_, _ = fmt.Fprintf(w, "event: %s\ndata: {\"type\":%q%s}\n\n", kind, kind, rest)
		_ = http.NewResponseController(w).Flush()
	}
	send("response.created", `,"response":{"id":"r","status":"in_progress"}`)
	send("response.output_item.added", `,"output_index":0,"item":{"type":"message","id":"m","content":[]}`)
	tick := time.NewTicker(time.Second / piecesASec)
	defer tick.Stop()
	for range pieces {
		<-tick.C
		send("response.output_text.delta", fmt.Sprintf(`,"item_id":"m","output_index":0,"delta":"%d "`, time.Now().UnixNano()))
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

// readPieces reads a stream, of whose events textOf tells the text.
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
	var all []piece
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		now := time.Now()
		text, err := textOf([]byte(data))
		if err != nil {
			return nil, err
		}
		for word := range strings.FieldsSeq(text) {
			at, err := strconv.ParseInt(word, 10, 64)
			if err != nil {
				return nil, err
			}
			all = append(all, piece{written: time.Unix(0, at), read: now})
		}
	}
	if len(all) != pieces {
		return nil, fmt.Errorf("%d pieces came, want %d (%w)", len(all), pieces, lines.Err())
	}
	return all, lines.Err()
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
