-- Gates and what they saw.

CREATE TABLE devices (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  house_key TEXT NOT NULL REFERENCES houses (key),
  exhibition_key TEXT REFERENCES exhibitions (key),
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  state TEXT NOT NULL CHECK (state IN ('unpaired', 'paired', 'revoked')),
  pairing_code_sha256 BYTEA,
  pairing_expires_at BIGINT,
  public_key BYTEA,
  agent_version TEXT,
  paired_at BIGINT,
  last_seen_at BIGINT,
  known_epoch TEXT,
  known_seq BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX devices_pairing ON devices (pairing_code_sha256) WHERE pairing_code_sha256 IS NOT NULL;

CREATE TABLE device_nonces (
  device_id TEXT NOT NULL REFERENCES devices (id),
  nonce TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (device_id, nonce)
);

-- One row per reading at a gate. at is the time by the server's clock, as far as it can be told.
CREATE TABLE scans (
  device_id TEXT NOT NULL REFERENCES devices (id),
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  reader TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  boot_id TEXT NOT NULL,
  monotonic_ms BIGINT NOT NULL,
  wall_ms BIGINT NOT NULL,
  trusted_ms BIGINT NOT NULL,
  code_id BIGINT,
  issue BIGINT,
  text_sha256 BYTEA,
  verdict TEXT NOT NULL CHECK (verdict IN ('admit', 'attention', 'refuse')),
  reason TEXT,
  snapshot_seq BIGINT NOT NULL,
  offline BOOLEAN NOT NULL,
  admitted_count BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (device_id, id)
);
CREATE INDEX scans_code ON scans (code_id, at);
CREATE INDEX scans_time ON scans (at);

-- What a gate sent and the server did not understand, kept for a person to look at.
CREATE TABLE quarantined_scans (
  device_id TEXT NOT NULL REFERENCES devices (id),
  event_sha256 BYTEA NOT NULL,
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (device_id, event_sha256)
);
