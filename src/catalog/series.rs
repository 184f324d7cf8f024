//! Series of events: the same tour on certain days of the week, at certain times, for a while.

use super::Event;
use super::object::Finding;
use crate::kernel::UtcMs;
use crate::kernel::localized::{Descriptions, Localized};
use crate::kernel::slug::Slug;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The most events of one series.
const EVENTS_MAX: usize = 1_000;
/// The most days of its period.
const DAYS_MAX: i64 = 732;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// Whether a day is one of these.
    fn is(self, day: NaiveDate) -> bool {
        day.weekday().num_days_from_monday() == self as u32
    }
}

/// Events to make.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventSeries {
    /// What the keys of the events begin with; the day and the time follow, as in `tour-2026-07-11-1000`.
    pub key: Slug,
    /// Their name per language.
    pub names: Localized,
    /// What visitors read about them, per language.
    #[serde(default)]
    pub descriptions: Descriptions,
    /// The house where they are.
    pub house: Slug,
    /// The exhibition they belong to.
    pub exhibition: Option<Slug>,
    /// The first day, local to the house.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    pub until: NaiveDate,
    /// The days of the week; empty: every day.
    #[serde(default)]
    pub weekdays: Vec<Weekday>,
    /// The times at which they begin on each of the days, such as `10:00`, as the clocks of the house show them.
    pub times: Vec<String>,
    /// The most tickets of each.
    pub capacity: Option<u32>,
    /// Their price list; absent: `regular`.
    pub price_list: Option<Slug>,
    /// Their labels.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Only count them.
    #[serde(default)]
    pub preview: bool,
}

impl EventSeries {
    /// The events of the series, in their order.
    ///
    /// # Errors
    /// When the period or a time is not one, or when there are too many events, or none.
    pub fn events(&self, zone: Tz) -> Result<Vec<Event>, Finding> {
        let days = (self.until - self.from).num_days();
        if !(0..DAYS_MAX).contains(&days) {
            return Err(Finding::value("until", format!("a series lasts 1 to {DAYS_MAX} days")));
        }
        let times = self.checked_times()?;
        let days = self.from.iter_days().take_while(|day| *day <= self.until);
        let days = days.filter(|day| self.weekdays.is_empty() || self.weekdays.iter().any(|weekday| weekday.is(*day)));
        let moments: Vec<_> = days.flat_map(|day| times.iter().map(move |time| (day, *time))).collect();
        if moments.is_empty() {
            return Err(Finding::value("weekdays", "no day of the period is one of these"));
        }
        if moments.len() > EVENTS_MAX {
            return Err(Finding::value("until", format!("a series has at most {EVENTS_MAX} events")));
        }
        moments.into_iter().map(|(day, time)| self.event(day, time, zone)).collect()
    }

    fn checked_times(&self) -> Result<Vec<NaiveTime>, Finding> {
        let mut times = Vec::with_capacity(self.times.len());
        for (index, text) in self.times.iter().enumerate() {
            let path = format!("times[{index}]");
            let time = NaiveTime::parse_from_str(text, "%H:%M")
                .map_err(|_| Finding::value(&path, "a time has hours and minutes, such as 10:00"))?;
            if times.contains(&time) {
                return Err(Finding::twice(path, "this time stands in the list already"));
            }
            times.push(time);
        }
        if times.is_empty() {
            return Err(Finding::value("times", "at least one time is needed"));
        }
        times.sort_unstable();
        Ok(times)
    }

    fn event(&self, day: NaiveDate, time: NaiveTime, zone: Tz) -> Result<Event, Finding> {
        let key = format!("{}-{day}-{}", self.key, time.format("%H%M"));
        let key =
            key.parse().map_err(|_| Finding::value("key", "the key is too long: the day and the time follow it"))?;
        // In the hour that the clocks leave out, the event begins an hour later.
        let local = day.and_time(time);
        let instant = zone.from_local_datetime(&local).earliest();
        let instant = instant.or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
        let instant = instant.ok_or_else(|| Finding::value("times", "there is no such time on one of the days"))?;
        Ok(Event {
            key,
            names: self.names.clone(),
            descriptions: self.descriptions.clone(),
            house: self.house.clone(),
            exhibition: self.exhibition.clone(),
            starts_at: UtcMs(instant.timestamp_millis()),
            capacity: self.capacity,
            price_list: self.price_list.clone(),
            labels: self.labels.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn events(change: &Value) -> Result<Vec<(String, String)>, String> {
        let mut series = json!({"key": "tour", "names": {"en": "Tour"}, "house": "a", "from": "2026-10-19", "until": "2026-11-01",
            "weekdays": ["sunday", "tuesday"], "times": ["12:30", "10:00"]});
        for (name, value) in change.as_object().unwrap() {
            series[name] = value.clone();
        }
        let series: EventSeries = serde_json::from_value(series).unwrap();
        let events = series.events(Tz::Europe__Berlin).map_err(|finding| finding.path)?;
        Ok(events
            .into_iter()
            .map(|event| (event.key.to_string(), event.starts_at.to_datetime().to_rfc3339()))
            .collect())
    }

    #[test]
    fn a_series_has_its_days_and_times_through_the_change_of_the_clocks() {
        let made = events(&json!({})).unwrap();
        assert_eq!(made.len(), 8, "two Tuesdays and two Sundays, twice a day");
        assert_eq!(made[0], ("tour-2026-10-20-1000".to_owned(), "2026-10-20T08:00:00+00:00".to_owned()));
        assert_eq!(made[7], ("tour-2026-11-01-1230".to_owned(), "2026-11-01T11:30:00+00:00".to_owned()));
        assert_eq!(events(&json!({"weekdays": []})).unwrap().len(), 28);
        let gap = events(&json!({"from": "2027-03-28", "until": "2027-03-28", "times": ["02:30"]})).unwrap();
        assert_eq!(gap[0].1, "2027-03-28T01:30:00+00:00");
    }

    #[test]
    fn refusals_name_what_is_not_right() {
        for (change, path) in [
            (json!({"until": "2026-10-18"}), "until"),
            (json!({"until": "2036-10-18"}), "until"),
            (json!({"until": "2028-10-01", "weekdays": []}), "until"),
            (json!({"until": "2026-10-19"}), "weekdays"),
            (json!({"times": []}), "times"),
            (json!({"times": ["10:00", "25:00"]}), "times[1]"),
            (json!({"times": ["10:00", "10:00"]}), "times[1]"),
            (json!({"key": "x".repeat(60)}), "key"),
        ] {
            assert_eq!(events(&change), Err(path.to_owned()), "{change}");
        }
    }
}
