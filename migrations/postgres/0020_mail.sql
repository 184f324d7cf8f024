-- The outbox: what kind of mail goes to whom and what it is about. What it says is written when it is delivered.

CREATE TABLE mails (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts BIGINT NOT NULL,
  attempt_until BIGINT,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX mails_subject ON mails (subject_kind, subject_id, id);
CREATE INDEX mails_failed ON mails (id) WHERE state = 'failed';

-- The orders of a buyer by the address for mail.
CREATE INDEX orders_email ON orders ((lower(CAST(buyer AS JSONB) ->> 'email'))) WHERE buyer IS NOT NULL;
