package chattest

import (
	"bytes"
	"context"
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// KeepResult implements chat.Results. There is no limit to what an owner keeps.
func (s *Store) KeepResult(_ context.Context, owner chat.Subject, r chat.Result) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.thread("keep result", owner, r.ThreadID); err != nil {
		return err
	}
	if _, taken := s.results[r.ID]; taken {
		return fail(chat.KindConflict, "keep result", "a result %s exists", r.ID)
	}
	r.At, r.Output.Structured = keptTime(r.At), bytes.Clone(r.Output.Structured)
	s.results[r.ID] = owned[chat.Result]{owner, r}
	return nil
}

// Result implements chat.Results.
func (s *Store) Result(_ context.Context, owner chat.Subject, id string) (chat.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.results[id]
	if !ok || r.owner != owner {
		return chat.Result{}, fail(chat.KindNotFound, "load result", "no result %s", id)
	}
	return r.thing, nil
}

// KeepFile implements chat.Files.
func (s *Store) KeepFile(_ context.Context, owner chat.Subject, f chat.File) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.thread("keep file", owner, f.ThreadID); err != nil {
		return err
	}
	if _, taken := s.files[f.ID]; taken {
		return fail(chat.KindConflict, "keep file", "a file %s exists", f.ID)
	}
	f.At, f.Content = keptTime(f.At), bytes.Clone(f.Content)
	s.files[f.ID] = owned[chat.File]{owner, f}
	return nil
}

// File implements chat.Files.
func (s *Store) File(_ context.Context, owner chat.Subject, id string) (chat.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[id]
	if !ok || f.owner != owner {
		return chat.File{}, fail(chat.KindNotFound, "load file", "no file %s", id)
	}
	return f.thing, nil
}

// Grants implements chat.Grants.
func (s *Store) Grants(_ context.Context, owner chat.Subject) ([]chat.Grant, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	grants := slices.Clone(s.grants[owner])
	slices.Reverse(grants)
	return grants, nil
}

// AddGrant implements chat.Grants.
func (s *Store) AddGrant(_ context.Context, owner chat.Subject, g chat.Grant) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g.ThreadID != "" {
		if _, err := s.thread("add grant", owner, g.ThreadID); err != nil {
			return err
		}
	}
	g.At = keptTime(g.At)
	others := slices.DeleteFunc(slices.Clone(s.grants[owner]), func(o chat.Grant) bool {
		return o.Server == g.Server && o.Tool == g.Tool && o.Scope == g.Scope && o.ThreadID == g.ThreadID
	})
	s.grants[owner] = append(others, g)
	return nil
}

// RevokeGrant implements chat.Grants.
func (s *Store) RevokeGrant(_ context.Context, owner chat.Subject, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.grants[owner], func(g chat.Grant) bool { return g.ID == id })
	if i < 0 {
		return fail(chat.KindNotFound, "revoke grant", "no grant %s", id)
	}
	s.grants[owner] = slices.Delete(slices.Clone(s.grants[owner]), i, i+1)
	return nil
}
