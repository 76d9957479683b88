package chat

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// packed is a row of deltas of one part, which make up most of a run.
type packed struct {
	Of     json.RawMessage `json:"packed"` // the delta without its text
	Deltas []string        `json:"deltas"`
}

// PackEvents returns events as lines of JSON, deltas of one part that follow each
// other in one line. UnpackEvents returns the same events again.
func PackEvents(events []Numbered) ([]byte, error) {
	var out []byte
	for i := 0; i < len(events); {
		line, n, err := packLine(events[i:])
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, '\n')
		}
		out = append(out, line...)
		i += n
	}
	return out, nil
}

// packLine returns the first line of the events, and how many it holds.
func packLine(events []Numbered) (line []byte, n int, err error) {
	first := events[0].Event
	part, text, ok := delta(first)
	texts := []string{text}
	for ok && len(texts) < len(events) {
		same, more, is := delta(events[len(texts)].Event)
		if !is || same != part {
			break
		}
		texts = append(texts, more)
	}
	if len(texts) == 1 {
		line, err = EncodeEvent(first)
		return line, 1, err
	}
	of, err := EncodeEvent(withText(first, ""))
	if err != nil {
		return nil, 0, err
	}
	if line, err = json.Marshal(packed{Of: of, Deltas: texts}); err != nil {
		return nil, 0, fmt.Errorf("pack %d deltas: %w", len(texts), err)
	}
	return line, len(texts), nil
}

// UnpackEvents returns the events that PackEvents has packed, the first of which has
// that number.
func UnpackEvents(data []byte, first int) ([]Numbered, error) {
	var out []Numbered
	add := func(e Event) { out = append(out, Numbered{Seq: first + len(out), Event: e}) }
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		var p packed
		if err := json.Unmarshal(line, &p); err != nil {
			return nil, fmt.Errorf("unpack events: %w", err)
		}
		if p.Of == nil {
			e, err := DecodeEvent(line)
			if err != nil {
				return nil, err
			}
			add(e)
			continue
		}
		e, err := DecodeEvent(p.Of)
		if err != nil {
			return nil, err
		}
		for _, text := range p.Deltas {
			add(withText(e, text))
		}
	}
	return out, nil
}
