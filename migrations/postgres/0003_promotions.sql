-- Offers, their codes, and the one ledger of limits.

-- body is the offer as JSON; enabled, activation and the dates repeat what it says, to find offers by.
CREATE TABLE offers (
  key TEXT NOT NULL PRIMARY KEY,
  position BIGINT NOT NULL,
  body TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  activation TEXT NOT NULL CHECK (activation IN ('code', 'automatic', 'automatic_combinable')),
  valid_from TEXT,
  valid_until TEXT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE offer_versions (
  offer_key TEXT NOT NULL REFERENCES offers (key),
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (offer_key, version)
);

CREATE TABLE code_batches (
  id TEXT NOT NULL PRIMARY KEY,
  offer_key TEXT NOT NULL REFERENCES offers (key),
  code_count BIGINT NOT NULL,
  prefix TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- fold is the form in which codes are compared, skeleton the one in which look-alikes meet.
CREATE TABLE codes (
  fold TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  skeleton TEXT NOT NULL UNIQUE,
  offer_key TEXT NOT NULL REFERENCES offers (key),
  batch_id TEXT REFERENCES code_batches (id),
  enabled BOOLEAN NOT NULL,
  max_uses BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX codes_offer ON codes (offer_key, fold);

-- used counts what is reserved and what is confirmed; no row means nothing was used yet.
CREATE TABLE limit_counters (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  used BIGINT NOT NULL CHECK (used >= 0),
  PRIMARY KEY (kind, subject)
);

-- order_id is the order, or `hold/` and the id of a hold, for a basket at the checkout.
CREATE TABLE limit_entries (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL,
  ticket_id TEXT,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  state TEXT NOT NULL CHECK (state IN ('reserved', 'confirmed', 'released')),
  expires_at BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX limit_entries_order ON limit_entries (order_id);
CREATE INDEX limit_entries_held ON limit_entries (kind, subject) WHERE state = 'reserved';
CREATE INDEX limit_entries_expiry ON limit_entries (expires_at) WHERE state = 'reserved';
