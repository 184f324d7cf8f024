-- Rules of each gate, PINs of those who may admit by hand there, and what gates noticed.

ALTER TABLE devices ADD COLUMN rules TEXT NOT NULL DEFAULT '{}';

-- Who admits by hand at gates. The tag stays with the person; without a hash there is no PIN.
CREATE TABLE gate_pins (
  staff_id TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
  tag BYTEA NOT NULL UNIQUE,
  salt BYTEA,
  hash BYTEA,
  set_at BIGINT NOT NULL
);

-- Where the gate stood when it uploaded the scan; what the server knew against an admission; who admitted by hand, and why.
ALTER TABLE scans ADD COLUMN house_key TEXT;
ALTER TABLE scans ADD COLUMN conflict TEXT CHECK (conflict IN ('blocked', 'void'));
ALTER TABLE scans ADD COLUMN by_tag BYTEA;
ALTER TABLE scans ADD COLUMN by_of TEXT;
ALTER TABLE scans ADD COLUMN by_reason TEXT;
CREATE INDEX scans_noticed ON scans (at) WHERE conflict IS NOT NULL OR by_tag IS NOT NULL;
CREATE INDEX entry_rights_blocked ON entry_rights (change_seq) WHERE status = 'blocked';
