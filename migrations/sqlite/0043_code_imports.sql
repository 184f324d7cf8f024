-- Which files of codes were taken, and what came of their rows.

CREATE TABLE code_imports (
  id TEXT NOT NULL PRIMARY KEY,
  offer_key TEXT NOT NULL REFERENCES offers (key),
  file_sha256 TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  added_count INTEGER NOT NULL,
  known_count INTEGER NOT NULL,
  wrong_count INTEGER NOT NULL,
  imported_by TEXT NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX code_imports_offer ON code_imports (offer_key, imported_at);
