-- Which products want their visitors' portraits looked at, and which portraits wait for it.

ALTER TABLE products ADD COLUMN photo_review TEXT NOT NULL DEFAULT 'never' CHECK (photo_review IN ('never', 'doubtful', 'always'));

-- review_reason: why another portrait is wanted.
ALTER TABLE photos ADD COLUMN review TEXT NOT NULL DEFAULT 'accepted' CHECK (review IN ('accepted', 'waiting', 'refused'));
ALTER TABLE photos ADD COLUMN review_reason TEXT;
CREATE INDEX photos_waiting ON photos (id) WHERE review = 'waiting';
CREATE INDEX annual_tickets_photo ON annual_tickets (photo_id) WHERE photo_id IS NOT NULL;
