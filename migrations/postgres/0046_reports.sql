-- What reports read: when a sale counts, and the codes that were refused.
-- A sale counts when its tickets are issued: at once, or with the payment that an online order waits for.
ALTER TABLE orders ADD COLUMN sold_at BIGINT;
UPDATE orders SET sold_at = placed_at WHERE payment_method <> 'online';
UPDATE orders SET sold_at = (SELECT MIN(received_at) FROM payments WHERE payments.order_id = orders.id) WHERE payment_method = 'online';
CREATE INDEX orders_sold ON orders (sold_at, house_key, channel, id) WHERE sold_at IS NOT NULL;

ALTER TABLE order_offers ADD COLUMN sold_at BIGINT;
ALTER TABLE order_offers ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE order_offers ADD COLUMN house_key TEXT;
UPDATE order_offers SET sold_at = (SELECT sold_at FROM orders WHERE orders.id = order_offers.order_id);
UPDATE order_offers SET channel = (SELECT channel FROM orders WHERE orders.id = order_offers.order_id);
UPDATE order_offers SET house_key = (SELECT house_key FROM orders WHERE orders.id = order_offers.order_id);
CREATE INDEX order_offers_sold ON order_offers (sold_at, offer_key, channel, house_key, discount_cents) WHERE sold_at IS NOT NULL;
CREATE INDEX order_offers_code ON order_offers (offer_key, code, sold_at, channel, house_key, discount_cents) WHERE sold_at IS NOT NULL;
CREATE INDEX order_offers_overridden ON order_offers (order_id) WHERE override_reason IS NOT NULL;
CREATE INDEX order_lines_overridden ON order_lines (order_id) WHERE override_reason IS NOT NULL;
CREATE INDEX refunds_time ON refunds (refunded_at, order_id);
CREATE INDEX card_steps_time ON card_steps (at, step);

-- How often a code was refused within a quarter of an hour, and why. What was typed is kept only where it is a code of ours.
CREATE TABLE code_refusals (
  quarter BIGINT NOT NULL,
  code_fold TEXT NOT NULL,
  offer_key TEXT NOT NULL,
  reason TEXT NOT NULL,
  channel TEXT NOT NULL,
  refusals BIGINT NOT NULL CHECK (refusals > 0),
  PRIMARY KEY (quarter, code_fold, offer_key, reason, channel)
);
