-- Codes of an older system, hashed, and the card that each stands for.

CREATE TABLE foreign_codes (
  hash BYTEA NOT NULL PRIMARY KEY,
  code_id BIGINT NOT NULL,
  imported_at BIGINT NOT NULL
);

-- The tag of the codes changes with every import.
CREATE TABLE foreign_tag (
  one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
  tag TEXT NOT NULL
);
