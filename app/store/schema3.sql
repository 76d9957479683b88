-- Version 3: which answers the owner has seen. What there is already counts as seen.

ALTER TABLE threads ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0; -- when the newest answer ended
ALTER TABLE threads ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0; -- when the newest answer that was seen ended

UPDATE threads SET answered_at = coalesce((SELECT max(ended_at) FROM messages WHERE thread = threads.seq), 0);
UPDATE threads SET seen_at = answered_at;
