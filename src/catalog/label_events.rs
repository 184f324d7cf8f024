//! Editing many events at once: their labels, their price list and their capacity.

use super::object::{Finding, Kind, checked_label, checked_labels};
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

/// Which events to change, and how.
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
    /// Only events that carry this label.
    pub label: Option<String>,
    /// Labels that each of the events shall have.
    #[serde(default)]
    pub add: Vec<String>,
    /// Labels that none of the events shall have.
    #[serde(default)]
    pub remove: Vec<String>,
    /// The price list that each of the events shall have.
    pub set_price_list: Option<Slug>,
    /// The most tickets that may be sold for each of them. What was sold stays sold.
    pub set_capacity: Option<u32>,
    /// Only count what would change.
    #[serde(default)]
    pub preview: bool,
}

/// What an edit came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LabelCount {
    /// The events that the edit was about.
    pub matched: usize,
    /// Those of them that changed, or would.
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

/// Edits all events that pass, or only counts them.
///
/// # Errors
/// When a label is not one, when a label is both added and removed, or when the house, exhibition or price list does not exist.
pub(super) async fn label_events(tx: &mut Conn, act: &Act, edit: LabelEdit) -> Result<LabelCount, LabelEventsError> {
    let edit = edit.checked()?;
    for (path, kind, key) in [
        ("house", Kind::House, &edit.house),
        ("exhibition", Kind::Exhibition, &edit.exhibition),
        ("set_price_list", Kind::PriceList, &edit.set_price_list),
    ] {
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
        let changed = edit.after(&event)?;
        if changed != event {
            count.changed += 1;
            if !edit.preview {
                store::change_event(tx, &changed).await?;
            }
        }
    }
    if edit.preview {
        return Ok(count);
    }
    let detail = json!({"add": edit.add, "remove": edit.remove, "price_list": edit.set_price_list,
        "capacity": edit.set_capacity, "changed": count.changed});
    audit::record(tx, act, Entry::new("event.labelled", "event", "*").detail(detail)).await?;
    Ok(count)
}

impl LabelEdit {
    /// Whether it changes nothing.
    pub(super) fn is_idle(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty() && self.set_price_list.is_none() && self.set_capacity.is_none()
    }

    fn checked(mut self) -> Result<Self, Finding> {
        self.add = checked_labels("add", self.add)?;
        self.remove = checked_labels("remove", self.remove)?;
        self.label = self.label.map(|label| checked_label("label", &label)).transpose()?;
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
        let has_label = self.label.as_ref().is_none_or(|label| event.labels.contains(label));
        after_from && before_until && has_label
    }

    /// The event as the edit leaves it.
    fn after(&self, before: &LabelledEvent) -> Result<LabelledEvent, Finding> {
        Ok(LabelledEvent {
            labels: self.labels_after(&before.labels)?,
            price_list: self.set_price_list.as_ref().map(ToString::to_string).or_else(|| before.price_list.clone()),
            capacity: self.set_capacity.or(before.capacity),
            ..before.clone()
        })
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
            capacity: Some(20),
            price_list: None,
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
    fn only_what_is_named_changes() {
        let tour = event("2026-07-01T08:00:00Z");
        assert_eq!(edit(r#"{"label": "week"}"#).after(&tour).unwrap(), tour);
        assert!(edit(r#"{"label": "week"}"#).covers(&tour) && !edit(r#"{"label": "evening"}"#).covers(&tour));
        let changed = edit(r#"{"set_capacity": 12, "set_price_list": "evening"}"#).after(&tour).unwrap();
        assert_eq!((changed.capacity, changed.price_list.as_deref()), (Some(12), Some("evening")));
        assert_eq!(changed.labels, tour.labels);
    }

    #[test]
    fn labels_come_and_go() {
        let edit = edit(r#"{"add": ["evening", "week"], "remove": ["old"]}"#);
        assert_eq!(edit.labels_after(&event("2026-07-01T08:00:00Z").labels).unwrap(), ["week", "evening"]);
        let both = LabelEdit { remove: vec!["week".to_owned()], ..edit };
        assert_eq!(both.checked().unwrap_err().path, "remove[0]");
    }
}
