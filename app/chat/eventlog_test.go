package chat

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEventLog holds the log against a plain list: whatever is added, and from wherever to
// wherever it is read, the events are the same.
func TestEventLog(t *testing.T) {
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		var plain []Numbered
		var log eventLog
		seq := 1
		for range 1 + rnd.IntN(60) {
			if rnd.IntN(20) == 0 {
				seq += Leap
			}
			event, times := anyEvent(rnd), 1
			if rnd.IntN(20) == 0 {
				times += rnd.IntN(3 * markEvery)
			}
			for range times {
				n := Numbered{Seq: seq, Event: event}
				plain = append(plain, n)
				log.add(n)
				seq++
			}
		}
		for range 20 {
			i := rnd.IntN(len(plain) + 1)
			j := i + rnd.IntN(len(plain)-i+1)
			if diff := cmp.Diff(append([]Numbered{}, plain[i:j]...), append([]Numbered{}, log.between(i, j)...)); diff != "" {
				t.Fatalf("seed %d, events %d to %d (-want +got):\n%s", seed, i, j, diff)
			}
		}
		for at, n := range plain {
			for _, look := range []struct{ seq, want int }{{n.Seq, at + 1}, {n.Seq - 1, at}, {seq + 1, len(plain)}, {0, 0}} {
				if got := log.upTo(look.seq); got != look.want {
					t.Fatalf("seed %d: up to %d there are %d events, want %d", seed, look.seq, got, look.want)
				}
			}
		}
	}
}

// anyEvent is mostly a delta, of one of a few parts.
func anyEvent(rnd *rand.Rand) Event {
	id, text := fmt.Sprint(rnd.IntN(2)), fmt.Sprint(rnd.IntN(9), " ")[rnd.IntN(3):]
	if rnd.IntN(30) == 0 {
		text = strings.Repeat(text, 100) // its size takes two bytes
	}
	switch rnd.IntN(9) {
	case 0:
		return StartStep{}
	case 1:
		return TextStart{ID: id}
	case 2:
		return ReasoningDelta{ID: id, Delta: text}
	case 3:
		return ToolInputDelta{CallID: id, Delta: text}
	default:
		return TextDelta{ID: id, Delta: text}
	}
}
