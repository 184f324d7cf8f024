//! Whose name stands on a card.

use crate::kernel::text::{clean, fold};
use chrono::{Datelike, NaiveDate};

/// The most characters of a name part.
pub const NAME_CHARS_MAX: usize = 200;
/// The first year in which a living holder may be born.
const BIRTH_YEAR_MIN: i32 = 1900;

/// The person on a card. One name part is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    /// The given name.
    pub given_name: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// The day of birth.
    pub birth_date: Option<NaiveDate>,
}

/// A part that cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HolderRefusal {
    /// A name part has more than [`NAME_CHARS_MAX`] characters.
    #[error("a name part has at most {NAME_CHARS_MAX} characters")]
    NameTooLong {
        /// The part: `given_name` or `family_name`.
        part: &'static str,
    },
    /// Nobody was born on that day yet.
    #[error("the day of birth lies in the future")]
    BornInFuture,
    /// Nobody born on that day is alive.
    #[error("the day of birth lies before {BIRTH_YEAR_MIN}")]
    BornTooEarly,
}

impl HolderRefusal {
    /// The part that is wrong.
    pub const fn part(self) -> &'static str {
        match self {
            Self::NameTooLong { part } => part,
            Self::BornInFuture | Self::BornTooEarly => "birth_date",
        }
    }

    /// A stable word.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NameTooLong { .. } => "too_long",
            Self::BornInFuture => "in_the_future",
            Self::BornTooEarly => "too_early",
        }
    }
}

impl Holder {
    /// A holder as somebody typed it: composed, without invisible characters; an empty part is no part.
    ///
    /// # Errors
    /// The first part that cannot be right.
    pub fn typed(
        given_name: Option<&str>,
        family_name: Option<&str>,
        birth_date: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, HolderRefusal> {
        match birth_date {
            Some(date) if date > today => return Err(HolderRefusal::BornInFuture),
            Some(date) if date.year() < BIRTH_YEAR_MIN => return Err(HolderRefusal::BornTooEarly),
            _ => {}
        }
        Ok(Self {
            given_name: name_part("given_name", given_name)?,
            family_name: name_part("family_name", family_name)?,
            birth_date,
        })
    }

    /// Given and family name with a blank between; empty when there is neither.
    pub fn name(&self) -> String {
        let parts = [self.given_name.as_deref(), self.family_name.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The name as it is searched.
    pub fn name_fold(&self) -> String {
        fold(&self.name())
    }
}

fn name_part(part: &'static str, typed: Option<&str>) -> Result<Option<String>, HolderRefusal> {
    let text = clean(typed.unwrap_or_default());
    if text.chars().count() > NAME_CHARS_MAX {
        return Err(HolderRefusal::NameTooLong { part });
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn typed(given: &str, family: &str) -> Result<Holder, HolderRefusal> {
        Holder::typed(Some(given), Some(family), None, day("2026-07-01"))
    }

    #[test]
    fn names_are_composed_and_empty_parts_are_none() {
        let holder = typed("  Zoe\u{308}  ", "\u{200B}").unwrap();
        assert_eq!(holder.given_name.as_deref(), Some("Zoë"));
        assert_eq!(holder.family_name, None);
        assert_eq!(holder.name(), "Zoë");
        for name in ["O'Neill", "von der Tann", "Nguyễn", "Đặng", "محمد بن سلمان", "שרה", "ไทย", "李小龍", "X Æ A-12"]
        {
            assert_eq!(typed("", name).unwrap().name(), name);
        }
        assert_eq!(typed("Nguyễn", "Đặng").unwrap().name_fold(), "nguyen dang");
    }

    #[test]
    fn two_hundred_characters_fit_and_no_more() {
        assert_eq!(typed(&"ü".repeat(200), "").unwrap().name().chars().count(), 200);
        assert_eq!(typed(&"u\u{308}".repeat(200), "").unwrap().name().chars().count(), 200);
        assert_eq!(typed("", &"x".repeat(201)), Err(HolderRefusal::NameTooLong { part: "family_name" }));
    }

    #[test]
    fn birth_days_lie_in_a_life() {
        let today = day("2026-07-01");
        let born = |date: &str| Holder::typed(None, None, Some(day(date)), today);
        assert!(born("2026-07-01").is_ok());
        assert!(born("1900-01-01").is_ok());
        assert_eq!(born("2026-07-02"), Err(HolderRefusal::BornInFuture));
        assert_eq!(born("1899-12-31"), Err(HolderRefusal::BornTooEarly));
    }
}
