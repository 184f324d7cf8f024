//! Annual tickets, cards, their steps and entry rights in the database: one file per table.

pub(super) mod annual_tickets;
pub(super) mod card_steps;
pub(super) mod cards;
pub(super) mod entry_rights;
pub(super) mod queue;

use db::DbError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// Reads a column that holds the text of an id, a key, a day or a state.
fn parsed<T: FromStr<Err: ToString>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|error: T::Err| DbError::Sqlx(sqlx::Error::Decode(error.to_string().into())))
}

/// Reads a column that may hold such a text.
fn parsed_opt<T: FromStr<Err: ToString>>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(parsed).transpose()
}

/// Reads a column that may hold JSON.
fn json_opt<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(serde_json::from_str).transpose().map_err(|error| DbError::Sqlx(sqlx::Error::Decode(Box::new(error))))
}

/// Reads a column that holds a whole number of a narrower type.
fn number<T: TryFrom<i64, Error: std::error::Error + Send + Sync + 'static>>(value: i64) -> Result<T, DbError> {
    T::try_from(value).map_err(|error| DbError::Sqlx(sqlx::Error::Decode(Box::new(error))))
}

/// The JSON for a column.
fn to_json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Sqlx(sqlx::Error::Encode(Box::new(error))))
}

/// The text for a column that may be empty.
fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}
