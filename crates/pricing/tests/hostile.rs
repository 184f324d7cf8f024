//! Baskets and campaigns that nobody has. Each is answered, with a bound that holds, and costs hardly more than its budget, which
//! is about a second: what counts is the time of the processor where the system tells it, so that a busy machine does not fail.

#[path = "../benches/baskets/mod.rs"]
mod baskets;

use std::time::Duration;

use pricing::{Budget, Cents, Scenario, explain, parse_scenario, price};
use serde_json::{Value, json};

const LONGEST: Duration = Duration::from_secs(4);

/// The processor time that this thread has had, where the system tells it.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Asserts that something takes hardly longer than the budget.
fn in_time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let before = processor_time();
    let result = work();
    if let Some(took) = processor_time().zip(before).and_then(|(after, before)| after.checked_sub(before)) {
        println!("{what}: {took:?}");
        assert!(took < LONGEST, "{what}: {took:?}");
    }
    result
}

/// Lines at prices of their own.
fn lines(count: u64, quantity: u64) -> Vec<Value> {
    let line = |place: u64| {
        json!({ "line": place.to_string(), "category": format!("category-{place}"), "quantity": quantity,
                "unit_price": format!("{}.{:02}", 5 + place / 100, place % 100), "vat_rate": "7" })
    };
    (0..count).map(line).collect()
}

fn bundles(count: u64) -> Vec<Value> {
    let bundle = |place: u64| {
        json!({ "effect": { "type": "bundle", "buy": 1 + place % 3, "get": 1 + place % 2,
                            "percent": (10 + place % 90).to_string() } })
    };
    (0..count).map(bundle).collect()
}

fn capped(count: u64) -> Vec<Value> {
    let percent = |place: u64| json!({ "effect": { "type": "percent_off", "percent": (1 + place % 99).to_string(), "max_discount": "50.00" } });
    (0..count).map(percent).collect()
}

/// Offers of all layers that may share their tickets, so that there are as many combinations as can be.
fn stackable(count: u64) -> Vec<Value> {
    let effect = |place: u64| match place % 4 {
        0 => {
            json!({ "type": "price_list", "price_list": "list", "prices": [{ "category": "category-0", "price": "4.00" }] })
        }
        1 => json!({ "type": "percent_off", "percent": (1 + place % 99).to_string() }),
        2 => json!({ "type": "percent_off_order", "percent": (1 + place % 99).to_string(), "max_discount": "50.00" }),
        _ => json!({ "type": "amount_off_order", "amount": "3.00" }),
    };
    (0..count).map(|place| json!({ "effect": effect(place), "stackable": true })).collect()
}

fn answered(what: &str, basket: &[Value], offers: Vec<Value>) {
    is_answered(what, &baskets::scenario(basket, offers));
}

fn is_answered(what: &str, scenario: &Scenario) {
    let answer = in_time(what, || price(scenario, &Budget::default()).unwrap());
    assert!(Cents::ZERO <= answer.total && answer.total <= answer.original_total, "{what}");
    assert_eq!(answer.optimal, answer.upper_bound_discount.is_none(), "{what}");
    assert!(answer.upper_bound_discount.is_none_or(|bound| answer.discount_total <= bound), "{what}");
    let of_lines: Cents = answer.lines.iter().map(|line| line.total).sum();
    assert_eq!(of_lines, answer.total, "{what}");
}

#[test]
fn few_lines_of_huge_quantities() {
    answered("ten thousand equal tickets", &lines(1, 10_000), bundles(20));
    answered("two prices", &lines(2, 5_000), bundles(8));
    answered("a hundred bundles", &lines(10, 1_000), bundles(100));
}

#[test]
fn many_lines() {
    answered("a bundle over two thousand prices", &lines(2_000, 5), bundles(1));
    answered("twenty bundles over two thousand prices", &lines(2_000, 5), bundles(20));
    answered("twenty bundles over two hundred prices", &lines(200, 50), bundles(20));
}

#[test]
fn many_offers() {
    answered("a hundred caps over two hundred prices", &lines(200, 50), capped(100));
    answered("a hundred caps over two thousand prices", &lines(2_000, 5), capped(100));
    answered("everything on one line", &lines(1, 10), stackable(120));
    answered("everything on two hundred lines", &lines(200, 10), stackable(120));
}

#[test]
fn a_hundred_offers_of_all_kinds() {
    is_answered("over two hundred prices", &baskets::coupled(0, 10_000, 100, 200));
    is_answered("over two thousand prices", &baskets::coupled(0, 10_000, 100, 2_000));
}

#[test]
fn two_hundred_exclusive_codes() {
    let exclusive = |mut offer: Value| {
        offer["exclusive"] = json!(true);
        offer
    };
    let offers = || capped(100).into_iter().chain(bundles(100)).map(exclusive).collect();
    answered("over twenty prices", &lines(20, 50), offers());
    answered("over two thousand prices", &lines(2_000, 5), offers());
}

#[test]
fn five_thousand_automatic_offers() {
    let campaign = |activation: &str, effect: Value, lines: u64| {
        let offer = |place: u64| json!({ "id": place.to_string(), "activation": activation, "effect": effect });
        let offers: Vec<Value> = (0..5_000).map(offer).collect();
        let scenario = json!({ "now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR",
            "channel": "online", "basket": self::lines(lines, 2), "offers": offers });
        is_answered(&format!("{activation} on {lines} lines"), &parse_scenario(&scenario.to_string()).unwrap());
    };
    for activation in ["automatic", "automatic_combinable"] {
        campaign(activation, json!({ "type": "ticket_price", "price": "90.00" }), 20);
        campaign(activation, json!({ "type": "percent_off", "percent": "10" }), 20);
        campaign(activation, json!({ "type": "bundle", "buy": 50, "get": 1, "percent": "10" }), 20);
    }
}

#[test]
fn returns_and_explanations_share_the_budget() {
    let scenario = baskets::coupled(13, 500, 20, 24);
    let mut returning = scenario.clone();
    returning.refund =
        Some(pricing::Refund { returned: vec![pricing::ReturnedTickets { line: "0".to_owned(), quantity: 1 }] });
    is_answered("a return", &returning);
    let priced = price(&scenario, &Budget::default()).unwrap();
    in_time("an explanation", || explain(&scenario, &priced, &Budget::default()));
}

#[test]
fn many_labels() {
    let labels: Vec<String> = (0..5_000).map(|place| format!("label-{place}")).collect();
    let mut basket = lines(100, 3);
    for line in &mut basket {
        line["category_labels"] = json!(labels);
        line["event_labels"] = json!(labels);
    }
    let mut offers = capped(50);
    for (place, offer) in offers.iter_mut().enumerate() {
        offer["scope"] =
            json!({ "category_label": { "lacks": format!("other-{place}") }, "event_label": { "has": "label-4999" } });
    }
    answered("labels", &basket, offers);
}

#[test]
fn the_largest_amounts() {
    let dearest = "100000000.00";
    let line = |place: u64| {
        json!({ "line": place.to_string(), "category": format!("category-{place}"), "unit_price": dearest, "quantity": 2_500,
                "vat_rate": "19" })
    };
    let basket: Vec<Value> = (0..4).map(line).collect();
    let mut offers = bundles(3);
    offers.extend(capped(2));
    offers.extend(stackable(4).into_iter().skip(1));
    offers.push(json!({ "effect": { "type": "amount_off_order", "amount": dearest }, "stackable": true }));
    offers.push(json!({ "effect": { "type": "percent_off", "percent": "99.99", "max_discount": dearest } }));
    answered("amounts", &basket, offers);

    let mut without_price = basket.clone();
    without_price[0]["unit_price"] = Value::Null;
    let list = json!({ "effect": { "type": "price_list", "price_list": "list",
                                   "prices": [{ "category": "category-0", "price": dearest }] } });
    answered("a line without a price", &without_price, [vec![list], bundles(3), capped(2)].concat());
}

#[test]
fn amounts_that_could_overflow_are_refused() {
    let scenario = |price: &str| {
        json!({ "now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR", "channel": "online",
                "basket": [{ "line": "1", "category": "adult", "unit_price": price, "quantity": 10_000 }] })
    };
    assert!(parse_scenario(&scenario("100000000.00").to_string()).is_ok());
    let refusal = parse_scenario(&scenario("100000000.01").to_string()).unwrap_err();
    assert_eq!(refusal.path, "basket[0]");
}
