-- Agreed layouts and print runs.

CREATE TABLE layouts (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'agreed', 'retired')),
  body TEXT NOT NULL,
  content_sha256 BYTEA NOT NULL,
  agreed_by TEXT,
  agreed_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (id, version)
);

CREATE TABLE print_runs (
  id TEXT NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'cancelled')),
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT
);

CREATE TABLE print_run_cards (
  run_id TEXT NOT NULL REFERENCES print_runs (id),
  position BIGINT NOT NULL,
  card_id TEXT NOT NULL REFERENCES cards (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'printed', 'spoiled')),
  reason TEXT,
  PRIMARY KEY (run_id, position),
  UNIQUE (run_id, card_id)
);
