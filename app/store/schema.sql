-- Version 1. Times are microseconds since 1970 in UTC. Inside, rows refer to each
-- other by "seq", which counts in the order of creation; "id" is what others know.

CREATE TABLE threads (
	seq        INTEGER PRIMARY KEY,
	id         TEXT    NOT NULL UNIQUE,
	owner      TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	archived   INTEGER NOT NULL,
	settings   TEXT    NOT NULL, -- JSON of chat.Settings
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX threads_by_owner ON threads (owner, archived, updated_at);

CREATE TABLE messages (
	seq           INTEGER PRIMARY KEY,
	id            TEXT    NOT NULL UNIQUE,
	thread        INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
	parent_id     TEXT    NOT NULL, -- empty at the root
	role          TEXT    NOT NULL,
	status        TEXT    NOT NULL,
	parts         TEXT    NOT NULL, -- JSON of chat.Parts
	run_id        TEXT    NOT NULL,
	model         TEXT    NOT NULL,
	steps         INTEGER NOT NULL,
	finish_reason TEXT    NOT NULL,
	usage         TEXT,             -- JSON of chat.Usage
	failure       TEXT,             -- JSON of chat.Failure
	notices       TEXT,             -- JSON of []chat.ServerNotice
	native        TEXT,             -- JSON, each item's bytes in a string
	created_at    INTEGER NOT NULL,
	ended_at      INTEGER
) STRICT;

CREATE INDEX messages_by_thread ON messages (thread);

CREATE TABLE runs (
	seq        INTEGER PRIMARY KEY,
	id         TEXT    NOT NULL UNIQUE,
	owner      TEXT    NOT NULL,
	thread     INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
	message_id TEXT    NOT NULL,
	status     TEXT    NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX runs_by_thread ON runs (thread);

-- At most one run is active in a thread.
CREATE UNIQUE INDEX runs_active ON runs (thread) WHERE status = 'running';

CREATE TABLE events (
	run   INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
	seq   INTEGER NOT NULL, -- from 1; see chat.Numbered
	event TEXT    NOT NULL, -- as chat.EncodeEvent writes it
	PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

-- The words of titles (rowid is threads.seq) and of messages' text (rowid is
-- messages.seq). They hold no copy of the text, only where which word is.
CREATE VIRTUAL TABLE title_words USING fts5 (
	title, content = '', contentless_delete = 1,
	tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE VIRTUAL TABLE text_words USING fts5 (
	text, content = '', contentless_delete = 1,
	tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- A deleted thread takes its words along.
CREATE TRIGGER threads_forget AFTER DELETE ON threads BEGIN
	DELETE FROM title_words WHERE rowid = old.seq;
END;

CREATE TRIGGER messages_forget AFTER DELETE ON messages BEGIN
	DELETE FROM text_words WHERE rowid = old.seq;
END;
