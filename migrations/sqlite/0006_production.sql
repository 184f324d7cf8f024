-- Agreed layouts, what was frozen for each card, print runs, the codes of cards that lie ready, and what the desks' lists look up.

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

-- prepared, preparing_since, prepared_at: how many cards are composed for its files, since when, and when the files were there.
CREATE TABLE print_runs (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  set_aside TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  prepared INTEGER NOT NULL DEFAULT 0,
  preparing_since INTEGER,
  prepared_at INTEGER,
  cancelled_at INTEGER
) STRICT;

CREATE TABLE print_run_cards (
  run_id TEXT NOT NULL REFERENCES print_runs (id),
  position INTEGER NOT NULL,
  card_id TEXT NOT NULL REFERENCES cards (id),
  print_data_sha256 BLOB NOT NULL REFERENCES print_data (sha256),
  outcome TEXT NOT NULL CHECK (outcome IN ('pending', 'printed', 'spoiled', 'withdrawn')),
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

-- What a desk looks at: the cards of a state in the order of waiting, of names, of numbers; and what somebody did just now.
CREATE INDEX cards_state_waiting ON cards (state, changed_at, id);
CREATE INDEX cards_state_way ON cards (state, way, changed_at, id, house_key);
CREATE INDEX cards_state_name ON cards (state, name_fold, id);
CREATE INDEX cards_state_number ON cards (state, number, id);
CREATE INDEX cards_run ON cards (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX card_steps_actor ON card_steps (actor, step, id);
