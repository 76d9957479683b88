-- Version 2: what a run was started with, what an answer cost, and what is kept
-- besides: results of tools, files they made, and standing approvals.

ALTER TABLE runs ADD COLUMN chosen TEXT NOT NULL DEFAULT '{}'; -- JSON of chat.Settings

ALTER TABLE messages ADD COLUMN cost TEXT; -- JSON of chat.Cost

CREATE TABLE results (
	seq        INTEGER PRIMARY KEY,
	id         TEXT    NOT NULL UNIQUE,
	owner      TEXT    NOT NULL,
	thread     INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
	tool       TEXT    NOT NULL, -- JSON of chat.ToolRef
	output     TEXT    NOT NULL, -- JSON of chat.ToolResult
	size       INTEGER NOT NULL, -- bytes of output
	created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX results_by_owner ON results (owner, seq);
CREATE INDEX results_by_thread ON results (thread);

CREATE TABLE files (
	seq        INTEGER PRIMARY KEY,
	id         TEXT    NOT NULL UNIQUE,
	owner      TEXT    NOT NULL,
	thread     INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
	name       TEXT    NOT NULL,
	media_type TEXT    NOT NULL,
	content    BLOB    NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX files_by_thread ON files (thread);

CREATE TABLE grants (
	seq         INTEGER PRIMARY KEY,
	id          TEXT    NOT NULL UNIQUE,
	owner       TEXT    NOT NULL,
	thread      INTEGER REFERENCES threads ON DELETE CASCADE, -- null: in all of them
	server      TEXT    NOT NULL,
	server_name TEXT    NOT NULL,
	server_url  TEXT    NOT NULL,
	tool        TEXT    NOT NULL,
	fingerprint TEXT    NOT NULL,
	created_at  INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX grants_once ON grants (owner, server, tool, coalesce(thread, 0));
CREATE INDEX grants_by_thread ON grants (thread);
