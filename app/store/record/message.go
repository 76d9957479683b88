package record

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
)

// MessageColumns are the columns of a message, in the order of MessageValues.
const MessageColumns = `id, parent_id, role, status, parts, run_id, model, steps,
	finish_reason, usage, cost, failure, notices, grounding, native, created_at, ended_at`

// MessageValues returns the values of MessageColumns.
func MessageValues(m chat.Message) ([]any, error) {
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
		ended = sql.NullInt64{Int64: Micros(*m.EndedAt), Valid: true}
	}
	return []any{
		m.ID, m.ParentID, string(m.Role), string(m.Status), string(parts), m.RunID, m.Model, m.Steps,
		m.FinishReason, usage, cost, failed, notices, grounded, native, Micros(m.CreatedAt), ended,
	}, nil
}

// ScanMessage reads MessageColumns by scan. Borrow makes of a target one that the driver
// need not copy to; what it holds is not used after ScanMessage.
func ScanMessage(scan func(dest ...any) error, borrow func(*[]byte) any) (chat.Message, error) {
	var m chat.Message
	var parts, usage, cost, failed, notices, grounded, native []byte
	var created int64
	var ended sql.NullInt64
	err := scan(&m.ID, &m.ParentID, &m.Role, &m.Status, borrow(&parts), &m.RunID, &m.Model, &m.Steps,
		&m.FinishReason, borrow(&usage), borrow(&cost), borrow(&failed), borrow(&notices), borrow(&grounded), borrow(&native), &created, &ended)
	if err != nil {
		return chat.Message{}, err
	}
	// By itself, not through json.Unmarshal, which would read all of it twice more.
	if err := m.Parts.UnmarshalJSON(parts); err != nil {
		return chat.Message{}, fmt.Errorf("decode parts of message %s: %w", m.ID, err)
	}
	var items []nativeItem
	for _, column := range []struct {
		name string
		data []byte
		into any
	}{
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
	m.Native, m.CreatedAt = unpackNative(items), Moment(created)
	if ended.Valid {
		t := Moment(ended.Int64)
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
