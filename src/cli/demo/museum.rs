//! The demo museum: two houses on a river, what they sell, and their offers.

use super::client::Client;
use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};

/// What the museum holds, as it stands in `demo.json`.
pub(super) struct DemoMuseum {
    pub(super) houses: Vec<&'static str>,
    pub(super) exhibitions: Vec<&'static str>,
    pub(super) products: Vec<DemoProduct>,
    pub(super) categories: Vec<&'static str>,
    pub(super) codes: Vec<DemoCode>,
}

#[derive(Serialize)]
pub(super) struct DemoProduct {
    key: &'static str,
    kind: &'static str,
}

#[derive(Serialize)]
pub(super) struct DemoCode {
    code: &'static str,
    offer: &'static str,
}

/// Sets the museum up through the API. The season is the calendar year of `today`; the tour is a month later.
pub(super) fn build(client: &Client, today: NaiveDate) -> anyhow::Result<DemoMuseum> {
    let post = |path: &str, body: Value| client.post("admin", &format!("/api/v1/{path}"), &body);

    for (key, name, line, postal_code) in
        [("stadtmuseum", "Stadtmuseum", "Am Markt 1", "14467"), ("schloss", "Schloss", "Schlossallee 7", "14469")]
    {
        let address = json!({"lines": [line], "postal_code": postal_code, "city": "Potsdam", "country": "DE"});
        post(
            "houses",
            json!({"key": key, "name": name, "time_zone": "Europe/Berlin", "country": "DE", "address": address}),
        )?;
    }
    post("exhibitions", json!({"key": "gartenlust", "house": "schloss", "name": "Gartenlust"}))?;
    post("scopes", json!({"key": "beide-haeuser", "name": "Beide Häuser", "houses": ["stadtmuseum", "schloss"]}))?;

    for category in [
        json!({"key": "adult", "names": {"de": "Erwachsene", "en": "Adult", "fr": "Adulte"}, "labels": ["full"]}),
        json!({"key": "reduced", "names": {"de": "Ermäßigt", "en": "Reduced", "fr": "Tarif réduit"}, "labels": ["social"], "check_proof": true}),
        json!({"key": "child", "names": {"de": "Kind", "en": "Child", "fr": "Enfant"}, "labels": ["young"]}),
        json!({"key": "companion", "names": {"de": "Begleitung", "en": "Companion", "fr": "Accompagnement"}, "requires": ["adult", "reduced", "child"]}),
    ] {
        post("categories", category)?;
    }

    post(
        "audiences",
        json!({"key": "student", "names": {"de": "Studierende", "en": "Students", "fr": "Étudiants"}, "check_proof": true}),
    )?;

    for product in products(today.year()) {
        post("products", product)?;
    }
    let mut for_students = price("tageskarte", "adult", "12.00");
    for_students["audience_prices"] = json!({"student": "7.50"});
    post(
        "price-lists",
        json!({
            "key": "regular", "names": {"de": "Regulär", "en": "Regular", "fr": "Normal"},
            "prices": [
                price("jahreskarte", "adult", "45.00"), price("jahreskarte", "reduced", "30.00"),
                price("jahreskarte-haus", "adult", "25.00"), price("jahreskarte-gutschein", "adult", "45.00"),
                price("saisonkarte", "adult", "28.00"), price("saisonkarte", "reduced", "19.00"),
                for_students, price("tageskarte", "reduced", "8.00"),
                price("tageskarte", "child", "6.00"), price("tageskarte", "companion", "0.00"),
            ],
        }),
    )?;
    post(
        "events",
        json!({
            "key": "gartenlust-fuehrung", "names": {"de": "Führung durch die Gartenlust", "en": "Garden tour", "fr": "Visite du jardin"},
            "house": "schloss", "exhibition": "gartenlust", "starts_at": format!("{}T13:00:00Z", today + Days::new(30)), "capacity": 25, "labels": ["guided"],
        }),
    )?;
    let weekends = json!({
        "key": "gartenlust", "names": {"de": "Gartenlust am Wochenende", "en": "Weekend in the garden", "fr": "Le jardin du week-end"},
        "house": "schloss", "exhibition": "gartenlust", "from": today + Days::new(1), "until": today + Days::new(56),
        "weekdays": ["saturday", "sunday"], "times": ["11:00", "14:30"], "capacity": 25, "labels": ["guided"],
    });
    post("events/series", weekends)?;
    let together = json!({
        "key": "guided-groups", "names": {"de": "Höchstens acht je Führung und Bestellung", "en": "At most eight per tour and order", "fr": "Huit au plus par visite et commande"},
        "event_label": "guided", "max_quantity": 8,
    });
    post("sale-rules", together)?;

    let mut codes = Vec::new();
    for (offer, code) in offers() {
        let key = offer["id"].as_str().unwrap_or_default().to_owned();
        client.post("marketing", "/api/v1/offers", &offer)?;
        if let Some((code, max_uses)) = code {
            let body = json!({"code": code.code, "max_uses": max_uses});
            client.post("marketing", &format!("/api/v1/offers/{key}/codes"), &body)?;
            codes.push(code);
        }
    }

    Ok(DemoMuseum {
        houses: vec!["stadtmuseum", "schloss"],
        exhibitions: vec!["gartenlust"],
        products: vec![
            DemoProduct { key: "jahreskarte", kind: "annual_ticket" },
            DemoProduct { key: "jahreskarte-haus", kind: "annual_ticket" },
            DemoProduct { key: "jahreskarte-gutschein", kind: "annual_ticket_voucher" },
            DemoProduct { key: "saisonkarte", kind: "annual_ticket" },
            DemoProduct { key: "tageskarte", kind: "day_ticket" },
        ],
        categories: vec!["adult", "reduced", "child", "companion"],
        codes,
    })
}

fn products(year: i32) -> [Value; 5] {
    [
        json!({
            "key": "jahreskarte", "kind": "annual_ticket", "scope": "beide-haeuser", "vat_rate": "7",
            "names": {"de": "Jahreskarte", "en": "Annual ticket", "fr": "Carte annuelle"},
            "validity": {"start": "purchase", "months": 12},
        }),
        json!({
            "key": "jahreskarte-haus", "kind": "annual_ticket", "scope": "stadtmuseum", "vat_rate": "7",
            "names": {"de": "Jahreskarte Stadtmuseum", "en": "Annual ticket Stadtmuseum", "fr": "Carte annuelle Stadtmuseum"},
            "validity": {"start": "purchase", "months": 12},
        }),
        json!({
            "key": "jahreskarte-gutschein", "kind": "annual_ticket_voucher", "exchange_for": "jahreskarte", "vat_rate": "7",
            "names": {"de": "Gutschein für eine Jahreskarte", "en": "Voucher for an annual ticket", "fr": "Bon pour une carte annuelle"},
            "voucher_valid_months": 36,
        }),
        json!({
            "key": "saisonkarte", "kind": "annual_ticket", "scope": "beide-haeuser", "vat_rate": "7",
            "names": {"de": format!("Saisonkarte {year}"), "en": format!("Season ticket {year}"), "fr": format!("Carte de saison {year}")},
            "validity": {"start": "season", "from": format!("{year}-01-01"), "until": format!("{year}-12-31")},
        }),
        json!({
            "key": "tageskarte", "kind": "day_ticket", "scope": "beide-haeuser", "vat_rate": "7",
            "names": {"de": "Tageskarte", "en": "Day ticket", "fr": "Billet du jour"},
        }),
    ]
}

fn price(product: &str, category: &str, price: &str) -> Value {
    json!({"product": product, "category": category, "price": price})
}

type CodeWithUses = (DemoCode, Option<u32>);

/// One offer of every kind. The automatic ones act on the exhibition's events alone, so that a plain basket costs its list price.
fn offers() -> Vec<(Value, Option<CodeWithUses>)> {
    let with = |offer: Value, code: &'static str, key: &'static str, max_uses: Option<u32>| {
        (offer, Some((DemoCode { code, offer: key }, max_uses)))
    };
    let events = json!({"exhibitions": ["gartenlust"]});
    vec![
        with(
            json!({"id": "summer", "name": "Sommer im Museum", "effect": {"type": "percent_off", "percent": "20"}}),
            "SUMMER2026",
            "summer",
            None,
        ),
        with(
            json!({"id": "welcome", "name": "Willkommen", "effect": {"type": "percent_off", "percent": "25", "max_discount": "9.00"}}),
            "WELCOME25",
            "welcome",
            Some(500),
        ),
        with(
            json!({"id": "five-off", "name": "Fünf Euro geschenkt", "scope": {"products": ["jahreskarte", "jahreskarte-haus"]},
                "effect": {"type": "amount_off_ticket", "amount": "5.00"}}),
            "FIVEOFF",
            "five-off",
            None,
        ),
        with(
            json!({"id": "city", "name": "Stadtpass", "min_order_value": "30.00", "effect": {"type": "amount_off_order", "amount": "5.00"}}),
            "CITY5",
            "city",
            None,
        ),
        with(
            json!({"id": "newsletter", "name": "Dank an die Leser", "effect": {"type": "percent_off_order", "percent": "10"}}),
            "LESER10",
            "newsletter",
            Some(1_000),
        ),
        with(
            json!({"id": "group", "name": "Gruppe ab zehn", "min_tickets": 10,
                "scope": {"products": ["tageskarte"], "categories": ["adult"]}, "effect": {"type": "ticket_price", "price": "9.00"}}),
            "GRUPPE10",
            "group",
            None,
        ),
        with(
            json!({"id": "press", "name": "Presse", "exclusive": true, "max_discounted_tickets": 1,
                "scope": {"products": ["tageskarte"]}, "effect": {"type": "percent_off", "percent": "100"}}),
            "PRESSE",
            "press",
            Some(50),
        ),
        with(
            json!({"id": "two-for-one", "name": "Zu zweit für einen", "scope": {"products": ["tageskarte"]},
                "effect": {"type": "bundle", "buy": 1, "get": 1, "percent": "100"}}),
            "ZUZWEIT",
            "two-for-one",
            None,
        ),
        with(
            json!({"id": "evening", "name": "Abendpreis", "scope": {"products": ["tageskarte"]},
                "effect": {"type": "price_list", "price_list": "abend", "prices": [
                    {"category": "adult", "price": "7.00"}, {"category": "reduced", "price": "5.00"}, {"category": "child", "price": "3.00"}]}}),
            "ABEND",
            "evening",
            None,
        ),
        with(
            json!({"id": "campus", "name": "Campus", "scope": {"products": ["tageskarte"]},
                "effect": {"type": "price_audience", "audience": "student"}}),
            "CAMPUS",
            "campus",
            None,
        ),
        (
            json!({"id": "garden-friends", "name": "Gartenfreunde", "activation": "automatic", "scope": events.clone(),
                "effect": {"type": "percent_off", "percent": "15"}}),
            None,
        ),
        (
            json!({"id": "garden-three", "name": "Drei im Garten", "activation": "automatic_combinable", "scope": events,
                "effect": {"type": "bundle", "buy": 2, "get": 1, "percent": "100"}}),
            None,
        ),
    ]
}
