-- Card printers of the houses, and what was sent to them.

-- The shift of the print is in micrometres, to the right and down.
CREATE TABLE printers (
  key TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  house_key TEXT NOT NULL REFERENCES houses (key),
  uri TEXT NOT NULL,
  trust TEXT NOT NULL CHECK (trust IN ('device', 'spooler', 'none')),
  shift_right_um BIGINT NOT NULL,
  shift_down_um BIGINT NOT NULL,
  turn_backs BIGINT NOT NULL CHECK (turn_backs IN (0, 1)),
  in_use BIGINT NOT NULL CHECK (in_use IN (0, 1)),
  created_at BIGINT NOT NULL
);

-- A job without a run is a test card. from_position and to_position are the cards that were wanted; the job has some of them.
CREATE TABLE print_jobs (
  id TEXT NOT NULL PRIMARY KEY,
  run_id TEXT REFERENCES print_runs (id),
  part BIGINT NOT NULL,
  printer_key TEXT NOT NULL REFERENCES printers (key),
  printer_uri TEXT NOT NULL,
  from_position BIGINT NOT NULL,
  to_position BIGINT NOT NULL,
  cards BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'created', 'sent', 'printed', 'to_check', 'checked', 'released')),
  why TEXT,
  file_sha256 BYTEA,
  printer_job BIGINT,
  printer_job_uuid TEXT,
  impressions BIGINT,
  says TEXT NOT NULL DEFAULT '[]',
  failures BIGINT NOT NULL DEFAULT 0,
  stop_asked BIGINT NOT NULL DEFAULT 0,
  held_until BIGINT,
  answered_at BIGINT,
  moved_at BIGINT,
  ended_at BIGINT,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX print_jobs_run ON print_jobs (run_id, id);
CREATE INDEX print_jobs_printer ON print_jobs (printer_key, id);
-- A printer is at one job at a time.
CREATE UNIQUE INDEX print_jobs_under_way ON print_jobs (printer_key) WHERE state IN ('waiting', 'created', 'sent');
CREATE INDEX print_jobs_open ON print_jobs (state, id) WHERE state IN ('waiting', 'created', 'sent', 'to_check');

-- The job that a card of a run was last sent in.
ALTER TABLE print_run_cards ADD COLUMN print_job_id TEXT REFERENCES print_jobs (id);
CREATE INDEX print_run_cards_job ON print_run_cards (print_job_id) WHERE print_job_id IS NOT NULL;
