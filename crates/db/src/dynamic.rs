//! SQL put together at run time, from texts of the program only.
//!
//! This is the one place that vouches for such texts to the driver. It can, because nothing but
//! `&'static str` and numbers ever enters the text: what comes from outside is bound.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use crate::{Args, Value};

/// A statement in the making.
#[derive(Debug, Default)]
pub(crate) struct Dynamic {
    text: String,
    values: Vec<Value>,
}

impl Dynamic {
    /// Appends a text of the program.
    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends a number.
    #[cfg(feature = "testing")]
    pub(crate) fn push_number(&mut self, number: u64) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{number}");
        self
    }

    /// Appends a placeholder for a value.
    pub(crate) fn push_value(&mut self, value: Value) -> &mut Self {
        self.values.push(value);
        self.push_last_value()
    }

    /// Appends a text in which every `?` stands for the same value.
    pub(crate) fn push_condition(&mut self, text: &'static str, value: Value) -> &mut Self {
        self.values.push(value);
        for (place, part) in text.split('?').enumerate() {
            if place > 0 {
                self.push_last_value();
            }
            self.push(part);
        }
        self
    }

    /// The statement and its values.
    pub(crate) fn finish(self) -> (SqlStr, Args) {
        (AssertSqlSafe(self.text).into_sql_str(), Args::new(self.values))
    }

    fn push_last_value(&mut self) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "${}", self.values.len());
        self
    }
}
