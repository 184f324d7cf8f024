//! What columns hold, in the types of the program.
//!
//! Both databases keep keys, states, days and JSON as text, and all whole numbers in 64 bits. A store reads them back with these
//! functions. A column that holds anything else was not written by this program: [`DbError::Unreadable`] says what was wanted, and
//! never what was found, because rows hold personal data and errors are logged.

use crate::DbError;
use serde::Serialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, value};
use std::any::type_name;
use std::str::FromStr;

/// Reads the text of a type that is parsed: an id, a key, a day.
///
/// # Errors
/// [`DbError::Unreadable`].
pub fn parsed<T: FromStr>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(|_| unreadable(type_name::<T>()))
}

/// Reads a column that may hold such a text.
///
/// # Errors
/// [`DbError::Unreadable`].
pub fn parsed_opt<T: FromStr>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(parsed).transpose()
}

/// Reads the one word that [`to_word`] wrote: a state, a kind.
///
/// # Errors
/// [`DbError::Unreadable`].
pub fn word<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    let deserializer: StrDeserializer<'_, value::Error> = StrDeserializer::new(text);
    T::deserialize(deserializer).map_err(|_| unreadable(type_name::<T>()))
}

/// Reads a column that may hold one word.
///
/// # Errors
/// [`DbError::Unreadable`].
pub fn word_opt<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(word).transpose()
}

/// Reads JSON.
///
/// # Errors
/// [`DbError::Unreadable`].
pub fn json<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|_| unreadable(type_name::<T>()))
}

/// Reads a column that may hold JSON.
///
/// # Errors
/// [`DbError::Unreadable`].
pub fn json_opt<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(json).transpose()
}

/// Reads a whole number of a narrower type.
///
/// # Errors
/// [`DbError::Unreadable`] when it does not fit.
pub fn number<T: TryFrom<i64>>(value: i64) -> Result<T, DbError> {
    T::try_from(value).map_err(|_| unreadable(type_name::<T>()))
}

/// The JSON for a column, or for a statement that unpacks it into rows.
///
/// # Errors
/// When the value has no form in JSON, such as a map whose keys are no texts.
pub fn to_json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Sqlx(sqlx::Error::Encode(Box::new(error))))
}

/// The word for a column, of a type that is one text in JSON.
///
/// # Errors
/// As [`to_json`].
pub fn to_word(value: &impl Serialize) -> Result<String, DbError> {
    to_json(value).map(|json| json.trim_matches('"').to_owned())
}

/// A column that does not hold what was wanted; the text names the type, or says it in words.
#[must_use]
pub fn unreadable(wanted: &'static str) -> DbError {
    DbError::Unreadable { wanted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum State {
        LaidReady,
    }

    #[test]
    fn what_was_written_is_read_back() {
        assert_eq!(word::<State>(&to_word(&State::LaidReady).unwrap()).unwrap(), State::LaidReady);
        assert_eq!(json::<Vec<u8>>(&to_json(&[1_u8, 2]).unwrap()).unwrap(), [1, 2]);
        assert_eq!(parsed::<u16>("17").unwrap(), 17);
        assert_eq!(number::<u8>(255).unwrap(), 255);
        assert_eq!((word_opt::<State>(None).unwrap(), json_opt::<u8>(None).unwrap()), (None, None));
    }

    #[test]
    fn a_refusal_says_what_was_wanted_and_never_what_was_found() {
        let refusals = [
            word::<State>("Erika Mustermann").unwrap_err(),
            json::<State>("\"Erika Mustermann\"").unwrap_err(),
            parsed::<u16>("Erika Mustermann").unwrap_err(),
            number::<u8>(4711).unwrap_err(),
        ];
        for refusal in refusals {
            let said = format!("{refusal} {refusal:?}");
            assert!(!said.contains("Erika") && !said.contains("4711"), "{said}");
            assert!(said.contains("State") || said.contains("u16") || said.contains("u8"), "{said}");
        }
    }
}
