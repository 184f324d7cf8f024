//! The place in a list after which the next page begins, as an opaque text.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::{DbError, Value};

/// Longest cursor text that is looked at.
const CURSOR_CHARS_MAX: usize = 4_000;

/// A value that a list is sorted by.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum SortValue {
    Int(i64),
    Text(String),
}

/// The sort values of the last row of a page, with the mark of the order they belong to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Cursor(pub(crate) u32, pub(crate) SortValue, pub(crate) SortValue);

impl Cursor {
    pub(crate) fn encode(&self) -> Result<String, DbError> {
        let json = serde_json::to_vec(self).map_err(|_| DbError::BadCursor)?;
        Ok(URL_SAFE_NO_PAD.encode(json))
    }

    /// Reads a cursor that was made for the order with this mark.
    pub(crate) fn decode(text: &str, mark: u32) -> Result<Self, DbError> {
        if text.len() > CURSOR_CHARS_MAX {
            return Err(DbError::BadCursor);
        }
        let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| DbError::BadCursor)?;
        let cursor: Self = serde_json::from_slice(&json).map_err(|_| DbError::BadCursor)?;
        if cursor.0 == mark { Ok(cursor) } else { Err(DbError::BadCursor) }
    }
}

impl From<SortValue> for Value {
    fn from(value: SortValue) -> Self {
        match value {
            SortValue::Int(number) => Self::Int(Some(number)),
            SortValue::Text(text) => Self::Text(Some(text)),
        }
    }
}

/// Tells orders apart, so that a cursor of one list is not taken by another (FNV-1a).
pub(crate) fn mark(parts: &[&str]) -> u32 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sort_value() -> impl Strategy<Value = SortValue> {
        prop_oneof![any::<i64>().prop_map(SortValue::Int), ".{0,80}".prop_map(SortValue::Text)]
    }

    proptest! {
        #[test]
        fn a_cursor_comes_back(key in sort_value(), id in sort_value(), mark: u32) {
            let cursor = Cursor(mark, key, id);
            let text = cursor.encode().unwrap();
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
            prop_assert_eq!(Cursor::decode(&text, mark).unwrap(), cursor);
            prop_assert!(matches!(
                Cursor::decode(&text, mark ^ 1),
                Err(DbError::BadCursor)
            ));
        }

        #[test]
        fn any_text_is_a_cursor_or_refused(text in "\\PC{0,60}|[A-Za-z0-9_-]{0,60}") {
            prop_assert!(matches!(Cursor::decode(&text, 7), Ok(_) | Err(DbError::BadCursor)));
        }
    }

    #[test]
    fn forged_contents_are_refused() {
        for json in ["[7]", "[7,1,2,3]", "[7,1.5,2]", "[7,null,2]", "[7,[1],2]", "{}", "[-1,1,1]"] {
            let text = URL_SAFE_NO_PAD.encode(json);
            assert!(matches!(Cursor::decode(&text, 7), Err(DbError::BadCursor)), "{json}");
        }
    }
}
