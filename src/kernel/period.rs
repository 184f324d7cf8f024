//! Calendar days: which day it is in a house, and how long a ticket lasts.

use super::clock::UtcMs;
use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// The local calendar day of an instant in a zone.
pub fn local_day(instant: UtcMs, zone: Tz) -> NaiveDate {
    instant.to_datetime().with_timezone(&zone).date_naive()
}

/// The instant at which a day begins in a zone: midnight, the first of two midnights, or the end of the gap that swallowed it.
pub fn start_of_day(day: NaiveDate, zone: Tz) -> UtcMs {
    let midnight = day.and_time(NaiveTime::MIN);
    let begins = (0..=24)
        .filter_map(|quarters| midnight.checked_add_signed(TimeDelta::minutes(15 * quarters)))
        .find_map(|time| zone.from_local_datetime(&time).earliest());
    UtcMs(begins.map_or_else(|| midnight.and_utc().timestamp_millis(), |begins| begins.timestamp_millis()))
}

/// The last day, inclusive, of `months` months that begin with `first_day`: the day before the same day of the month `months`
/// later; where that month has no such day, its last day. One year from 1 March 2027 lasts until 29 February 2028, one from
/// 29 February 2028 until 28 February 2029. `None` beyond the calendar's end.
pub fn last_day(first_day: NaiveDate, months: u32) -> Option<NaiveDate> {
    card::last_day_of_months(first_day, months)
}

/// The zone of an IANA name.
///
/// # Errors
/// A sentence that names the text.
pub fn zone(name: &str) -> Result<Tz, String> {
    name.parse().map_err(|_| format!("\"{name}\" is not an IANA time zone such as Europe/Berlin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_ends_the_day_before_the_anniversary() {
        for (first, last) in [
            ("2026-11-21", "2027-11-20"),
            ("2027-03-01", "2028-02-29"),
            ("2028-02-29", "2029-02-28"),
            ("2028-03-01", "2029-02-28"),
            ("2026-01-01", "2026-12-31"),
        ] {
            assert_eq!(last_day(day(first), 12), Some(day(last)), "{first}");
        }
        assert_eq!(last_day(day("2026-01-31"), 1), Some(day("2026-02-28")));
        assert_eq!(last_day(NaiveDate::MAX, 12), None);
    }

    #[test]
    fn a_day_begins_at_midnight_or_when_the_gap_ends() {
        for (date, name, begins) in [
            ("2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00.000Z"),
            ("2026-01-01", "Europe/Berlin", "2025-12-31T23:00:00.000Z"),
            ("2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z"),
            ("2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"),
        ] {
            assert_eq!(start_of_day(day(date), zone(name).unwrap()).to_rfc3339(), begins, "{date} {name}");
        }
    }

    #[test]
    fn the_house_zone_decides_which_day_it_is() {
        let instant = UtcMs(1_782_943_199_900); // 2026-07-01T21:59:59.900Z
        assert_eq!(local_day(instant, zone("Europe/Berlin").unwrap()), day("2026-07-01"));
        assert_eq!(local_day(instant.plus_millis(100), zone("Europe/Berlin").unwrap()), day("2026-07-02"));
        assert!(zone("Berlin").is_err());
    }
}
