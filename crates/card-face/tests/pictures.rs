//! The pictures in the documentation are what the program draws.
//!
//! `MAKE_PICTURES=1 cargo test -p card-face --test pictures` makes them again.

use std::path::Path;

use card_face::{
    CardData, Composer, Fonts, Holder, NoAssets, Side, builtin, parse_layout, preview_png, sample_portrait,
};

/// Mean difference of a colour channel that other processors' rounding may cause.
const DIFFERENCE_MAX: f64 = 0.5;

#[test]
fn the_pictures_of_the_cards_are_up_to_date() {
    let zoe = card(1, "Zoë", "Müller-Nguyễn");
    let season = CardData {
        product_name: "Saisonkarte 2027".to_owned(),
        category_name: "Erwachsene".to_owned(),
        reduced: false,
        photo_jpeg: None,
        ..card(2, "Ελένη", "Παπαδοπούλου")
    };
    let upright = CardData { reduced: false, category_name: "Erwachsene".to_owned(), ..card(4, "Amara", "Okafor") };
    for (layout, data, fronts, backs) in [
        (builtin::MAT, zoe, "card-front.png", "card-back.png"),
        (builtin::SALON, season, "card-salon-front.png", "card-salon-back.png"),
        (builtin::STELE, upright, "card-stele-front.png", "card-stele-back.png"),
    ] {
        let layout = parse_layout(layout, &NoAssets).expect("no findings");
        let composed = Composer::new(&layout, &Fonts::bundled()).expect("fonts ship").compose(&data).expect("fits");
        for (side, name) in [(Side::Front, fronts), (Side::Back, backs)] {
            compare(name, &preview_png(&composed, side, 300).expect("a picture"));
        }
    }
}

/// The card of somebody whose portrait is drawn.
fn card(portrait: u64, given: &str, family: &str) -> CardData {
    CardData {
        number: "04711202611219".to_owned(),
        code: "1".to_owned() + &"27182818284590452353602874713526624977572".repeat(5)[..199],
        holder: Holder { given_name: Some(given.to_owned()), family_name: Some(family.to_owned()), birth_date: None },
        product_name: "Jahreskarte".to_owned(),
        category_name: "Ermäßigt".to_owned(),
        reduced: true,
        valid_from: "2026-11-21".to_owned(),
        valid_until: "2027-11-20".to_owned(),
        houses: vec!["Stadtmuseum".to_owned(), "Schloss".to_owned()],
        photo_jpeg: Some(sample_portrait(portrait)),
        language: "de".to_owned(),
    }
}

/// Compares a picture with the one in the documentation, or takes it anew.
fn compare(name: &str, png: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures");
    let file = folder.join(name);
    if std::env::var_os("MAKE_PICTURES").is_some() {
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(&file, png).expect("written");
    }
    let kept = std::fs::read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let difference = mean_difference(&kept, png);
    assert!(difference <= DIFFERENCE_MAX, "{name} differs by {difference}: make it again and look at it");
}

fn mean_difference(left: &[u8], right: &[u8]) -> f64 {
    let [left, right] = [left, right].map(|png| image::load_from_memory(png).expect("a PNG").into_rgba8());
    assert_eq!(left.dimensions(), right.dimensions());
    let pairs = left.as_raw().iter().zip(right.as_raw());
    let (sum, count) =
        pairs.fold((0.0, 0.0), |(sum, count), (left, right)| (sum + f64::from(left.abs_diff(*right)), count + 1.0));
    sum / count
}
