//! Scenarios that are not valid: each is refused with the path of what is wrong, and nothing panics.

use pricing::{Budget, parse_offer, parse_scenario, price};
use proptest::prelude::*;
use serde_json::{Value, json};

fn valid() -> Value {
    json!({
        "schema": "passepartout.pricing/1", "now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR",
        "channel": "online",
        "customer": {"id": "c", "existing": true, "newsletter": false, "partner": "hotel"},
        "regular_prices": {"adult": "14.00"},
        "basket": [{"line": "1", "category": "adult", "unit_price": "14.00", "audience_prices": {"student": "8.00"}, "quantity": 2,
                    "vat_rate": "7", "event_labels": ["week"],
                    "sale_rules": {"min_quantity": 1, "codes": ["VIP"], "channels": ["online"], "left": 3, "requires": ["adult"]}}],
        "offers": [
            {"id": "a", "codes": [{"code": "A", "max_uses": 3, "used": 1}], "valid_from": "2026-01-01", "valid_until": "2026-12-31",
             "customers": {"existing": true, "list": ["c"]}, "min_order_value": "1.00",
             "scope": {"museums": [], "event_label": {"has": "week"}}, "item_limits": [{"scope": {"categories": ["adult"]}, "max_per_order": 4}],
             "effect": {"type": "percent_off", "percent": "20", "max_discount": "9.00", "cap_scope": "ticket"}},
            {"id": "b", "codes": [{"code": "B"}], "effect": {"type": "bundle", "buy": 2, "get": 1, "percent": "100", "reward": "any"}},
            {"id": "c", "effect": {"type": "price_list", "price_list": "late", "prices": [{"category": "adult", "price": "9.00", "labels": ["x"]}]},
             "customer_actions": [{"type": "assign_partner", "partner": "hotel"}]},
            {"id": "d", "codes": [{"code": "D"}], "effect": {"type": "amount_off_order", "amount": "5.00"}}
        ],
        "codes_entered": ["A"],
        "refund": {"returned": [{"line": "1", "quantity": 1}]}
    })
}

/// The valid scenario with one value replaced, at a JSON pointer.
fn with(pointer: &str, value: Value) -> Value {
    let mut scenario = valid();
    if let Some(place) = scenario.pointer_mut(pointer) {
        *place = value;
    } else {
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        scenario.pointer_mut(parent).unwrap()[field] = value;
    }
    scenario
}

fn refusal(scenario: &Value) -> String {
    match parse_scenario(&scenario.to_string()) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_valid_scenario_is_accepted() {
    assert_eq!(refusal(&valid()), "accepted");
}

#[test]
fn each_refusal_names_its_path_and_what_is_wrong() {
    let cases = [
        ("/offers/0/effect/percent", json!("120"), r#"offers[0].effect.percent: "120" is above 100"#),
        ("/offers/0/effect/percent", json!("-5"), r#"offers[0].effect.percent: "-5" is negative"#),
        ("/offers/0/effect/percent", json!(20), r#"offers[0].effect.percent: 20 is not a percentage like "12.5""#),
        (
            "/offers/0/effect/percent",
            json!("ten"),
            r#"offers[0].effect.percent: "ten" is not a percentage like "12.5""#,
        ),
        ("/offers/0/effect/percent", Value::Null, "offers[0].effect.percent: is missing"),
        (
            "/offers/0/effect/max_discount",
            json!("9.005"),
            r#"offers[0].effect.max_discount: "9.005" has more than two decimals"#,
        ),
        (
            "/offers/0/effect/cap_scope",
            json!("line"),
            r#"offers[0].effect.cap_scope: "line" is not one of order, ticket"#,
        ),
        (
            "/offers/0/effect/type",
            json!("gift"),
            r#"offers[0].effect.type: "gift" is not one of price_list, price_audience, percent_off, amount_off_ticket, ticket_price, bundle, amount_off_order, percent_off_order"#,
        ),
        ("/offers/0/effect/type", Value::Null, "offers[0].effect.type: is missing"),
        ("/offers/0/effect/amount", json!("1.00"), "offers[0].effect.amount: unknown field"),
        ("/offers/0/effect", json!("half"), r#"offers[0].effect: "half" is not an object"#),
        ("/offers/0/colour", json!("red"), "offers[0].colour: unknown field"),
        ("/offers/0/enabled", json!("yes"), r#"offers[0].enabled: "yes" is not true or false"#),
        (
            "/offers/0/activation",
            json!("manual"),
            r#"offers[0].activation: "manual" is not one of code, automatic, automatic_combinable"#,
        ),
        (
            "/offers/0/valid_from",
            json!("2026-02-30"),
            r#"offers[0].valid_from: "2026-02-30" is not a date like "2026-06-30""#,
        ),
        (
            "/offers/0/valid_from",
            json!("2026-6-3"),
            r#"offers[0].valid_from: "2026-6-3" is not a date like "2026-06-30""#,
        ),
        (
            "/offers/0/valid_until",
            json!("2026-07-04T00:00:00Z"),
            r#"offers[0].valid_until: "2026-07-04T00:00:00Z" is not a date like "2026-06-30""#,
        ),
        ("/offers/0/codes/0/max_uses", json!(-1), "offers[0].codes[0].max_uses: -1 is negative"),
        ("/offers/0/codes/0/max_uses", json!(1.5), "offers[0].codes[0].max_uses: 1.5 is not a whole number"),
        ("/offers/0/codes/0/max_uses", json!("3"), r#"offers[0].codes[0].max_uses: "3" is not a whole number"#),
        (
            "/offers/0/codes/0/max_uses",
            json!(99_999_999_999_u64),
            "offers[0].codes[0].max_uses: 99999999999 is too large",
        ),
        ("/offers/0/codes/0/code", json!("- -"), "offers[0].codes[0].code: has no letter or digit"),
        ("/offers/1/codes/0/code", json!("a"), r#"offers[1].codes[0].code: "a" stands twice"#),
        ("/offers/1/id", json!("a"), r#"offers[1].id: "a" stands twice"#),
        ("/offers/1/id", Value::Null, "offers[1].id: is missing"),
        (
            "/offers/0/channels",
            json!(["web"]),
            r#"offers[0].channels[0]: "web" is not one of online, box_office, back_office"#,
        ),
        ("/offers/0/channels", json!("online"), r#"offers[0].channels: "online" is not a list"#),
        ("/offers/0/customers/vip", json!(true), "offers[0].customers.vip: unknown field"),
        ("/offers/0/min_order_value", json!("-1.00"), r#"offers[0].min_order_value: "-1.00" is negative"#),
        ("/offers/0/scope/museum", json!(["x"]), "offers[0].scope.museum: unknown field"),
        ("/offers/0/scope/museums", json!([1]), "offers[0].scope.museums[0]: 1 is not a text"),
        (
            "/offers/0/scope/event_label",
            json!({"has": "a", "lacks": "b"}),
            r#"offers[0].scope.event_label: has both "has" and "lacks""#,
        ),
        ("/offers/0/scope/event_label", json!("week"), r#"offers[0].scope.event_label: "week" is not an object"#),
        ("/offers/0/item_limits/0/max", json!(3), "offers[0].item_limits[0].max: unknown field"),
        ("/offers/1/effect/buy", json!(0), "offers[1].effect.buy: 0 is below 1"),
        ("/offers/1/effect/get", json!(0), "offers[1].effect.get: 0 is below 1"),
        (
            "/offers/1/effect/reward",
            json!("dearest"),
            r#"offers[1].effect.reward: "dearest" is not one of cheapest, any"#,
        ),
        (
            "/offers/2/effect/prices/0/price",
            json!("9"),
            r#"offers[2].effect.prices[0].price: "9" is not an amount like "12.00""#,
        ),
        ("/offers/2/customer_actions/0/partner", Value::Null, "offers[2].customer_actions[0].partner: is missing"),
        ("/offers/2/customer_actions/0/type", Value::Null, "offers[2].customer_actions[0].type: is missing"),
        (
            "/offers/3/max_discounted_tickets",
            json!(2),
            "offers[3].max_discounted_tickets: a ticket quota is not allowed with an effect on the order",
        ),
        (
            "/offers/3/max_tickets_total",
            json!(2),
            "offers[3].max_tickets_total: a ticket quota is not allowed with an effect on the order",
        ),
        (
            "/offers/3/item_limits",
            json!([{"max_per_order": 1}]),
            "offers[3].item_limits: a ticket quota is not allowed with an effect on the order",
        ),
        ("/offers", json!({"id": "a"}), "offers: an object is not a list"),
        ("/basket/0/quantity", json!(0), "basket[0].quantity: 0 is below 1"),
        ("/basket/0/quantity", json!(-2), "basket[0].quantity: -2 is negative"),
        ("/basket/0/quantity", json!(2.0), "basket[0].quantity: 2.0 is not a whole number"),
        ("/basket/0/quantity", json!(10_001), "basket[0].quantity: 10001 makes more than 10000 tickets"),
        ("/basket/0/quantity", Value::Null, "basket[0].quantity: is missing"),
        ("/basket/0/unit_price", json!(14.0), r#"basket[0].unit_price: 14.0 is not an amount like "12.00""#),
        ("/basket/0/unit_price", json!("14,00"), r#"basket[0].unit_price: "14,00" is not an amount like "12.00""#),
        (
            "/basket/0/unit_price",
            json!("99999999999.00"),
            r#"basket[0].unit_price: "99999999999.00" is above 10000000000.00"#,
        ),
        (
            "/basket/0/audience_prices/student",
            json!("-8.00"),
            r#"basket[0].audience_prices.student: "-8.00" is negative"#,
        ),
        ("/basket/0/vat_rate", json!("7 %"), r#"basket[0].vat_rate: "7 %" is not a percentage like "12.5""#),
        ("/basket/0/category", Value::Null, "basket[0].category: is missing"),
        ("/basket/0/line", Value::Null, "basket[0].line: is missing"),
        ("/basket/0/line", json!(1), "basket[0].line: 1 is not a text"),
        ("/basket/0/sale_rules/max", json!(1), "basket[0].sale_rules.max: unknown field"),
        (
            "/basket/0/sale_rules/channels/0",
            json!("desk"),
            r#"basket[0].sale_rules.channels[0]: "desk" is not one of online, box_office, back_office"#,
        ),
        ("/customer/vip", json!(true), "customer.vip: unknown field"),
        ("/regular_prices/adult", json!("free"), r#"regular_prices.adult: "free" is not an amount like "12.00""#),
        (
            "/now",
            json!("2026-07-04T09:15:00"),
            r#"now: "2026-07-04T09:15:00" is not an instant like "2026-07-04T09:15:00+02:00""#,
        ),
        ("/now", Value::Null, "now: is missing"),
        (
            "/timezone",
            json!("Europe/Bielefeld"),
            r#"timezone: "Europe/Bielefeld" is not a time zone like "Europe/Berlin""#,
        ),
        ("/currency", json!("JPY"), r#"currency: "JPY" has no two decimals"#),
        ("/currency", json!("eur"), r#"currency: "eur" is not an ISO 4217 currency"#),
        ("/channel", json!("web"), r#"channel: "web" is not one of online, box_office, back_office"#),
        (
            "/schema",
            json!("passepartout.pricing/2"),
            r#"schema: "passepartout.pricing/2" is not one of passepartout.pricing/1"#,
        ),
        ("/codes_entered", json!([7]), "codes_entered[0]: 7 is not a text"),
        ("/staff_overrides", json!(["nobody"]), r#"staff_overrides[0]: no offer "nobody""#),
        ("/refund/returned/0/line", json!("9"), r#"refund.returned[0].line: no line "9""#),
        (
            "/refund/returned/0/quantity",
            json!(3),
            "refund.returned[0].quantity: 3 is more than the 2 tickets of the line",
        ),
        (
            "/refund/returned",
            json!([{"line": "1", "quantity": 1}, {"line": "1", "quantity": 1}]),
            r#"refund.returned[1].line: "1" stands twice"#,
        ),
        ("/refund/reason", json!("ill"), "refund.reason: unknown field"),
        ("/coupon", json!("x"), "coupon: unknown field"),
    ];
    for (pointer, value, message) in cases {
        assert_eq!(refusal(&with(pointer, value)), message);
    }
}

#[test]
fn lines_are_unique() {
    let mut scenario = valid();
    let line = scenario["basket"][0].clone();
    scenario["basket"].as_array_mut().unwrap().push(line);
    assert_eq!(refusal(&scenario), r#"basket[1].line: "1" stands twice"#);
}

#[test]
fn absent_null_empty_list_and_empty_object_mean_the_same() {
    for empty in [Value::Null, json!([]), json!({})] {
        for pointer in [
            "/customer",
            "/regular_prices",
            "/codes_entered",
            "/refund",
            "/staff_overrides",
            "/offers/0/codes",
            "/offers/0/scope",
            "/offers/0/customers",
            "/offers/0/item_limits",
            "/offers/0/effect",
            "/offers/2/customer_actions",
            "/basket/0/sale_rules",
            "/basket/0/audience_prices",
            "/basket/0/category_labels",
            "/offers/0/scope/event_label",
        ] {
            let scenario = with(pointer, empty.clone());
            assert_eq!(refusal(&scenario), "accepted", "{pointer} {empty}");
        }
        let mut absent = valid();
        absent["offers"][0].as_object_mut().unwrap().remove("scope");
        let same = parse_scenario(&with("/offers/0/scope", empty).to_string());
        assert_eq!(same, parse_scenario(&absent.to_string()));
    }
}

#[test]
fn remarks_are_ignored() {
    for name in ["id", "source", "feature", "info", "expected"] {
        assert_eq!(refusal(&with(&format!("/{name}"), json!({"anything": [1]}))), "accepted");
        assert_eq!(refusal(&with(&format!("/basket/0/{name}"), json!("remark"))), "accepted");
    }
}

#[test]
fn hostile_sizes_are_refused_at_once() {
    let line =
        |place: usize| json!({"line": place.to_string(), "category": "adult", "unit_price": "1.00", "quantity": 1});
    let basket: Vec<Value> = (0..10_000).map(line).collect();
    assert_eq!(refusal(&with("/basket", json!(basket))), "basket: 10000 lines are more than 2000");
    let offers: Vec<Value> = (0..6_000).map(|place| json!({"id": place.to_string()})).collect();
    assert_eq!(refusal(&with("/offers", json!(offers))), "offers: 6000 offers are more than 5000");
    let codes: Vec<String> = (0..201).map(|place| place.to_string()).collect();
    assert_eq!(refusal(&with("/codes_entered", json!(codes))), "codes_entered: 201 items are more than 200");
    assert!(refusal(&with("/codes_entered", json!(["x".repeat(3_000)]))).starts_with("codes_entered[0]: is longer"));
    let deep = "[".repeat(100_000);
    assert!(parse_scenario(&deep).unwrap_err().to_string().starts_with("$: is not JSON"));
}

#[test]
fn an_offer_alone_is_read_by_the_same_rules() {
    let offer = valid()["offers"][0].clone();
    let read = parse_offer(&offer).unwrap();
    assert_eq!(parse_offer(&serde_json::to_value(&read).unwrap()), Ok(read));
    let wrong = json!({"id": "x", "effect": {"type": "percent_off", "percent": "120"}});
    assert_eq!(parse_offer(&wrong).unwrap_err().to_string(), r#"effect.percent: "120" is above 100"#);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        prop::sample::select(vec!["12.00", "100", "adult", "online", "2026-07-04", "percent_off", "bundle", "code"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let names = prop::sample::select(vec![
            "id", "codes", "code", "effect", "type", "percent", "scope", "basket", "offers", "quantity", "line",
            "category", "amount", "prices", "x",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..5)
                .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

/// Pointers to all values of a document.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                pointers(value, &format!("{here}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                pointers(value, &format!("{here}/{place}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in ".*") {
        let _ = parse_scenario(&text);
    }

    #[test]
    fn no_json_in_any_place_panics(value in any_json(), place in any::<prop::sample::Index>()) {
        let mut all = Vec::new();
        pointers(&valid(), "", &mut all);
        let mut scenario = valid();
        *scenario.pointer_mut(&all[place.index(all.len())]).unwrap() = value;
        match parse_scenario(&scenario.to_string()) {
            Ok(scenario) => {
                let _ = price(&scenario, &Budget::default()).unwrap();
            }
            Err(error) => prop_assert!(!error.path.is_empty() && !error.message.contains('\n')),
        }
    }
}
