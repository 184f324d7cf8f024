//! Rows that the writer reads, decoded by the same derived code as those of the other drivers.

use rusqlite::types::ValueRef as Stored;
use serde::de::DeserializeOwned;
use sqlx::error::BoxDynError;
use sqlx::types::Json;
use sqlx::{ColumnIndex, Decode, Row, Type, TypeInfo, ValueRef as _};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::driver::Lite;

/// A row of a result.
#[derive(Debug)]
pub(crate) struct LiteRow {
    columns: Arc<[Column]>,
    values: Vec<LiteValue>,
}

/// A column of a result.
#[derive(Debug)]
pub(crate) struct Column {
    place: usize,
    name: String,
}

/// A value as SQLite holds it.
#[derive(Debug, Clone)]
pub(crate) enum LiteValue {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A value of a row that still has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LiteValueRef<'r>(&'r LiteValue);

/// What kind of value it is. SQLite knows no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Int,
    Real,
    Text,
    Bytes,
}

impl LiteRow {
    pub(super) fn new(columns: Arc<[Column]>, values: Vec<LiteValue>) -> Self {
        Self { columns, values }
    }
}

impl Column {
    pub(super) fn of(statement: &rusqlite::Statement<'_>) -> Arc<[Self]> {
        let named = statement.column_names().into_iter().enumerate();
        named.map(|(place, name)| Self { place, name: name.to_owned() }).collect()
    }
}

impl LiteValue {
    pub(super) fn of(stored: Stored<'_>) -> Result<Self, sqlx::Error> {
        Ok(match stored {
            Stored::Null => Self::Null,
            Stored::Integer(value) => Self::Int(value),
            Stored::Real(value) => Self::Real(value),
            Stored::Text(text) => {
                Self::Text(str::from_utf8(text).map_err(|error| sqlx::Error::Decode(error.into()))?.to_owned())
            }
            Stored::Blob(bytes) => Self::Bytes(bytes.to_vec()),
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Int(_) => Kind::Int,
            Self::Real(_) => Kind::Real,
            Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
        }
    }
}

impl Row for LiteRow {
    type Database = Lite;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn try_get_raw<I: ColumnIndex<Self>>(&self, index: I) -> Result<LiteValueRef<'_>, sqlx::Error> {
        let place = index.index(self)?;
        let out_of_bounds = || sqlx::Error::ColumnIndexOutOfBounds { index: place, len: self.values.len() };
        self.values.get(place).map(LiteValueRef).ok_or_else(out_of_bounds)
    }
}

impl ColumnIndex<LiteRow> for usize {
    fn index(&self, _: &LiteRow) -> Result<usize, sqlx::Error> {
        Ok(*self)
    }
}

impl ColumnIndex<LiteRow> for str {
    fn index(&self, row: &LiteRow) -> Result<usize, sqlx::Error> {
        let place = row.columns.iter().position(|column| column.name == self);
        place.ok_or_else(|| sqlx::Error::ColumnNotFound(self.to_owned()))
    }
}

impl sqlx::Column for Column {
    type Database = Lite;

    fn ordinal(&self) -> usize {
        self.place
    }

    fn name(&self) -> &str {
        &self.name
    }

    // Of a column nothing is known: each value has its own kind.
    fn type_info(&self) -> &Kind {
        &Kind::Null
    }
}

impl sqlx::Value for LiteValue {
    type Database = Lite;

    fn as_ref(&self) -> LiteValueRef<'_> {
        LiteValueRef(self)
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.kind())
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }
}

impl<'r> sqlx::ValueRef<'r> for LiteValueRef<'r> {
    type Database = Lite;

    fn to_owned(&self) -> LiteValue {
        self.0.clone()
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.0.kind())
    }

    fn is_null(&self) -> bool {
        self.0.kind() == Kind::Null
    }
}

impl TypeInfo for Kind {
    fn is_null(&self) -> bool {
        *self == Self::Null
    }

    fn name(&self) -> &str {
        match self {
            Self::Null => "NULL",
            Self::Int => "INTEGER",
            Self::Real => "REAL",
            Self::Text => "TEXT",
            Self::Bytes => "BLOB",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a Rust type is read from values of one kind.
macro_rules! decoded {
    ($($type:ty: $kind:ident, $value:ident => $decoded:expr;)+) => {$(
        impl Type<Lite> for $type {
            fn type_info() -> Kind {
                Kind::$kind
            }
        }

        impl<'r> Decode<'r, Lite> for $type {
            fn decode(value: LiteValueRef<'r>) -> Result<Self, BoxDynError> {
                match value.0 {
                    LiteValue::$kind($value) => $decoded,
                    _ => Err(unfit::<Self>(value)),
                }
            }
        }
    )+};
}

decoded! {
    i64: Int, value => Ok(*value);
    i32: Int, value => Ok((*value).try_into()?);
    bool: Int, value => Ok(*value != 0);
    String: Text, value => Ok(value.clone());
    Vec<u8>: Bytes, value => Ok(value.clone());
}

impl Type<Lite> for f64 {
    fn type_info() -> Kind {
        Kind::Real
    }

    fn compatible(kind: &Kind) -> bool {
        matches!(kind, Kind::Real | Kind::Int)
    }
}

impl<'r> Decode<'r, Lite> for f64 {
    fn decode(value: LiteValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.0 {
            LiteValue::Real(value) => Ok(*value),
            #[expect(clippy::cast_precision_loss, reason = "a whole number in a column of real ones")]
            LiteValue::Int(value) => Ok(*value as Self),
            _ => Err(unfit::<Self>(value)),
        }
    }
}

impl<T> Type<Lite> for Json<T> {
    fn type_info() -> Kind {
        Kind::Text
    }
}

impl<'r, T: DeserializeOwned> Decode<'r, Lite> for Json<T> {
    fn decode(value: LiteValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.0 {
            LiteValue::Text(text) => Ok(Self(serde_json::from_str(text)?)),
            _ => Err(unfit::<Self>(value)),
        }
    }
}

fn unfit<T: Type<Lite>>(value: LiteValueRef<'_>) -> BoxDynError {
    format!("a {} where a {} is needed", value.type_info(), T::type_info()).into()
}
