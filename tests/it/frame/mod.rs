//! What the frame promises, whatever stands in it.

mod architecture;
mod databases;
mod idempotency;
mod strangers;
