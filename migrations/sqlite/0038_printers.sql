-- Card printers of the houses, and what was sent to them.

-- The shift of the print is in micrometres, to the right and down.
CREATE TABLE printers (
  key TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  house_key TEXT NOT NULL REFERENCES houses (key),
  uri TEXT NOT NULL,
  trust TEXT NOT NULL CHECK (trust IN ('device', 'spooler', 'none')),
  shift_right_um INTEGER NOT NULL,
  shift_down_um INTEGER NOT NULL,
  turn_backs INTEGER NOT NULL CHECK (turn_backs IN (0, 1)),
  in_use INTEGER NOT NULL CHECK (in_use IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

-- A job without a run is a test card. from_position and to_position are the cards that were wanted; the job has some of them.
CREATE TABLE print_jobs (
  id TEXT NOT NULL PRIMARY KEY,
  run_id TEXT REFERENCES print_runs (id),
  part INTEGER NOT NULL,
  printer_key TEXT NOT NULL REFERENCES printers (key),
  printer_uri TEXT NOT NULL,
  from_position INTEGER NOT NULL,
  to_position INTEGER NOT NULL,
  cards INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'created', 'sent', 'printed', 'to_check', 'checked', 'released')),
  why TEXT,
  file_sha256 BLOB,
  printer_job INTEGER,
  printer_job_uuid TEXT,
  impressions INTEGER,
  says TEXT NOT NULL DEFAULT '[]',
  failures INTEGER NOT NULL DEFAULT 0,
  stop_asked INTEGER NOT NULL DEFAULT 0,
  held_until INTEGER,
  answered_at INTEGER,
  moved_at INTEGER,
  ended_at INTEGER,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX print_jobs_run ON print_jobs (run_id, id);
CREATE INDEX print_jobs_printer ON print_jobs (printer_key, id);
-- A printer is at one job at a time.
CREATE UNIQUE INDEX print_jobs_under_way ON print_jobs (printer_key) WHERE state IN ('waiting', 'created', 'sent');
CREATE INDEX print_jobs_open ON print_jobs (state, id) WHERE state IN ('waiting', 'created', 'sent', 'to_check');

-- The job that a card of a run was last sent in.
ALTER TABLE print_run_cards ADD COLUMN print_job_id TEXT REFERENCES print_jobs (id);
CREATE INDEX print_run_cards_job ON print_run_cards (print_job_id) WHERE print_job_id IS NOT NULL;
