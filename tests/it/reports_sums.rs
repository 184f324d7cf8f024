//! Reports add up to the orders, after any mix of sales, payments, cancellations and refunds; and the past does not change.

use crate::support::TestApp;
use chrono::NaiveDate;
use chrono_tz::Europe::Berlin;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

/// What orders say that a day came to: takings, sold and returned tickets.
type Day = (i64, i64, i64);

fn number(count: usize) -> i64 {
    i64::try_from(count).expect("a small number")
}

fn cents(amount: &Value) -> i64 {
    amount.as_str().expect("an amount").replace('.', "").parse().expect("cents")
}

async fn add_offer(app: &TestApp, id: &str, effect: Value) {
    app.marketing().post("/api/v1/offers", &json!({"id": id, "stackable": true, "effect": effect})).await.expect(201);
    app.marketing().post(&format!("/api/v1/offers/{id}/codes"), &json!({"code": id.to_uppercase()})).await.expect(201);
}

/// Sells something, perhaps with codes, in one of three ways.
async fn sell(app: &TestApp, dice: &mut Dice) -> Value {
    let (product, category) = [
        ("tageskarte", "adult"),
        ("tageskarte", "child"),
        ("jahreskarte", "adult"),
        ("jahreskarte-gutschein", "adult"),
    ][dice.below(4)];
    let house = ["stadtmuseum", "schloss"][dice.below(2)];
    let method = ["cash", "invoice", "online"][dice.below(3)];
    let codes = [vec![], vec!["HALF"], vec!["PAIR"], vec!["PAIR", "TENNER"]][dice.below(4)].clone();
    let items = json!([{"line": "1", "product": product, "category": category, "house": house, "quantity": 1 + dice.below(4)},
        {"line": "2", "product": "tageskarte", "category": "adult", "house": house, "quantity": 1}]);
    let quote = json!({"channel": "back_office", "items": items, "codes": codes});
    let quote = app.shop().post("/api/v1/quotes", &quote).await.expect(200);
    let order = json!({"channel": "back_office", "items": items, "codes": codes, "expected_total": quote["total"],
        "buyer": {"name": "Ada Lovelace", "email": "ada@example.org", "language": "en"}, "payment": {"method": method},
        "delivery": {"kind": "counter"}, "drop_rejected_codes": true});
    app.shop().post("/api/v1/orders", &order).await.expect(201)
}

/// What is known of an order, as the orders themselves say it.
struct Known {
    id: String,
    /// The tickets that are still there, with the discounts in them.
    tickets: Vec<(String, i64)>,
    codes: usize,
    discount: i64,
    sold: bool,
    /// What came back before it was sold.
    early: Day,
    total: i64,
    count: i64,
}

on_both_databases! {
    async fn reports_are_the_sums_of_the_orders_and_the_past_never_changes(app: TestApp) {
        let app = app.furnished().await;
        add_offer(&app, "half", json!({"type": "percent_off", "percent": "50"})).await;
        add_offer(&app, "pair", json!({"type": "bundle", "buy": 1, "get": 1, "percent": "33"})).await;
        add_offer(&app, "tenner", json!({"type": "amount_off_order", "amount": "10.00"})).await;
        let mut dice = Dice(7);
        let mut orders: Vec<Known> = Vec::new();
        let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
        let mut told: BTreeMap<NaiveDate, Value> = BTreeMap::new();
        // From the last hours before the clocks go back.
        app.set_time("2026-10-24T20:00:00Z");
        for _ in 0..70 {
            let before = today(&app);
            app.wait_secs(number(dice.below(3 * 3_600)));
            let today = today(&app);
            if today != before {
                told.insert(before, totals(&app, "sales", &format!("from={before}&until={before}")).await);
            }
            let day = days.entry(today).or_default();
            match dice.below(5) {
                0 | 1 => {
                    let order = sell(&app, &mut dice).await;
                    let tickets: Vec<(String, i64)> = order["tickets"].as_array().expect("tickets").iter()
                        .map(|ticket| (ticket["id"].as_str().expect("an id").to_owned(), cents(&ticket["discount"]))).collect();
                    let known = Known {
                        id: order["id"].as_str().expect("an id").to_owned(),
                        codes: order["applied"].as_array().map_or(0, Vec::len),
                        discount: tickets.iter().map(|(_, discount)| discount).sum(),
                        sold: order["payment_method"] != "online",
                        early: (0, 0, 0),
                        total: cents(&order["total"]),
                        count: number(tickets.len()),
                        tickets,
                    };
                    if known.sold {
                        day.0 += known.total;
                        day.1 += known.count;
                    }
                    orders.push(known);
                }
                2 if !orders.is_empty() => {
                    let place = dice.below(orders.len());
                    let order = &mut orders[place];
                    let path = format!("/api/v1/orders/{}/payments", order.id);
                    let paid = app.shop().post(&path, &json!({"method": "card_terminal"})).await;
                    if paid.status == 200 && !order.sold {
                        order.sold = true;
                        day.0 += order.total + order.early.0;
                        day.1 += order.count;
                        day.2 += order.early.2;
                    }
                }
                _ if !orders.is_empty() => {
                    let place = dice.below(orders.len());
                    let order = &mut orders[place];
                    let back = if order.tickets.is_empty() { 0 } else { 1 + dice.below(order.tickets.len()) };
                    let back: Vec<String> = order.tickets.drain(..back).map(|(id, _)| id).collect();
                    if back.is_empty() {
                        continue;
                    }
                    let path = format!("/api/v1/orders/{}", order.id);
                    let due = cents(&app.shop().get(&path).await.expect(200)["due"]);
                    let refund = json!({"tickets": back, "reason": "changed plans"});
                    let refund = app.shop().post(&format!("{path}/cancellations"), &refund).await.expect(200);
                    let now = app.shop().get(&path).await.expect(200);
                    // Of an order that is not paid less is due; the last ticket takes all of it.
                    let value = if now["state"] == "paid" || due == 0 { cents(&refund["refund"]) } else { due - cents(&now["due"]) };
                    let came = if order.sold { day } else { &mut order.early };
                    came.0 -= value;
                    came.2 += number(back.len());
                }
                _ => {}
            }
        }
        let all = format!("from=2026-10-24&until={}", today(&app));
        let sum = days.values().fold((0, 0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1, sum.2 + day.2));
        assert!(sum.1 > 60 && sum.2 > 20, "{sum:?}");
        for by in ["product", "category", "channel", "house", "day"] {
            let totals = totals(&app, "sales", &format!("{all}&by={by}")).await;
            assert_eq!(day_of(&totals), sum, "{by}: {totals}");
        }
        let vat = totals(&app, "sales", &format!("{all}&by=vat")).await;
        assert_eq!(cents(&vat["gross"]), sum.0, "{vat}");
        assert_eq!(cents(&vat["net"]) + cents(&vat["tax"]), sum.0, "{vat}");

        // Day by day, and the same as on the evening of the day.
        let report = app.marketing().get(&format!("/api/v1/reports/sales?{all}&by=day&step=day")).await.expect(200);
        for row in report["rows"].as_array().expect("rows") {
            let day: NaiveDate = row["days"].as_str().expect("a day").parse().expect("a day");
            assert_eq!(day_of(row), days.get(&day).copied().unwrap_or_default(), "{day}");
        }
        for (day, before) in told {
            let now = totals(&app, "sales", &format!("from={day}&until={day}")).await;
            assert_eq!(now, before, "{day} changed afterwards");
        }

        // What campaigns still grant is the discount of the tickets that are still there, and their redemptions are the orders with any.
        let campaigns = totals(&app, "campaigns", &all).await;
        let sold = || orders.iter().filter(|order| order.sold);
        let kept: i64 = sold().flat_map(|order| &order.tickets).map(|(_, discount)| discount).sum();
        assert_eq!(cents(&campaigns["discount"]), kept, "{campaigns}");
        assert_eq!(cents(&campaigns["granted"]), sold().map(|order| order.discount).sum::<i64>());
        let redeemed: usize = sold().filter(|order| !order.tickets.is_empty()).map(|order| order.codes).sum();
        assert_eq!(campaigns["redemptions"], json!(redeemed), "{campaigns}");
        assert_eq!(totals(&app, "campaigns", &format!("{all}&by=day")).await, campaigns);
        let by_code = app.marketing().get(&format!("/api/v1/reports/codes?{all}")).await.expect(200);
        let by_code = by_code["rows"].as_array().expect("rows").iter().map(|row| row["redeemed"].as_i64().expect("a count"));
        assert_eq!(json!(by_code.sum::<i64>()), campaigns["redeemed"]);
    }
}

fn today(app: &TestApp) -> NaiveDate {
    app.act().now.to_datetime().with_timezone(&Berlin).date_naive()
}

fn day_of(row: &Value) -> Day {
    (cents(&row["takings"]), row["sold"].as_i64().expect("a count"), row["returned"].as_i64().expect("a count"))
}

async fn totals(app: &TestApp, report: &str, query: &str) -> Value {
    let told = app.marketing().get(&format!("/api/v1/reports/{report}?{query}")).await.expect(200);
    match &told["totals"] {
        Value::Null => json!({"takings": "0.00", "sold": 0, "returned": 0}),
        totals => totals.clone(),
    }
}
