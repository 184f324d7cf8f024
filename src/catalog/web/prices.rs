//! Prices in a form: a field per product and category.

use crate::web::pages::{Fields, amount};
use serde_json::{Value, json};

/// What the names of price fields begin with.
const START: &str = "price:";

/// The name of the field for a price.
pub(super) fn name(product: &str, category: &str) -> String {
    format!("{START}{product}:{category}")
}

/// The prices that stand in the form.
///
/// # Errors
/// When one of them is no amount.
pub(super) fn to_json(form: &Fields) -> Result<Value, ()> {
    let mut prices = Vec::new();
    for (place, text) in form.starting(START).filter(|(_, text)| !text.is_empty()) {
        let (product, category) = place.split_once(':').ok_or(())?;
        prices.push(json!({"product": product, "category": category, "price": amount(text).ok_or(())?}));
    }
    Ok(Value::Array(prices))
}

/// Puts prices into a form.
pub(super) fn put(prices: &Value, form: &mut Fields) {
    for price in prices.as_array().into_iter().flatten() {
        let part = |name: &str| price.get(name).and_then(Value::as_str).unwrap_or_default();
        form.put(name(part("product"), part("category")), part("price"));
    }
}
