//! What holds for every basket: the engine agrees with trying everything, and the promises of the rules are kept.

mod reference;

use pricing::{Budget, Cents, PricedBasket, Scenario, parse_scenario, price, refund_amount};
use proptest::prelude::*;
use serde_json::{Value, json};

fn priced(scenario: &Scenario) -> PricedBasket {
    price(scenario, &Budget::default()).unwrap()
}

/// A scenario that failing tests print as JSON.
#[derive(Clone)]
struct Case(Value);

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

fn parsed(case: &Case) -> Scenario {
    parse_scenario(&case.0.to_string()).unwrap()
}

fn money(cents: i64) -> String {
    Cents(cents).to_string()
}

const CATEGORIES: [&str; 3] = ["adult", "child", "senior"];

fn price_of_ticket() -> impl Strategy<Value = i64> {
    prop_oneof![Just(1000), Just(700), Just(1450), 1_i64..2000]
}

fn percent() -> impl Strategy<Value = String> {
    prop_oneof![Just("100"), Just("50"), Just("33"), Just("10"), Just("25"), Just("7")].prop_map(str::to_owned)
}

fn scope() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => Just(json!({})),
        3 => prop::sample::subsequence(CATEGORIES.to_vec(), 1..=2).prop_map(|categories| json!({ "categories": categories })),
    ]
}

fn line(with_unpriced: bool) -> impl Strategy<Value = Value> {
    let unpriced = u32::from(with_unpriced);
    let unit_price =
        prop_oneof![12 => price_of_ticket().prop_map(|cents| json!(money(cents))), unpriced => Just(Value::Null)];
    (prop::sample::select(CATEGORIES.to_vec()), unit_price, 1_u32..=3, prop::option::of(price_of_ticket())).prop_map(
        |(category, unit_price, quantity, student)| {
            let audience_prices = student.map_or(json!({}), |cents| json!({ "student": money(cents) }));
            json!({ "category": category, "unit_price": unit_price, "quantity": quantity, "vat_rate": "7", "audience_prices": audience_prices })
        },
    )
}

fn basket(tickets_max: u32, with_unpriced: bool) -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(line(with_unpriced), 1..=3).prop_map(move |mut lines| {
        let mut left = tickets_max;
        for (place, line) in lines.iter_mut().enumerate() {
            let quantity = u32::try_from(line["quantity"].as_u64().unwrap()).unwrap().min(left);
            line["quantity"] = json!(quantity);
            line["line"] = json!(place.to_string());
            left -= quantity;
        }
        lines.retain(|line| line["quantity"] != json!(0));
        lines
    })
}

fn effect() -> impl Strategy<Value = Value> {
    let amount = || (1_i64..2500).prop_map(money);
    let cap = || prop::option::of((1_i64..1500).prop_map(money));
    prop_oneof![
        2 => prop::collection::vec((prop::sample::select(CATEGORIES.to_vec()), price_of_ticket()), 1..=3).prop_map(|prices| {
            let prices: Vec<Value> = prices.iter().map(|(category, cents)| json!({ "category": category, "price": money(*cents) })).collect();
            json!({ "type": "price_list", "price_list": "late", "prices": prices })
        }),
        1 => Just(json!({ "type": "price_audience", "audience": "student" })),
        3 => (percent(), cap(), prop::sample::select(vec!["order", "ticket"])).prop_map(|(percent, cap, scope)| {
            json!({ "type": "percent_off", "percent": percent, "max_discount": cap, "cap_scope": scope })
        }),
        1 => amount().prop_map(|amount| json!({ "type": "amount_off_ticket", "amount": amount })),
        1 => price_of_ticket().prop_map(|cents| json!({ "type": "ticket_price", "price": money(cents) })),
        4 => (1_u32..=2, 1_u32..=2, percent(), any::<bool>(), scope(), scope(), prop::option::of(1_u32..=2)).prop_map(
            |(buy, get, percent, any, buy_scope, get_scope, max_bundles)| {
                let reward = if any { "any" } else { "cheapest" };
                json!({ "type": "bundle", "buy": buy, "get": get, "percent": percent, "reward": reward,
                        "buy_scope": buy_scope, "get_scope": get_scope, "max_bundles": max_bundles })
            }),
        2 => amount().prop_map(|amount| json!({ "type": "amount_off_order", "amount": amount })),
        2 => (percent(), cap()).prop_map(|(percent, cap)| json!({ "type": "percent_off_order", "percent": percent, "max_discount": cap })),
    ]
}

fn offer() -> impl Strategy<Value = Value> {
    let activation = prop::sample::select(vec!["code", "code", "code", "code", "automatic_combinable", "automatic"]);
    let quota = || prop::option::weighted(0.2, 1_u32..=3);
    let item_limits = prop::option::weighted(
        0.15,
        (scope(), 1_u32..=2).prop_map(|(scope, most)| json!([{ "scope": scope, "max_per_order": most }])),
    );
    (
        effect(),
        scope(),
        activation,
        prop::bool::weighted(0.5),
        prop::bool::weighted(0.1),
        quota(),
        quota(),
        item_limits,
        prop::bool::weighted(0.1),
    )
        .prop_map(|(effect, scope, activation, stackable, exclusive, per_code, in_total, item_limits, twice)| {
            let is_order = effect["type"].as_str().unwrap().ends_with("_order");
            let mut offer = json!({ "effect": effect, "scope": scope, "activation": activation, "stackable": stackable,
                "exclusive": exclusive && activation == "code", "twice": twice });
            if !is_order {
                offer["max_discounted_tickets"] = json!(per_code);
                offer["max_tickets_total"] = json!(in_total);
                offer["item_limits"] = json!(item_limits);
            }
            offer
        })
}

fn scenario(tickets_max: u32, offers_max: usize, with_unpriced: bool) -> impl Strategy<Value = Case> {
    (basket(tickets_max, with_unpriced), prop::collection::vec(offer(), 1..=offers_max)).prop_map(|(basket, mut offers)| {
        let mut codes_entered = Vec::new();
        for (place, offer) in offers.iter_mut().enumerate() {
            offer["id"] = json!(format!("offer-{place}"));
            let twice = offer.as_object_mut().unwrap().remove("twice") == Some(json!(true));
            if offer["activation"] == "code" {
                let codes: Vec<String> = (0..if twice { 2 } else { 1 }).map(|number| format!("CODE{place}{number}")).collect();
                offer["codes"] = codes.iter().map(|code| json!({ "code": code })).collect();
                codes_entered.extend(codes);
            }
        }
        Case(json!({ "schema": "passepartout.pricing/1", "now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin",
                "currency": "EUR", "channel": "online", "basket": basket, "offers": offers, "codes_entered": codes_entered }))
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, max_shrink_iters: 3000, failure_persistence: None, ..ProptestConfig::default() }
}

fn total(case: &Case) -> Cents {
    priced(&parsed(case)).total
}

proptest! {
    #![proptest_config(cases(5_000))]

    #[test]
    fn the_engine_agrees_with_trying_everything(scenario in scenario(5, 3, true)) {
        let scenario = parsed(&scenario);
        let engine = priced(&scenario);
        let lowest = reference::lowest(&scenario);
        prop_assume!(lowest.is_some());
        let lowest = lowest.unwrap();
        let sold = engine.tickets.len();
        prop_assert_eq!((sold, engine.total), (lowest.sold, lowest.total), "{}", serde_json::to_string(&engine).unwrap());
        prop_assert!(engine.optimal);
    }

    #[test]
    fn the_sums_agree_and_nothing_gets_dearer(scenario in scenario(12, 5, true)) {
        let scenario = parsed(&scenario);
        let engine = priced(&scenario);
        prop_assert!(Cents::ZERO <= engine.total && engine.total <= engine.original_total);
        prop_assert_eq!(engine.discount_total, engine.original_total - engine.total);
        prop_assert_eq!(engine.lines.iter().map(|line| line.total).sum::<Cents>(), engine.total);
        prop_assert_eq!(engine.vat.iter().map(|row| row.gross).sum::<Cents>(), engine.total);
        prop_assert_eq!(engine.applied.iter().map(|applied| applied.discount).sum::<Cents>(), engine.discount_total);
        for line in &engine.lines {
            let units: i64 = line.units.iter().map(|units| units.price.0 * i64::from(units.quantity)).sum();
            prop_assert_eq!(Cents(units), line.total);
            prop_assert!(line.units.is_sorted_by(|one, next| one.price > next.price));
            for units in &line.units {
                prop_assert!(units.price >= Cents::ZERO && line.original_unit_price.is_none_or(|regular| units.price <= regular));
            }
        }
        for ticket in &engine.tickets {
            prop_assert_eq!(ticket.list_price - ticket.discount, ticket.paid_price);
            prop_assert_eq!(ticket.offers.iter().map(|share| share.discount).sum::<Cents>(), ticket.discount);
        }
        let entered = scenario.codes_entered.len();
        prop_assert_eq!(engine.applied.iter().filter(|applied| applied.code.is_some()).count() + engine.rejected.len(), entered);
    }

    #[test]
    fn quotas_hold(scenario in scenario(12, 5, false)) {
        let scenario = parsed(&scenario);
        let engine = priced(&scenario);
        for offer in &scenario.offers {
            let mut of_offer = 0;
            for (place, _) in engine.applied.iter().enumerate().filter(|(_, applied)| applied.offer == offer.id) {
                let shares = engine.tickets.iter().flat_map(|ticket| &ticket.offers);
                let discounted = shares.filter(|share| share.applied == place && share.discount > Cents::ZERO).count();
                prop_assert!(offer.max_discounted_tickets.is_none_or(|most| discounted <= most as usize));
                of_offer += discounted;
            }
            prop_assert!(offer.max_tickets_total.is_none_or(|most| of_offer <= most as usize));
        }
    }

    #[test]
    fn no_code_is_used_for_nothing(scenario in scenario(8, 4, false)) {
        // Automatic offers would take the place of a code.
        let mut scenario = scenario;
        scenario.0["offers"].as_array_mut().unwrap().retain(|offer| offer["activation"] == "code");
        let engine = priced(&parsed(&scenario));
        let used: Vec<&String> = engine.applied.iter().filter_map(|applied| applied.code.as_ref()).collect();
        for left_out in &used {
            let mut without = scenario.clone();
            without.0["codes_entered"] = used.iter().filter(|code| code != &left_out).map(|code| json!(code)).collect();
            prop_assert!(total(&without) > engine.total, "{left_out} is not needed");
        }
    }

    #[test]
    fn one_more_ordinary_offer_never_raises_the_total(scenario in scenario(8, 4, false), more in offer()) {
        let before = total(&scenario);
        let mut after = scenario.clone();
        let mut more = more;
        more.as_object_mut().unwrap().remove("twice");
        more["id"] = json!("more");
        more["exclusive"] = json!(false);
        if more["activation"] == "automatic_combinable" {
            let acts_alone = |offer: &Value| offer["activation"] == "automatic";
            prop_assume!(!scenario.0["offers"].as_array().unwrap().iter().any(acts_alone));
        } else {
            more["activation"] = json!("code");
            more["codes"] = json!([{ "code": "MORE" }]);
            after.0["codes_entered"].as_array_mut().unwrap().push(json!("MORE"));
        }
        after.0["offers"].as_array_mut().unwrap().push(more);
        prop_assert!(total(&after) <= before);
    }

    #[test]
    fn order_and_splitting_of_lines_change_nothing(scenario in scenario(8, 4, false), seed in any::<u64>()) {
        let before = total(&scenario);
        let mut lines: Vec<Value> = Vec::new();
        for line in scenario.0["basket"].as_array().unwrap() {
            let quantity = line["quantity"].as_u64().unwrap();
            let first = 1 + seed % quantity;
            for (part, quantity) in [("a", first), ("b", quantity - first)] {
                let mut piece = line.clone();
                piece["line"] = json!(format!("{}{part}", line["line"].as_str().unwrap()));
                piece["quantity"] = json!(quantity);
                lines.push(piece);
            }
        }
        lines.retain(|line| line["quantity"] != json!(0));
        let turn = usize::try_from(seed % 7).unwrap() % lines.len();
        lines.rotate_left(turn);
        lines.reverse();
        let mut after = scenario.clone();
        after.0["basket"] = json!(lines);
        prop_assert_eq!(total(&after), before);
    }

    #[test]
    fn partial_returns_never_pay_more_than_was_paid(scenario in scenario(6, 3, true), picks in prop::collection::vec(any::<prop::sample::Index>(), 1..6)) {
        let order = priced(&parsed(&scenario));
        let mut held: Vec<(usize, Cents)> = order.tickets.iter().map(|ticket| (ticket.line, ticket.paid_price)).collect();
        let mut refunded = Cents::ZERO;
        for pick in picks {
            if held.is_empty() {
                break;
            }
            let (_, paid) = held.remove(pick.index(held.len()));
            let mut kept = scenario.clone();
            for (place, line) in kept.0["basket"].as_array_mut().unwrap().iter_mut().enumerate() {
                line["quantity"] = json!(held.iter().filter(|(line, _)| *line == place).count());
            }
            kept.0["basket"].as_array_mut().unwrap().retain(|line| line["quantity"] != json!(0));
            let amount = refund_amount(paid, order.total - refunded, total(&kept));
            prop_assert!(Cents::ZERO <= amount && amount <= paid);
            refunded += amount;
        }
        prop_assert!(refunded <= order.total);
    }

    #[test]
    fn a_return_pays_the_smaller_of_two_amounts(scenario in scenario(6, 3, false), place in any::<prop::sample::Index>()) {
        let lines = scenario.0["basket"].as_array().unwrap().clone();
        let place = place.index(lines.len());
        let mut asked = scenario.clone();
        asked.0["refund"] = json!({ "returned": [{ "line": lines[place]["line"], "quantity": 1 }] });
        let order = priced(&parsed(&asked));
        let dearest = order.lines[place].units[0].price;
        let mut kept = scenario.clone();
        kept.0["basket"][place]["quantity"] = json!(lines[place]["quantity"].as_u64().unwrap() - 1);
        kept.0["basket"].as_array_mut().unwrap().retain(|line| line["quantity"] != json!(0));
        let left = order.total - total(&kept);
        prop_assert_eq!(order.refund.unwrap().amount, dearest.min(left).max(Cents::ZERO));
    }
}
