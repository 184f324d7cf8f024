//! Steps in the life of a ticket, for stories of several kinds.

use crate::{Client, museum};
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use std::io::Cursor;

/// The given name of the holder. No log names her.
pub const GIVEN_NAME: &str = "Ottilie";
/// The family name of the holder.
pub const FAMILY_NAME: &str = "Grünwaldt-Ćwik";

/// Buys an annual ticket for one house with the code of the poster.
///
/// # Panics
/// When something is answered otherwise.
pub async fn buy(shop: &Client, idempotency_key: &str, delivery: &Value) -> Value {
    let mut order = museum::cash_order("jahreskarte-haus", "adult", 1, "20.00");
    order["codes"] = json!(["sommer 26"]);
    order["delivery"] = delivery.clone();
    shop.post_once("/api/v1/orders", idempotency_key, &order).await.expect(201)
}

/// Names, portrait, and the end of the personalization.
///
/// # Panics
/// When something is answered otherwise.
pub async fn personalize(desk: &Client, id: &str) {
    let path = format!("/api/v1/annual-tickets/{id}");
    let person = json!({"holder": {"given_name": GIVEN_NAME, "family_name": FAMILY_NAME, "birth_date": "1987-05-14"},
        "address": {"lines": ["Am Neuen Markt 5"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}});
    desk.put(&format!("{path}/personalization"), &person).await.expect(200);
    let no_picture = desk.put_file(&format!("{path}/photo"), "image/jpeg", b"Dear museum".to_vec()).await;
    no_picture.expect_refusal(422, "photo_unreadable");
    desk.put_file(&format!("{path}/photo"), "image/jpeg", portrait()).await.expect(200);
    desk.post(&format!("{path}/finalize"), &json!({})).await.expect(200);
    desk.post(&format!("{path}/finalize"), &json!({})).await.expect(409);
}

/// A print run of one card, from its file to the confirmation.
///
/// # Panics
/// When something is answered otherwise.
pub async fn print(desk: &Client, card: &str) {
    let run = desk.post("/api/v1/print-runs", &json!({"cards": [card]})).await.expect(201);
    assert_eq!((run["cards"].as_u64(), &run["set_aside"]), (Some(1), &json!([])));
    let path = format!("/api/v1/print-runs/{}", text(&run["id"]));
    let pdf = desk.get(&format!("{path}/files/cards.pdf")).await;
    assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF-"), "{}", pdf.status);
    desk.post(&format!("{path}/printed"), &json!({"cards": "all"})).await.expect(200);
    let printed = desk.get(&format!("/api/v1/cards/{card}")).await.expect(200);
    assert_eq!(printed["state"], "ready_for_dispatch");
    desk.post("/api/v1/print-runs", &json!({"cards": [card]})).await.expect_refusal(409, "wrong_state");
}

/// Asks at the entry; answers what it said.
///
/// # Panics
/// When something is answered otherwise.
pub async fn check(entry: &Client, code: &str, house: &str, verdict: &str, reason: Option<&str>) -> Value {
    let question = json!({"code": code, "house": house});
    let answer = entry.post("/api/v1/entry/check", &question).await.expect(200);
    assert_eq!(answer["verdict"], verdict, "at {house}: {answer}");
    if let Some(reason) = reason {
        assert_eq!(answer["reason"], reason, "at {house}: {answer}");
    }
    answer
}

/// The code with one digit in its middle changed.
///
/// # Panics
/// When it is too short to be a code.
pub fn with_wrong_digit(code: &str) -> String {
    let wrong = if code.as_bytes()[60] == b'7' { "8" } else { "7" };
    format!("{}{wrong}{}", &code[..60], &code[61..])
}

/// A text in an answer.
///
/// # Panics
/// When it is none.
#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}")).to_owned()
}

/// A picture of the size of a portrait: a face before a wall.
///
/// # Panics
/// When it cannot be encoded.
pub fn portrait() -> Vec<u8> {
    let picture = RgbImage::from_fn(700, 900, |x, y| {
        let (across, down) = ((f64::from(x) - 350.0) / 190.0, (f64::from(y) - 420.0) / 250.0);
        let shade = u8::try_from((x * 7 + y * 13) % 24).unwrap_or(0);
        if across.hypot(down) < 1.0 {
            Rgb([205 + shade, 160 + shade, 135 + shade])
        } else {
            Rgb([60 + shade, 80, 110 + shade])
        }
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).expect("a JPEG");
    bytes.into_inner()
}
