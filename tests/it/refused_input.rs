//! What cannot become a card, through the doors that people use: each bad photo and each bad address gets its own answer, at its place,
//! and nothing is half done. (Bad layouts stand in `crates/card-face/tests/layouts.rs`.)

use crate::support::Upload;
use crate::support::annual_tickets::{Wish, encoded, picture, portrait};
use image::{DynamicImage, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba};
use jpeg_encoder::{ColorType, Encoder};
use serde_json::{Value, json};
use std::io::Cursor;
use testkit::museum::cash_order;

on_both_databases! {
    async fn each_bad_photo_is_told_apart_and_leaves_nothing(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let (staff, own) = (format!("{}/photo", sold.path), format!("{}/photo", sold.own_path));
        let page = sold.own_path.replace("/api/v1/personalizations", "/p");
        let mut phone = app.browser();
        phone.language = "de";
        let whole = DynamicImage::ImageRgb8(sharp(600, 800));
        let half = |format| { let bytes = written(&whole, format); bytes[..bytes.len() / 2].to_vec() };
        let forty_megapixels = DynamicImage::ImageLuma8(ImageBuffer::from_pixel(8_000, 5_000, Luma([128])));
        for (bytes, reason, cause, sentence) in [
            (b"Dear museum, this is me.".to_vec(), "photo_unreadable", "no_picture", "nicht als Bild lesen"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "photo_unreadable", "other_format", "Das ist eine HEIC-Datei"),
            (b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1".to_vec(), "photo_unreadable", "other_format", "der Art AVIF"),
            (b"GIF89a\x58\x02\x20\x03\0\0\0".to_vec(), "photo_unreadable", "other_format", "der Art GIF"),
            (b"II*\0\x08\0\0\0".to_vec(), "photo_unreadable", "other_format", "der Art TIFF"),
            (b"BM\x36\0\0\0\0\0".to_vec(), "photo_unreadable", "other_format", "der Art BMP"),
            (b"%PDF-1.7\n%".to_vec(), "photo_unreadable", "other_format", "der Art PDF"),
            (moving_png(), "photo_unreadable", "moving", "bewegt sich"),
            (b"RIFF\x40\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0\x57\x02\0\x1F\x03\0ANIM".to_vec(), "photo_unreadable", "moving", "bewegt sich"),
            (half(ImageFormat::Jpeg), "photo_unreadable", "damaged", "beschädigt oder nicht vollständig"),
            (half(ImageFormat::Png), "photo_unreadable", "damaged", "beschädigt oder nicht vollständig"),
            (half(ImageFormat::WebP), "photo_unreadable", "damaged", "beschädigt oder nicht vollständig"),
            (encoded(&forty_megapixels), "photo_too_large", "pixels", "mehr als 20 Megapixel"),
            (png_bomb(), "photo_too_large", "pixels", "mehr als 20 Megapixel"),
            (jpeg_bomb(&whole), "photo_too_large", "pixels", "mehr als 20 Megapixel"),
            (vec![0xFF; 15 * 1024 * 1024 + 1], "photo_too_large", "bytes", "höchstens 15 MB"),
            (picture(80, 80, 1), "photo_too_small", "width", "62 Pixel breit"),
            (picture(188, 800, 1), "photo_too_small", "width", "188 Pixel breit"),
            (picture(1_200, 200, 1), "photo_too_small", "width", "155 Pixel breit"),
        ] {
            for answer in [
                app.personalization().put_file(&staff, "image/jpeg", bytes.clone()).await,
                app.stranger().put_file(&own, "image/jpeg", bytes.clone()).await,
            ] {
                assert_eq!(answer.expect_refusal(422, reason)["cause"], cause);
            }
            let upload = Upload { field: "photo", name: "me", bytes: &bytes };
            let told = phone.post_file(&page, &[("given_name", "Ada"), ("delivery", "counter")], Some(&upload)).await;
            assert_eq!(told.status, 422);
            let text = told.text();
            assert!(text.contains(sentence) && text.contains("id=\"photo-wrong\""), "{cause}: {sentence}: {text}");
        }
        app.personalization().put_file(&staff, "image/jpeg", Vec::new()).await.expect_refusal(422, "photo_unreadable");
        let stored = app.read(&sold).await;
        assert_eq!((&stored["missing"], stored.get("photo")), (&json!(["photo"]), None), "the name from the form is kept");
        app.personalization().get(&staff).await.expect_refusal(404, "not_found");
        let folder = app.folder().join("files/photos");
        assert_eq!(std::fs::read_dir(folder).map(Iterator::count).unwrap_or_default(), 0);
    }

    async fn each_poor_photo_is_taken_with_what_is_to_be_looked_at(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let page = sold.own_path.replace("/api/v1/personalizations", "/p");
        let plain = |color: [u8; 3]| encoded(&DynamicImage::ImageRgb8(RgbImage::from_pixel(700, 900, Rgb(color))));
        let soft = RgbImage::from_fn(700, 900, |x, y| Rgb([(60 + x / 8 + y / 12).to_le_bytes()[0]; 3]));
        let deep = ImageBuffer::from_fn(600, 800, |x, y| Luma([if (x / 3 + y / 3) % 2 == 0 { 20_000_u16 } else { 50_000 }]));
        let clear = ImageBuffer::from_fn(600, 800, |x, y| Rgba([200, 60, 60, if (x / 4 + y / 4) % 2 == 0 { 90 } else { 255 }]));
        let mut four_colours = Vec::new();
        let ink: Vec<u8> = (0..600 * 800_u32).flat_map(|at| if (at / 3 + at / 1_800) % 2 == 0 { [60, 160, 120, 10] } else { [160, 60, 120, 60] }).collect();
        Encoder::new(&mut four_colours, 90).encode(&ink, 600, 800, ColorType::Cmyk).expect("a JPEG");
        for (bytes, warnings, sentence) in [
            (picture(1_600, 900, 1), json!(["aspect"]), "had another shape"),
            (plain([9; 3]), json!(["dark", "blurred"]), "too dark"),
            (plain([250; 3]), json!(["bright", "blurred"]), "too bright"),
            (encoded(&DynamicImage::ImageRgb8(soft)), json!(["blurred"]), "is blurred"),
            (picture(200, 257, 1), json!(["low_resolution"]), "few pixels"),
            (encoded(&DynamicImage::ImageLuma16(deep)), json!([]), "The photo is good."),
            (encoded(&DynamicImage::ImageRgba8(clear)), json!([]), "The photo is good."),
            (four_colours, json!([]), "The photo is good."),
            (portrait(1), json!([]), "The photo is good."),
        ] {
            let answer = app.stranger().put_file(&format!("{}/photo", sold.own_path), "image/png", bytes).await.expect(200);
            assert_eq!(answer["warnings"], warnings);
            let text = app.browser().get(&page).await.text();
            assert!(text.contains(sentence), "{warnings}: {text}");
        }
    }

    async fn each_bad_address_is_told_at_its_part_and_leaves_nothing(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let page = sold.own_path.replace("/api/v1/personalizations", "/p");
        let mut phone = app.browser();
        phone.language = "de";
        let (staff, long) = (format!("{}/personalization", sold.path), "x".repeat(101));
        let (five, street) = (json!(["a", "b", "c", "d", "e"]), json!(["Am Markt 1"]));
        for (lines, code, city, country, part, reason, told) in [
            (json!([]), "14467", "Potsdam", "DE", "lines", "missing", "Straße und Hausnummer"),
            (json!([" "]), "14467", "Potsdam", "DE", "lines", "missing", "Straße und Hausnummer"),
            (five, "14467", "Potsdam", "DE", "lines", "too_many", ""),
            (json!([long]), "14467", "Potsdam", "DE", "lines", "too_long", "zu lang für ein Etikett"),
            (street.clone(), "14467", "", "DE", "city", "missing", "den Ort ein"),
            (street.clone(), "14467", &long, "DE", "city", "too_long", "zu lang für ein Etikett"),
            (street.clone(), "14467", "Potsdam", "Germany", "country", "unknown_country", "wählen Sie das Land"),
            (street.clone(), "14467", "Potsdam", "de", "country", "unknown_country", "wählen Sie das Land"),
            (street.clone(), "SW1Y 4JH", "London", "UK", "country", "unknown_country", "wählen Sie das Land"),
            (street.clone(), "", "Potsdam", "DE", "postal_code", "missing", "die Postleitzahl ein"),
            (street.clone(), "1446", "Potsdam", "DE", "postal_code", "postal_code_format", "12345"),
            (street.clone(), "14467", "Wien", "AT", "postal_code", "postal_code_format", "1234"),
            (street.clone(), "80001", "Zürich", "CH", "postal_code", "postal_code_format", "1234"),
            (street.clone(), "SW1Y", "London", "GB", "postal_code", "postal_code_format", "AB12 3CD"),
            (street.clone(), "1012", "Amsterdam", "NL", "postal_code", "postal_code_format", "1234 AB"),
            (street.clone(), "950", "Warszawa", "PL", "postal_code", "postal_code_format", "12-345"),
            (street.clone(), "75 001 Paris", "Paris", "FR", "postal_code", "postal_code_format", "12345"),
            (street, "12345678901234567", "Santiago", "CL", "postal_code", "too_long", "zu lang für ein Etikett"),
        ] {
            let address = json!({"lines": lines, "postal_code": code, "city": city, "country": country});
            let path = format!("address.{part}");
            app.personalization().put(&staff, &json!({ "address": address })).await.expect_invalid(&path, reason);
            app.stranger().put(&sold.own_path, &json!({ "address": address })).await.expect_invalid(&path, reason);
            let mut order = cash_order("tageskarte", "adult", 1, "12.00");
            order["buyer"] = json!({"name": "Ada", "address": address});
            app.shop().post("/api/v1/orders", &order).await.expect_invalid(&format!("buyer.{path}"), reason);
            if told.is_empty() {
                continue; // The form has two lines.
            }
            let line = lines[0].as_str().unwrap_or_default();
            let typed = [("family_name", "Ada"), ("delivery", "mail"), ("street", line), ("postal_code", code), ("city", city), ("country", country)];
            let answer = phone.post_file(&page, &typed, None).await;
            let field = if part == "lines" { "street" } else { part };
            let (text, marked) = (answer.text(), format!("id=\"{field}-wrong\""));
            assert!(answer.status == 422 && text.contains(&marked) && text.contains(told), "{reason} {told}: {text}");
        }
        let stored: Value = app.read(&sold).await;
        assert_eq!((stored.get("address"), &stored["holder"]), (None, &json!({})));
    }

    async fn a_foreign_address_is_kept_as_its_country_writes_it(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let page = sold.own_path.replace("/api/v1/personalizations", "/p");
        let mut phone = app.browser();
        for (code, city, country, kept, shown) in [
            ("sw1y4jh", "London", "GB", "SW1Y 4JH", "United Kingdom"),
            ("1012ab", "Amsterdam", "NL", "1012 AB", "Netherlands"),
            ("S-11351", "Stockholm", "SE", "113 51", "Sweden"),
            ("", "Dublin", "IE", "", "Ireland"),
        ] {
            let typed = [("family_name", "Ada"), ("delivery", "mail"), ("street", "1 Main Street"), ("postal_code", code), ("city", city), ("country", country)];
            let upload = Upload { field: "photo", name: "me", bytes: &portrait(1) };
            let saved = phone.post_file(&page, &typed, Some(&upload)).await;
            assert_eq!(saved.status, 303, "{country}: {}", saved.text());
            assert_eq!(app.read(&sold).await["address"]["postal_code"], kept);
            let check = phone.get(&format!("{page}/check")).await.text();
            assert!(check.contains(shown), "{shown}: {check}");
        }
    }
}

fn sharp(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, y| if (x / 4 + y / 4) % 2 == 0 { Rgb([60, 40, 120]) } else { Rgb([190, 40, 120]) },
    )
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A PNG that says after its head that it is animated.
fn moving_png() -> Vec<u8> {
    let mut bytes = portrait(1);
    let animation = b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0";
    bytes.splice(33..33, animation.iter().copied());
    bytes
}

/// A PNG of a few bytes that says it holds 60,000 x 60,000 pixels.
fn png_bomb() -> Vec<u8> {
    let mut bytes = encoded(&DynamicImage::ImageLuma8(ImageBuffer::from_pixel(1, 1, Luma([0]))));
    bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let mut crc = u32::MAX;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

/// A JPEG that says it holds 65,000 x 65,000 pixels.
fn jpeg_bomb(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = written(picture, ImageFormat::Jpeg);
    let head = bytes.windows(2).position(|mark| mark == [0xFF, 0xC0]).expect("a baseline head");
    bytes[head + 5..head + 9].copy_from_slice(&[0xFD, 0xE8, 0xFD, 0xE8]);
    bytes
}
