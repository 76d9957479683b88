-- Version 2: which answers the owner has seen. What there is already counts as seen.

ALTER TABLE threads
	ADD COLUMN answered_at BIGINT NOT NULL DEFAULT 0, -- when the newest answer ended
	ADD COLUMN seen_at     BIGINT NOT NULL DEFAULT 0; -- when the newest answer that was seen ended

UPDATE threads SET answered_at = m.ended, seen_at = m.ended
FROM (SELECT thread, max(ended_at) AS ended FROM messages WHERE ended_at IS NOT NULL GROUP BY thread) m
WHERE m.thread = threads.seq;
