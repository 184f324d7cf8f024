//! A small museum group: two houses, an exhibition, and what is sold there at which price.
//!
//! | product | what | adult | reduced | child |
//! |---|---|---|---|---|
//! | `jahreskarte` | 12 months from the purchase, both houses | 45.00 | 30.00 | |
//! | `jahreskarte-haus` | 12 months, `stadtmuseum` alone | 25.00 | | |
//! | `jahreskarte-gutschein` | a voucher for `jahreskarte` | 45.00 | | |
//! | `familienkarte` | three annual tickets on one ticket, both houses | 90.00 | | |
//! | `saisonkarte` | 2026-04-01 to 2026-10-31, `schloss` | 20.00 | 12.00 | |
//! | `tageskarte` | one day, one house | 12.00 | 8.00 | 6.00 |

use crate::Client;
use serde_json::{Value, json};

/// Makes the museum, and answers when all of it is there.
///
/// # Panics
/// When the server refuses a part of it.
pub async fn furnish(admin: &Client) {
    for house in houses() {
        admin.post("/api/v1/houses", &house).await.expect(201);
    }
    let exhibition = json!({"key": "stadtansichten", "house": "stadtmuseum", "name": "Stadtansichten",
        "valid_from": "2026-05-01", "valid_until": "2026-09-30"});
    admin.post("/api/v1/exhibitions", &exhibition).await.expect(201);
    let both = json!({"key": "alle-haeuser", "name": "Alle Häuser", "houses": ["stadtmuseum", "schloss"]});
    admin.post("/api/v1/scopes", &both).await.expect(201);
    for category in categories() {
        admin.post("/api/v1/categories", &category).await.expect(201);
    }
    for product in products() {
        admin.post("/api/v1/products", &product).await.expect(201);
    }
    admin.post("/api/v1/price-lists", &regular_prices()).await.expect(201);
}

/// The event `fuehrung`: a guided tour in the exhibition, 20 places.
///
/// # Panics
/// When the server refuses it.
pub async fn add_tour(admin: &Client) {
    let tour = json!({"key": "fuehrung", "names": {"de": "Führung"}, "house": "stadtmuseum", "exhibition": "stadtansichten",
        "starts_at": "2026-07-11T10:00:00+02:00", "capacity": 20, "labels": ["week"]});
    admin.post("/api/v1/events", &tour).await.expect(201);
}

/// The offer `sommer` with its code `SOMMER26`: 20 % off, as often as anybody likes, or `max_uses` times.
///
/// # Panics
/// When the server refuses it.
pub async fn add_summer_code(marketing: &Client, max_uses: Option<u32>) {
    let offer = json!({"id": "sommer", "name": "Sommer", "activation": "code",
        "effect": {"type": "percent_off", "percent": "20"}});
    marketing.post("/api/v1/offers", &offer).await.expect(201);
    let code = json!({"code": "SOMMER26", "max_uses": max_uses});
    marketing.post("/api/v1/offers/sommer/codes", &code).await.expect(201);
}

/// An order of one product for cash at the desk, for instance to post to `/api/v1/orders`.
pub fn cash_order(product: &str, category: &str, quantity: u32, total: &str) -> Value {
    json!({
        "channel": "box_office",
        "items": [{"line": "1", "product": product, "category": category, "house": "stadtmuseum", "quantity": quantity}],
        "codes": [],
        "expected_total": total,
        "buyer": {"name": "Ada Lovelace", "email": "ada@example.org", "language": "en"},
        "payment": {"method": "cash"},
        "delivery": {"kind": "counter"},
    })
}

fn houses() -> [Value; 2] {
    let address = |line: &str, postal_code: &str, city: &str| json!({"lines": [line], "postal_code": postal_code, "city": city, "country": "DE"});
    [
        json!({"key": "stadtmuseum", "name": "Stadtmuseum", "time_zone": "Europe/Berlin", "country": "DE",
            "address": address("Am Markt 1", "14467", "Potsdam")}),
        json!({"key": "schloss", "name": "Schloss am See", "time_zone": "Europe/Berlin", "country": "DE",
            "address": address("Seestraße 12", "14467", "Potsdam"), "not_collected": "refuse"}),
    ]
}

fn categories() -> [Value; 4] {
    [
        json!({"key": "adult", "names": {"de": "Erwachsene", "en": "Adult"}}),
        json!({"key": "reduced", "names": {"de": "Ermäßigt", "en": "Reduced"}, "check_proof": true}),
        json!({"key": "child", "names": {"de": "Kind", "en": "Child"}, "labels": ["young"]}),
        json!({"key": "companion", "names": {"de": "Begleitung", "en": "Companion"}, "requires": ["adult"]}),
    ]
}

fn products() -> Vec<Value> {
    let year = json!({"start": "purchase", "months": 12});
    vec![
        json!({"key": "jahreskarte", "kind": "annual_ticket", "names": {"de": "Jahreskarte", "en": "Annual ticket"},
            "scope": "alle-haeuser", "validity": year, "vat_rate": "7"}),
        json!({"key": "jahreskarte-haus", "kind": "annual_ticket", "names": {"de": "Hauskarte"}, "scope": "stadtmuseum",
            "validity": year, "vat_rate": "7"}),
        json!({"key": "jahreskarte-gutschein", "kind": "annual_ticket_voucher", "names": {"de": "Gutschein Jahreskarte"},
            "exchange_for": "jahreskarte", "voucher_valid_months": 36, "vat_rate": "7"}),
        json!({"key": "familienkarte", "kind": "annual_ticket", "names": {"de": "Familienkarte"}, "scope": "alle-haeuser",
            "annual_tickets": 3, "validity": year, "vat_rate": "7"}),
        json!({"key": "saisonkarte", "kind": "annual_ticket", "names": {"de": "Saisonkarte"}, "scope": "schloss",
            "validity": {"start": "season", "from": "2026-04-01", "until": "2026-10-31"}, "vat_rate": "7"}),
        json!({"key": "tageskarte", "kind": "day_ticket", "names": {"de": "Tageskarte", "en": "Day ticket"}, "vat_rate": "7"}),
    ]
}

fn regular_prices() -> Value {
    let price =
        |product: &str, category: &str, price: &str| json!({"product": product, "category": category, "price": price});
    json!({"key": "regular", "names": {"de": "Reguläre Preise"}, "prices": [
        price("jahreskarte", "adult", "45.00"),
        price("jahreskarte", "reduced", "30.00"),
        price("jahreskarte-haus", "adult", "25.00"),
        price("jahreskarte-gutschein", "adult", "45.00"),
        price("familienkarte", "adult", "90.00"),
        price("saisonkarte", "adult", "20.00"),
        price("saisonkarte", "reduced", "12.00"),
        price("tageskarte", "adult", "12.00"),
        price("tageskarte", "reduced", "8.00"),
        price("tageskarte", "child", "6.00"),
        price("tageskarte", "companion", "0.00"),
    ]})
}
