-- Offers that are put away, what customers read about an offer in each language, and which wrong codes a client tried lately.

ALTER TABLE offers ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;

CREATE TABLE offer_texts (
  offer_key TEXT NOT NULL REFERENCES offers (key),
  language TEXT NOT NULL,
  name TEXT,
  description TEXT,
  PRIMARY KEY (offer_key, language)
) STRICT;

-- Both are hashes: neither addresses nor typed texts are kept.
CREATE TABLE code_tries (
  client_sha256 BLOB NOT NULL,
  code_sha256 BLOB NOT NULL,
  tried_at INTEGER NOT NULL,
  PRIMARY KEY (client_sha256, code_sha256)
) STRICT;
CREATE INDEX code_tries_age ON code_tries (tried_at);
