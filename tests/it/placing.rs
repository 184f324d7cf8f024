//! What happens to an order between its price and its commit.

use crate::audiences::change_price;
use crate::support::TestApp;
use db::{Conn, args};
use passepartout::catalog::product::Channel;
use passepartout::kernel::{Actor, Cents};
use passepartout::sales::basket::Item;
use passepartout::sales::checkout::{CheckoutError, NewOrder, Terms};
use passepartout::sales::placing::{Attempt, Placing};
use passepartout::sales::price_basket::PriceFrame;
use passepartout::sales::{Basket, Order, PaymentMethod, Shop};
use serde_json::json;
use std::sync::Arc;
use testkit::museum::{add_summer_code, add_tour, cash_order};

db::statements! {
    /// How often the catalog and the offers were changed.
    STAMP = "SELECT stamp FROM price_stamp";
}

/// A day ticket for an adult, priced but not placed, for a buyer who agrees to this total.
async fn priced(app: &TestApp, expected_total: i64) -> Arc<Attempt> {
    let item = Item {
        line: "1".to_owned(),
        product: "tageskarte".parse().expect("a key"),
        category: "adult".parse().expect("a key"),
        audience: None,
        house: Some("schloss".parse().expect("a key")),
        event: None,
        date: None,
        quantity: 1,
        staff_override: None,
    };
    let basket = Basket {
        channel: Channel::BoxOffice,
        items: vec![item],
        codes: Vec::new(),
        customer: None,
        box_office_profile: None,
        staff_overrides: Vec::new(),
        hold: None,
    };
    let new = NewOrder {
        basket,
        expected_total: Cents(expected_total),
        buyer: None,
        payment: PaymentMethod::Cash,
        delivery: None,
        drop_rejected_codes: false,
        terms: Terms::default(),
    };
    let kept = app.app.kept_catalog.clone();
    let shop = Shop {
        frame: PriceFrame { zone: chrono_tz::Europe::Berlin, currency: "EUR".to_owned(), kept },
        museum: "Museum".to_owned(),
        language: "de".to_owned(),
        base_url: String::new(),
        hold_millis: 60_000,
        invoice_days: 14,
    };
    Placing::new(shop, app.app.act(Actor::Visitor), new).attempt(&app.app, 1).await.expect("an attempt")
}

async fn place(app: &TestApp, attempt: &Arc<Attempt>) -> Result<Order, CheckoutError> {
    let attempt = attempt.clone();
    app.app.db.in_turn().write(async move |tx: &mut Conn| attempt.place(tx).await).await
}

async fn stamp(app: &TestApp) -> i64 {
    let mut conn = app.app.db.read().await.expect("a connection");
    let (stamp,): (i64,) = conn.fetch_one(&STAMP, args![]).await.expect("a stamp");
    stamp
}

on_both_databases! {
    async fn an_order_that_was_priced_before_a_change_is_priced_anew(app: TestApp) {
        let app = app.furnished().await;
        let early = priced(&app, 1_200).await;
        change_price(&app, |price| price["price"] = json!("13.00")).await;
        let refused = place(&app, &early).await;
        assert!(matches!(refused, Err(CheckoutError::ChangedMeanwhile)), "{refused:?}");
        let refused = place(&app, &priced(&app, 1_200).await).await;
        assert!(matches!(refused, Err(CheckoutError::TotalChanged(_))), "{refused:?}");
        let order = place(&app, &priced(&app, 1_300).await).await.expect("an order");
        assert_eq!((order.number.as_str(), order.total), ("2026-000001", Cents(1_300)));
    }

    async fn what_was_the_last_is_refused_to_the_second_of_two_priced_together(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/tageskarte").await.expect(200);
        product["max_total"] = json!(1);
        app.admin().put("/api/v1/products/tageskarte", &product).await.expect(200);
        let (one, other) = (priced(&app, 1_200).await, priced(&app, 1_200).await);
        assert_eq!(place(&app, &other).await.expect("an order").number, "2026-000001");
        let refused = place(&app, &one).await;
        assert!(matches!(refused, Err(CheckoutError::ChangedMeanwhile)), "{refused:?}");
        let refused = place(&app, &priced(&app, 1_200).await).await;
        assert!(matches!(refused, Err(CheckoutError::NotForSale(_))), "{refused:?}");
    }

    async fn every_change_of_what_prices_are_made_of_is_counted_and_no_sale_is(app: TestApp) {
        let app = app.furnished().await;
        add_tour(&app.admin()).await;
        add_summer_code(&app.marketing(), None).await;
        let admin = app.admin();
        admin.post("/api/v1/audiences", &json!({"key": "student", "names": {"en": "Students"}})).await.expect(201);
        admin.post("/api/v1/sale-rules", &json!({"key": "few", "names": {"en": "Few"}, "max_quantity": 5})).await.expect(201);
        let mut before = stamp(&app).await;
        for path in [
            "/api/v1/houses/schloss", "/api/v1/exhibitions/stadtansichten", "/api/v1/scopes/alle-haeuser", "/api/v1/categories/adult",
            "/api/v1/audiences/student", "/api/v1/products/tageskarte", "/api/v1/price-lists/regular", "/api/v1/events/fuehrung",
            "/api/v1/sale-rules/few", "/api/v1/offers/sommer", "/api/v1/codes/SOMMER26",
        ] {
            if path.contains("/codes/") || path.contains("/offers/") {
                admin.patch(path, &json!({"enabled": false})).await.expect(200);
            } else {
                let known = admin.get(path).await.expect(200);
                admin.put(path, &known).await.expect(200);
            }
            let after = stamp(&app).await;
            assert!(after > before, "{path}");
            before = after;
        }
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "24.00")).await.expect(201);
        assert_eq!(stamp(&app).await, before);
    }
}
