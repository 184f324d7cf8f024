-- Houses, what they show, and what is sold at which price.

CREATE TABLE houses (
  key TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  country TEXT NOT NULL,
  address TEXT,
  not_collected TEXT NOT NULL CHECK (not_collected IN ('attention', 'refuse')),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE exhibitions (
  key TEXT NOT NULL PRIMARY KEY,
  house_key TEXT NOT NULL REFERENCES houses (key),
  name TEXT NOT NULL,
  valid_from TEXT,
  valid_until TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE scopes (
  key TEXT NOT NULL PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE CHECK (id BETWEEN 1 AND 65535),
  name TEXT NOT NULL,
  houses TEXT NOT NULL,
  exhibitions TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE categories (
  key TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  labels TEXT NOT NULL,
  check_proof INTEGER NOT NULL,
  requires TEXT NOT NULL,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Groups with prices of their own.
CREATE TABLE audiences (
  key TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  check_proof INTEGER NOT NULL,
  partners TEXT NOT NULL,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE price_lists (
  key TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  labels TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE products (
  key TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('annual_ticket', 'annual_ticket_voucher', 'day_ticket')),
  names TEXT NOT NULL,
  scope_key TEXT REFERENCES scopes (key),
  exchange_for TEXT REFERENCES products (key),
  annual_tickets INTEGER NOT NULL CHECK (annual_tickets BETWEEN 1 AND 20),
  validity TEXT,
  required_fields TEXT NOT NULL,
  channels TEXT NOT NULL,
  vat_rate TEXT NOT NULL,
  vat_changes TEXT NOT NULL,
  descriptions TEXT NOT NULL,
  on_sale_from TEXT,
  on_sale_until TEXT,
  companions INTEGER NOT NULL CHECK (companions BETWEEN 0 AND 7),
  reentry_secs INTEGER NOT NULL,
  reentry_policy TEXT NOT NULL CHECK (reentry_policy IN ('attention', 'refuse')),
  allow_unpaid INTEGER NOT NULL,
  voucher_valid_months INTEGER,
  layout_id TEXT,
  max_total INTEGER,
  archived INTEGER NOT NULL,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- valid_from is the first day of sale at the price; empty: it always counted.
CREATE TABLE prices (
  price_list_key TEXT NOT NULL REFERENCES price_lists (key),
  product_key TEXT NOT NULL REFERENCES products (key),
  category_key TEXT NOT NULL REFERENCES categories (key),
  price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
  valid_from TEXT NOT NULL,
  audience_prices TEXT NOT NULL,
  PRIMARY KEY (price_list_key, product_key, category_key, valid_from)
) STRICT;

CREATE TABLE events (
  key TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  descriptions TEXT NOT NULL,
  house_key TEXT NOT NULL REFERENCES houses (key),
  exhibition_key TEXT REFERENCES exhibitions (key),
  starts_at INTEGER NOT NULL,
  capacity INTEGER,
  price_list_key TEXT REFERENCES price_lists (key),
  labels TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Under which conditions tickets are sold. Of those that fit, the narrowest decides: one event, a label of events, everything.
CREATE TABLE sale_rules (
  key TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  products TEXT NOT NULL,
  categories TEXT NOT NULL,
  event_key TEXT REFERENCES events (key),
  event_label TEXT,
  min_quantity INTEGER,
  max_quantity INTEGER,
  codes TEXT NOT NULL,
  channels TEXT NOT NULL,
  max_total INTEGER,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sale_rules_event ON sale_rules (event_key);
