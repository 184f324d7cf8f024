-- Runs that close only when each printed card was read.
ALTER TABLE print_runs ADD COLUMN read_each BIGINT NOT NULL DEFAULT 0;
