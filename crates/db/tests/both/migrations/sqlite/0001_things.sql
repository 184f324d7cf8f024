CREATE TABLE counters (
    id INTEGER PRIMARY KEY,
    uses INTEGER NOT NULL DEFAULT 0,
    max_uses INTEGER NOT NULL
) STRICT;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    counter_id INTEGER REFERENCES counters (id),
    number INTEGER,
    flag INTEGER,
    ratio REAL,
    name TEXT,
    bytes BLOB,
    extra TEXT
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    born INTEGER NOT NULL,
    house TEXT NOT NULL,
    name_fold TEXT NOT NULL
) STRICT;

CREATE TABLE rights (
    id INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    change_seq INTEGER
) STRICT;

CREATE INDEX rights_change_seq ON rights (change_seq);
CREATE INDEX rights_unnumbered ON rights (id) WHERE change_seq IS NULL;

CREATE TABLE change_clock (
    name TEXT PRIMARY KEY,
    last_seq INTEGER NOT NULL,
    epoch TEXT NOT NULL
) STRICT;
