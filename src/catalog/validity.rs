//! When an annual ticket begins and how long it lasts.

use crate::kernel::period::last_day;
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How long "from the first entry" waits for the first entry when the product does not say, in months.
const LATEST_START_MONTHS: u32 = 2;

/// When an annual ticket begins and how long it lasts. Days are local to the museum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "start", rename_all = "snake_case", deny_unknown_fields)]
pub enum Validity {
    /// From the day of the purchase.
    Purchase {
        /// How long, in months.
        months: u32,
    },
    /// From the day after the purchase.
    DayAfterPurchase {
        /// How long, in months.
        months: u32,
    },
    /// From a day that the buyer or holder chooses; the day of the purchase when nobody does.
    Chosen {
        /// How long, in months.
        months: u32,
        /// The latest day that may be chosen, in days after the purchase.
        window_days: u32,
    },
    /// A fixed season, whenever it was bought.
    Season {
        /// First day.
        #[schema(value_type = String, format = Date)]
        from: NaiveDate,
        /// Last day, inclusive.
        #[schema(value_type = String, format = Date)]
        until: NaiveDate,
    },
    /// From the day on which the voucher is exchanged; the day of the purchase without a voucher.
    Exchange {
        /// How long, in months.
        months: u32,
    },
    /// From the day on which the personalization is completed.
    Personalization {
        /// How long, in months.
        months: u32,
    },
    /// From the first entry, which must come in time: else it begins by itself on the last day for it.
    FirstEntry {
        /// How long, in months.
        months: u32,
        /// How long after the purchase the first entry may come, in months; 2 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest_start_months: Option<u32>,
    },
}

/// The days that decide when an annual ticket begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestones {
    /// The day of the purchase.
    pub purchased: NaiveDate,
    /// The day on which its voucher was exchanged.
    pub exchanged: Option<NaiveDate>,
    /// The day on which its personalization was completed.
    pub personalized: NaiveDate,
    /// The day that somebody chose.
    pub chosen: Option<NaiveDate>,
}

/// The days on which an annual ticket is valid, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValidDays {
    /// First day.
    pub from: NaiveDate,
    /// Last day. With `from_first_entry`, the last day for the first entry.
    pub until: NaiveDate,
    /// Whether the period begins with the first entry.
    pub from_first_entry: bool,
}

/// The chosen day does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StartRefusal {
    /// The product's validity does not begin with a chosen day.
    #[error("the first day of this product cannot be chosen")]
    NotChosen,
    /// The day lies before the purchase or after the window.
    #[error("the first day must lie between {earliest} and {latest}")]
    OutsideWindow {
        /// The earliest day.
        earliest: NaiveDate,
        /// The latest day.
        latest: NaiveDate,
    },
    /// The calendar ends before the period does.
    #[error("the period ends beyond the calendar")]
    BeyondCalendar,
}

impl Validity {
    /// The valid days.
    ///
    /// # Errors
    /// When a day was chosen that does not fit.
    pub fn days(&self, milestones: &Milestones) -> Result<ValidDays, StartRefusal> {
        if milestones.chosen.is_some() && !matches!(self, Self::Chosen { .. }) {
            return Err(StartRefusal::NotChosen);
        }
        let purchased = milestones.purchased;
        match *self {
            Self::Purchase { months } => lasting(purchased, months),
            Self::DayAfterPurchase { months } => {
                lasting(purchased.succ_opt().ok_or(StartRefusal::BeyondCalendar)?, months)
            }
            Self::Chosen { months, window_days } => {
                let from = milestones.chosen.unwrap_or(purchased);
                let latest = purchased
                    .checked_add_days(chrono::Days::new(window_days.into()))
                    .ok_or(StartRefusal::BeyondCalendar)?;
                if from < purchased || from > latest {
                    return Err(StartRefusal::OutsideWindow { earliest: purchased, latest });
                }
                lasting(from, months)
            }
            Self::Season { from, until } => Ok(ValidDays { from, until, from_first_entry: false }),
            Self::Exchange { months } => lasting(milestones.exchanged.unwrap_or(purchased), months),
            Self::Personalization { months } => lasting(milestones.personalized, months),
            Self::FirstEntry { latest_start_months, .. } => {
                let months = latest_start_months.unwrap_or(LATEST_START_MONTHS);
                let until = purchased.checked_add_months(Months::new(months)).ok_or(StartRefusal::BeyondCalendar)?;
                Ok(ValidDays { from: purchased, until, from_first_entry: true })
            }
        }
    }

    /// How long the period is, in months. A season has none.
    pub fn months(&self) -> Option<u32> {
        match *self {
            Self::Season { .. } => None,
            Self::Purchase { months }
            | Self::DayAfterPurchase { months }
            | Self::Chosen { months, .. }
            | Self::Exchange { months }
            | Self::Personalization { months }
            | Self::FirstEntry { months, .. } => Some(months),
        }
    }

    /// What is wrong with the rule in itself: the path and a sentence.
    pub fn finding(&self) -> Option<(&'static str, &'static str)> {
        if self.months().is_some_and(|months| !(1..=120).contains(&months)) {
            return Some(("validity.months", "a period has 1 to 120 months"));
        }
        match *self {
            Self::Season { from, until } if from > until => {
                Some(("validity.until", "the season ends before it begins"))
            }
            Self::Chosen { window_days, .. } if window_days > 1_000 => {
                Some(("validity.window_days", "the window has at most 1000 days"))
            }
            Self::FirstEntry { latest_start_months: Some(months), .. } if !(1..=60).contains(&months) => {
                Some(("validity.latest_start_months", "the first entry may be awaited 1 to 60 months"))
            }
            _ => None,
        }
    }
}

fn lasting(from: NaiveDate, months: u32) -> Result<ValidDays, StartRefusal> {
    let until = last_day(from, months).ok_or(StartRefusal::BeyondCalendar)?;
    Ok(ValidDays { from, until, from_first_entry: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn milestones() -> Milestones {
        Milestones {
            purchased: day("2026-11-21"),
            exchanged: Some(day("2026-12-01")),
            personalized: day("2026-12-05"),
            chosen: None,
        }
    }

    #[test]
    fn each_rule_has_its_days() {
        for (rule, from, until) in [
            (Validity::Purchase { months: 12 }, "2026-11-21", "2027-11-20"),
            (Validity::DayAfterPurchase { months: 12 }, "2026-11-22", "2027-11-21"),
            (Validity::Chosen { months: 12, window_days: 30 }, "2026-11-21", "2027-11-20"),
            (Validity::Season { from: day("2027-04-01"), until: day("2027-10-31") }, "2027-04-01", "2027-10-31"),
            (Validity::Exchange { months: 12 }, "2026-12-01", "2027-11-30"),
            (Validity::Personalization { months: 6 }, "2026-12-05", "2027-06-04"),
            (Validity::FirstEntry { months: 12, latest_start_months: None }, "2026-11-21", "2027-01-21"),
        ] {
            let days = rule.days(&milestones()).unwrap();
            assert_eq!((days.from, days.until), (day(from), day(until)), "{rule:?}");
        }
    }

    #[test]
    fn a_chosen_day_must_lie_in_the_window() {
        let rule = Validity::Chosen { months: 12, window_days: 10 };
        for (chosen, fits) in [("2026-11-20", false), ("2026-11-21", true), ("2026-12-01", true), ("2026-12-02", false)]
        {
            let milestones = Milestones { chosen: Some(day(chosen)), ..milestones() };
            assert_eq!(rule.days(&milestones).is_ok(), fits, "{chosen}");
        }
        let chosen = Milestones { chosen: Some(day("2026-12-01")), ..milestones() };
        assert_eq!(Validity::Purchase { months: 12 }.days(&chosen), Err(StartRefusal::NotChosen));
    }
}
