package chat

import "time"

// pace holds when each person started runs in the last minute.
type pace map[Subject][]time.Time

// take notes a start, or returns how long there is to wait before there may be one.
// Nobody may start more than most runs in any minute.
func (p pace) take(s Subject, now time.Time, most int) time.Duration {
	if len(p) > 10_000 {
		p.sweep(now)
	}
	recent := p[s]
	for len(recent) > 0 && now.Sub(recent[0]) >= time.Minute {
		recent = recent[1:]
	}
	if len(recent) >= most {
		p[s] = recent
		return time.Minute - now.Sub(recent[0])
	}
	p[s] = append(recent, now)
	return 0
}

// sweep forgets those who started nothing in the last minute.
func (p pace) sweep(now time.Time) {
	for s, times := range p {
		if now.Sub(times[len(times)-1]) >= time.Minute {
			delete(p, s)
		}
	}
}
