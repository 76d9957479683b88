package chattest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// BeginRun implements chat.Journal.
func (s *Store) BeginRun(_ context.Context, r chat.Run, messages []chat.Message, title string, chosen chat.Settings) error {
	const op = "begin run"
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.thread(op, r.Owner, r.ThreadID)
	if err != nil {
		return err
	}
	if r.Status != chat.StatusRunning {
		return fail(chat.KindInvalid, op, "run %s is %q already", r.ID, r.Status)
	}
	if _, ok := s.runs[r.ID]; ok || s.activeRun(t.ID) != "" {
		return fail(chat.KindConflict, op, "thread %s is busy", t.ID)
	}
	for i, m := range messages {
		same := func(o chat.Message) bool { return o.ID == m.ID }
		if s.hasMessage(m.ID) || slices.ContainsFunc(messages[:i], same) {
			return fail(chat.KindConflict, op, "a message %s exists", m.ID)
		}
	}
	added, err := copyMessages(messages)
	if err != nil {
		return fail(chat.KindInternal, op, "%v", err)
	}
	r.CreatedAt, r.Chosen = keptTime(r.CreatedAt), copySettings(r.Chosen)
	s.runs[r.ID] = &storedRun{Run: r}
	t.messages = append(t.messages, added...)
	if t.Title == "" {
		t.Title = title
	}
	t.Settings = copySettings(t.Settings.With(chosen))
	t.touch(r.CreatedAt)
	return nil
}

// AppendEvents implements chat.Journal.
func (s *Store) AppendEvents(_ context.Context, runID string, events []chat.Numbered) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.runs[runID]
	if !ok {
		return fail(chat.KindNotFound, "append events", "no run %s", runID)
	}
	all, err := r.with(events)
	if err != nil {
		return err
	}
	r.events = all
	return nil
}

// AppendAll implements chat.Journal.
func (s *Store) AppendAll(_ context.Context, runs []chat.RunEvents) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	added := map[*storedRun][]chat.Numbered{}
	for _, one := range runs {
		r, ok := s.runs[one.RunID]
		if !ok {
			return fail(chat.KindNotFound, "append events", "no run %s", one.RunID)
		}
		all, err := r.with(one.Events)
		if err != nil {
			return err
		}
		added[r] = all
	}
	for r, all := range added {
		r.events = all
	}
	return nil
}

// SaveAnswer implements chat.Journal.
func (s *Store) SaveAnswer(_ context.Context, r chat.Run, answer chat.Message) error {
	const op = "save answer"
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, ok := s.runs[r.ID]
	switch {
	case !ok || kept.Owner != r.Owner:
		return fail(chat.KindNotFound, op, "no run %s", r.ID)
	case kept.Status != chat.StatusRunning:
		return fail(chat.KindConflict, op, "run %s has ended", r.ID)
	case answer.ID != kept.MessageID:
		return fail(chat.KindInvalid, op, "message %s is not of run %s", answer.ID, r.ID)
	}
	copied, err := copyMessages([]chat.Message{answer})
	if err != nil {
		return fail(chat.KindInternal, op, "%v", err)
	}
	t := s.threads[kept.ThreadID]
	i := slices.IndexFunc(t.messages, func(m chat.Message) bool { return m.ID == answer.ID })
	t.messages[i] = copied[0]
	return nil
}

// EndRun implements chat.Journal.
func (s *Store) EndRun(_ context.Context, r chat.Run, events []chat.Numbered, answer chat.Message) error {
	const op = "end run"
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, ok := s.runs[r.ID]
	if !ok || kept.Owner != r.Owner {
		return fail(chat.KindNotFound, op, "no run %s", r.ID)
	}
	if r.Status == chat.StatusRunning || answer.ID != kept.MessageID {
		return fail(chat.KindInvalid, op, "run %s cannot end as %q with message %s", r.ID, r.Status, answer.ID)
	}
	all, err := kept.with(events)
	if err != nil {
		return err
	}
	copied, err := copyMessages([]chat.Message{answer})
	if err != nil {
		return fail(chat.KindInternal, op, "%v", err)
	}
	t := s.threads[kept.ThreadID]
	i := slices.IndexFunc(t.messages, func(m chat.Message) bool { return m.ID == answer.ID })
	if i < 0 {
		return fail(chat.KindNotFound, op, "no message %s", answer.ID)
	}
	t.messages[i], kept.events, kept.Status = copied[0], all, r.Status
	if answer.EndedAt != nil {
		t.touch(*answer.EndedAt)
		if ended := keptTime(*answer.EndedAt); ended.After(t.answered) {
			t.answered = ended
		}
	}
	return nil
}

// Run implements chat.Journal.
func (s *Store) Run(_ context.Context, owner chat.Subject, id string) (chat.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.runs[id]
	if !ok || r.Owner != owner {
		return chat.Run{}, fail(chat.KindNotFound, "load run", "no run %s", id)
	}
	return r.Run, nil
}

// Events implements chat.Journal.
func (s *Store) Events(_ context.Context, owner chat.Subject, runID string, after int) ([]chat.Numbered, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.runs[runID]
	if !ok || r.Owner != owner {
		return nil, fail(chat.KindNotFound, "load events", "no run %s", runID)
	}
	seen := slices.IndexFunc(r.events, func(n chat.Numbered) bool { return n.Seq > after })
	if seen < 0 {
		return nil, nil
	}
	return slices.Clone(r.events[seen:]), nil
}

// ActiveRuns implements chat.Journal.
func (s *Store) ActiveRuns(context.Context) ([]chat.Run, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var active []chat.Run
	for _, r := range s.runs {
		if r.Status == chat.StatusRunning {
			active = append(active, r.Run)
		}
	}
	slices.SortFunc(active, func(a, b chat.Run) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return active, nil
}

// PruneEvents implements chat.Journal.
func (s *Store) PruneEvents(_ context.Context, before time.Time) (runs int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.threads {
		for _, m := range t.messages {
			r, ok := s.runs[m.RunID]
			if ok && r.Status != chat.StatusRunning && m.EndedAt != nil && m.EndedAt.Before(before) && len(r.events) > 0 {
				r.events = nil
				runs++
			}
		}
	}
	return runs, nil
}
