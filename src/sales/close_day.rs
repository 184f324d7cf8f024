//! Closes the day of a desk: all that moved there since the last time is added up, the counted cash is compared, and both are kept.

use super::day_end::{DayEnd, DayReport};
use super::store;
use crate::audit::{self, Entry};
use crate::kernel::period::local_day;
use crate::kernel::{Act, Cents};
use chrono_tz::Tz;
use db::{Conn, DbError};
use serde_json::json;

/// The day of a desk to close.
#[derive(Debug, Clone)]
pub struct Closing {
    /// The desk.
    pub desk: String,
    /// The change that lay in the drawer before the first sale.
    pub float: Cents,
    /// The cash that was counted.
    pub counted: Cents,
    /// The takings that whoever closes was shown.
    pub takings: Cents,
}

/// Why a day was not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseDayError {
    /// This desk's day has an end already, and none is opened again.
    #[error("the day of this desk was closed before")]
    ClosedBefore,
    /// Something was sold or paid back meanwhile.
    #[error("something was sold or paid back meanwhile")]
    Changed,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What closing the day of a desk now would say.
///
/// # Errors
/// When the database refuses.
pub async fn look(conn: &mut Conn, act: &Act, desk: &str, float: Cents, counted: Cents) -> Result<DayReport, DbError> {
    let from = store::last_day_end(conn, desk).await?.map(|end| end.closed_at);
    let moved = store::open_movements(conn, desk).await?;
    let overrides = store::overrides_at(conn, desk, from, act.now).await?;
    Ok(DayReport::of(from, &moved, overrides, float, counted))
}

/// Closes the day of a desk. Each payment and refund belongs to exactly one day end: what others commit while this runs belongs to
/// the next.
///
/// # Errors
/// When the day was closed before, or something moved since it was looked at.
pub async fn close_day(tx: &mut Conn, act: &Act, zone: Tz, closing: &Closing) -> Result<DayEnd, CloseDayError> {
    let from = store::last_day_end(tx, &closing.desk).await?.map(|end| end.closed_at);
    let day = local_day(act.now, zone);
    let id = act.new_id();
    let moved = store::take_movements(tx, id, &closing.desk).await?;
    let overrides = store::overrides_at(tx, &closing.desk, from, act.now).await?;
    let report = DayReport::of(from, &moved, overrides, closing.float, closing.counted);
    let end =
        DayEnd { id, desk: closing.desk.clone(), day, closed_by: act.actor.to_string(), closed_at: act.now, report };
    if !store::insert_day_end(tx, &end).await? {
        return Err(CloseDayError::ClosedBefore);
    }
    if end.report.takings() != closing.takings {
        return Err(CloseDayError::Changed);
    }
    let detail = json!({"desk": end.desk, "takings": end.report.takings(), "difference": end.report.difference()});
    audit::record(tx, act, Entry::new("day.closed", "day_end", id).detail(detail)).await?;
    Ok(end)
}
