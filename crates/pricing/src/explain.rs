//! Why the price is what it is, as data that a cashier's screen can put into words.

use serde::Serialize;

/// The explanation of a priced basket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Explanation {}
