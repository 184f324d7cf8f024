//! Offers as the house keeps them: the JSON of pricing scenarios, with a key, a place on the list and a version.

use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use pricing::{Activation, Offer, ScenarioError};
use serde_json::Value;

/// An offer that is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownOffer {
    /// Its key, which is the `id` of the offer.
    pub key: Slug,
    /// Its place on the list: smaller comes first.
    pub position: i64,
    /// How often it was changed, the creation included.
    pub version: u32,
    /// The offer. It holds neither codes nor counts: these are the stores' to keep.
    pub offer: Offer,
    /// Whether it is put away: it does nothing, and lists leave it out.
    pub archived: bool,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it was changed last.
    pub updated_at: UtcMs,
}

/// What customers read about an offer in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferText {
    /// Its name; none: the offer's own.
    pub name: Option<String>,
    /// A sentence for whoever uses it; none: the offer's own.
    pub description: Option<String>,
}

/// A part of an offer cannot be read, or contradicts another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct OfferError {
    /// Where in the offer; empty: the offer as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

/// Reads an offer from the JSON of a pricing scenario, without `codes`. What it says of uses so far is left out: the ledger knows.
///
/// # Errors
/// What is wrong, and where.
pub fn read_offer(value: &Value) -> Result<(Slug, Offer), OfferError> {
    if value.get("codes").is_some_and(|codes| !codes.is_null()) {
        let message = "codes are not part of the offer: they are made under /api/v1/offers/{key}/codes";
        return Err(invalid("codes", message));
    }
    let mut offer = pricing::parse_offer(value)?;
    offer.orders_used = 0;
    offer.customer_orders_used = 0;
    offer.tickets_used = 0;
    for limit in &mut offer.item_limits {
        limit.tickets_used = 0;
    }
    let key = offer.id.parse().map_err(|message: String| invalid("id", message))?;
    Ok((key, offer))
}

/// The word for what brings an offer into play.
pub(super) const fn activation_word(activation: Activation) -> &'static str {
    match activation {
        Activation::Code => "code",
        Activation::Automatic => "automatic",
        Activation::AutomaticCombinable => "automatic_combinable",
    }
}

impl From<ScenarioError> for OfferError {
    fn from(error: ScenarioError) -> Self {
        let path = if error.path == "$" { "" } else { &error.path };
        invalid(path, error.message)
    }
}

fn invalid(path: impl Into<String>, message: impl Into<String>) -> OfferError {
    OfferError { path: path.into(), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn path_of(value: &Value) -> String {
        read_offer(value).unwrap_err().path
    }

    #[test]
    fn refusals_name_their_path() {
        let percent = |percent: &str| json!({"type": "percent_off", "percent": percent});
        for (offer, path) in [
            (json!({"id": "a", "effect": percent("120")}), "effect.percent"),
            (json!({"id": "a", "effect": {"type": "amount_off_ticket", "amount": "1.005"}}), "effect.amount"),
            (json!({"id": "a", "colour": "red"}), "colour"),
            (json!({"id": "A b", "effect": percent("10")}), "id"),
            (json!({"id": "a", "codes": [{"code": "X"}]}), "codes"),
            (json!({"effect": percent("10")}), "id"),
            (
                json!({"id": "a", "max_tickets_total": 5, "effect": {"type": "amount_off_order", "amount": "5.00"}}),
                "max_tickets_total",
            ),
            (json!("an offer"), ""),
        ] {
            assert_eq!(path_of(&offer), path, "{offer}");
        }
    }

    #[test]
    fn an_offer_brings_no_uses_of_its_own() {
        let (key, offer) = read_offer(&json!({
            "id": "spring", "orders_used": 7, "tickets_used": 9,
            "item_limits": [{"max_tickets_total": 5, "tickets_used": 4}],
            "effect": {"type": "percent_off", "percent": "10"}
        }))
        .unwrap();
        assert_eq!(key.as_str(), "spring");
        assert_eq!((offer.orders_used, offer.tickets_used, offer.item_limits[0].tickets_used), (0, 0, 0));
        let written = serde_json::to_value(&offer).unwrap();
        assert_eq!(read_offer(&written).unwrap().1, offer);
    }
}
