-- Who is signed in, and how often somebody tried to be.

CREATE TABLE sessions (
  token_sha256 BLOB NOT NULL PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_staff ON sessions (staff_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- One row per account or client address that somebody tried lately; the subject is a hash.
CREATE TABLE sign_in_attempts (
  subject_sha256 BLOB NOT NULL PRIMARY KEY,
  since INTEGER NOT NULL,
  attempts INTEGER NOT NULL
) STRICT;

-- The one link with which a member of staff may set a new password.
CREATE TABLE password_links (
  staff_id TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
  token_sha256 BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
