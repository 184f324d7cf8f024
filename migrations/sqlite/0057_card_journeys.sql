-- Cards on their way to another house: to which, and since when.
CREATE TABLE card_journeys (
  card_id TEXT NOT NULL PRIMARY KEY REFERENCES cards (id),
  house_key TEXT NOT NULL REFERENCES houses (key),
  sent_at INTEGER NOT NULL
) STRICT;
INSERT INTO card_journeys (card_id, house_key, sent_at)
  SELECT m.card_id, b.house_key, COALESCE(b.sent_at, b.made_at) FROM transfer_box_cards m JOIN transfer_boxes b ON b.id = m.box_id
  WHERE m.arrived_at IS NULL AND b.state <> 'open';
