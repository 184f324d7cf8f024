//! Portraits: what is kept of them, and when they are forgotten. What may not come in stands in `refused_input.rs`.

use crate::support::TestApp;
use crate::support::annual_tickets::{Wish, encoded, portrait};
use image::{DynamicImage, Rgb, RgbImage};
use reqwest::Method;
use serde_json::json;
use std::path::Path;
use testkit::Answer;

on_both_databases! {
    async fn a_portrait_is_kept_as_a_small_jpeg_and_its_findings_with_it(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let path = format!("{}/photo", sold.path);
        let answer = app.personalization().put_file(&path, "image/png", portrait(1)).await.expect(200);
        assert_eq!(answer["warnings"], json!([]));
        let photo = &answer["photo"];
        assert_eq!((&photo["width"], &photo["height"], &photo["warnings"]), (&json!(600), &json!(771), &json!([])));
        let kept = app.entry().get(&path).await;
        assert_eq!((kept.status, kept.headers["content-type"].as_bytes()), (200, b"image/jpeg".as_slice()));
        let kept = image::load_from_memory(&kept.body).expect("a picture");
        assert_eq!((kept.width(), kept.height()), (600, 771));

        let dark = DynamicImage::ImageRgb8(RgbImage::from_pixel(1_200, 800, Rgb([9, 9, 9])));
        let answer = app.stranger().put_file(&format!("{}/photo", sold.own_path), "image/png", encoded(&dark)).await.expect(200);
        assert_eq!(answer["warnings"], json!(["aspect", "dark", "blurred"]));
        assert_eq!(app.read(&sold).await["photo"]["warnings"], json!(["aspect", "dark", "blurred"]), "the desk sees them");
    }

    async fn a_replaced_portrait_is_forgotten(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let path = format!("{}/photo", sold.path);
        app.personalization().put_file(&path, "image/png", portrait(1)).await.expect(200);
        app.personalization().put_file(&path, "image/png", portrait(2)).await.expect(200);
        app.run_jobs().await;
        assert_eq!(files(&app), 2, "somebody may be reading the old one");
        app.wait_secs(3_600);
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(files(&app), 1);
        assert_eq!(app.personalization().get(&path).await.status, 200);
    }

    async fn an_upload_that_is_repeated_acts_once(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let path = format!("{}/photo", sold.path);
        let upload = async |number: u8| {
            let request = app.personalization().request(Method::PUT, &path).header("idempotency-key", "one");
            Answer::to(request.body(portrait(number))).await
        };
        let first = upload(1).await.expect(200);
        assert_eq!(upload(1).await.expect(200), first);
        upload(2).await.expect_refusal(409, "idempotency_key_reused");
        assert_eq!(files(&app), 1);
        assert_eq!(app.read(&sold).await["history"].as_array().map(Vec::len), Some(2));
    }
}

/// How many portraits lie in the file store.
fn files(app: &TestApp) -> usize {
    let folder = app.folder().join("files/photos");
    files_in(&folder)
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).map(Iterator::count).unwrap_or_default()
}
