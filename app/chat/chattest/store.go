package chattest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// Store keeps threads and runs in memory. It passes TestStore, so what works
// with it works with a store on disk. It is safe for concurrent use.
type Store struct {
	mu      sync.Mutex
	threads map[string]*storedThread
	runs    map[string]*storedRun
	results map[string]owned[chat.Result]
	files   map[string]owned[chat.File]
	grants  map[chat.Subject][]chat.Grant
}

// owned is something that one person has.
type owned[T any] struct {
	owner chat.Subject
	thing T
}

type storedThread struct {
	chat.Thread
	owner    chat.Subject
	messages []chat.Message
	answered time.Time // when the newest answer ended
	seen     time.Time // which of them the owner has seen
}

type storedRun struct {
	chat.Run
	events []chat.Numbered
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{
		threads: map[string]*storedThread{}, runs: map[string]*storedRun{},
		results: map[string]owned[chat.Result]{}, files: map[string]owned[chat.File]{}, grants: map[chat.Subject][]chat.Grant{},
	}
}

// CreateThread implements chat.Threads.
func (s *Store) CreateThread(_ context.Context, owner chat.Subject, t chat.Thread) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.threads[t.ID]; ok {
		return fail(chat.KindConflict, "create thread", "a thread %s exists", t.ID)
	}
	t.CreatedAt, t.UpdatedAt, t.ActiveRun = keptTime(t.CreatedAt), keptTime(t.UpdatedAt), ""
	t.Unread = false
	t.Settings = copySettings(t.Settings)
	s.threads[t.ID] = &storedThread{Thread: t, owner: owner}
	return nil
}

// Thread implements chat.Threads.
func (s *Store) Thread(_ context.Context, owner chat.Subject, id string) (chat.Thread, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.thread("load thread", owner, id)
	if err != nil {
		return chat.Thread{}, err
	}
	return s.view(t), nil
}

// ListThreads implements chat.Threads.
func (s *Store) ListThreads(_ context.Context, owner chat.Subject, q chat.ThreadQuery) (chat.ThreadPage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if q.Limit < 1 {
		return chat.ThreadPage{}, fail(chat.KindInvalid, "list threads", "a page of %d threads", q.Limit)
	}
	var found []chat.Thread
	for _, t := range s.threads {
		if t.owner == owner && (q.Any || t.Archived == q.Archived) && t.matches(q.Search) {
			found = append(found, s.view(t))
		}
	}
	slices.SortFunc(found, func(a, b chat.Thread) int {
		return cmp.Or(b.UpdatedAt.Compare(a.UpdatedAt), cmp.Compare(b.ID, a.ID))
	})
	if q.Cursor != "" {
		var last chat.Thread
		if err := json.Unmarshal([]byte(q.Cursor), &last); err != nil {
			return chat.ThreadPage{}, fail(chat.KindInvalid, "list threads", "cursor %q", q.Cursor)
		}
		found = slices.DeleteFunc(found, func(t chat.Thread) bool {
			return cmp.Or(last.UpdatedAt.Compare(t.UpdatedAt), cmp.Compare(last.ID, t.ID)) <= 0
		})
	}
	page := chat.ThreadPage{Threads: found[:min(len(found), q.Limit)]}
	if sought := soughtIn(q.Search); len(sought) > 0 {
		for _, t := range page.Threads {
			page.Matches = append(page.Matches, s.threads[t.ID].match(sought))
		}
	}
	if len(found) <= q.Limit {
		return page, nil
	}
	last := page.Threads[q.Limit-1]
	next, err := json.Marshal(chat.Thread{ID: last.ID, UpdatedAt: last.UpdatedAt})
	page.Next = string(next)
	return page, err
}

// UpdateThread implements chat.Threads.
func (s *Store) UpdateThread(_ context.Context, owner chat.Subject, id string, p chat.ThreadPatch) (chat.Thread, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.thread("update thread", owner, id)
	if err != nil {
		return chat.Thread{}, err
	}
	if p.Title != nil {
		t.Title = *p.Title
	}
	if p.Archived != nil {
		t.Archived = *p.Archived
	}
	if p.Settings != nil {
		t.Settings = copySettings(p.Settings.Over(t.Settings))
	}
	return s.view(t), nil
}

// SeeThread implements chat.Threads.
func (s *Store) SeeThread(_ context.Context, owner chat.Subject, id string, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.thread("see thread", owner, id)
	if err != nil {
		return err
	}
	if until = keptTime(until); until.After(t.answered) {
		until = t.answered
	}
	if until.After(t.seen) {
		t.seen = until
	}
	return nil
}

// DeleteThread implements chat.Threads.
func (s *Store) DeleteThread(_ context.Context, owner chat.Subject, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.thread("delete thread", owner, id); err != nil {
		return err
	}
	delete(s.threads, id)
	for runID, r := range s.runs {
		if r.ThreadID == id {
			delete(s.runs, runID)
		}
	}
	maps.DeleteFunc(s.results, func(_ string, r owned[chat.Result]) bool { return r.thing.ThreadID == id })
	maps.DeleteFunc(s.files, func(_ string, f owned[chat.File]) bool { return f.thing.ThreadID == id })
	s.grants[owner] = slices.DeleteFunc(s.grants[owner], func(g chat.Grant) bool { return g.ThreadID == id })
	return nil
}

// Messages implements chat.Threads.
func (s *Store) Messages(_ context.Context, owner chat.Subject, threadID string) ([]chat.Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.thread("load messages", owner, threadID)
	if err != nil {
		return nil, err
	}
	return copyMessages(t.messages)
}

// Stamp implements chat.Threads.
func (s *Store) Stamp(_ context.Context, owner chat.Subject, threadID string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.thread("stamp thread", owner, threadID)
	if err != nil || s.activeRun(threadID) != "" {
		return "", err
	}
	state, err := json.Marshal([]any{s.view(t), t.messages})
	return fmt.Sprintf("%x", sha256.Sum256(state)), err
}

func (s *Store) thread(op string, owner chat.Subject, id string) (*storedThread, error) {
	t, ok := s.threads[id]
	if !ok || t.owner != owner {
		return nil, fail(chat.KindNotFound, op, "no thread %s", id)
	}
	return t, nil
}

func (s *Store) view(t *storedThread) chat.Thread {
	out := t.Thread
	out.Settings = copySettings(t.Settings)
	out.ActiveRun = s.activeRun(t.ID)
	out.Unread = t.answered.After(t.seen)
	return out
}

func (s *Store) activeRun(threadID string) string {
	for id, r := range s.runs {
		if r.ThreadID == threadID && r.Status == chat.StatusRunning {
			return id
		}
	}
	return ""
}

func (s *Store) hasMessage(id string) bool {
	for _, t := range s.threads {
		if slices.ContainsFunc(t.messages, func(m chat.Message) bool { return m.ID == id }) {
			return true
		}
	}
	return false
}

func (t *storedThread) touch(now time.Time) {
	if now = keptTime(now); now.After(t.UpdatedAt) {
		t.UpdatedAt = now
	}
}

// with returns the run's events and more, which must follow without a gap but for a leap.
func (r *storedRun) with(more []chat.Numbered) ([]chat.Numbered, error) {
	const op = "append events"
	if r.Status != chat.StatusRunning {
		return nil, fail(chat.KindConflict, op, "run %s has ended", r.ID)
	}
	all := slices.Clone(r.events)
	last := 0
	if len(all) > 0 {
		last = all[len(all)-1].Seq
	}
	if len(more) > 0 && more[0].Seq >= last+chat.Leap {
		last = more[0].Seq - 1
	}
	for _, n := range more {
		if n.Seq != last+1 {
			return nil, fail(chat.KindConflict, op, "event %d does not follow %d", n.Seq, last)
		}
		last = n.Seq
		line, err := chat.EncodeEvent(n.Event)
		if err != nil {
			return nil, fail(chat.KindInternal, op, "%v", err)
		}
		e, err := chat.DecodeEvent(line)
		if err != nil {
			return nil, fail(chat.KindInternal, op, "%v", err)
		}
		all = append(all, chat.Numbered{Seq: n.Seq, Event: e})
	}
	return all, nil
}

// copyMessages returns deep copies, made by the way through JSON that a store on
// disk takes too.
func copyMessages(in []chat.Message) ([]chat.Message, error) {
	data, err := json.Marshal(in)
	if err != nil {
		return nil, fmt.Errorf("copy messages: %w", err)
	}
	var out []chat.Message
	if err := json.Unmarshal(data, &out); err != nil {
		return nil, fmt.Errorf("copy messages: %w", err)
	}
	for i, m := range in {
		out[i].CreatedAt = keptTime(m.CreatedAt)
		if m.EndedAt != nil {
			ended := keptTime(*m.EndedAt)
			out[i].EndedAt = &ended
		}
		for _, n := range m.Native {
			n.Raw = slices.Clone(n.Raw)
			out[i].Native = append(out[i].Native, n)
		}
	}
	return out, nil
}

func copySettings(s chat.Settings) chat.Settings {
	s.Servers, s.ToolsOff, s.Hosted = slices.Clone(s.Servers), slices.Clone(s.ToolsOff), slices.Clone(s.Hosted)
	return s
}

// keptTime is t as a store gives it back: in UTC, to the microsecond.
func keptTime(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func fail(kind chat.Kind, op, format string, args ...any) error {
	return &chat.Error{Kind: kind, Op: op, Err: fmt.Errorf(format, args...)}
}
