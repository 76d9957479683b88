package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
)

const messageColumns = `id, parent_id, role, status, parts, run_id, model, steps,
	finish_reason, usage, cost, failure, notices, grounding, native, created_at, ended_at`

// Messages implements chat.Threads.
func (s *Store) Messages(ctx context.Context, owner chat.Subject, threadID string) (all []chat.Message, err error) {
	err = s.read(ctx, "load messages", func(tx *sql.Tx) error {
		seq, _, err := findThread(ctx, tx, owner, threadID)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT "+messageColumns+" FROM messages WHERE thread = ? ORDER BY seq", seq)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			m, err := scanMessage(rows)
			if err != nil {
				return err
			}
			all = append(all, m)
		}
		return errors.Join(rows.Err(), rows.Close())
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func insertMessage(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, m chat.Message) error {
	values, err := messageValues(m)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO messages (`+messageColumns+`, thread)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, append(values, thread)...)
	if err != nil {
		return fmt.Errorf("store message %s: %w", m.ID, err)
	}
	return indexText(ctx, tx, owner, thread, m.Text())
}

// updateMessage replaces the message with the same id in that thread.
func updateMessage(ctx context.Context, tx *sql.Tx, owner chat.Subject, thread int64, m chat.Message) error {
	values, err := messageValues(m)
	if err != nil {
		return err
	}
	var seq int64
	err = tx.QueryRowContext(ctx, `UPDATE messages SET (`+messageColumns+`) =
		(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ? AND thread = ? RETURNING seq`,
		append(values, m.ID, thread)...).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return missing("message", m.ID)
	}
	if err != nil {
		return fmt.Errorf("store message %s: %w", m.ID, err)
	}
	return indexText(ctx, tx, owner, thread, m.Text())
}

// messageValues returns the values of messageColumns.
func messageValues(m chat.Message) ([]any, error) {
	parts, err := json.Marshal(m.Parts)
	if err != nil {
		return nil, fmt.Errorf("encode parts of message %s: %w", m.ID, err)
	}
	usage, err1 := optional(m.Usage, m.Usage != nil)
	grounded, err6 := optional(m.Grounding, len(m.Grounding) > 0)
	cost, err5 := optional(m.Cost, m.Cost != nil)
	failed, err2 := optional(m.Failure, m.Failure != nil)
	notices, err3 := optional(m.Notices, len(m.Notices) > 0)
	native, err4 := optional(packNative(m.Native), len(m.Native) > 0)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		return nil, fmt.Errorf("encode message %s: %w", m.ID, err)
	}
	var ended sql.NullInt64
	if m.EndedAt != nil {
		ended = sql.NullInt64{Int64: micros(*m.EndedAt), Valid: true}
	}
	return []any{
		m.ID, m.ParentID, m.Role, m.Status, string(parts), m.RunID, m.Model, m.Steps,
		m.FinishReason, usage, cost, failed, notices, grounded, native, micros(m.CreatedAt), ended,
	}, nil
}

func scanMessage(r row) (chat.Message, error) {
	var m chat.Message
	var parts, usage, cost, failed, notices, grounded, native sql.RawBytes
	var created int64
	var ended sql.NullInt64
	err := r.Scan(&m.ID, &m.ParentID, &m.Role, &m.Status, &parts, &m.RunID, &m.Model, &m.Steps,
		&m.FinishReason, &usage, &cost, &failed, &notices, &grounded, &native, &created, &ended)
	if err != nil {
		return chat.Message{}, err
	}
	var items []nativeItem
	for _, column := range []struct {
		name string
		data []byte
		into any
	}{
		{"parts", parts, &m.Parts},
		{"usage", usage, &m.Usage},
		{"cost", cost, &m.Cost},
		{"failure", failed, &m.Failure},
		{"notices", notices, &m.Notices},
		{"grounding", grounded, &m.Grounding},
		{"native", native, &items},
	} {
		if column.data == nil {
			continue
		}
		if err := json.Unmarshal(column.data, column.into); err != nil {
			return chat.Message{}, fmt.Errorf("decode %s of message %s: %w", column.name, m.ID, err)
		}
	}
	m.Native, m.CreatedAt = unpackNative(items), moment(created)
	if ended.Valid {
		t := moment(ended.Int64)
		m.EndedAt = &t
	}
	return m, nil
}

// optional encodes v, or returns NULL if it is not set.
func optional(v any, set bool) (sql.NullString, error) {
	if !set {
		return sql.NullString{}, nil
	}
	b, err := json.Marshal(v)
	return sql.NullString{String: string(b), Valid: true}, err
}

// nativeItem is a chat.Native whose bytes are a string, so that JSON leaves them
// as the provider sent them, blanks and all.
type nativeItem struct {
	Provider string `json:"provider"`
	Model    string `json:"model"`
	PartID   string `json:"partId"`
	Raw      string `json:"raw"`
}

func packNative(in []chat.Native) []nativeItem {
	out := make([]nativeItem, 0, len(in))
	for _, n := range in {
		out = append(out, nativeItem{n.Provider, n.Model, n.PartID, string(n.Raw)})
	}
	return out
}

func unpackNative(in []nativeItem) []chat.Native {
	var out []chat.Native
	for _, n := range in {
		out = append(out, chat.Native{Provider: n.Provider, Model: n.Model, PartID: n.PartID, Raw: json.RawMessage(n.Raw)})
	}
	return out
}
