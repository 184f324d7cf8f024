//! The texts of the pages in the visitor's language, and dates and money in its form.
//!
//! The texts stand in `locales/<language>/<capability>.ftl` and are part of the program. A test compares the keys of the
//! languages, and those that templates and code name.

use super::language::Language;
use crate::kernel::{Cents, UtcMs};
use chrono::{Datelike, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

fluent_templates::static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "en",
        // Marks around inserted values would end up in attributes and titles.
        customise: |bundle| {
            bundle.set_use_isolating(false);
            let language = bundle.locales.first().map_or("", |locale| locale.language.as_str());
            let formatter: fn(&FluentValue<'_>, &_) -> _ = match language {
                "de" => |value, _| grouped_in(Language::De, value),
                "fr" => |value, _| grouped_in(Language::Fr, value),
                _ => |value, _| grouped_in(Language::En, value),
            };
            bundle.set_formatter(Some(formatter));
        },
    };
}

/// Counts in sentences have their thousands apart, as elsewhere; numbers that name something are given as texts.
fn grouped_in(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let count: i64 = number.as_string().parse().ok()?;
    Some(Words::of(language).count(count))
}

static IDENTIFIERS: LazyLock<HashMap<Language, LanguageIdentifier>> = LazyLock::new(|| {
    Language::ALL.into_iter().filter_map(|language| Some((language, language.as_str().parse().ok()?))).collect()
});

/// The texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The language.
    pub language: Language,
}

impl Words {
    /// The texts of a language.
    pub const fn of(language: Language) -> Self {
        Self { language }
    }

    /// The text with this key. An unknown key is its own text, so that a page is never empty for it.
    pub fn t(self, key: &str) -> String {
        self.find(key, &HashMap::new())
    }

    /// The text with this key and one value in it.
    pub fn t1<'a>(self, key: &str, name: &'static str, value: impl Into<FluentValue<'a>>) -> String {
        self.find(key, &HashMap::from([(Cow::Borrowed(name), value.into())]))
    }

    /// The text with this key and two values in it.
    pub fn t2<'a>(
        self,
        key: &str,
        first: (&'static str, impl Into<FluentValue<'a>>),
        second: (&'static str, impl Into<FluentValue<'a>>),
    ) -> String {
        self.find2(key, first, second).unwrap_or_else(|| key.to_owned())
    }

    /// As [`Self::t2`], if there is a text with this key.
    pub(super) fn find2<'a>(
        self,
        key: &str,
        first: (&'static str, impl Into<FluentValue<'a>>),
        second: (&'static str, impl Into<FluentValue<'a>>),
    ) -> Option<String> {
        let values = [(Cow::Borrowed(first.0), first.1.into()), (Cow::Borrowed(second.0), second.1.into())];
        self.lookup(key, &HashMap::from(values))
    }

    /// Whether there is a text with this key that takes no values.
    pub fn has(self, key: &str) -> bool {
        self.lookup(key, &HashMap::new()).is_some()
    }

    /// The sentence for a refusal, by its stable reason such as `not_on_sale`: the text `problem-not-on-sale`. A reason without
    /// a sentence of its own gets one that fits all.
    pub fn problem(self, reason: &str) -> String {
        let key = format!("problem-{}", reason.replace('_', "-"));
        self.lookup(&key, &HashMap::new()).unwrap_or_else(|| self.t("problem-other"))
    }

    /// The sentence for a recorded action such as `card.handed_over`: the text `action-card-handed-over`.
    pub fn action(self, action: &str) -> String {
        self.t(&format!("action-{}", action.replace(['_', '.'], "-")))
    }

    /// A day in words, for instance `20 November 2027`.
    pub fn date(self, day: NaiveDate) -> String {
        let month = self.t(&format!("month-{}", day.month()));
        let values = HashMap::from([
            (Cow::Borrowed("day"), FluentValue::from(day.day())),
            (Cow::Borrowed("month"), FluentValue::from(month)),
            // As text: a year takes no thousands separator in any language.
            (Cow::Borrowed("year"), FluentValue::from(day.year().to_string())),
        ]);
        self.find("date-in-words", &values)
    }

    /// A day in words with its day of the week, for instance `Saturday, 20 November 2027`.
    pub fn weekday_and_date(self, day: NaiveDate) -> String {
        let weekday = self.t(&format!("weekday-{}", day.weekday().number_from_monday()));
        self.t2("weekday-and-date", ("weekday", weekday), ("date", self.date(day)))
    }

    /// A time of the day, for instance `17:05`.
    pub fn time(self, time: NaiveTime) -> String {
        self.t2("time-of-day", ("hour", time.format("%H").to_string()), ("minute", time.format("%M").to_string()))
    }

    /// A moment as clocks in a zone show it, for instance `20 November 2027, 17:05`.
    pub fn moment(self, moment: UtcMs, zone: Tz) -> String {
        let local = moment.to_datetime().with_timezone(&zone);
        self.t2("moment", ("date", self.date(local.date_naive())), ("time", self.time(local.time())))
    }

    /// An amount with its currency, for instance `9,90 €` or `€9.90`.
    pub fn money(self, amount: Cents, currency: &str) -> String {
        let sign = if amount.0 < 0 { "\u{2212}" } else { "" };
        let cents = amount.0.unsigned_abs();
        let (grouped, rest) = (self.grouped(cents / 100), cents % 100);
        let symbol = match currency {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            other => other,
        };
        match self.language {
            Language::De | Language::Fr => format!("{sign}{grouped},{rest:02}\u{A0}{symbol}"),
            Language::En if symbol.chars().count() == 1 => format!("{sign}{symbol}{grouped}.{rest:02}"),
            Language::En => format!("{sign}{symbol}\u{A0}{grouped}.{rest:02}"),
        }
    }

    /// A count with thousands apart, for instance `12.345`.
    pub fn count(self, count: i64) -> String {
        let sign = if count < 0 { "\u{2212}" } else { "" };
        format!("{sign}{}", self.grouped(count.unsigned_abs()))
    }

    fn grouped(self, number: u64) -> String {
        let separator = match self.language {
            Language::De => '.',
            Language::En => ',',
            Language::Fr => '\u{202F}',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    fn find(self, key: &str, values: &HashMap<Cow<'static, str>, FluentValue<'_>>) -> String {
        self.lookup(key, values).unwrap_or_else(|| key.to_owned())
    }

    fn lookup(self, key: &str, values: &HashMap<Cow<'static, str>, FluentValue<'_>>) -> Option<String> {
        TEXTS.try_lookup_complete(IDENTIFIERS.get(&self.language)?, key, Some(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_money_have_the_form_of_the_language() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (language, date, first, money, large, count) in [
            (Language::De, "20. November 2027", "1. März 2027", "9,90\u{A0}€", "−1.234.567,05\u{A0}€", "10.000"),
            (Language::En, "20 November 2027", "1 March 2027", "€9.90", "−€1,234,567.05", "10,000"),
            (
                Language::Fr,
                "20 novembre 2027",
                "1er mars 2027",
                "9,90\u{A0}€",
                "−1\u{202F}234\u{202F}567,05\u{A0}€",
                "10\u{202F}000",
            ),
        ] {
            let words = Words::of(language);
            assert_eq!(words.date(day("2027-11-20")), date);
            assert_eq!(words.date(day("2027-03-01")), first);
            assert_eq!(words.money(Cents(990), "EUR"), money);
            assert_eq!(words.money(Cents(-123_456_705), "EUR"), large);
            assert_eq!(words.count(10_000), count);
            assert!(words.t1("codes-total", "count", 10_000).starts_with(count));
        }
        assert_eq!(Words::of(Language::En).money(Cents(5), "CHF"), "CHF\u{A0}0.05");
    }

    #[test]
    fn a_moment_is_told_as_the_clocks_of_the_house_show_it() {
        let moment = UtcMs(1_782_943_199_900); // 2026-07-01T21:59:59.900Z
        for (language, text) in [
            (Language::De, "1. Juli 2026, 23:59 Uhr"),
            (Language::En, "1 July 2026, 23:59"),
            (Language::Fr, "1er juillet 2026, 23 h 59"),
        ] {
            assert_eq!(Words::of(language).moment(moment, Tz::Europe__Berlin), text);
        }
    }

    #[test]
    fn every_refusal_has_a_sentence() {
        let words = Words::of(Language::En);
        assert_eq!(words.problem("no_such_reason"), words.t("problem-other"));
        assert_ne!(words.problem("no_such_reason"), "problem-other");
    }

    #[test]
    fn an_unknown_key_is_its_own_text() {
        assert_eq!(Words::of(Language::Fr).t("no-such-key"), "no-such-key");
        assert!(!Words::of(Language::Fr).has("no-such-key"));
    }
}
