//! SQL put together at run time, from texts of the program only.
//!
//! This is the one place that vouches for such texts to the driver. It can, because nothing but
//! `&'static str` and numbers ever enters the text: what comes from outside is bound.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use crate::{Args, Backend, Sql, Value};

/// A statement in the making.
#[derive(Debug, Default)]
pub(crate) struct Dynamic {
    text: String,
    values: Vec<Value>,
}

impl Dynamic {
    /// Statements that run in one trip on PostgreSQL, where a statement with values is always one: side by side as the parts of one.
    pub(crate) fn joined(statements: Vec<(&'static Sql, Args)>) -> Self {
        let mut joined = Self::default();
        let last = statements.len().saturating_sub(1);
        for (place, (sql, args)) in statements.into_iter().enumerate() {
            let text = sql.text(Backend::Postgres);
            if place < last {
                joined.push(if place == 0 { "WITH part_" } else { ", part_" });
                joined.push_number(place as u64).push(" AS (").push_statement(text, args).push(")\n");
            } else {
                joined.push_statement(text, args);
            }
        }
        joined
    }

    /// Appends a whole statement with its values: its `$1` becomes the next free placeholder, and so on.
    fn push_statement(&mut self, text: &'static str, args: Args) -> &mut Self {
        let before = self.values.len();
        self.values.extend(args.into_values());
        let mut parts = text.split('$');
        self.push(parts.next().unwrap_or_default());
        for part in parts {
            let digits = part.len() - part.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
            let (number, rest) = part.split_at(digits);
            self.text.push('$');
            match number.parse::<usize>() {
                // Writing to a string cannot fail.
                Ok(number) => drop(write!(self.text, "{}", before + number)),
                Err(_) => self.text.push_str(number),
            }
            self.push(rest);
        }
        self
    }

    /// Appends a text of the program.
    pub(crate) fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends a number.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args;

    static ONE: Sql = Sql::new("one", "INSERT INTO a VALUES ($1, $2)", "INSERT INTO a VALUES ($1, $2)");
    static OTHER: Sql = Sql::new("other", "INSERT INTO b VALUES ($2, $1, $2)", "INSERT INTO b VALUES ($2, $1, $2)");

    #[test]
    fn statements_of_one_trip_keep_their_own_values() {
        let joined = Dynamic::joined(vec![(&ONE, args![1, 2]), (&OTHER, args![3, 4]), (&ONE, args![5, 6])]);
        assert_eq!(
            joined.text,
            "WITH part_0 AS (INSERT INTO a VALUES ($1, $2))\n, part_1 AS (INSERT INTO b VALUES ($4, $3, $4))\n\
             INSERT INTO a VALUES ($5, $6)"
        );
    }
}
