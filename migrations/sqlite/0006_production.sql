-- Agreed layouts, what was frozen for each card, print runs, and the codes of cards that lie ready.

CREATE TABLE layouts (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'agreed', 'retired')),
  title TEXT NOT NULL,
  products TEXT NOT NULL,
  houses TEXT NOT NULL,
  body TEXT NOT NULL,
  content_sha256 BLOB NOT NULL,
  agreed_by TEXT,
  agreed_at INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

-- The frozen input of a card's faces, named by the hash of its content. Rows never change.
CREATE TABLE print_data (
  sha256 BLOB NOT NULL PRIMARY KEY,
  card_id TEXT NOT NULL REFERENCES cards (id),
  layout_id TEXT NOT NULL,
  layout_version INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (layout_id, layout_version) REFERENCES layouts (id, version)
) STRICT;
CREATE INDEX print_data_card ON print_data (card_id);

CREATE TABLE print_runs (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  set_aside TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE print_run_cards (
  run_id TEXT NOT NULL REFERENCES print_runs (id),
  position INTEGER NOT NULL,
  card_id TEXT NOT NULL REFERENCES cards (id),
  print_data_sha256 BLOB NOT NULL REFERENCES print_data (sha256),
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'printed', 'spoiled')),
  outcome_at INTEGER,
  reason TEXT,
  verified_at INTEGER,
  PRIMARY KEY (run_id, position),
  UNIQUE (run_id, card_id)
) STRICT;

-- The pickup code of a card's last deposit, if it was given one.
CREATE TABLE pickup_codes (
  card_id TEXT NOT NULL PRIMARY KEY REFERENCES cards (id),
  code TEXT NOT NULL
) STRICT;
