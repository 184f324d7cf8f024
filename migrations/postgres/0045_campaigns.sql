-- Offers that are put away, what customers read about an offer in each language, and which wrong codes a client tried lately.

ALTER TABLE offers ADD COLUMN archived BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE offer_texts (
  offer_key TEXT NOT NULL REFERENCES offers (key),
  language TEXT NOT NULL,
  name TEXT,
  description TEXT,
  PRIMARY KEY (offer_key, language)
);

-- Both are hashes: neither addresses nor typed texts are kept.
CREATE TABLE code_tries (
  client_sha256 BYTEA NOT NULL,
  code_sha256 BYTEA NOT NULL,
  tried_at BIGINT NOT NULL,
  PRIMARY KEY (client_sha256, code_sha256)
);
CREATE INDEX code_tries_age ON code_tries (tried_at);
