-- Nonces of all devices are forgotten at once, by their age.
CREATE INDEX device_nonces_seen ON device_nonces (seen_at);
