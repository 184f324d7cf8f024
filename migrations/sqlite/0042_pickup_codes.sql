-- The pickup desk finds cards by what is said there.
CREATE INDEX pickup_codes_code ON pickup_codes (code);
