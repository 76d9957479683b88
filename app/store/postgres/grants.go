package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// Grants implements chat.Grants.
func (s *Store) Grants(ctx context.Context, owner chat.Subject) (all []chat.Grant, err error) {
	err = s.read(ctx, "list grants", func(ctx context.Context, tx tx) error {
		all = nil
		rows, err := tx.Query(ctx, `
			SELECT g.id, coalesce(t.id, ''), g.server, g.server_name, g.server_url, g.tool, g.fingerprint, g.created_at
			FROM grants g LEFT JOIN threads t ON t.seq = g.thread WHERE g.owner = $1 ORDER BY g.seq DESC`, owner)
		return collect(rows, err, func(rows pgx.Rows) error {
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
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// AddGrant implements chat.Grants.
func (s *Store) AddGrant(ctx context.Context, owner chat.Subject, g chat.Grant) error {
	return s.write(ctx, "add grant", func(ctx context.Context, tx tx) error {
		var thread sql.NullInt64
		if g.ThreadID != "" {
			seq, _, err := lockThread(ctx, tx, owner, g.ThreadID)
			if err != nil {
				return err
			}
			thread = sql.NullInt64{Int64: seq, Valid: true}
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO grants (id, owner, thread, server, server_name, server_url, tool, fingerprint, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (owner, server, tool, coalesce(thread, 0)) DO UPDATE SET
				(seq, id, server_name, server_url, fingerprint, created_at) =
				(excluded.seq, excluded.id, excluded.server_name, excluded.server_url, excluded.fingerprint, excluded.created_at)`,
			g.ID, owner, thread, g.Server, g.ServerName, g.ServerURL, g.Tool, g.Fingerprint, record.Micros(g.At))
		if err != nil {
			return fmt.Errorf("store grant %s: %w", g.ID, err)
		}
		return nil
	})
}

// RevokeGrant implements chat.Grants.
func (s *Store) RevokeGrant(ctx context.Context, owner chat.Subject, id string) error {
	return s.write(ctx, "revoke grant", func(ctx context.Context, tx tx) error {
		tag, err := tx.Exec(ctx, "DELETE FROM grants WHERE id = $1 AND owner = $2", id, owner)
		return only(tag, err, "approval", id)
	})
}
