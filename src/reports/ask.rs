//! Turns what somebody asks into a filter: whose days they are, and which days where nobody said.

use super::filter::{By, Filter};
use super::period::{Period, Step};
use crate::catalog::product::Channel;
use crate::catalog::store as catalog;
use crate::kernel::UtcMs;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use db::{Conn, DbError};

/// The days of a report when nobody said: these and today.
const DAYS_BEFORE_TODAY: u64 = 29;
/// The most days of a report: twenty years.
pub const DAYS_MAX: i64 = 20 * 366;

/// What somebody asks.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day, included.
    pub until: Option<NaiveDate>,
    /// The steps of time.
    pub step: Option<Step>,
    /// By what.
    pub by: Option<By>,
    /// The house.
    pub house: Option<Slug>,
    /// The channel.
    pub channel: Option<Channel>,
    /// The offer.
    pub offer: Option<Slug>,
    /// The code.
    pub code: Option<String>,
    /// Where a long list goes on.
    pub after: Option<String>,
}

/// Why there is no such report.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// There is no such house.
    #[error("there is no such house")]
    UnknownHouse,
    /// The period is too long.
    #[error("a report has at most {DAYS_MAX} days")]
    TooLong,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The filter for what somebody asks at a moment, with so many rows of a long list.
///
/// # Errors
/// When there is no such house, or the period is too long.
pub async fn ask(
    conn: &mut Conn,
    now: UtcMs,
    museum_zone: Tz,
    wanted: Wanted,
    rows: u32,
    language: &str,
) -> Result<Filter, AskError> {
    let zone = match &wanted.house {
        Some(house) => catalog::house(conn, house).await?.ok_or(AskError::UnknownHouse)?.zone(),
        None => museum_zone,
    };
    let until = wanted.until.unwrap_or_else(|| local_day(now, zone).max(wanted.from.unwrap_or(NaiveDate::MIN)));
    let from = wanted.from.or_else(|| until.checked_sub_days(Days::new(DAYS_BEFORE_TODAY))).unwrap_or(until);
    let period = Period::new(from, until, zone);
    if period.days() > DAYS_MAX {
        return Err(AskError::TooLong);
    }
    let Wanted { step, by, house, channel, offer, code, after, .. } = wanted;
    let language = language.to_owned();
    Ok(Filter { period, step, by, house, channel, offer, code, after, rows, language })
}
