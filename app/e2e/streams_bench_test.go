package e2e

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// BenchmarkStreams has many answers written at the same time, each in 50 pieces a
// second, and tells how long a piece takes from the model's write to the reader's read,
// through the built binary. Both ends are in this process, on the same cores, so that
// what it tells is the worst. No piece may be lost. The model is asked over plain HTTP, as
// one next door is, or over TLS and HTTP/2, as OpenAI's.
func BenchmarkStreams(b *testing.B) {
	eachHall(b, func(b *testing.B, n int, far bool) {
		h := openHall(b, far)
		defer h.close()
		report(b, readAll(b, n, h.readAnswer))
	})
}

// BenchmarkStreamsDirect is the same without pomchat in between, and BenchmarkStreamsRelay
// with a bare relay in its place: what BenchmarkStreams tells beyond that is what pomchat
// adds, and not the machine.
func BenchmarkStreamsDirect(b *testing.B) {
	eachCount(b, func(b *testing.B, n int) {
		provider := httptest.NewServer(&model{})
		defer provider.Close()
		readRaw(b, n, provider.URL)
	})
}

// BenchmarkStreamsRelay is described there.
func BenchmarkStreamsRelay(b *testing.B) {
	eachCount(b, func(b *testing.B, n int) {
		provider := httptest.NewServer(&model{})
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

// BenchmarkStreamsMemory tells what each of many streams holds in memory when most of its
// answer is written. To look takes so long that pieces would be late by it, so they wait.
func BenchmarkStreamsMemory(b *testing.B) {
	eachHall(b, func(b *testing.B, n int, far bool) {
		h := openHall(b, far)
		defer h.close()
		h.model.mayEnd = make(chan struct{})
		idle := h.memory(b)
		h.collect(b)
		before := h.memory(b)
		most := idle
		done := make(chan struct{})
		go func() {
			defer close(done)
			readAll(b, n, h.readAnswer)
		}()
		for h.model.waiting.Load() < int64(n) {
			time.Sleep(100 * time.Millisecond)
			most.resident = max(most.resident, h.memory(b).resident)
		}
		h.collect(b)
		full := h.memory(b)
		close(h.model.mayEnd)
		<-done
		b.ReportMetric((full.heap-before.heap)/1024/float64(n), "heap-KB/stream")
		b.ReportMetric((full.stacks-before.stacks)/1024/float64(n), "stacks-KB/stream")
		b.ReportMetric((most.resident-idle.resident)/1024/float64(n), "resident-KB/stream")
	})
}

const (
	pieces     = 150 // of an answer
	piecesASec = 50
	atLast     = 20 // so many of them come once the answer may end
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

func eachHall(b *testing.B, do func(b *testing.B, n int, far bool)) {
	b.Run("near", func(b *testing.B) { eachCount(b, func(b *testing.B, n int) { do(b, n, false) }) })
	b.Run("far", func(b *testing.B) { eachCount(b, func(b *testing.B, n int) { do(b, n, true) }) })
}

// readAll reads so many answers at the same time, and returns their pieces. Meanwhile this
// process, which both writes and reads them, collects no garbage: that would be told as delay.
func readAll(b *testing.B, n int, read func() ([]piece, error)) [][]piece {
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
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
