-- Whoever buys, under one or several addresses for mail; links that prove an address, and sessions behind them.

CREATE TABLE customers (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  search_fold TEXT NOT NULL,
  language TEXT NOT NULL,
  newsletter INTEGER NOT NULL,
  newsletter_changed_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE customer_addresses (
  address_fold TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  address TEXT NOT NULL,
  proved_at INTEGER
) STRICT;
CREATE INDEX customer_addresses_customer ON customer_addresses (customer_id);

CREATE TABLE customer_links (
  address_fold TEXT NOT NULL PRIMARY KEY,
  token_sha256 BLOB NOT NULL UNIQUE,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE customer_sessions (
  token_sha256 BLOB NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_sessions_customer ON customer_sessions (customer_id);

-- Lists that somebody chose.
CREATE TABLE customer_lists (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE customer_list_members (
  list_id TEXT NOT NULL REFERENCES customer_lists (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  added_at INTEGER NOT NULL,
  PRIMARY KEY (list_id, customer_id)
) STRICT;
CREATE INDEX customer_list_members_customer ON customer_list_members (customer_id);
