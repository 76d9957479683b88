-- Version 2: an index of words by thread, rows of several events, what a run was started with, what an answer cost, and what is kept
-- besides: results of tools, files they made, and standing approvals.

ALTER TABLE runs ADD COLUMN chosen TEXT NOT NULL DEFAULT '{}'; -- JSON of chat.Settings

-- A row holds the events from seq to last, as chat.PackEvents writes them; null is one.
ALTER TABLE events ADD COLUMN last INTEGER;

-- Events of an old run are given up, since its answer is stored.
ALTER TABLE runs ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0;

ALTER TABLE messages ADD COLUMN cost TEXT; -- JSON of chat.Cost
ALTER TABLE messages ADD COLUMN grounding TEXT; -- JSON of []chat.TextGrounding

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

-- Each word of a thread once, without case and accents, for searches. The owner is
-- a hash; place is 0 for messages and 1 for the title. It takes the place of indexes
-- that had each word of each message, and is filled by the program.
DROP TRIGGER threads_forget;
DROP TRIGGER messages_forget;
DROP TABLE title_words;
DROP TABLE text_words;

CREATE TABLE words (
	owner  INTEGER NOT NULL,
	word   TEXT    NOT NULL,
	thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
	place  INTEGER NOT NULL,
	PRIMARY KEY (owner, word, thread, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX words_by_thread ON words (thread, place);
