//! Periods of days in a zone, and the steps in which they are told.

use crate::kernel::UtcMs;
use crate::kernel::period::start_of_day;
use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;

/// The most steps of a period; a longer one is told in larger steps.
const STEPS_MAX: i64 = 800;
/// The same as a number of things.
const SPANS_MAX: usize = 800;
/// The most days that are told day by day when nobody said how.
const DAILY_DAYS: i64 = 62;
/// The most days that are told week by week when nobody said how.
const WEEKLY_DAYS: i64 = 366;

/// From a first day to a last, both included, as they are in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; never before the first.
    pub until: NaiveDate,
    /// Whose days they are.
    pub zone: Tz,
}

/// How long a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

/// Some days of a period, and the moments between which they lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, included.
    pub last: NaiveDate,
    /// When the first day begins.
    pub begins: UtcMs,
    /// When the last day is over.
    pub ends: UtcMs,
}

impl Period {
    /// The days from one to another; in the wrong order they are exchanged.
    pub fn new(from: NaiveDate, until: NaiveDate, zone: Tz) -> Self {
        Self { from: from.min(until), until: until.max(from), zone }
    }

    /// All of it.
    pub fn span(&self) -> Span {
        self.between(self.from, self.until)
    }

    /// The period in steps, the first first. Without a wish, or where there would be too many, the steps are as long as is readable.
    pub fn spans(&self, wanted: Option<Step>) -> Vec<Span> {
        let step = wanted.filter(|step| self.steps(*step) <= STEPS_MAX).unwrap_or_else(|| self.readable());
        let mut spans = Vec::new();
        let mut first = self.from;
        while first <= self.until {
            let next = step.next(first).unwrap_or(NaiveDate::MAX);
            let last = next.pred_opt().unwrap_or(first).min(self.until);
            spans.push(self.between(first, last));
            if next <= first || spans.len() > SPANS_MAX {
                break;
            }
            first = next;
        }
        spans
    }

    /// The period day by day, however long it is.
    pub fn each_day(&self) -> impl Iterator<Item = Span> {
        let Self { from, until, .. } = *self;
        from.iter_days().take_while(move |day| *day <= until).map(|day| self.between(day, day))
    }

    fn between(&self, first: NaiveDate, last: NaiveDate) -> Span {
        let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
        Span { first, last, begins: start_of_day(first, self.zone), ends: start_of_day(after, self.zone) }
    }

    /// How many days it has.
    pub fn days(&self) -> i64 {
        (self.until - self.from).num_days() + 1
    }

    fn steps(&self, step: Step) -> i64 {
        self.days()
            / match step {
                Step::Day => 1,
                Step::Week => 7,
                Step::Month => 28,
                Step::Year => 365,
            }
    }

    fn readable(&self) -> Step {
        match self.days() {
            ..=DAILY_DAYS => Step::Day,
            days if days <= WEEKLY_DAYS => Step::Week,
            days if days / 28 <= STEPS_MAX => Step::Month,
            _ => Step::Year,
        }
    }
}

impl Span {
    /// Whether a moment lies in it.
    pub fn holds(&self, moment: UtcMs) -> bool {
        self.begins <= moment && moment < self.ends
    }
}

impl Step {
    /// The first day of the step after the one in which a day lies.
    fn next(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => day.succ_opt(),
            Self::Week => day.checked_add_days(Days::new(7 - u64::from(day.weekday().num_days_from_monday()))),
            Self::Month => day.with_day(1)?.checked_add_months(Months::new(1)),
            Self::Year => NaiveDate::from_ymd_opt(day.year().checked_add(1)?, 1, 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str, zone: &str) -> Period {
        Period::new(from.parse().unwrap(), until.parse().unwrap(), zone.parse().unwrap())
    }

    #[test]
    fn days_have_the_hours_that_they_have_in_the_house() {
        let hours = |from: &str| {
            let span = period(from, from, "Europe/Berlin").span();
            (span.ends.0 - span.begins.0) / 3_600_000
        };
        assert_eq!(["2026-03-28", "2026-03-29", "2026-10-25", "2026-10-26"].map(hours), [24, 23, 25, 24]);
        let span = period("2026-10-25", "2026-10-25", "Europe/Berlin").span();
        assert_eq!(span.begins.to_rfc3339(), "2026-10-24T22:00:00.000Z");
        assert_eq!(span.ends.to_rfc3339(), "2026-10-25T23:00:00.000Z");
    }

    #[test]
    fn the_steps_of_a_period_touch_and_cover_it() {
        for (from, until, step, count) in [
            ("2026-03-01", "2026-03-31", Some(Step::Day), 31),
            ("2026-03-01", "2026-03-31", Some(Step::Week), 6),
            ("2026-01-15", "2026-12-31", Some(Step::Month), 12),
            ("2025-12-31", "2027-01-01", Some(Step::Year), 3),
            ("2026-01-01", "2026-01-01", None, 1),
            ("2020-01-01", "2026-12-31", Some(Step::Day), 84),
        ] {
            let period = period(from, until, "America/New_York");
            let spans = period.spans(step);
            assert_eq!(spans.len(), count, "{from} {until} {step:?}");
            assert!(spans.windows(2).all(|pair| pair[0].ends == pair[1].begins));
            let all = period.span();
            assert_eq!((spans[0].begins, spans[spans.len() - 1].ends), (all.begins, all.ends));
        }
    }
}
