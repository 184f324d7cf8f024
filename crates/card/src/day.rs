//! A calendar day as cards carry it: days since 2020-01-01, local to the issuing house.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Days since 2020-01-01. Reaches to 2199-06-06.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardDay(u16);

impl CardDay {
    /// 2020-01-01.
    pub const FIRST: Self = Self(0);
    /// The last day a card can carry.
    pub const LAST: Self = Self(u16::MAX);

    /// The day `days` days after 2020-01-01.
    pub const fn new(days: u16) -> Self {
        Self(days)
    }

    /// Days since 2020-01-01.
    pub const fn days(self) -> u16 {
        self.0
    }

    /// `None` when `date` lies outside 2020-01-01 ..= 2199-06-06.
    pub fn from_date(date: NaiveDate) -> Option<Self> {
        let days = i64::from(date.num_days_from_ce()) - i64::from(epoch().num_days_from_ce());
        u16::try_from(days).ok().map(Self)
    }

    /// The nearest day a card can carry: a date before 2020 becomes the first, one after 2199 the last.
    pub fn clamped_from_date(date: NaiveDate) -> Self {
        Self::from_date(date).unwrap_or(if date < epoch() { Self::FIRST } else { Self::LAST })
    }

    /// The calendar date.
    pub fn to_date(self) -> NaiveDate {
        epoch() + Days::new(u64::from(self.0))
    }

    /// The last day of a period of `months` months that begins on this day; see [`last_day_of_months`]. No period ends before it
    /// begins, or after the last day a card can carry.
    #[must_use]
    pub fn last_day_of_months(self, months: u16) -> Self {
        let start = self.to_date();
        last_day_of_months(start, u32::from(months)).map_or(Self::LAST, |last| Self::clamped_from_date(last.max(start)))
    }
}

/// The last day, inclusive, of `months` months that begin with `first_day`: the day before the same day of the month `months` later;
/// where that month has no such day, its last day. `None` beyond the calendar's end.
///
/// From 1 March 2027, 12 months end on 29 February 2028; from 29 February 2028 on 28 February 2029.
pub fn last_day_of_months(first_day: NaiveDate, months: u32) -> Option<NaiveDate> {
    let anniversary = first_day.checked_add_months(Months::new(months))?;
    if anniversary.day() == first_day.day() { anniversary.checked_sub_days(Days::new(1)) } else { Some(anniversary) }
}

impl fmt::Display for CardDay {
    /// `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_date().fmt(f)
    }
}

/// Day 0 of the card calendar.
fn epoch() -> NaiveDate {
    NaiveDate::default().with_year(2020).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CardDay {
        CardDay::from_date(text.parse().expect("a date")).expect("a card day")
    }

    #[test]
    fn days_are_counted_from_2020() {
        assert_eq!(CardDay::FIRST.to_string(), "2020-01-01");
        assert_eq!(day("2020-12-31").days(), 365);
        assert_eq!(CardDay::LAST.to_string(), "2199-06-06");
        assert_eq!(CardDay::from_date("2019-12-31".parse().expect("a date")), None);
        assert_eq!(CardDay::from_date("2199-06-07".parse().expect("a date")), None);
        assert_eq!(CardDay::clamped_from_date("1999-01-01".parse().expect("a date")), CardDay::FIRST);
    }

    #[test]
    fn a_year_ends_the_day_before() {
        for (start, months, last) in [
            ("2026-11-21", 12, "2027-11-20"),
            ("2027-03-01", 12, "2028-02-29"),
            ("2028-02-29", 12, "2029-02-28"),
            ("2027-01-31", 1, "2027-02-28"),
            ("2027-01-01", 1, "2027-01-31"),
            ("2027-01-01", 0, "2027-01-01"),
        ] {
            assert_eq!(day(start).last_day_of_months(months), day(last), "{start} + {months}");
        }
        assert_eq!(CardDay::LAST.last_day_of_months(12), CardDay::LAST);
    }
}
