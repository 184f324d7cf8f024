-- Boxes in which cards travel from one house to another, and to which address a card was sent when it came back.

CREATE TABLE transfer_boxes (
  id TEXT NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  house_key TEXT NOT NULL REFERENCES houses (key),
  state TEXT NOT NULL CHECK (state IN ('open', 'sent', 'arrived')),
  made_at INTEGER NOT NULL,
  sent_at INTEGER,
  arrived_at INTEGER
) STRICT;
CREATE INDEX transfer_boxes_state ON transfer_boxes (state, number);

-- A card is in at most one box at a time: the one out of which it was not read yet.
CREATE TABLE transfer_box_cards (
  box_id TEXT NOT NULL REFERENCES transfer_boxes (id),
  card_id TEXT NOT NULL REFERENCES cards (id),
  put_at INTEGER NOT NULL,
  arrived_at INTEGER,
  PRIMARY KEY (box_id, card_id)
) STRICT;
CREATE UNIQUE INDEX transfer_box_cards_in ON transfer_box_cards (card_id) WHERE arrived_at IS NULL;

CREATE TABLE returned_addresses (
  card_id TEXT NOT NULL PRIMARY KEY REFERENCES cards (id),
  address TEXT NOT NULL,
  returned_at INTEGER NOT NULL
) STRICT;

-- What was posted on a day.
CREATE INDEX card_steps_step ON card_steps (step, id);
