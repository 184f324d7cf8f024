-- Gates and what they saw.

CREATE TABLE devices (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  house_key TEXT NOT NULL REFERENCES houses (key),
  exhibition_key TEXT REFERENCES exhibitions (key),
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  state TEXT NOT NULL CHECK (state IN ('unpaired', 'paired', 'revoked')),
  pairing_code_sha256 BLOB,
  pairing_expires_at INTEGER,
  public_key BLOB,
  agent_version TEXT,
  paired_at INTEGER,
  last_seen_at INTEGER,
  known_epoch TEXT,
  known_seq INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_pairing ON devices (pairing_code_sha256) WHERE pairing_code_sha256 IS NOT NULL;

CREATE TABLE device_nonces (
  device_id TEXT NOT NULL REFERENCES devices (id),
  nonce TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (device_id, nonce)
) STRICT;

-- One row per reading at a gate. at is the time by the server's clock, as far as it can be told.
CREATE TABLE scans (
  device_id TEXT NOT NULL REFERENCES devices (id),
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  reader TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  boot_id TEXT NOT NULL,
  monotonic_ms INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL,
  trusted_ms INTEGER NOT NULL,
  code_id INTEGER,
  issue INTEGER,
  text_sha256 BLOB,
  verdict TEXT NOT NULL CHECK (verdict IN ('admit', 'attention', 'refuse')),
  reason TEXT,
  snapshot_seq INTEGER NOT NULL,
  offline INTEGER NOT NULL,
  admitted_count INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (device_id, id)
) STRICT;
CREATE INDEX scans_code ON scans (code_id, at);
CREATE INDEX scans_time ON scans (at);

-- What a gate sent and the server did not understand, kept for a person to look at.
CREATE TABLE quarantined_scans (
  device_id TEXT NOT NULL REFERENCES devices (id),
  event_sha256 BLOB NOT NULL,
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (device_id, event_sha256)
) STRICT;
