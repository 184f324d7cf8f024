-- The life of a layout: the proof that was shown before somebody agreed, and the files that a version brings with it.

ALTER TABLE layouts ADD COLUMN proof_sha256 BYTEA;

-- The bytes lie in the file store under their hash.
CREATE TABLE layout_files (
  layout_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  sha256 BYTEA NOT NULL,
  PRIMARY KEY (layout_id, version, name),
  FOREIGN KEY (layout_id, version) REFERENCES layouts (id, version)
);
