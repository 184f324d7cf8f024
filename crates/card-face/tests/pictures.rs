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
fn the_pictures_of_the_card_are_up_to_date() {
    let layout = parse_layout(builtin::MAT, &NoAssets).expect("no findings");
    let composer = Composer::new(&layout, &Fonts::bundled()).expect("fonts ship");
    let card = CardData {
        number: "04711202611219".to_owned(),
        code: "1".to_owned() + &"27182818284590452353602874713526624977572".repeat(5)[..199],
        holder: Holder {
            given_name: Some("Zoë".to_owned()),
            family_name: Some("Müller-Nguyễn".to_owned()),
            birth_date: None,
        },
        product_name: "Jahreskarte".to_owned(),
        category_name: "Ermäßigt".to_owned(),
        reduced: true,
        valid_from: "2026-11-21".to_owned(),
        valid_until: "2027-11-20".to_owned(),
        houses: vec!["Stadtmuseum".to_owned(), "Schloss".to_owned()],
        photo_jpeg: Some(sample_portrait(1)),
        language: "de".to_owned(),
    };
    let composed = composer.compose(&card).expect("fits");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures");
    for (side, name) in [(Side::Front, "card-front.png"), (Side::Back, "card-back.png")] {
        let png = preview_png(&composed, side, 300).expect("a picture");
        let file = folder.join(name);
        if std::env::var_os("MAKE_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&file, &png).expect("written");
        }
        let kept = std::fs::read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let difference = mean_difference(&kept, &png);
        assert!(difference <= DIFFERENCE_MAX, "{name} differs by {difference}: make it again and look at it");
    }
}

fn mean_difference(left: &[u8], right: &[u8]) -> f64 {
    let [left, right] = [left, right].map(|png| image::load_from_memory(png).expect("a PNG").into_rgba8());
    assert_eq!(left.dimensions(), right.dimensions());
    let pairs = left.as_raw().iter().zip(right.as_raw());
    let (sum, count) =
        pairs.fold((0.0, 0.0), |(sum, count), (left, right)| (sum + f64::from(left.abs_diff(*right)), count + 1.0));
    sum / count
}
