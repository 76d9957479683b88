package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// KeepResult implements chat.Results. An id in use is KindConflict. Beyond 256 MiB of
// one owner the oldest give way.
func (s *Store) KeepResult(ctx context.Context, owner chat.Subject, r chat.Result) error {
	tool, err := json.Marshal(r.Tool)
	if err != nil {
		return failure("keep result", fmt.Errorf("encode the tool of result %s: %w", r.ID, err))
	}
	output, err := json.Marshal(r.Output)
	if err != nil {
		return failure("keep result", fmt.Errorf("encode result %s: %w", r.ID, err))
	}
	return s.write(ctx, "keep result", func(tx *sql.Tx) error {
		thread, _, err := findThread(ctx, tx, owner, r.ThreadID)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO results (id, owner, thread, tool, output, size, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			r.ID, owner, thread, string(tool), string(output), len(output), record.Micros(r.At))
		if err != nil {
			return fmt.Errorf("store result %s: %w", r.ID, err)
		}
		_, err = tx.ExecContext(ctx, `
			DELETE FROM results WHERE seq IN (
				SELECT seq FROM (SELECT seq, sum(size) OVER (ORDER BY seq DESC) AS newer FROM results WHERE owner = ?)
				WHERE newer > ?)`, owner, record.MaxKept)
		return err
	})
}

// Result implements chat.Results.
func (s *Store) Result(ctx context.Context, owner chat.Subject, id string) (r chat.Result, err error) {
	err = s.read(ctx, "load result", func(tx *sql.Tx) error {
		var tool, output []byte
		var created int64
		err := tx.QueryRowContext(ctx, `
			SELECT r.id, t.id, r.tool, r.output, r.created_at FROM results r JOIN threads t ON t.seq = r.thread
			WHERE r.id = ? AND r.owner = ?`, id, owner).Scan(&r.ID, &r.ThreadID, &tool, &output, &created)
		if errors.Is(err, sql.ErrNoRows) {
			return record.Missing("result", id)
		}
		if err != nil {
			return err
		}
		r.At = record.Moment(created)
		if err := errors.Join(json.Unmarshal(tool, &r.Tool), json.Unmarshal(output, &r.Output)); err != nil {
			return fmt.Errorf("decode result %s: %w", id, err)
		}
		return nil
	})
	if err != nil {
		return chat.Result{}, err
	}
	return r, nil
}

// KeepFile implements chat.Files. An id in use is KindConflict.
func (s *Store) KeepFile(ctx context.Context, owner chat.Subject, f chat.File) error {
	return s.write(ctx, "keep file", func(tx *sql.Tx) error {
		thread, _, err := findThread(ctx, tx, owner, f.ThreadID)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO files (id, owner, thread, name, media_type, content, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			f.ID, owner, thread, f.Name, f.MediaType, f.Content, record.Micros(f.At))
		if err != nil {
			return fmt.Errorf("store file %s: %w", f.ID, err)
		}
		return nil
	})
}

// File implements chat.Files.
func (s *Store) File(ctx context.Context, owner chat.Subject, id string) (f chat.File, err error) {
	err = s.read(ctx, "load file", func(tx *sql.Tx) error {
		var created int64
		err := tx.QueryRowContext(ctx, `
			SELECT f.id, t.id, f.name, f.media_type, f.content, f.created_at FROM files f JOIN threads t ON t.seq = f.thread
			WHERE f.id = ? AND f.owner = ?`, id, owner).Scan(&f.ID, &f.ThreadID, &f.Name, &f.MediaType, &f.Content, &created)
		if errors.Is(err, sql.ErrNoRows) {
			return record.Missing("file", id)
		}
		f.At = record.Moment(created)
		return err
	})
	if err != nil {
		return chat.File{}, err
	}
	return f, nil
}
