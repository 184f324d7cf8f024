-- Codes of an older system, hashed, and the card that each stands for.

CREATE TABLE foreign_codes (
  hash BLOB NOT NULL PRIMARY KEY,
  code_id INTEGER NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT;

-- The tag of the codes changes with every import.
CREATE TABLE foreign_tag (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  tag TEXT NOT NULL
) STRICT;
