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
// through the built binary, and what each stream holds in memory. Both ends are in this
// process, on the same cores, so that what it tells is the worst. No piece may be lost.
func BenchmarkStreams(b *testing.B) {
	for _, n := range []int{1, 100, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				streams(b, n)
			}
		})
	}
}

const (
	pieces      = 150 // of an answer
	piecesASec  = 50
	piecesToSum = 20 // at the beginning, while streams are opened, do not count
)

func streams(b *testing.B, n int) {
	provider := httptest.NewServer(http.HandlerFunc(writePieces))
	defer provider.Close()
	dir, operator := b.TempDir(), freeAddress(b)
	p, err := launch(dir, []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "OPENAI_API_KEY=sk-x", "OPENAI_BASE_URL=" + provider.URL + "/v1"},
		"serve", "--max-runs=2000", "--runs-per-minute=10000", "--admin-listen="+operator)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = p.end(syscall.SIGTERM) }()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * n, MaxConnsPerHost: 0}}
	if _, err := readAnswer(client, p.base); err != nil { // what is made once, at the first
		b.Fatal(err)
	}
	before := memoryOf(b, operator, true)

	var mu sync.Mutex
	var delays []time.Duration
	var most, full memory
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			some, err := readAnswer(client, p.base)
			if err != nil {
				b.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			delays = append(delays, some...)
		})
	}
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for i := range 20 {
			time.Sleep(pieces * time.Second / piecesASec / 25)
			now := memoryOf(b, operator, i == 15)
			if most.resident = max(most.resident, now.resident); i == 15 {
				full = now
			}
		}
	}()
	all.Wait()
	<-watched
	if b.Failed() {
		b.Fatalf("the log:\n%s", p.log)
	}
	slices.Sort(delays)
	b.ReportMetric(float64(delays[len(delays)/2].Microseconds()), "µs-p50")
	b.ReportMetric(float64(delays[len(delays)*99/100].Microseconds()), "µs-p99")
	b.ReportMetric((full.live-before.live)/1024/float64(n), "live-KB/stream")
	b.ReportMetric((most.resident-before.resident)/1024/float64(n), "resident-KB/stream")
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

// readAnswer asks, and returns how old each piece of the answer was when it came.
func readAnswer(client *http.Client, base string) ([]time.Duration, error) {
	var thread struct{ ID string }
	if err := postJSON(client, base+"/api/threads", "", &thread); err != nil {
		return nil, err
	}
	var run struct{ RunID string }
	if err := postJSON(client, base+"/api/threads/"+thread.ID+"/runs", `{"text":"Hi","servers":[]}`, &run); err != nil {
		return nil, err
	}
	res, err := client.Get(base + "/api/runs/" + run.RunID + "/events")
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	var delays []time.Duration
	seen := 0
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		now := time.Now()
		e, err := chat.DecodeEvent([]byte(data))
		if err != nil {
			return nil, err
		}
		if d, ok := e.(chat.TextDelta); ok {
			for word := range strings.FieldsSeq(d.Delta) {
				at, err := strconv.ParseInt(word, 10, 64)
				if err != nil {
					return nil, err
				}
				if seen++; seen > piecesToSum {
					delays = append(delays, now.Sub(time.Unix(0, at)))
				}
			}
		}
	}
	if seen != pieces {
		return nil, fmt.Errorf("%d pieces came, want %d (%w)", seen, pieces, lines.Err())
	}
	return delays, lines.Err()
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
	live     float64 // reachable at the newest collection, and stacks
	resident float64 // what the system gave it, garbage and reserves among it
}

// memoryOf asks the process, after its garbage was collected if that is wanted: some times,
// as each time a stack that is too large loses only half of its size.
func memoryOf(b *testing.B, operator string, collect bool) memory {
	b.Helper()
	for range map[bool]int{true: 4}[collect] {
		res, err := http.Get("http://" + operator + "/debug/pprof/heap?gc=1")
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
	res, err := http.Get("http://" + operator + "/metrics")
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
		case "go_gc_heap_live_bytes", "go_memory_classes_heap_stacks_bytes":
			m.live += value
		case "process_resident_memory_bytes":
			m.resident = value
		}
	}
	return m
}
