-- Partners: institutions, their stocks of codes, and what they ask for; and which orders are for a partner.
CREATE TABLE institutions (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  search_fold TEXT NOT NULL,
  body TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  token_made_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE partner_stocks (
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  offer_key TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  PRIMARY KEY (institution_id, offer_key)
) STRICT;

CREATE TABLE stock_requests (
  id TEXT NOT NULL PRIMARY KEY,
  institution_id TEXT NOT NULL REFERENCES institutions (id),
  offer_key TEXT NOT NULL,
  wanted INTEGER NOT NULL CHECK (wanted > 0),
  note TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  done_at INTEGER
) STRICT;
CREATE UNIQUE INDEX stock_requests_open ON stock_requests (institution_id, offer_key) WHERE done_at IS NULL;

ALTER TABLE orders ADD COLUMN partner TEXT;
CREATE INDEX orders_partner ON orders (partner, placed_at, id) WHERE partner IS NOT NULL;
