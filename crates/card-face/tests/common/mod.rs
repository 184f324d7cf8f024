//! Cards for tests: the *Mat* layout with people of many names.

use card_face::{CardData, ComposedCard, Composer, FileInfo, Fonts, Holder, NoAssets, builtin, parse_layout};

/// Given and family names whose letters must come out right.
pub(crate) const NAMES: [(&str, &str); 10] = [
    ("Zoë", "Müller-Weiß"),
    ("Łucja", "Żółkiewska-Ślązak"),
    ("Ελένη", "Παπαδοπούλου"),
    ("Юлия", "Щербакова"),
    ("Thị Ngọc Ánh", "Đặng"),
    ("", "Sukarno"),
    ("Maximiliane Friederike", "von Hohenzollern-Sigmaringen"),
    ("გიორგი", "მაისურაძე"),
    ("Հայկ", "Սարգսյան"),
    ("Þórður", "Ó’Súilleabháin"),
];

/// The composer of the *Mat* layout.
pub(crate) fn mat() -> Composer {
    let layout = parse_layout(builtin::MAT, &NoAssets).expect("the layout that ships has no findings");
    Composer::new(&layout, &Fonts::bundled()).expect("its fonts ship too")
}

/// A small portrait, different for each seed.
pub(crate) fn photo(seed: u8) -> Vec<u8> {
    let (width, height) = (300_u16, 386_u16);
    let row = [[seed, 120, 200], [200, seed, 120]].as_flattened().repeat(usize::from(width) / 2);
    let mut data = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut data, 80);
    encoder.encode(&row.repeat(usize::from(height)), width, height, jpeg_encoder::ColorType::Rgb).expect("encodes");
    data
}

/// A card whose number and code are made from `seed`.
pub(crate) fn card(seed: u8, (given, family): (&str, &str)) -> CardData {
    CardData {
        number: format!("{:014}", 1_234_567_890_100 + u64::from(seed) * 37),
        code: (0..200).map(|at| char::from(b'0' + ((at * 7 + u32::from(seed)) % 10) as u8)).collect(),
        holder: Holder { given_name: Some(given.to_owned()), family_name: Some(family.to_owned()), birth_date: None },
        product_name: "Jahreskarte".to_owned(),
        category_name: if seed.is_multiple_of(2) { "Erwachsene" } else { "Ermäßigt" }.to_owned(),
        reduced: seed % 2 == 1,
        valid_from: "2026-11-21".to_owned(),
        valid_until: "2027-11-20".to_owned(),
        houses: vec!["Stadtmuseum".to_owned(), "Schloss".to_owned()],
        photo_jpeg: Some(photo(seed)),
        language: "de".to_owned(),
    }
}

/// One composed card for each of [`NAMES`].
pub(crate) fn cards() -> Vec<ComposedCard> {
    let composer = mat();
    let compose = |(seed, name): (u8, _)| composer.compose(&card(seed, name)).expect("fits");
    (0..).zip(NAMES).map(compose).collect()
}

/// What print files of tests say about themselves.
pub(crate) fn info() -> FileInfo {
    FileInfo { title: "Drucklauf 7".to_owned(), created_ms: 1_795_340_696_000 }
}
