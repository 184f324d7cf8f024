-- Orders, what was sold in them, and vouchers.

CREATE TABLE orders (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL CHECK (channel IN ('online', 'box_office', 'back_office')),
  state TEXT NOT NULL CHECK (state IN ('awaiting_payment', 'paid', 'cancelled', 'expired')),
  buyer TEXT,
  buyer_fold TEXT NOT NULL,
  language TEXT NOT NULL,
  delivery TEXT,
  payment_method TEXT NOT NULL,
  total_cents INTEGER NOT NULL,
  original_cents INTEGER NOT NULL,
  vat TEXT NOT NULL,
  scenario TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  placed_at INTEGER NOT NULL,
  hold_until INTEGER,
  link_token TEXT UNIQUE
) STRICT;

-- All that the list of orders searches, filters, sorts and counts, beside the long scenarios.
CREATE INDEX orders_placed ON orders (placed_at, id, state, channel, total_cents, number, buyer_fold);
CREATE INDEX orders_total ON orders (total_cents, id);

CREATE TABLE order_lines (
  order_id TEXT NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  line TEXT NOT NULL,
  product_key TEXT NOT NULL REFERENCES products (key),
  category_key TEXT NOT NULL REFERENCES categories (key),
  audience_key TEXT REFERENCES audiences (key),
  house_key TEXT REFERENCES houses (key),
  event_key TEXT REFERENCES events (key),
  visit_date TEXT,
  original_unit_cents INTEGER,
  vat_rate TEXT NOT NULL,
  override_reason TEXT,
  PRIMARY KEY (order_id, position)
) STRICT;

CREATE TABLE tickets (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  line TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  product_key TEXT NOT NULL REFERENCES products (key),
  category_key TEXT NOT NULL REFERENCES categories (key),
  house_key TEXT,
  event_key TEXT,
  visit_date TEXT,
  list_price_cents INTEGER NOT NULL,
  discount_cents INTEGER NOT NULL,
  paid_price_cents INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reserved', 'valid', 'cancelled')),
  card_code TEXT,
  code_id INTEGER,
  cancelled_at INTEGER
) STRICT;
CREATE INDEX tickets_order ON tickets (order_id, position);

CREATE TABLE order_offers (
  order_id TEXT NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  offer_key TEXT NOT NULL REFERENCES offers (key),
  code TEXT,
  discount_cents INTEGER NOT NULL,
  override_reason TEXT,
  PRIMARY KEY (order_id, position)
) STRICT;

CREATE TABLE payments (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  method TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,
  received_by TEXT NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_order ON payments (order_id);

-- value_cents is what the returned tickets are worth, amount_cents the part of it that was paid and is paid back.
CREATE TABLE refunds (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  value_cents INTEGER NOT NULL,
  amount_cents INTEGER NOT NULL,
  tickets TEXT NOT NULL,
  reason TEXT NOT NULL,
  refunded_by TEXT NOT NULL,
  refunded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX refunds_order ON refunds (order_id);

CREATE TABLE vouchers (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  ticket_id TEXT NOT NULL REFERENCES tickets (id),
  product_key TEXT NOT NULL REFERENCES products (key),
  category_key TEXT NOT NULL REFERENCES categories (key),
  state TEXT NOT NULL CHECK (state IN ('open', 'exchanged', 'void')),
  valid_until TEXT,
  exchanged_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX vouchers_ticket ON vouchers (ticket_id);
