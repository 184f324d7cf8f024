-- What a holder was told about a step of a card: each kind of message once, and several in one mail. And when a house hands cards out.

ALTER TABLE houses ADD COLUMN pickup_hours TEXT;

CREATE TABLE dispatch_notices (
  step_id TEXT NOT NULL REFERENCES card_steps (id),
  kind TEXT NOT NULL,
  mail_id TEXT NOT NULL,
  PRIMARY KEY (step_id, kind)
);
CREATE INDEX dispatch_notices_mail ON dispatch_notices (mail_id);
