package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// Grants implements chat.Grants.
func (s *Store) Grants(ctx context.Context, owner chat.Subject) (all []chat.Grant, err error) {
	err = s.read(ctx, "list grants", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT g.id, coalesce(t.id, ''), g.server, g.server_name, g.server_url, g.tool, g.fingerprint, g.created_at
			FROM grants g LEFT JOIN threads t ON t.seq = g.thread WHERE g.owner = ? ORDER BY g.seq DESC`, owner)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			g := chat.Grant{Scope: chat.Everywhere}
			var created int64
			if err := rows.Scan(&g.ID, &g.ThreadID, &g.Server, &g.ServerName, &g.ServerURL, &g.Tool, &g.Fingerprint, &created); err != nil {
				return err
			}
			if g.ThreadID != "" {
				g.Scope = chat.InThread
			}
			g.At = record.Moment(created)
			all = append(all, g)
		}
		return errors.Join(rows.Err(), rows.Close())
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// AddGrant implements chat.Grants.
func (s *Store) AddGrant(ctx context.Context, owner chat.Subject, g chat.Grant) error {
	return s.write(ctx, "add grant", func(tx *sql.Tx) error {
		var thread sql.NullInt64
		if g.ThreadID != "" {
			seq, _, err := findThread(ctx, tx, owner, g.ThreadID)
			if err != nil {
				return err
			}
			thread = sql.NullInt64{Int64: seq, Valid: true}
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM grants WHERE owner = ? AND server = ? AND tool = ? AND thread IS ?",
			owner, g.Server, g.Tool, thread)
		if err != nil {
			return fmt.Errorf("replace grants: %w", err)
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO grants (id, owner, thread, server, server_name, server_url, tool, fingerprint, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			g.ID, owner, thread, g.Server, g.ServerName, g.ServerURL, g.Tool, g.Fingerprint, record.Micros(g.At))
		if err != nil {
			return fmt.Errorf("store grant %s: %w", g.ID, err)
		}
		return nil
	})
}

// RevokeGrant implements chat.Grants.
func (s *Store) RevokeGrant(ctx context.Context, owner chat.Subject, id string) error {
	return s.write(ctx, "revoke grant", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM grants WHERE id = ? AND owner = ?", id, owner)
		return only(res, err, "approval", id)
	})
}
