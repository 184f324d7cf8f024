-- Long runs: what is still to join one, as JSON; NULL when it is whole.
ALTER TABLE print_runs ADD COLUMN joining TEXT;

-- The cards of a run counted by outcome, and those of its cards that became void, without a look at each.
CREATE INDEX print_run_cards_outcome ON print_run_cards (run_id, outcome, verified_at, outcome_at);
DROP INDEX cards_run;
CREATE INDEX cards_run ON cards (run_id, state) WHERE run_id IS NOT NULL;
