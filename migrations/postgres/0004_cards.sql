-- The right (annual ticket), the plastic (card), and what the gates know of both (entry right).

CREATE TABLE photos (
  id TEXT NOT NULL PRIMARY KEY,
  file TEXT NOT NULL,
  sha256 BYTEA NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  findings TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE annual_tickets (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  product_key TEXT NOT NULL REFERENCES products (key),
  category_key TEXT NOT NULL REFERENCES categories (key),
  scope_id BIGINT NOT NULL REFERENCES scopes (id),
  status TEXT NOT NULL CHECK (status IN ('active', 'blocked', 'cancelled')),
  state TEXT NOT NULL CHECK (state IN ('awaiting_personalization', 'complete')),
  paid BOOLEAN NOT NULL,
  purchased_on TEXT NOT NULL,
  exchanged_on TEXT,
  starts_on TEXT,
  valid_from TEXT,
  valid_until TEXT,
  from_first_entry BOOLEAN NOT NULL,
  given_name TEXT,
  family_name TEXT,
  name_fold TEXT,
  birth_date TEXT,
  address TEXT,
  delivery TEXT,
  photo_id TEXT REFERENCES photos (id),
  link_token TEXT NOT NULL UNIQUE,
  code_id BIGINT NOT NULL UNIQUE,
  block_reason TEXT,
  language TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  completed_at BIGINT
);
CREATE INDEX annual_tickets_ticket ON annual_tickets (ticket_id);
CREATE INDEX annual_tickets_order ON annual_tickets (order_id);
CREATE INDEX annual_tickets_awaiting ON annual_tickets (id) WHERE state = 'awaiting_personalization' AND status <> 'cancelled';
-- All that the worklist counts and searches, beside the wide rows.
CREATE INDEX annual_tickets_worklist ON annual_tickets (status, state, valid_until, from_first_entry, product_key, name_fold, number, id);

CREATE TABLE cards (
  id TEXT NOT NULL PRIMARY KEY,
  annual_ticket_id TEXT NOT NULL REFERENCES annual_tickets (id),
  number TEXT NOT NULL UNIQUE,
  issue BIGINT NOT NULL CHECK (issue BETWEEN 1 AND 255),
  code TEXT,
  state TEXT NOT NULL CHECK (state IN ('preparing', 'waiting_for_layout', 'set_aside', 'ready_to_print', 'in_print_run',
    'ready_for_dispatch', 'dispatched', 'deposited', 'handed_over', 'returned', 'void')),
  set_aside_reason TEXT,
  layout_id TEXT,
  layout_version BIGINT,
  face_sha256 BYTEA,
  print_data_sha256 BYTEA,
  way TEXT NOT NULL CHECK (way IN ('mail', 'pickup', 'counter')),
  house_key TEXT REFERENCES houses (key),
  shelf TEXT,
  run_id TEXT,
  product_key TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (annual_ticket_id, issue)
);
CREATE INDEX cards_state ON cards (state, id);

CREATE TABLE card_steps (
  id TEXT NOT NULL PRIMARY KEY,
  card_id TEXT NOT NULL REFERENCES cards (id),
  position BIGINT NOT NULL,
  step TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT,
  run_id TEXT,
  house_key TEXT,
  shelf TEXT,
  carrier TEXT,
  tracking TEXT,
  picked_up_by TEXT,
  undoes TEXT,
  caused_by TEXT,
  UNIQUE (card_id, position)
);
CREATE INDEX card_steps_cause ON card_steps (caused_by) WHERE caused_by IS NOT NULL;

-- One row per annual ticket or day ticket that may stand before a gate. code_id holds the 64 bits of the card code's id.
-- change_seq is NULL from a change until the sequencer has numbered it.
CREATE TABLE entry_rights (
  code_id BIGINT NOT NULL PRIMARY KEY,
  annual_ticket_id TEXT REFERENCES annual_tickets (id),
  ticket_id TEXT,
  short_hash BYTEA,
  scope_id BIGINT NOT NULL REFERENCES scopes (id),
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL,
  issue BIGINT NOT NULL,
  flags BIGINT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'not_collected', 'blocked', 'void')),
  reentry_secs BIGINT NOT NULL,
  reentry_policy TEXT NOT NULL CHECK (reentry_policy IN ('attention', 'refuse')),
  period_months BIGINT,
  first_entry TEXT,
  change_seq BIGINT
);
CREATE INDEX entry_rights_changed ON entry_rights (change_seq);
CREATE INDEX entry_rights_dirty ON entry_rights (code_id) WHERE change_seq IS NULL;
CREATE INDEX entry_rights_short ON entry_rights (short_hash) WHERE short_hash IS NOT NULL;
