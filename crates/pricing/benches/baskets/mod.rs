//! Baskets to measure with, made from a number so that every run measures the same.

use pricing::{Scenario, parse_scenario};
use serde_json::{Value, json};

/// A small generator of numbers; its quality does not matter here.
pub(crate) struct Numbers(u64);

impl Numbers {
    /// Starts the sequence of a seed.
    pub(crate) fn new(seed: u64) -> Numbers {
        Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// A scenario in which every offer has one code and all codes are entered.
pub(crate) fn scenario(basket: &[Value], mut offers: Vec<Value>) -> Scenario {
    let mut codes = Vec::new();
    for (place, offer) in offers.iter_mut().enumerate() {
        let code = format!("CODE{place}");
        offer["id"] = json!(format!("offer-{place}"));
        offer["codes"] = json!([{ "code": code }]);
        codes.push(code);
    }
    let scenario = json!({ "now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR",
        "channel": "online", "basket": basket, "offers": offers, "codes_entered": codes });
    parse_scenario(&scenario.to_string()).expect("the generator makes valid scenarios")
}

/// A basket of some tickets over a number of prices, with offers that compete for the same tickets: bundles, caps,
/// quotas and amounts over random categories.
pub(crate) fn coupled(seed: u64, tickets: u64, offers: usize, prices: u64) -> Scenario {
    let mut numbers = Numbers::new(seed);
    let basket: Vec<Value> = (0..prices)
        .map(|place| {
            let quantity = tickets / prices + u64::from(place < tickets % prices);
            let cents = 400 + numbers.below(42) * 50;
            json!({ "line": place.to_string(), "category": format!("category-{place}"), "unit_price": money(cents),
                    "quantity": quantity, "vat_rate": "7" })
        })
        .collect();
    let offers = (0..offers).map(|_| offer(&mut numbers, prices, tickets)).collect();
    scenario(&basket, offers)
}

fn offer(numbers: &mut Numbers, categories: u64, tickets: u64) -> Value {
    let some = |numbers: &mut Numbers| -> Vec<String> {
        let chosen = (0..categories).filter(|_| numbers.below(5) < 3).map(|place| format!("category-{place}"));
        chosen.collect()
    };
    let effect = match numbers.below(6) {
        0 => json!({ "type": "bundle", "buy": 1 + numbers.below(3), "get": 1, "percent": "100" }),
        1 => json!({ "type": "bundle", "buy": 2 + numbers.below(3), "get": 1 + numbers.below(2), "percent": "50" }),
        2 => {
            json!({ "type": "bundle", "buy": 1, "get": 1, "percent": (5 + 5 * numbers.below(10)).to_string(), "reward": "any" })
        }
        3 => {
            json!({ "type": "percent_off", "percent": (10 + 5 * numbers.below(8)).to_string(), "max_discount": money(tickets * (50 + numbers.below(150))) })
        }
        4 => json!({ "type": "amount_off_order", "amount": money(tickets * (50 + numbers.below(150))) }),
        _ => json!({ "type": "percent_off", "percent": (10 + 5 * numbers.below(10)).to_string() }),
    };
    let mut offer = json!({ "scope": { "categories": some(numbers) }, "effect": effect });
    if offer["effect"]["type"] != "amount_off_order" && numbers.below(3) == 0 {
        offer["max_discounted_tickets"] = json!(1 + tickets / 10 + numbers.below(tickets / 4 + 1));
    }
    offer
}
