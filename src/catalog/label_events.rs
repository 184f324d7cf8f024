//! Adding labels to many events at once, and taking them away.

use super::object::{Finding, Kind, checked_labels};
use super::store::{self, EventFilter, LabelledEvent};
use crate::audit::{self, Entry};
use crate::kernel::slug::Slug;
use crate::kernel::{Act, UtcMs, period};
use chrono::NaiveDate;
use chrono_tz::Tz;
use db::{Conn, DbError};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// One end of a period: a day of the event's house, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(untagged, expecting = "neither a date such as 2026-07-04 nor an RFC 3339 instant")]
pub enum Bound {
    /// A day, local to the house.
    #[schema(value_type = String, format = Date)]
    Day(NaiveDate),
    /// An instant.
    #[schema(value_type = String, format = DateTime)]
    Instant(UtcMs),
}

/// Which events to label, and how.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelEdit {
    /// Only events of this house.
    pub house: Option<Slug>,
    /// Only events of this exhibition.
    pub exhibition: Option<Slug>,
    /// Only events that begin on this day or later, or at this instant or later.
    pub from: Option<Bound>,
    /// Only events that begin on this day or earlier, or before this instant.
    pub until: Option<Bound>,
    /// Labels that each of the events shall have.
    #[serde(default)]
    pub add: Vec<String>,
    /// Labels that none of the events shall have.
    #[serde(default)]
    pub remove: Vec<String>,
}

/// What an edit came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LabelCount {
    /// The events that the edit was about.
    pub matched: usize,
    /// Those of them whose labels changed.
    pub changed: usize,
}

/// Why nothing was labelled.
#[derive(Debug, thiserror::Error)]
pub enum LabelEventsError {
    /// Something in the edit is not right.
    #[error(transparent)]
    Invalid(#[from] Finding),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Edits the labels of all events that pass, and counts them.
///
/// # Errors
/// When a label is not one, when a label is both added and removed, or when the house or exhibition does not exist.
pub(super) async fn label_events(tx: &mut Conn, act: &Act, edit: LabelEdit) -> Result<LabelCount, LabelEventsError> {
    let edit = edit.checked()?;
    for (path, kind, key) in [("house", Kind::House, &edit.house), ("exhibition", Kind::Exhibition, &edit.exhibition)] {
        if let Some(key) = key
            && !store::exists(tx, kind, key).await?
        {
            let message = format!("there is no {kind} with the key \"{key}\"");
            return Err(Finding { path: path.to_owned(), reason: "unknown_key", message }.into());
        }
    }
    let filter = EventFilter { house: edit.house.clone(), exhibition: edit.exhibition.clone() };
    let mut count = LabelCount { matched: 0, changed: 0 };
    for event in store::labelled_events(tx, &filter).await? {
        if !edit.covers(&event) {
            continue;
        }
        count.matched += 1;
        let labels = edit.labels_after(&event.labels)?;
        if labels != event.labels {
            store::set_labels(tx, &event.key, &labels).await?;
            count.changed += 1;
        }
    }
    let detail = json!({"add": edit.add, "remove": edit.remove, "changed": count.changed});
    audit::record(tx, act, Entry::new("event.labelled", "event", "*").detail(detail)).await?;
    Ok(count)
}

impl LabelEdit {
    fn checked(mut self) -> Result<Self, Finding> {
        self.add = checked_labels("add", self.add)?;
        self.remove = checked_labels("remove", self.remove)?;
        if let Some(index) = self.remove.iter().position(|label| self.add.contains(label)) {
            return Err(Finding::twice(format!("remove[{index}]"), "the label is to be added as well"));
        }
        Ok(self)
    }

    fn covers(&self, event: &LabelledEvent) -> bool {
        let zone = period::zone(&event.time_zone).unwrap_or(Tz::UTC);
        let day = period::local_day(event.starts_at, zone);
        let after_from = match self.from {
            None => true,
            Some(Bound::Day(from)) => day >= from,
            Some(Bound::Instant(from)) => event.starts_at >= from,
        };
        let before_until = match self.until {
            None => true,
            Some(Bound::Day(until)) => day <= until,
            Some(Bound::Instant(until)) => event.starts_at < until,
        };
        after_from && before_until
    }

    fn labels_after(&self, before: &[String]) -> Result<Vec<String>, Finding> {
        let kept = before.iter().filter(|label| !self.remove.contains(label)).cloned();
        checked_labels("add", kept.chain(self.add.iter().cloned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(json: &str) -> LabelEdit {
        serde_json::from_str(json).unwrap()
    }

    fn event(starts_at: &str) -> LabelledEvent {
        LabelledEvent {
            key: "tour".to_owned(),
            starts_at: serde_json::from_str(&format!("\"{starts_at}\"")).unwrap(),
            labels: vec!["week".to_owned(), "old".to_owned()],
            time_zone: "Europe/Berlin".to_owned(),
        }
    }

    #[test]
    fn the_days_of_a_period_are_days_of_the_house_and_both_count() {
        let july = edit(r#"{"from": "2026-07-01", "until": "2026-07-31"}"#);
        for (starts_at, covered) in [
            ("2026-06-30T21:59:59Z", false),
            ("2026-06-30T22:00:00Z", true),
            ("2026-07-31T21:59:59Z", true),
            ("2026-07-31T22:00:00Z", false),
        ] {
            assert_eq!(july.covers(&event(starts_at)), covered, "{starts_at}");
        }
    }

    #[test]
    fn instants_are_compared_as_they_are() {
        let hour = edit(r#"{"from": "2026-07-01T10:00:00+02:00", "until": "2026-07-01T11:00:00+02:00"}"#);
        assert!(hour.covers(&event("2026-07-01T08:00:00Z")));
        assert!(!hour.covers(&event("2026-07-01T09:00:00Z")));
        assert!(serde_json::from_str::<LabelEdit>(r#"{"from": "soon"}"#).is_err());
    }

    #[test]
    fn labels_come_and_go() {
        let edit = edit(r#"{"add": ["evening", "week"], "remove": ["old"]}"#);
        assert_eq!(edit.labels_after(&event("2026-07-01T08:00:00Z").labels).unwrap(), ["week", "evening"]);
        let both = LabelEdit { remove: vec!["week".to_owned()], ..edit };
        assert_eq!(both.checked().unwrap_err().path, "remove[0]");
    }
}
