//! The form of an offer: from the fields that somebody filled in to the JSON of the offer, and back.
//!
//! The form covers what most campaigns need. What it has no field for is kept as it was, and is changed as JSON.

use crate::web::pages::{Fields, amount};
use serde_json::{Map, Value, json};

/// The kinds of effect that the form has fields for.
pub(super) const KINDS: [&str; 7] = [
    "percent_off",
    "amount_off_ticket",
    "ticket_price",
    "bundle",
    "amount_off_order",
    "percent_off_order",
    "price_list",
];
/// Fields with a whole number.
const NUMBERS: [&str; 6] = [
    "min_tickets",
    "max_tickets",
    "max_orders",
    "max_orders_per_customer",
    "max_tickets_total",
    "max_discounted_tickets",
];
/// Restrictions of the scope: the field, and its name in the offer.
const SCOPE: [(&str, &str); 4] =
    [("products", "products"), ("categories", "categories"), ("houses", "museums"), ("exhibitions", "exhibitions")];
/// The most characters of a key that is made from a name.
const KEY_CHARS_MAX: usize = 40;

/// The offer that the fields say, over what it said before. The key comes from the name when nobody chose one.
///
/// # Errors
/// The fields that cannot be read, in their order.
pub(super) fn to_json(fields: &Fields, before: Option<&Value>) -> Result<Value, Vec<&'static str>> {
    let mut wrong = Vec::new();
    let mut offer = before.and_then(Value::as_object).cloned().unwrap_or_default();
    if before.is_none() {
        let key = if fields.has("key") { fields.get("key").to_owned() } else { key_of(fields.get("name")) };
        offer.insert("id".to_owned(), json!(key));
        offer.insert("enabled".to_owned(), json!(fields.has("enabled")));
    }
    for name in ["name", "description", "valid_from", "valid_until"] {
        set(&mut offer, name, Some(fields.get(name)).filter(|text| !text.is_empty()).map(|text| json!(text)));
    }
    // Days are written so that later ones are larger texts.
    if fields.has("valid_from") && fields.has("valid_until") && fields.get("valid_until") < fields.get("valid_from") {
        wrong.push("valid_until");
    }
    let activation = fields.get("activation");
    offer.insert("activation".to_owned(), json!(if activation.is_empty() { "code" } else { activation }));
    let channels = fields.all("channels");
    set(&mut offer, "channels", (!channels.is_empty() && channels.len() < 3).then(|| json!(channels)));
    for name in NUMBERS {
        set(&mut offer, name, whole(fields, name, &mut wrong));
    }
    let value = money(fields, "min_order_value", &mut wrong);
    set(&mut offer, "min_order_value", value);
    for name in ["exclusive", "stackable"] {
        offer.insert(name.to_owned(), json!(fields.has(name)));
    }
    let mut scope = offer.get("scope").and_then(Value::as_object).cloned().unwrap_or_default();
    for (field, name) in SCOPE {
        let keys = fields.all(field);
        set(&mut scope, name, (!keys.is_empty()).then(|| json!(keys)));
    }
    set(&mut offer, "scope", (!scope.is_empty()).then_some(Value::Object(scope)));
    let effect_before = offer.get("effect").and_then(Value::as_object).cloned().unwrap_or_default();
    let effect = effect(fields, &effect_before, &mut wrong);
    offer.insert("effect".to_owned(), effect);
    if wrong.is_empty() { Ok(Value::Object(offer)) } else { Err(wrong) }
}

/// The fields that show an offer, amounts with the decimal `mark` of the language; none when its effect has no form.
pub(super) fn to_fields(offer: &Value, mark: &str) -> Option<Fields> {
    let mut fields = Fields::default();
    let local = |value: Option<&Value>| Some(Value::from(value?.as_str()?.replace('.', mark)));
    let effect = offer.get("effect")?;
    let kind = effect.get("type").and_then(Value::as_str).filter(|kind| KINDS.contains(kind))?;
    fields.put("kind", kind);
    put_text(&mut fields, "key", offer.get("id"));
    for name in ["name", "description", "activation", "valid_from", "valid_until"].iter().chain(&NUMBERS) {
        put_text(&mut fields, name, offer.get(name));
    }
    put_text(&mut fields, "min_order_value", local(offer.get("min_order_value")).as_ref());
    for name in ["exclusive", "stackable", "enabled"] {
        if offer.get(name).and_then(Value::as_bool).unwrap_or(name == "enabled") {
            fields.put(name, "1");
        }
    }
    put_list(&mut fields, "channels", offer.get("channels"));
    for (field, name) in SCOPE {
        put_list(&mut fields, field, offer.get("scope").and_then(|scope| scope.get(name)));
    }
    for (name, value) in effect.as_object()? {
        match (kind, name.as_str()) {
            ("bundle", "percent") => put_text(&mut fields, "bundle_percent", local(Some(value)).as_ref()),
            ("price_list", "prices") => {
                for price in value.as_array().into_iter().flatten() {
                    let category = price.get("category").and_then(Value::as_str).unwrap_or_default();
                    put_text(&mut fields, &format!("price:{category}"), local(price.get("price")).as_ref());
                }
            }
            (_, "percent" | "amount" | "price" | "max_discount") => {
                put_text(&mut fields, name, local(Some(value)).as_ref());
            }
            (_, "buy" | "get" | "reward" | "max_bundles") => put_text(&mut fields, name, Some(value)),
            _ => {}
        }
    }
    Some(fields)
}

/// The field in which the offer's path is typed.
pub(super) fn field_of(path: &str, kind: &str) -> &'static str {
    let is =
        |start: &str| path == start || path.starts_with(&format!("{start}[")) || path.starts_with(&format!("{start}."));
    if path == "id" {
        return "key";
    }
    if path == "effect.percent" && kind == "bundle" {
        return "bundle_percent";
    }
    if is("effect.prices") {
        return "prices";
    }
    let effect = ["percent", "amount", "price", "max_discount", "buy", "get", "max_bundles"];
    if let Some(name) = effect.into_iter().find(|name| is(&format!("effect.{name}"))) {
        return name;
    }
    let own = ["name", "description", "valid_from", "valid_until", "min_order_value", "stackable", "exclusive"];
    own.into_iter().chain(NUMBERS).find(|name| is(name)).unwrap_or("kind")
}

fn effect(fields: &Fields, before: &Map<String, Value>, wrong: &mut Vec<&'static str>) -> Value {
    let kind = KINDS.into_iter().find(|kind| *kind == fields.get("kind")).unwrap_or(KINDS[0]);
    let was_of_kind = before.get("type").and_then(Value::as_str) == Some(kind);
    let mut effect = if was_of_kind { before.clone() } else { Map::new() };
    effect.insert("type".to_owned(), json!(kind));
    match kind {
        "percent_off" | "percent_off_order" => {
            let percent = percent(fields, "percent", wrong);
            let most = money(fields, "max_discount", wrong);
            set(&mut effect, "percent", percent);
            set(&mut effect, "max_discount", most);
        }
        "amount_off_ticket" | "amount_off_order" => {
            let amount = needed(money(fields, "amount", wrong), fields, "amount", wrong);
            set(&mut effect, "amount", amount);
        }
        "ticket_price" => {
            let price = needed(money(fields, "price", wrong), fields, "price", wrong);
            set(&mut effect, "price", price);
        }
        "bundle" => {
            for name in ["buy", "get"] {
                let number = needed(whole(fields, name, wrong), fields, name, wrong);
                set(&mut effect, name, number);
            }
            let share = if fields.has("bundle_percent") {
                percent(fields, "bundle_percent", wrong)
            } else {
                Some(json!("100"))
            };
            set(&mut effect, "percent", share);
            let reward = if fields.get("reward") == "any" { "any" } else { "cheapest" };
            effect.insert("reward".to_owned(), json!(reward));
            let most = whole(fields, "max_bundles", wrong);
            set(&mut effect, "max_bundles", most);
        }
        _ => {
            let known = before.get("prices").and_then(Value::as_array).cloned().unwrap_or_default();
            let mut prices = Vec::new();
            for (category, text) in fields.starting("price:").filter(|(_, text)| !text.is_empty()) {
                let Some(price) = amount(text) else {
                    wrong.push("prices");
                    continue;
                };
                let entry = known.iter().find(|entry| entry["category"] == category).filter(|_| was_of_kind);
                let mut entry = entry.and_then(Value::as_object).cloned().unwrap_or_default();
                entry.insert("category".to_owned(), json!(category));
                entry.insert("price".to_owned(), json!(price));
                prices.push(Value::Object(entry));
            }
            if prices.is_empty() && !wrong.contains(&"prices") {
                wrong.push("prices");
            }
            effect.insert("prices".to_owned(), Value::Array(prices));
        }
    }
    Value::Object(effect)
}

fn percent(fields: &Fields, name: &'static str, wrong: &mut Vec<&'static str>) -> Option<Value> {
    let text = fields.get(name).trim_end_matches('%').trim().replace(',', ".");
    if pricing::Percent::parse(&text).is_err() {
        wrong.push(name);
        return None;
    }
    Some(json!(text))
}

fn money(fields: &Fields, name: &'static str, wrong: &mut Vec<&'static str>) -> Option<Value> {
    let text = fields.get(name);
    if text.is_empty() {
        return None;
    }
    let amount = amount(text);
    if amount.is_none() {
        wrong.push(name);
    }
    amount.map(Value::String)
}

fn whole(fields: &Fields, name: &'static str, wrong: &mut Vec<&'static str>) -> Option<Value> {
    let text = fields.get(name);
    if text.is_empty() {
        return None;
    }
    match text.parse::<u32>() {
        Ok(number) if number > 0 => Some(json!(number)),
        _ => {
            wrong.push(name);
            None
        }
    }
}

fn needed(value: Option<Value>, fields: &Fields, name: &'static str, wrong: &mut Vec<&'static str>) -> Option<Value> {
    if value.is_none() && !fields.has(name) {
        wrong.push(name);
    }
    value
}

fn set(object: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            object.insert(name.to_owned(), value);
        }
        None => {
            object.remove(name);
        }
    }
}

fn put_text(fields: &mut Fields, name: &str, value: Option<&Value>) {
    match value {
        Some(Value::String(text)) => fields.put(name, text.as_str()),
        Some(Value::Number(number)) => fields.put(name, number.to_string()),
        _ => {}
    }
}

fn put_list(fields: &mut Fields, name: &str, list: Option<&Value>) {
    for text in list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        fields.put(name, text);
    }
}

/// A key for a name: plain small letters and digits, with `-` between the words.
fn key_of(name: &str) -> String {
    let folded = crate::kernel::text::fold(name);
    let plain: String = folded.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(KEY_CHARS_MAX).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(all: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in all {
            fields.put(*name, *value);
        }
        fields
    }

    #[test]
    fn a_form_becomes_an_offer_that_the_engine_reads() {
        let common = [("name", "Sommer für Zwei"), ("activation", "code"), ("houses", "schloss"), ("enabled", "1")];
        for (own, effect) in [
            (
                vec![("kind", "percent_off"), ("percent", "12,5 %"), ("max_discount", "10")],
                json!({"type": "percent_off", "percent": "12.5", "max_discount": "10.00"}),
            ),
            (
                vec![("kind", "amount_off_order"), ("amount", "5")],
                json!({"type": "amount_off_order", "amount": "5.00"}),
            ),
            (vec![("kind", "ticket_price"), ("price", "0")], json!({"type": "ticket_price", "price": "0.00"})),
            (
                vec![("kind", "bundle"), ("buy", "2"), ("get", "1")],
                json!({"type": "bundle", "buy": 2, "get": 1, "percent": "100", "reward": "cheapest"}),
            ),
            (
                vec![("kind", "price_list"), ("price:adult", "9,90"), ("price:child", "")],
                json!({"type": "price_list", "prices": [{"category": "adult", "price": "9.90"}]}),
            ),
        ] {
            let all = fields(&[own.as_slice(), &common].concat());
            let offer = to_json(&all, None).unwrap();
            assert_eq!((&offer["id"], &offer["effect"]), (&json!("sommer-fur-zwei"), &effect));
            let (_, read) = crate::promotions::offer::read_offer(&offer).unwrap();
            let shown = to_fields(&serde_json::to_value(&read).unwrap(), ",").unwrap();
            assert_eq!(to_json(&shown, Some(&offer)).unwrap(), offer, "the form shows what it saved");
        }
    }

    #[test]
    fn what_the_form_has_no_field_for_is_kept() {
        let before = json!({"id": "a", "enabled": false, "customers": {"newsletter": true}, "scope": {"event_label": {"has": "x"}, "museums": ["old"]},
            "effect": {"type": "bundle", "buy": 1, "get": 1, "percent": "50", "reward": "any", "buy_scope": {"categories": ["adult"]}}});
        let form =
            fields(&[("kind", "bundle"), ("buy", "3"), ("get", "1"), ("bundle_percent", "50"), ("reward", "any")]);
        let offer = to_json(&form, Some(&before)).unwrap();
        assert_eq!(offer["customers"], before["customers"]);
        assert_eq!(offer["scope"], json!({"event_label": {"has": "x"}}));
        assert_eq!(
            (&offer["effect"]["buy"], &offer["effect"]["buy_scope"]),
            (&json!(3), &json!({"categories": ["adult"]}))
        );
        assert_eq!(offer["enabled"], json!(false));
    }

    #[test]
    fn all_that_cannot_be_read_is_named() {
        let form = fields(&[
            ("kind", "amount_off_ticket"),
            ("min_tickets", "0"),
            ("max_orders", "x"),
            ("min_order_value", "?"),
        ]);
        assert_eq!(to_json(&form, None).unwrap_err(), ["min_tickets", "max_orders", "min_order_value", "amount"]);
        assert_eq!(field_of("effect.percent", "bundle"), "bundle_percent");
        assert_eq!(field_of("effect.prices[1].price", "price_list"), "prices");
        assert_eq!(field_of("valid_until", "bundle"), "valid_until");
        assert_eq!(field_of("customers.list", "bundle"), "kind");
    }
}
