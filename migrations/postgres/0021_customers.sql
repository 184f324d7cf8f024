-- Whoever buys, under one or several addresses for mail; links that prove an address, and sessions behind them.

CREATE TABLE customers (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  search_fold TEXT NOT NULL,
  language TEXT NOT NULL,
  newsletter BOOLEAN NOT NULL,
  newsletter_changed_at BIGINT,
  created_at BIGINT NOT NULL
);

CREATE TABLE customer_addresses (
  address_fold TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  address TEXT NOT NULL,
  proved_at BIGINT
);
CREATE INDEX customer_addresses_customer ON customer_addresses (customer_id);

CREATE TABLE customer_links (
  address_fold TEXT NOT NULL PRIMARY KEY,
  token_sha256 BYTEA NOT NULL UNIQUE,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE customer_sessions (
  token_sha256 BYTEA NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX customer_sessions_customer ON customer_sessions (customer_id);

-- Lists that somebody chose.
CREATE TABLE customer_lists (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE customer_list_members (
  list_id TEXT NOT NULL REFERENCES customer_lists (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  added_at BIGINT NOT NULL,
  PRIMARY KEY (list_id, customer_id)
);
CREATE INDEX customer_list_members_customer ON customer_list_members (customer_id);
