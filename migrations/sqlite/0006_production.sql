-- Agreed layouts and print runs.

CREATE TABLE layouts (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'agreed', 'retired')),
  body TEXT NOT NULL,
  content_sha256 BLOB NOT NULL,
  agreed_by TEXT,
  agreed_at INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE print_runs (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'cancelled')),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

CREATE TABLE print_run_cards (
  run_id TEXT NOT NULL REFERENCES print_runs (id),
  position INTEGER NOT NULL,
  card_id TEXT NOT NULL REFERENCES cards (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'printed', 'spoiled')),
  reason TEXT,
  PRIMARY KEY (run_id, position),
  UNIQUE (run_id, card_id)
) STRICT;
