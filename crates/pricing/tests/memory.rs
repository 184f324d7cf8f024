//! What a monstrous basket takes of the memory. In a file of its own, because memory is counted per process.

#![cfg(target_os = "linux")]

#[path = "../benches/baskets/mod.rs"]
mod baskets;

use std::fs;

use chrono_tz::Europe::Berlin;
use pricing::{
    Activation, Budget, CapScope, Cents, Channel, CustomerGroups, Effect, Line, Offer, OfferCode, Percent, Scenario,
    Scope, price,
};

const KILOBYTES_MOST: u64 = 50_000;

/// The most memory this process has had.
fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn capped(place: usize) -> Offer {
    Offer {
        id: format!("offer-{place}"),
        name: None,
        description: None,
        enabled: true,
        activation: Activation::Code,
        codes: vec![OfferCode { code: format!("CODE{place}"), enabled: true, max_uses: None, used: 0 }],
        valid_from: None,
        valid_until: None,
        channels: Vec::new(),
        box_office_profiles: Vec::new(),
        customers: CustomerGroups::default(),
        min_order_value: None,
        min_tickets: None,
        max_tickets: None,
        scope: Scope::default(),
        max_orders: None,
        orders_used: 0,
        max_orders_per_customer: None,
        customer_orders_used: 0,
        max_tickets_total: None,
        tickets_used: 0,
        max_discounted_tickets: None,
        item_limits: Vec::new(),
        exclusive: false,
        stackable: false,
        effect: Some(Effect::PercentOff {
            percent: Percent::parse(&(1 + place % 99).to_string()).unwrap(),
            max_discount: Some(Cents(5_000)),
            cap_scope: CapScope::Order,
        }),
        customer_actions: Vec::new(),
    }
}

/// Two thousand lines with a hundred capped codes.
fn many_lines() -> Scenario {
    let line = |place: i64| Line::new(place.to_string(), format!("category-{place}"), Some(Cents(500 + place)), 5);
    Scenario {
        now: "2026-07-04T09:15:00+02:00".parse().unwrap(),
        timezone: Berlin,
        currency: "EUR".to_owned(),
        channel: Channel::Online,
        box_office_profile: None,
        customer: None,
        staff_overrides: Vec::new(),
        regular_prices: std::collections::BTreeMap::new(),
        basket: (0..2_000).map(line).collect(),
        offers: (0..100).map(capped).collect(),
        codes_entered: (0..100).map(|place| format!("CODE{place}")).collect(),
        refund: None,
    }
}

#[test]
fn no_basket_takes_fifty_megabytes() {
    for scenario in [many_lines(), baskets::coupled(0, 5_000, 20, 100), baskets::coupled(1, 500, 8, 12)] {
        let answer = price(&scenario, &Budget::default()).unwrap();
        assert!(answer.discount_total > Cents::ZERO);
        let peak = peak_kilobytes();
        assert!(peak < KILOBYTES_MOST, "{peak} kB");
    }
}
