//! Devices and scans in the database, and the rows of entry rights as gates know them.

pub(super) mod devices;
pub(super) mod rights;
pub(super) mod scans;

use db::DbError;

/// Reads a column that holds the text of an id, a key, a day or a state.
fn parsed<T: std::str::FromStr<Err: ToString>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|error: T::Err| unreadable(error.to_string()))
}

/// Reads a column that holds a whole number of a narrower type.
fn number<T: TryFrom<i64, Error: ToString>>(value: i64) -> Result<T, DbError> {
    T::try_from(value).map_err(|error| unreadable(error.to_string()))
}

fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> DbError {
    DbError::Sqlx(sqlx::Error::Decode(error.into()))
}
