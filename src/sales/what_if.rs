//! What an offer would have done to orders of the past: each is priced again as it was, with the offer as it is now.
//!
//! Every order keeps the scenario that gave it its price, so an offer that was in effect and has not changed predicts what was sold
//! to the cent.

use super::store::{self, SoldScenario};
use crate::kernel::ids::OrderId;
use crate::kernel::{Cents, UtcMs};
use db::{Conn, DbError};
use pricing::{Activation, Budget, Offer, OfferCode, Scenario};
use std::ops::Range;

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
    /// When buyers could enter a code of the offer: who entered none then would not have had it. Before and after, every buyer is
    /// taken to have entered one.
    pub codes_open: Option<Range<UtcMs>>,
}

impl Question {
    /// What an order would have cost with the offer; none when its scenario cannot be priced.
    fn price(&self, order: &SoldScenario) -> Option<Cents> {
        let mut scenario = pricing::parse_scenario(&order.scenario).ok()?;
        let was_in_effect = scenario.offers.iter().any(|known| known.id == self.offer.id);
        if !was_in_effect && self.codes_open.as_ref().is_some_and(|open| open.contains(&order.placed_at)) {
            return Some(order.total);
        }
        put_in(&mut scenario, &self.offer);
        Some(pricing::price(&scenario, &Budget::default()).ok()?.total)
    }
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
        let Some(total) = question.price(&order) else {
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

    /// What an order over three tickets of 10 euros would cost, placed when codes were open or not.
    fn priced_with(scenario: &str, wanted: &serde_json::Value, is_open: bool) -> Option<Cents> {
        let offer = pricing::parse_offer(wanted).unwrap();
        let (from, until) = (UtcMs(0), UtcMs(100));
        let question = Question { offer, from, until, codes_open: is_open.then_some(from..until) };
        let (id, placed_at, total) = ("0197d6a0-0000-7000-8000-000000000001".parse().unwrap(), UtcMs(50), Cents(3_000));
        question.price(&SoldScenario { id, placed_at, total, scenario: scenario.to_owned() })
    }

    #[test]
    fn an_offer_acts_as_it_did_or_as_if_its_code_were_known() {
        let percent = |percent: &str| json!({"id": "a", "effect": {"type": "percent_off", "percent": percent}});
        let with_code = json!([{"id": "a", "codes": [{"code": "A", "max_uses": 1}], "effect": {"type": "percent_off", "percent": "10"}}]);
        let sold = scenario(&with_code, &["A"]);
        for is_open in [true, false] {
            assert_eq!(priced_with(&sold, &percent("10"), is_open), Some(Cents(2_700)), "unchanged: to the cent");
            assert_eq!(priced_with(&sold, &percent("50"), is_open), Some(Cents(1_500)));
        }
        let without = scenario(&json!([]), &[]);
        assert_eq!(priced_with(&without, &percent("50"), false), Some(Cents(1_500)));
        assert_eq!(priced_with(&without, &percent("50"), true), Some(Cents(3_000)), "the buyer had no code of it");
        let bundle = json!({"id": "b", "activation": "automatic", "effect": {"type": "bundle", "buy": 2, "get": 1, "percent": "100"}});
        assert_eq!(priced_with(&without, &bundle, false), Some(Cents(2_000)));
        assert_eq!(priced_with("no scenario", &bundle, false), None);
    }
}
