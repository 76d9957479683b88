package northwind

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkOvershoot runs each time bomb and memory bomb of the corpus and reports how long after the deadline its answer
// came, in the middle and at worst: 0 for those that end before it.
func BenchmarkOvershoot(b *testing.B) {
	for _, a := range attacks(b) {
		if page, _, _ := strings.Cut(a.name, "/"); page != "time" && page != "memory" {
			continue
		}
		b.Run(a.name, func(b *testing.B) {
			db := open(b, Limits{Timeout: bombTime, CacheBytes: -1})
			var late []time.Duration
			for b.Loop() {
				start := time.Now()
				if _, err := db.Query(context.Background(), Query{SQL: a.sql}); err == nil {
					b.Fatal("it was answered")
				}
				late = append(late, max(0, time.Since(start)-bombTime))
				b.StopTimer()
				for db.Load().Running > 0 {
					time.Sleep(time.Millisecond)
				}
				b.StartTimer()
			}
			slices.Sort(late)
			b.ReportMetric(milliseconds(late[len(late)/2]), "ms-late-p50")
			b.ReportMetric(milliseconds(late[len(late)-1]), "ms-late-max")
		})
	}
}
