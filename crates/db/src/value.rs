//! Values bound to the placeholders of a statement.

use sqlx::Arguments;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::types::Json;

use crate::DbError;

/// One value on its way into a statement. `None` is a null of that type: PostgreSQL wants to know.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants are the types they carry")]
pub enum Value {
    Int(Option<i64>),
    Bool(Option<bool>),
    Real(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    /// `TEXT` on SQLite, `JSONB` on PostgreSQL.
    Json(Option<serde_json::Value>),
}

/// What can be bound to a placeholder. Own types of a program implement it through one of these.
pub trait Bind {
    /// The null of this type.
    const NULL: Value;
    /// The value to bind.
    fn bind(self) -> Value;
}

/// The values of a statement in the order of its placeholders; made by [`args!`](crate::args).
#[derive(Clone, Debug, Default)]
pub struct Args(Vec<Value>);

impl Args {
    /// The given values; the first is `$1`.
    pub fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// The same values and one more at the end.
    #[must_use]
    pub fn and(mut self, value: impl Bind) -> Self {
        self.0.push(value.bind());
        self
    }

    pub(crate) fn values(&self) -> &[Value] {
        &self.0
    }

    pub(crate) fn into_values(self) -> Vec<Value> {
        self.0
    }

    pub(crate) fn into_lite(self) -> Result<SqliteArguments, DbError> {
        let mut arguments = SqliteArguments::default();
        for value in self.0 {
            match value {
                Value::Int(v) => arguments.add(v),
                Value::Bool(v) => arguments.add(v),
                Value::Real(v) => arguments.add(v),
                Value::Text(v) => arguments.add(v),
                Value::Bytes(v) => arguments.add(v),
                Value::Json(v) => arguments.add(v.map(Json)),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }

    pub(crate) fn into_pg(self) -> Result<PgArguments, DbError> {
        let mut arguments = PgArguments::default();
        for value in self.0 {
            match value {
                Value::Int(v) => arguments.add(v),
                Value::Bool(v) => arguments.add(v),
                Value::Real(v) => arguments.add(v),
                Value::Text(v) => arguments.add(v),
                Value::Bytes(v) => arguments.add(v),
                Value::Json(v) => arguments.add(v.map(Json)),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }
}

/// The values of a statement: `args![card_id, "ready", Option::<i64>::None]`.
///
/// Takes everything that is [`Bind`], by value or by reference.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        $crate::Args::new(::std::vec![$($crate::Bind::bind($value)),*])
    };
}

macro_rules! bind_as {
    ($variant:ident: $($type:ty),+) => {$(
        impl Bind for $type {
            const NULL: Value = Value::$variant(None);
            fn bind(self) -> Value {
                Value::$variant(Some(self.into()))
            }
        }
    )+};
}

bind_as!(Int: i64, i32, i16, i8, u32, u16, u8);
bind_as!(Bool: bool);
bind_as!(Real: f64, f32);
bind_as!(Text: String, &str, Box<str>, std::borrow::Cow<'_, str>);
bind_as!(Bytes: Vec<u8>, &[u8]);
bind_as!(Json: serde_json::Value);

impl<const N: usize> Bind for [u8; N] {
    const NULL: Value = Value::Bytes(None);
    fn bind(self) -> Value {
        Value::Bytes(Some(self.to_vec()))
    }
}

impl<T: Bind> Bind for Option<T> {
    const NULL: Value = T::NULL;
    fn bind(self) -> Value {
        self.map_or(T::NULL, T::bind)
    }
}

impl<T: Bind + Clone> Bind for &T {
    const NULL: Value = T::NULL;
    fn bind(self) -> Value {
        self.clone().bind()
    }
}

impl Bind for Value {
    const NULL: Value = Value::Text(None);
    fn bind(self) -> Value {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_references_bind_alike() {
        let name = String::from("Ada");
        let none: Option<&str> = None;
        let title = Some(String::from("Dr."));
        assert_eq!(Bind::bind(&name), Value::Text(Some("Ada".into())));
        assert_eq!(Bind::bind(name.as_str()), Bind::bind(name.clone()));
        assert_eq!(Bind::bind(&title), Value::Text(title.clone()));
        assert_eq!(7_u32.bind(), Value::Int(Some(7)));
        assert_eq!(none.bind(), Value::Text(None));
        assert_eq!(Option::<bool>::None.bind(), Value::Bool(None));
        assert_eq!([1_u8, 2].bind(), Value::Bytes(Some(vec![1, 2])));
        assert_eq!(b"ab".as_slice().bind(), Value::Bytes(Some(b"ab".to_vec())));
    }
}
