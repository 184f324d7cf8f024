//! What an offer would have done to orders of the past: each is priced again as it was, with the offer as it is now.
//!
//! Every order keeps the scenario that gave it its price, so an offer that was in effect and has not changed predicts what was sold
//! to the cent.

use super::store;
use crate::kernel::ids::OrderId;
use crate::kernel::{Cents, UtcMs};
use db::{Conn, DbError};
use pricing::{Activation, Budget, Offer, OfferCode, Scenario};

/// The code that an offer has in its what-if when it has none among the entered ones.
const TRIAL_CODE: &str = "WHAT IF";

/// Which orders, and how they meet the offer.
#[derive(Debug, Clone)]
pub struct Question {
    /// The offer as it is now, or shall be.
    pub offer: Offer,
    /// The first moment.
    pub from: UtcMs,
    /// The first moment that does not count any more.
    pub until: UtcMs,
}

/// What came out so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Orders that were priced again.
    pub orders: i64,
    /// Orders that would have another price.
    pub changed: i64,
    /// Orders that cannot be priced again.
    pub unpriced: i64,
    /// What was paid for them.
    pub before: Cents,
    /// What would have been paid.
    pub with: Cents,
}

/// Prices the next orders again, at most `rows` of them, and adds them to what came out so far. Answers where to go on; none: that
/// was the last one.
///
/// # Errors
/// When the database refuses.
pub async fn what_if(
    conn: &mut Conn,
    question: &Question,
    after: Option<(UtcMs, OrderId)>,
    rows: u32,
    outcome: &mut Outcome,
) -> Result<Option<(UtcMs, OrderId)>, DbError> {
    let found = store::sold_scenarios(conn, question.from, question.until, after, rows).await?;
    let is_full = found.len() >= usize::try_from(rows).unwrap_or(usize::MAX);
    let last = found.last().map(|order| (order.placed_at, order.id));
    for order in found {
        outcome.orders += 1;
        let Some(total) = priced_with(&order.scenario, &question.offer) else {
            outcome.unpriced += 1;
            continue;
        };
        outcome.before = Cents(outcome.before.0 + order.total.0);
        outcome.with = Cents(outcome.with.0 + total.0);
        outcome.changed += i64::from(total != order.total);
    }
    Ok(last.filter(|_| is_full))
}

/// How many orders there are.
///
/// # Errors
/// When the database refuses.
pub async fn orders_between(conn: &mut Conn, from: UtcMs, until: UtcMs) -> Result<i64, DbError> {
    store::count_sold(conn, from, until).await
}

/// What an order would have cost with the offer; none when its scenario cannot be priced.
fn priced_with(scenario: &str, offer: &Offer) -> Option<Cents> {
    let mut scenario = pricing::parse_scenario(scenario).ok()?;
    put_in(&mut scenario, offer);
    let budget = Budget::default();
    Some(pricing::price(&scenario, &budget).ok()?.total)
}

/// Puts the offer into the scenario: in place of what it was then, or as if every buyer had entered a code of it.
fn put_in(scenario: &mut Scenario, offer: &Offer) {
    let mut offer = offer.clone();
    if let Some(known) = scenario.offers.iter_mut().find(|known| known.id == offer.id) {
        offer.codes = std::mem::take(&mut known.codes);
        (offer.orders_used, offer.tickets_used) = (known.orders_used, known.tickets_used);
        offer.customer_orders_used = known.customer_orders_used;
        for (limit, before) in offer.item_limits.iter_mut().zip(&known.item_limits) {
            limit.tickets_used = before.tickets_used;
        }
        *known = offer;
        return;
    }
    if offer.activation == Activation::Code {
        offer.codes = vec![OfferCode { code: TRIAL_CODE.to_owned(), enabled: true, max_uses: None, used: 0 }];
        scenario.codes_entered.push(TRIAL_CODE.to_owned());
    }
    scenario.offers.push(offer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn scenario(offers: &serde_json::Value, codes: &[&str]) -> String {
        json!({"schema": "passepartout.pricing/1", "now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin",
            "currency": "EUR", "channel": "online", "customer": null, "codes_entered": codes, "offers": offers,
            "basket": [{"line": "1", "category": "adult", "unit_price": "10.00", "quantity": 3}]})
        .to_string()
    }

    fn offer(value: &serde_json::Value) -> Offer {
        pricing::parse_offer(value).unwrap()
    }

    #[test]
    fn an_offer_acts_as_it_did_or_as_if_its_code_were_known() {
        let percent = |percent: &str| json!({"id": "a", "effect": {"type": "percent_off", "percent": percent}});
        let with_code = json!([{"id": "a", "codes": [{"code": "A", "max_uses": 1}], "effect": {"type": "percent_off", "percent": "10"}}]);
        let sold = scenario(&with_code, &["A"]);
        assert_eq!(priced_with(&sold, &offer(&percent("10"))), Some(Cents(2_700)), "unchanged: to the cent");
        assert_eq!(priced_with(&sold, &offer(&percent("50"))), Some(Cents(1_500)));
        let without = scenario(&json!([]), &[]);
        assert_eq!(priced_with(&without, &offer(&percent("50"))), Some(Cents(1_500)));
        let bundle = json!({"id": "b", "activation": "automatic", "effect": {"type": "bundle", "buy": 2, "get": 1, "percent": "100"}});
        assert_eq!(priced_with(&without, &offer(&bundle)), Some(Cents(2_000)));
        assert_eq!(priced_with("no scenario", &offer(&bundle)), None);
    }
}
