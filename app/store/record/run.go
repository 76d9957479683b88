package record

import (
	"encoding/json"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
)

// SelectRuns selects what ScanRun reads, of runs r and their threads t.
const SelectRuns = `
	SELECT r.seq, r.thread, r.id, r.owner, t.id, r.message_id, r.status, r.chosen, r.created_at
	FROM runs r JOIN threads t ON t.seq = r.thread`

// ScanRun reads what SelectRuns selects by scan: a run with its own seq and its thread's.
func ScanRun(scan func(dest ...any) error) (seq, thread int64, out chat.Run, err error) {
	var created int64
	var chosen []byte
	err = scan(&seq, &thread, &out.ID, &out.Owner, &out.ThreadID, &out.MessageID, &out.Status, &chosen, &created)
	if err != nil {
		return 0, 0, chat.Run{}, err
	}
	if err := json.Unmarshal(chosen, &out.Chosen); err != nil {
		return 0, 0, chat.Run{}, fmt.Errorf("decode what run %s was started with: %w", out.ID, err)
	}
	out.CreatedAt = Moment(created)
	return seq, thread, out, nil
}

// Begun returns thread t after run r has begun in it, or why it cannot.
func Begun(t chat.Thread, r chat.Run, title string, chosen chat.Settings) (chat.Thread, error) {
	if r.Status != chat.StatusRunning {
		return chat.Thread{}, Invalid("A run begins as a running one.", fmt.Errorf("run %s is %q", r.ID, r.Status))
	}
	if t.ActiveRun != "" {
		return chat.Thread{}, Conflict("An answer is being written in this thread already.", fmt.Errorf("run %s", t.ActiveRun))
	}
	if t.Title == "" {
		t.Title = title
	}
	t.Settings = t.Settings.With(chosen)
	t.UpdatedAt = Moment(max(Micros(t.UpdatedAt), Micros(r.CreatedAt)))
	return t, nil
}

// GoesOn tells why a run, as it is kept, cannot be added to; nil if it can.
func GoesOn(kept chat.Run) error {
	if kept.Status != chat.StatusRunning {
		return Conflict("That answer is complete already.", fmt.Errorf("run %s is %s", kept.ID, kept.Status))
	}
	return nil
}

// Saves tells why an answer cannot be saved as that of a run, as it is kept, so far.
func Saves(kept chat.Run, answer chat.Message) error {
	if err := GoesOn(kept); err != nil {
		return err
	}
	if answer.ID != kept.MessageID {
		return Invalid("The answer is not of this run.", fmt.Errorf("run %s with message %s", kept.ID, answer.ID))
	}
	return nil
}

// Ends tells why a run, as it is kept, cannot end with that status and answer.
func Ends(kept chat.Run, as chat.Status, answer chat.Message) error {
	if as == chat.StatusRunning || answer.ID != kept.MessageID {
		return Invalid("The answer does not end this run.", fmt.Errorf("run %s as %q with message %s", kept.ID, as, answer.ID))
	}
	return nil
}

// Row is events that follow each other as one row of the table holds them.
type Row struct {
	First, Last int
	Events      string // as chat.PackEvents writes them
}

// Follow returns events as a row of a run, as it is kept, whose last event has that
// number. A gap, a repeat and events after the end are KindConflict. There must be
// at least one event.
func Follow(kept chat.Run, last int, events []chat.Numbered) (Row, error) {
	if err := GoesOn(kept); err != nil {
		return Row{}, err
	}
	if events[0].Seq >= last+chat.Leap {
		last = events[0].Seq - 1
	}
	for i, n := range events {
		if n.Seq != last+1+i {
			return Row{}, Conflict("The answer is being written from two places.",
				fmt.Errorf("event %d does not follow %d of run %s", n.Seq, last+i, kept.ID))
		}
	}
	lines, err := chat.PackEvents(events)
	if err != nil {
		return Row{}, err
	}
	return Row{First: events[0].Seq, Last: events[len(events)-1].Seq, Events: string(lines)}, nil
}

// Unpack returns the events of a row that come after a number.
func Unpack(runID string, first int, events []byte, after int) ([]chat.Numbered, error) {
	some, err := chat.UnpackEvents(events, first)
	if err != nil {
		return nil, fmt.Errorf("events from %d of run %s: %w", first, runID, err)
	}
	return some[min(max(0, after+1-first), len(some)):], nil
}
