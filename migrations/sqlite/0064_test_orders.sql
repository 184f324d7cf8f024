-- Annual tickets of trials: their cards are never printed, and open nothing.
ALTER TABLE annual_tickets ADD COLUMN is_test INTEGER NOT NULL DEFAULT 0;
