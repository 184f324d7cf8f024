//! The fields of a form: what can be typed, and how it stands in the object.

use crate::web::pages::Fields;
use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

/// The languages of names.
pub(super) const LANGUAGES: [&str; 3] = ["de", "en", "fr"];
/// The most changes of a VAT rate that a form shows.
pub(super) const RATES_MAX: usize = 10;
/// The parts of a validity that are whole numbers.
const VALIDITY_NUMBERS: [&str; 3] = ["months", "window_days", "latest_start_months"];

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) name: String,
}

/// One field of an object.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Its name in the object and in the form.
    pub(super) name: &'static str,
    /// What can be typed.
    pub(super) kind: Kind,
}

/// What can be typed into a field.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// The key: chosen once.
    Key,
    /// A short text.
    Text,
    /// A text per language.
    Names,
    /// A longer text per language; all may be empty.
    Texts,
    /// VAT rates, each with the day from which it counts.
    Rates,
    /// One of several; empty when nothing need be chosen.
    One { choices: Vec<Choice>, may_be_empty: bool },
    /// Any of several.
    Some(Vec<Choice>),
    /// A whole number; empty when it may be absent.
    Number,
    /// Yes or no.
    YesNo,
    /// A day.
    Day,
    /// A moment, as the clocks of the house show it.
    Moment(Tz),
    /// A short text that may be empty, with suggestions.
    Known(Vec<Choice>),
    /// Words with commas between them.
    Words,
    /// A postal address.
    Address,
    /// When an annual ticket begins and how long it lasts.
    Validity(Vec<Choice>),
    /// A price per product and category.
    Prices,
}

/// The object that the fields say.
///
/// # Errors
/// The fields that cannot be read.
pub(super) fn to_json(fields: &[Field], form: &Fields) -> Result<Value, Vec<&'static str>> {
    let (mut object, mut wrong) = (Map::new(), Vec::new());
    for field in fields {
        match value(field, form) {
            Ok(Some(value)) => {
                object.insert(field.name.to_owned(), value);
            }
            Ok(None) => {}
            Err(()) => wrong.push(field.name),
        }
    }
    if wrong.is_empty() { Ok(Value::Object(object)) } else { Err(wrong) }
}

/// The form that shows an object.
pub(super) fn to_fields(fields: &[Field], object: &Value) -> Fields {
    let mut form = Fields::default();
    for field in fields {
        put(field, object.get(field.name), &mut form);
    }
    form
}

fn value(field: &Field, form: &Fields) -> Result<Option<Value>, ()> {
    let text = form.get(field.name);
    let filled = (!text.is_empty()).then_some(text);
    Ok(match &field.kind {
        Kind::Key | Kind::Text => Some(json!(text)),
        Kind::One { .. } | Kind::Day | Kind::Known(_) => filled.map(|text| json!(text)),
        Kind::Names | Kind::Texts => {
            let named = LANGUAGES.map(|language| (language, form.get(&format!("{}_{language}", field.name))));
            Some(Value::Object(
                named
                    .into_iter()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(language, text)| (language.to_owned(), json!(text)))
                    .collect(),
            ))
        }
        Kind::Some(_) => Some(json!(form.all(field.name))),
        Kind::Number => filled.map(|text| text.parse::<u32>().map(|number| json!(number)).map_err(drop)).transpose()?,
        Kind::YesNo => Some(json!(form.has(field.name))),
        Kind::Moment(zone) => filled.map(|text| moment(text, *zone)).transpose()?,
        Kind::Words => {
            let words: Vec<&str> = text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
            Some(json!(words))
        }
        Kind::Address => address(field.name, form),
        Kind::Validity(_) => validity(field.name, form)?,
        Kind::Prices => Some(super::prices::to_json(form)?),
        Kind::Rates => Some(rates(field.name, form)?),
    })
}

fn moment(text: &str, zone: Tz) -> Result<Value, ()> {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let local = local.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()).ok_or(())?;
    let moment = zone.from_local_datetime(&local).earliest().ok_or(())?;
    Ok(json!(moment.to_rfc3339()))
}

fn address(name: &str, form: &Fields) -> Option<Value> {
    let part = |part: &str| form.get(&format!("{name}_{part}")).to_owned();
    let lines = part("lines");
    let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (postal_code, city) = (part("postal_code"), part("city"));
    let is_empty = lines.is_empty() && postal_code.is_empty() && city.is_empty();
    let country =
        Some(part("country")).filter(|country| !country.is_empty()).unwrap_or_else(|| form.get("country").to_owned());
    (!is_empty).then(|| json!({"lines": lines, "postal_code": postal_code, "city": city, "country": country}))
}

fn validity(name: &str, form: &Fields) -> Result<Option<Value>, ()> {
    let part = |part: &str| form.get(&format!("{name}_{part}")).to_owned();
    let start = part("start");
    let wanted: &[&str] = match start.as_str() {
        "" => return Ok(None),
        "season" => &["from", "until"],
        "chosen" => &["months", "window_days"],
        "first_entry" => &["months", "latest_start_months"],
        _ => &["months"],
    };
    let mut object = Map::from_iter([("start".to_owned(), json!(start))]);
    for name in wanted {
        let text = part(name);
        if text.is_empty() {
            continue;
        }
        let value =
            if VALIDITY_NUMBERS.contains(name) { json!(text.parse::<u32>().map_err(drop)?) } else { json!(text) };
        object.insert((*name).to_owned(), value);
    }
    Ok(Some(Value::Object(object)))
}

/// The rates that have a day or a percentage.
fn rates(name: &str, form: &Fields) -> Result<Value, ()> {
    let part = |part: &str, place: usize| form.get(&format!("{name}_{part}_{place}")).to_owned();
    let rows = (0..RATES_MAX).map(|place| (part("from", place), part("rate", place)));
    let rows = rows.filter(|(from, rate)| !from.is_empty() || !rate.is_empty());
    let row = |(from, rate): (String, String)| {
        from.parse::<chrono::NaiveDate>().map_err(drop)?;
        Ok(json!({"from": from, "rate": rate.replace(',', ".")}))
    };
    rows.map(row).collect::<Result<Vec<_>, ()>>().map(Value::Array)
}

fn put(field: &Field, value: Option<&Value>, form: &mut Fields) {
    let Some(value) = value else { return };
    match &field.kind {
        Kind::Names | Kind::Texts | Kind::Address | Kind::Validity(_) => {
            for (part, value) in value.as_object().into_iter().flatten() {
                let text = match value {
                    Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
                    other => plain(other),
                };
                form.put(format!("{}_{part}", field.name), text);
            }
        }
        Kind::Some(_) => {
            for text in value.as_array().into_iter().flatten().filter_map(Value::as_str) {
                form.put(field.name, text);
            }
        }
        Kind::Words => {
            let words: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            form.put(field.name, words.join(", "));
        }
        Kind::YesNo => {
            if value.as_bool() == Some(true) {
                form.put(field.name, "1");
            }
        }
        Kind::Moment(zone) => {
            let moment = value.as_str().and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok());
            if let Some(moment) = moment {
                form.put(field.name, moment.with_timezone(zone).format("%Y-%m-%dT%H:%M").to_string());
            }
        }
        Kind::Prices => super::prices::put(value, form),
        Kind::Rates => {
            for (place, change) in value.as_array().into_iter().flatten().enumerate() {
                for part in ["from", "rate"] {
                    let text = change.get(part).map(plain).unwrap_or_default();
                    form.put(format!("{}_{part}_{place}", field.name), text);
                }
            }
        }
        _ => form.put(field.name, plain(value)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(all: &[(&str, &str)]) -> Fields {
        let mut form = Fields::default();
        for (name, value) in all {
            form.put(*name, *value);
        }
        form
    }

    #[test]
    fn a_form_says_an_object_and_shows_it_again() {
        let one = |name, kind| Field { name, kind };
        let fields = [
            one("key", Kind::Key),
            one("names", Kind::Names),
            one("labels", Kind::Words),
            one("houses", Kind::Some(Vec::new())),
            one("capacity", Kind::Number),
            one("archived", Kind::YesNo),
            one("starts_at", Kind::Moment(Tz::Europe__Berlin)),
            one("address", Kind::Address),
            one("validity", Kind::Validity(Vec::new())),
            one("prices", Kind::Prices),
        ];
        let typed = form(&[
            ("key", "tour"),
            ("names_de", "Führung"),
            ("names_en", ""),
            ("labels", "week,  evening ,"),
            ("houses", "a"),
            ("houses", "b"),
            ("capacity", ""),
            ("archived", "1"),
            ("starts_at", "2026-07-11T10:00"),
            ("address_lines", "Am Markt 1\r\n\r\nHof"),
            ("address_postal_code", "14467"),
            ("address_city", "Potsdam"),
            ("country", "DE"),
            ("validity_start", "chosen"),
            ("validity_months", "12"),
            ("validity_window_days", "30"),
            ("price:day:adult", "12"),
            ("price:day:child", ""),
        ]);
        let object = to_json(&fields, &typed).unwrap();
        let expected = json!({
            "key": "tour", "names": {"de": "Führung"}, "labels": ["week", "evening"], "houses": ["a", "b"], "archived": true,
            "starts_at": "2026-07-11T10:00:00+02:00",
            "address": {"lines": ["Am Markt 1", "Hof"], "postal_code": "14467", "city": "Potsdam", "country": "DE"},
            "validity": {"start": "chosen", "months": 12, "window_days": 30},
            "prices": [{"product": "day", "category": "adult", "price": "12.00"}],
        });
        assert_eq!(object, expected);
        assert_eq!(to_json(&fields, &to_fields(&fields, &object)).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let fields = [
            Field { name: "capacity", kind: Kind::Number },
            Field { name: "starts_at", kind: Kind::Moment(Tz::UTC) },
            Field { name: "prices", kind: Kind::Prices },
        ];
        let typed = form(&[("capacity", "many"), ("starts_at", "soon"), ("price:day:adult", "cheap")]);
        assert_eq!(to_json(&fields, &typed).unwrap_err(), ["capacity", "starts_at", "prices"]);
    }
}
