//! Money is integer cents, everywhere. The type comes from the promotion engine, so that no amount is ever converted.

pub use pricing::Cents;
