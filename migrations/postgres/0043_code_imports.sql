-- Which files of codes were taken, and what came of their rows.

CREATE TABLE code_imports (
  id TEXT NOT NULL PRIMARY KEY,
  offer_key TEXT NOT NULL REFERENCES offers (key),
  file_sha256 TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  added_count BIGINT NOT NULL,
  known_count BIGINT NOT NULL,
  wrong_count BIGINT NOT NULL,
  imported_by TEXT NOT NULL,
  imported_at BIGINT NOT NULL
);
CREATE INDEX code_imports_offer ON code_imports (offer_key, imported_at);
