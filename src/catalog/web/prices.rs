//! Prices in a form: for each day from which prices count a table, with a field per product and category, and per audience.

use crate::web::pages::{Fields, amount};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the names of price fields begin with.
const START: &str = "price:";
/// The word for the day that is only now being chosen.
pub(super) const NEW: &str = "new";
/// The field with that day.
pub(super) const NEW_DAY: &str = "prices_from";

/// The name of the field for a price: `price:product:category`, with the day from which it counts and the audience, where there are.
pub(super) fn name(product: &str, category: &str, from: &str, audience: &str) -> String {
    match (from, audience) {
        ("", "") => format!("{START}{product}:{category}"),
        (from, "") => format!("{START}{product}:{category}:{from}"),
        (from, audience) => format!("{START}{product}:{category}:{from}:{audience}"),
    }
}

/// The prices that stand in the form.
///
/// # Errors
/// When one of them is no amount, when new prices have no day, or when only an audience has a price.
pub(super) fn to_json(form: &Fields) -> Result<Value, ()> {
    let mut entries: BTreeMap<(&str, &str, &str), Entry> = BTreeMap::new();
    for (place, text) in form.starting(START).filter(|(_, text)| !text.is_empty()) {
        let mut parts = place.split(':');
        let (product, category) = parts.next().zip(parts.next()).ok_or(())?;
        let (day, audience) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let from = if day == NEW { form.get(NEW_DAY) } else { day };
        if !day.is_empty() && from.parse::<NaiveDate>().is_err() {
            return Err(());
        }
        let amount = amount(text).ok_or(())?;
        let entry = entries.entry((from, product, category)).or_default();
        if audience.is_empty() {
            entry.price = Some(amount);
        } else {
            entry.audiences.insert(audience.to_owned(), json!(amount));
        }
    }
    let price = |((from, product, category), entry): ((&str, &str, &str), Entry)| {
        let mut object = json!({"product": product, "category": category, "price": entry.price.ok_or(())?});
        if !from.is_empty() {
            object["valid_from"] = json!(from);
        }
        if !entry.audiences.is_empty() {
            object["audience_prices"] = Value::Object(entry.audiences);
        }
        Ok(object)
    };
    entries.into_iter().map(price).collect::<Result<Vec<_>, ()>>().map(Value::Array)
}

/// What stands in a form about a product, a category and a day.
#[derive(Default)]
struct Entry {
    price: Option<String>,
    audiences: Map<String, Value>,
}

/// Puts prices into a form.
pub(super) fn put(prices: &Value, form: &mut Fields) {
    for price in prices.as_array().into_iter().flatten() {
        let part = |name: &str| price.get(name).and_then(Value::as_str).unwrap_or_default();
        let name = |audience: &str| name(part("product"), part("category"), part("valid_from"), audience);
        form.put(name(""), part("price"));
        let audiences = price.get("audience_prices").and_then(Value::as_object);
        for (audience, amount) in audiences.into_iter().flatten() {
            form.put(name(audience), amount.as_str().unwrap_or_default());
        }
    }
}

/// The days from which prices in the form count; the empty one always counted.
pub(super) fn days(form: &Fields) -> Vec<String> {
    let day =
        |(place, _): (&str, &str)| place.split(':').nth(2).filter(|day| *day != NEW).unwrap_or_default().to_owned();
    let mut days: BTreeSet<String> = form.starting(START).map(day).collect();
    days.insert(String::new());
    days.into_iter().collect()
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
    fn days_and_audiences_have_prices_of_their_own() {
        let typed = form(&[
            ("price:day:adult", "12"),
            ("price:day:adult::student", "8"),
            ("price:day:adult:2027-01-01", "13,5"),
            ("price:day:adult:new", "14"),
            ("price:day:child:new", ""),
            ("prices_from", "2028-01-01"),
        ]);
        let prices = to_json(&typed).unwrap();
        let price = |price: &str| json!({"product": "day", "category": "adult", "price": price});
        let mut expected = [price("12.00"), price("13.50"), price("14.00")];
        expected[0]["audience_prices"] = json!({"student": "8.00"});
        expected[1]["valid_from"] = json!("2027-01-01");
        expected[2]["valid_from"] = json!("2028-01-01");
        assert_eq!(prices, json!(expected));
        let mut shown = Fields::default();
        put(&prices, &mut shown);
        assert_eq!(to_json(&shown).unwrap(), prices);
        assert_eq!(days(&shown), ["", "2027-01-01", "2028-01-01"]);
    }

    #[test]
    fn what_is_not_complete_is_refused() {
        for all in [
            &[("price:day:adult:new", "14")][..],
            &[("price:day:adult::student", "8")],
            &[("price:day:adult:soon", "8")],
            &[("price:day:adult", "cheap")],
        ] {
            assert!(to_json(&form(all)).is_err(), "{all:?}");
        }
    }
}
