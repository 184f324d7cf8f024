//! Strict reading of scenarios and offers from JSON. Promises that arbitrary text never panics, that nothing is guessed
//! (unknown fields, wrong types and senseless values are refused) and that each refusal names the JSON path.

mod offer;
mod reader;
mod scenario;

pub use offer::parse_offer;
pub use scenario::parse_scenario;
