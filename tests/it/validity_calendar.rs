//! First and last days: every validity rule, bought on every day from 2024 to 2032, in the first and in the last moment of the day.

use chrono::{Datelike, NaiveDate};
use passepartout::catalog::validity::{Milestones, Validity};
use passepartout::kernel::period::{local_day, start_of_day, zone};
use serde_json::json;
use testkit::museum::cash_order;

/// A calendar of our own, so that nothing is compared with itself: how many days a month has.
fn days_of_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The year and month that lie some months later.
fn later_month(first: NaiveDate, months: u32) -> (i32, u32) {
    let place = first.month0() + months;
    (first.year() + i32::try_from(place / 12).expect("a few years"), place % 12 + 1)
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// The day before the same day some months later; where that month has no such day, its last one.
fn last_day(first: NaiveDate, months: u32) -> NaiveDate {
    let (year, month) = later_month(first, months);
    match first.day() {
        day if day > days_of_month(year, month) => date(year, month, days_of_month(year, month)),
        1 if month == 1 => date(year - 1, 12, 31),
        1 => date(year, month - 1, days_of_month(year, month - 1)),
        day => date(year, month, day - 1),
    }
}

/// The same day some months later, or the last one of that month.
fn same_day(first: NaiveDate, months: u32) -> NaiveDate {
    let (year, month) = later_month(first, months);
    date(year, month, first.day().min(days_of_month(year, month)))
}

#[test]
fn every_rule_has_its_days_for_every_day_of_nine_years() {
    let season = (date(2026, 4, 1), date(2026, 10, 31));
    let mut rows = 0;
    let mut bought = date(2024, 1, 1);
    while bought <= date(2032, 12, 31) {
        let next = bought.succ_opt().expect("another day");
        let (exchanged, personalized) = (next, next.succ_opt().expect("another day"));
        let chosen = Some(exchanged);
        let of = |rule: Validity, chosen: Option<NaiveDate>| {
            let milestones = Milestones { purchased: bought, exchanged: Some(exchanged), personalized, chosen };
            let days = rule.days(&milestones).unwrap_or_else(|refusal| panic!("{rule:?} on {bought}: {refusal}"));
            (days.from, days.until, days.from_first_entry)
        };
        for months in [1, 6, 12, 24] {
            let lasting = |from: NaiveDate| (from, last_day(from, months), false);
            for (rule, chosen, expected) in [
                (Validity::Purchase { months }, None, lasting(bought)),
                (Validity::DayAfterPurchase { months }, None, lasting(next)),
                (Validity::Chosen { months, window_days: 1 }, None, lasting(bought)),
                (Validity::Chosen { months, window_days: 1 }, chosen, lasting(next)),
                (Validity::Exchange { months }, None, lasting(exchanged)),
                (Validity::Personalization { months }, None, lasting(personalized)),
                (Validity::Season { from: season.0, until: season.1 }, None, (season.0, season.1, false)),
                (
                    Validity::FirstEntry { months: 12, latest_start_months: Some(months) },
                    None,
                    (bought, same_day(bought, months), true),
                ),
            ] {
                assert_eq!(of(rule.clone(), chosen), expected, "{rule:?} bought on {bought}");
                rows += 1;
            }
        }
        bought = next;
    }
    assert_eq!(rows, 3_288 * 4 * 8);
}

#[test]
fn the_first_and_the_last_moment_of_every_day_belong_to_it() {
    for name in ["Europe/Berlin", "Europe/Lisbon", "America/New_York", "Pacific/Auckland", "Africa/Cairo"] {
        let zone = zone(name).expect("a zone");
        let mut day = date(2024, 1, 1);
        let mut lengths = std::collections::BTreeSet::new();
        while day <= date(2032, 12, 31) {
            let next = day.succ_opt().expect("another day");
            let (begins, ends) = (start_of_day(day, zone), start_of_day(next, zone));
            assert_eq!(local_day(begins, zone), day, "the first moment in {name}");
            assert_eq!(local_day(ends.plus_millis(-100), zone), day, "23:59:59.9 in {name}");
            lengths.insert((ends.0 - begins.0) / 3_600_000);
            day = next;
        }
        assert_eq!(lengths.into_iter().collect::<Vec<_>>(), [23, 24, 25], "{name} has its short and its long day");
    }
}

on_both_databases! {
    async fn what_is_bought_in_the_last_moment_of_a_day_begins_on_that_day(app: TestApp) {
        let app = app.furnished().await;
        for (moment, from, until) in [
            ("2026-07-04T21:59:59.900Z", "2026-07-04", "2027-07-03"),
            ("2026-07-04T22:00:00.000Z", "2026-07-05", "2027-07-04"),
            // The days on which clocks are turned back and forward, and those around a leap day.
            ("2026-10-25T22:59:59.900Z", "2026-10-25", "2027-10-24"),
            ("2027-02-28T23:00:00.000Z", "2027-03-01", "2028-02-29"),
            ("2027-03-28T21:59:59.900Z", "2027-03-28", "2028-03-27"),
            ("2028-02-29T22:59:59.900Z", "2028-02-29", "2029-02-28"),
            ("2028-02-29T23:00:00.000Z", "2028-03-01", "2029-02-28"),
        ] {
            app.set_time(moment);
            let order = app.shop().post("/api/v1/orders", &cash_order("jahreskarte", "adult", 1, "45.00")).await.expect(201);
            let ticket = order["tickets"][0]["annual_tickets"][0].as_str().expect("an annual ticket");
            let ticket = app.personalization().get(&format!("/api/v1/annual-tickets/{ticket}")).await.expect(200);
            assert_eq!((&ticket["valid_from"], &ticket["valid_until"]), (&json!(from), &json!(until)), "{moment}");
        }
    }
}
