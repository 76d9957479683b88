package chat_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestPackedEventsComeBackAsTheyWere(t *testing.T) {
	text := func(id, s string) chat.Event { return chat.TextDelta{ID: id, Delta: s} }
	for _, tt := range []struct {
		name   string
		events []chat.Event
		lines  int
	}{
		{"one", []chat.Event{chat.StartStep{}}, 1},
		{"one delta", []chat.Event{text("a", "x")}, 1},
		{"deltas of one part", []chat.Event{text("a", "x"), text("a", "\n"), text("a", ""), text("a", "\u2028<&>")}, 1},
		{"deltas of two parts", []chat.Event{text("a", "x"), text("b", "y"), text("a", "z")}, 3},
		{"a text and reasoning of the same id", []chat.Event{text("a", "x"), chat.ReasoningDelta{ID: "a", Delta: "y"}, chat.ReasoningDelta{ID: "a", Delta: "z"}}, 2},
		{"arguments between other events", []chat.Event{
			chat.ToolInputStart{CallID: "c"}, chat.ToolInputDelta{CallID: "c", Delta: "{"}, chat.ToolInputDelta{CallID: "c", Delta: "}"}, chat.FinishStep{},
		}, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var events []chat.Numbered
			for i, e := range tt.events {
				events = append(events, chat.Numbered{Seq: 7 + i, Event: e})
			}
			data, err := chat.PackEvents(events)
			if err != nil {
				t.Fatal(err)
			}
			if got := bytes.Count(data, []byte("\n")) + 1; got != tt.lines {
				t.Errorf("%d lines, want %d:\n%s", got, tt.lines, data)
			}
			back, err := chat.UnpackEvents(data, 7)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(events, back); diff != "" {
				t.Errorf("(-packed +unpacked):\n%s", diff)
			}
		})
	}
}

func FuzzUnpackEvents(f *testing.F) {
	f.Add([]byte(`{"type":"start-step"}` + "\n" + `{"packed":{"type":"text-delta","id":"a","delta":""},"deltas":["x","y"]}`))
	f.Add([]byte(`{"packed":{"type":"finish-step"},"deltas":["x"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		events, err := chat.UnpackEvents(data, 1)
		if err != nil || len(events) == 0 {
			return
		}
		again, err := chat.PackEvents(events)
		if err != nil {
			t.Fatal(err)
		}
		back, err := chat.UnpackEvents(again, 1)
		if err != nil {
			t.Fatalf("%v in %s", err, again)
		}
		if len(back) != len(events) {
			t.Errorf("%d events became %d", len(events), len(back))
		}
	})
}
