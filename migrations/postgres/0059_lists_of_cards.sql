-- The desks count and choose the cards of a state by way, house, product, age and words without a look at each card.
DROP INDEX cards_state_way;
CREATE INDEX cards_state_way ON cards (state, way, changed_at, id, house_key, product_key, created_at);
DROP INDEX cards_state_name;
CREATE INDEX cards_state_name ON cards (state, name_fold, id, number);
-- What lies, or is wanted, in a house, the longest waiting first; and how much of it is late.
CREATE INDEX cards_state_house ON cards (state, house_key, changed_at, id);
