//! Adding many events at once.

use super::fit;
use super::object::{Finding, Kind, Object};
use super::series::EventSeries;
use super::store::{self, Stored};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use db::{Conn, DbError};
use serde::Serialize;
use serde_json::json;

/// What a series came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SeriesCount {
    /// The dates of the series.
    pub dates: usize,
    /// The events that were added, or would be.
    pub created: usize,
    /// Dates for which the event was there already; it stays as it is.
    pub skipped: usize,
}

/// Why no series was added.
#[derive(Debug, thiserror::Error)]
pub enum CreateSeriesError {
    /// Something in it is not right.
    #[error(transparent)]
    Invalid(#[from] Finding),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds the events of a series that are not there yet, or only counts them. So a series can be continued.
///
/// # Errors
/// When something in it is not right, or it names what does not exist.
pub(super) async fn create_series(
    tx: &mut Conn,
    act: &Act,
    series: &EventSeries,
) -> Result<SeriesCount, CreateSeriesError> {
    let Some(house) = store::house(tx, &series.house).await? else {
        let message = format!("there is no house with the key \"{}\"", series.house);
        return Err(Finding { path: "house".to_owned(), reason: "unknown_key", message }.into());
    };
    let mut events = series.events(house.zone())?;
    if let Some(first) = events.first() {
        let first = first.clone().checked()?;
        if let Some(finding) = fit::finding(tx, &first).await? {
            return Err(finding.into());
        }
    }
    let mut count = SeriesCount { dates: events.len(), created: 0, skipped: 0 };
    for event in &mut events {
        event.labels = event.clone().checked()?.labels;
        let is_there = store::exists(tx, Kind::Event, event.key()).await?;
        if is_there || (!series.preview && !event.insert(tx, act.now).await?) {
            count.skipped += 1;
        } else {
            count.created += 1;
        }
    }
    if !series.preview {
        let detail = json!({"key": series.key, "created": count.created});
        audit::record(tx, act, Entry::new("event.series_created", "event", "*").detail(detail)).await?;
    }
    Ok(count)
}
