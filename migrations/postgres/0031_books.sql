-- What each desk took and paid back: receipts with numbers of their own, invoices with their last day, and the days that were closed.

ALTER TABLE orders ADD COLUMN desk TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN house_key TEXT;
ALTER TABLE orders ADD COLUMN due_on TEXT;
ALTER TABLE orders ADD COLUMN notes TEXT NOT NULL DEFAULT '';
CREATE INDEX orders_due ON orders (due_on, id) WHERE due_on IS NOT NULL;

ALTER TABLE payments ADD COLUMN desk TEXT NOT NULL DEFAULT '';
ALTER TABLE payments ADD COLUMN receipt TEXT;
ALTER TABLE payments ADD COLUMN vat TEXT NOT NULL DEFAULT '[]';
ALTER TABLE payments ADD COLUMN day_end TEXT;
CREATE INDEX payments_day_end ON payments (day_end, desk);

ALTER TABLE refunds ADD COLUMN desk TEXT NOT NULL DEFAULT '';
ALTER TABLE refunds ADD COLUMN method TEXT NOT NULL DEFAULT 'none';
ALTER TABLE refunds ADD COLUMN receipt TEXT;
ALTER TABLE refunds ADD COLUMN vat TEXT NOT NULL DEFAULT '[]';
ALTER TABLE refunds ADD COLUMN day_end TEXT;
CREATE INDEX refunds_day_end ON refunds (day_end, desk);

CREATE TABLE day_ends (
  id TEXT NOT NULL PRIMARY KEY,
  desk TEXT NOT NULL,
  day TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  closed_at BIGINT NOT NULL,
  difference_cents BIGINT NOT NULL,
  report TEXT NOT NULL,
  UNIQUE (desk, day)
);
CREATE INDEX day_ends_closed ON day_ends (closed_at, id);

-- Codes that no voucher has any more, because the paper was lost.
CREATE TABLE replaced_voucher_codes (
  code TEXT NOT NULL PRIMARY KEY,
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  replaced_at BIGINT NOT NULL
);
