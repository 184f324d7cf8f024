//! All SQL of the capability.

pub mod candidates;
pub mod layouts;
pub mod print_data;
pub mod print_jobs;
pub mod printers;
pub mod queue;
pub mod run_cards;
pub mod runs;

use db::DbError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A count or number of the database. Those of this capability are never negative and always small.
fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// A stored value that this program did not write.
fn unfit(column: &str) -> DbError {
    DbError::Sqlx(db::sqlx::Error::Decode(format!("{column} holds what this program did not write").into()))
}

fn json<T: DeserializeOwned>(column: &str, text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|_| unfit(column))
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn id<I: std::str::FromStr>(column: &str, text: &str) -> Result<I, DbError> {
    text.parse().map_err(|_| unfit(column))
}
