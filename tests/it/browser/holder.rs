//! The holder's page on a phone: from the link to the card.

use crate::support::TestApp;
use crate::support::annual_tickets::{Wish, encoded, picture};
use crate::support::chromium::{Chromium, Setup, file_in};
use fantoccini::key::Key;
use image::{DynamicImage, Rgb, RgbImage};
use passepartout::cards::Delivery;
use std::path::Path;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_on_a_small_phone_gets_from_the_link_to_the_card() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let (link, folder) = (link(&app).await, tempfile::tempdir().expect("a folder"));
    let phone = Chromium::at(&app, Setup::SMALL_PHONE).await;

    phone.open(&link).await;
    phone.assert_fits().await;
    phone.go_on().await;
    phone.until("document.activeElement.id === 'errors'").await;
    phone.shot("holder-errors-320").await;
    phone.assert_fits().await;
    let linked = phone
        .ask("return [...document.querySelectorAll('#errors a')].every(a => document.querySelector(a.hash))")
        .await;
    assert_eq!(linked, true, "each error leads to its field");
    let marked =
        phone.ask("return [...document.querySelectorAll('[aria-invalid=true]')].map(field => field.id).join()").await;
    assert_eq!(marked, "given_name,photo,street,postal_code,city");

    phone.type_into("given_name", "Zoë").await;
    phone.type_into("family_name", "Müller-Nguyễn").await;
    phone.click("input[value='pickup:schloss']").await;
    phone.type_into("photo", &portrait_in(folder.path())).await;
    phone.until("!document.querySelector('[data-cropper]').hidden").await;
    phone.shot("holder-crop-320").await;
    phone.assert_fits().await;
    phone.click("[data-use]").await;
    phone.says(&["The photo is good."]).await;
    phone.go_on().await;
    phone.says(&["Is everything right?", "Zoë Müller-Nguyễn", "Schloss am See"]).await;
    phone.until("document.querySelector('.card-preview img').naturalWidth > 500").await;
    phone.shot("holder-check-320").await;
    phone.assert_fits().await;
    phone.go_on().await;
    phone.says(&["Your annual ticket", "Zoë Müller-Nguyễn", "Schloss am See", "Your card is being made"]).await;
    phone.shot("holder-status-320").await;
    phone.assert_fits().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_chooses_the_part_of_the_photo_with_the_keyboard() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let (link, folder) = (link(&app).await, tempfile::tempdir().expect("a folder"));
    let wide = RgbImage::from_fn(1600, 900, |x, y| {
        let light = if (x / 4 + y / 4) % 2 == 0 { 60 } else { 160 };
        if x < 800 { Rgb([230, light, light]) } else { Rgb([light, light, 230]) }
    });
    let wide = file_in(folder.path(), "wide.png", &encoded(&DynamicImage::ImageRgb8(wide)));
    let phone = Chromium::at(&app, Setup::PHONE).await;
    phone.open(&link).await;
    phone.type_into("photo", &wide).await;
    phone.until("document.activeElement.matches('[data-canvas]')").await;
    let cut = async || phone.ask("return document.querySelector('[data-canvas]').dataset.cut").await;
    let in_the_middle = cut().await;
    phone.keys("++").await;
    phone.press(Key::Right, 60).await;
    phone.press(Key::Down, 3).await;
    let (turned_from, at_the_right) = (in_the_middle, cut().await);
    assert_ne!(turned_from, at_the_right);
    phone.press(Key::Enter, 1).await;
    phone.says(&["The photo is good."]).await;
    let mut browser = app.browser();
    let portrait =
        image::load_from_memory(browser.get(&format!("{link}/photo")).await.body.as_ref()).expect("a picture");
    let [red, _, blue] = portrait.to_rgb8().get_pixel(portrait.width() / 2, portrait.height() / 2).0;
    assert!(blue > red, "the right half of the picture is blue");
    assert_eq!(portrait.width() * 45 / 35, portrait.height(), "the shape of the card");

    phone.type_into("photo", &portrait_in(folder.path())).await;
    phone.until("document.activeElement.matches('[data-canvas]')").await;
    phone.keys("r").await;
    assert!(cut().await.as_str().expect("a part").starts_with("90,"), "R turns");
    for (button, key) in [("left", "left"), ("up", "up"), ("in", "in"), ("out", "out"), ("turn", "turn")] {
        let target = phone.ask(&format!("const box = document.querySelector('[data-crop={button}]').getBoundingClientRect(); return box.width >= 44 && box.height >= 44")).await;
        assert_eq!(target, true, "whoever cannot drag has a button for {key}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_photo_is_explained_before_and_named_after() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let (link, folder) = (link(&app).await, tempfile::tempdir().expect("a folder"));
    let phone = Chromium::at(&app, Setup::PHONE).await;
    phone.open(&link).await;
    phone.says(&["One person, face from the front", "Bright and sharp", "JPEG, PNG or WebP"]).await;
    let dark =
        RgbImage::from_fn(600, 800, |x, y| if (x / 4 + y / 4) % 2 == 0 { Rgb([8, 8, 8]) } else { Rgb([50, 45, 40]) });
    let dark = encoded(&DynamicImage::ImageRgb8(dark));
    let mut sentences = Vec::new();
    for (name, bytes, sentence) in [
        ("small.png", picture(80, 80, 1), "too small to print"),
        ("dark.png", dark, "too dark"),
        ("letter.txt", b"Dear museum, this is me.".to_vec(), "cannot be read as a picture"),
    ] {
        phone.type_into("photo", &file_in(folder.path(), name, &bytes)).await;
        if !name.ends_with("txt") {
            phone.until("!document.querySelector('[data-cropper]').hidden").await;
            phone.click("[data-use]").await;
        }
        phone.says(&[sentence]).await;
        sentences.push(phone.ask("return document.querySelector('.portrait-says').innerText").await);
    }
    phone.shot("holder-photo-wrong-390").await;
    assert!(sentences[0] != sentences[1] && sentences[1] != sentences[2] && sentences[0] != sentences[2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_preview_follows_what_is_typed() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let (link, folder) = (link(&app).await, tempfile::tempdir().expect("a folder"));
    let phone = Chromium::at(&app, Setup::PHONE).await;
    phone.open(&link).await;
    phone.until("document.querySelector('.card-preview img').naturalWidth > 500").await;
    let drawn = async || phone.ask("return document.querySelector('.card-preview img').src").await;
    let empty = drawn().await;
    phone.type_into("family_name", "Müller-Nguyễn").await;
    phone.until("document.querySelector('.card-preview').dataset.drawn > 0").await;
    let named = drawn().await;
    assert_ne!(empty, named);
    phone.type_into("photo", &portrait_in(folder.path())).await;
    phone.until("!document.querySelector('[data-cropper]').hidden").await;
    phone.click("[data-use]").await;
    phone.until("document.querySelector('.card-preview').dataset.drawn > 1").await;
    assert_ne!(drawn().await, named);
    assert_eq!(phone.ask("return document.getElementById('family_name').value").await, "Müller-Nguyễn");
    phone.shot("holder-form-390").await;
    phone.type_into("given_name", &"Maximiliane".repeat(15)).await;
    phone.says(&["too long for the card"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_holder_gets_as_far() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let (link, folder) = (link(&app).await, tempfile::tempdir().expect("a folder"));
    let phone = Chromium::at(&app, Setup::PHONE.without_scripts()).await;
    phone.open(&link).await;
    phone.type_into("given_name", "Ada").await;
    phone.type_into("photo", &portrait_in(folder.path())).await;
    phone.click("input[value='pickup:stadtmuseum']").await;
    phone.go_on().await;
    phone.says(&["Is everything right?", "Stadtmuseum"]).await;
    phone.go_on().await;
    phone.says(&["Your annual ticket", "Your card is being made"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_speaks_the_holders_language_by_day_and_by_night() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let link = link(&app).await;
    for (language, title, dark) in [("de", "Für wen ist die Karte?", true), ("fr", "Pour qui est la carte ?", false)] {
        let setup = Setup::PHONE.in_language(language);
        let phone = Chromium::at(&app, if dark { setup.in_the_dark() } else { setup }).await;
        phone.open(&link).await;
        phone.says(&[title]).await;
        assert_eq!(phone.ask("return document.documentElement.lang").await, language);
        phone.until("document.querySelector('.card-preview img').naturalWidth > 500").await;
        phone.assert_fits().await;
        phone.shot(&format!("holder-form-{language}")).await;
    }
}

/// The path of the page of a holder to be.
async fn link(app: &TestApp) -> String {
    let wish = Wish { delivery: Some(Delivery::Mail {}), ..Wish::of("jahreskarte") };
    app.issue(wish).await.own_path.replace("/api/v1/personalizations/", "/p/")
}

/// A portrait that nobody sat for, as a file.
fn portrait_in(folder: &Path) -> String {
    file_in(folder, "me.jpg", &card_face::sample_portrait(3))
}
