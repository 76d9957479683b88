package chat_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// BenchmarkAnswer measures a run from question to end, without a network: its
// cost per delta must not grow with the length of the answer.
func BenchmarkAnswer(b *testing.B) {
	for _, deltas := range []int{100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(deltas), func(b *testing.B) {
			pieces := slices.Repeat([]string{"word "}, deltas)
			for b.Loop() {
				b.StopTimer()
				bench := newBench(b, chattest.NewModel(chattest.Say(pieces...)), nil)
				b.StartTimer()
				run, err := bench.Start(b.Context(), bench.caller, bench.thread, chat.Question{Text: "Hi"})
				if err != nil {
					b.Fatal(err)
				}
				sub, err := bench.Subscribe(b.Context(), "ann", run.ID, 0)
				if err != nil {
					b.Fatal(err)
				}
				for {
					events, err := sub.Next(b.Context())
					if err != nil {
						b.Fatal(err)
					}
					if len(events) == 0 {
						break
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed()/time.Nanosecond)/float64(b.N*deltas), "ns/delta")
		})
	}
}
