-- What was known of the holder when the desk decided to keep a printed card that shows something else.

ALTER TABLE cards ADD COLUMN kept_face_sha256 BYTEA;
