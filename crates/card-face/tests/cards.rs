//! Cards from layout to file, without outside programs.

mod common;

use card_face::{
    CARDS_PER_JOB_MAX, ComposeError, FileInfo, Fonts, LongFile, NoAssets, PageEdge, PdfError, SetAside, Side, builtin,
    cards_pdf, compose, parse_layout, preview_png,
};
use common::{NAMES, card, cards, info, mat, photo};
use lopdf::{Document, Object};

#[test]
fn the_same_cards_give_the_same_bytes() {
    let first = cards_pdf(&cards(), PageEdge::Trim, &info()).expect("a file");
    assert!(first == cards_pdf(&cards(), PageEdge::Trim, &info()).expect("a file"));
    let later = FileInfo { created_ms: info().created_ms + 1000, ..info() };
    assert!(first != cards_pdf(&cards(), PageEdge::Trim, &later).expect("a file"));
}

#[test]
fn boxes_read_back_are_two_corners() {
    let near = |object: &Object, expected: [f32; 4]| {
        let corners: Vec<f32> = object.as_array().unwrap().iter().map(|corner| corner.as_float().unwrap()).collect();
        corners.iter().zip(expected).all(|(corner, expected)| (corner - expected).abs() < 0.002)
    };
    let trim = [0.0, 0.0, 242.646, 153.014];
    let media = [0.0, 0.0, 259.654, 170.022];
    let inner = [8.504, 8.504, 251.15, 161.518];
    for (edge, media, trim) in [(PageEdge::Trim, trim, trim), (PageEdge::Bleed, media, inner)] {
        let file = Document::load_mem(&cards_pdf(&cards(), edge, &info()).expect("a file")).expect("reads back");
        let pages = file.get_pages();
        assert_eq!(pages.len(), 2 * NAMES.len());
        for page in pages.into_values() {
            let page = file.get_dictionary(page).expect("a page");
            for (name, expected) in [("MediaBox", media), ("CropBox", media), ("BleedBox", media), ("TrimBox", trim)] {
                let found = page.get(name.as_bytes()).expect(name);
                assert!(near(found, expected), "{edge:?} {name}: {found:?}");
            }
        }
    }
}

#[test]
fn photos_pass_through_and_artwork_is_shared() {
    let file = Document::load_mem(&cards_pdf(&cards(), PageEdge::Trim, &info()).expect("a file")).expect("reads back");
    let streams: Vec<_> = file.objects.values().filter_map(|object| object.as_stream().ok()).collect();
    let of_kind = |kind: &str| {
        let is = |stream: &&&lopdf::Stream| {
            stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(kind.as_bytes())
        };
        streams.iter().filter(is).collect::<Vec<_>>()
    };
    assert_eq!(of_kind("Form").len(), 2, "one artwork for each side");
    assert_eq!(of_kind("Image").len(), NAMES.len());
    assert!(of_kind("Image").iter().any(|image| image.content == photo(3)));
}

#[test]
fn texts_and_codes_are_gray_zero() {
    let composer = mat();
    let composed = composer.compose(&card(0, NAMES[0])).expect("fits");
    let file = cards_pdf(&[composed], PageEdge::Trim, &info()).expect("a file");
    let file = Document::load_mem(&file).expect("reads back");
    let back = *file.get_pages().get(&2).expect("a back");
    let content = file.get_and_decode_page_content(back).expect("operations");
    let operators: Vec<&str> = content.operations.iter().map(|operation| operation.operator.as_str()).collect();
    assert!(operators.contains(&"TJ") && operators.contains(&"f"));
    for color in ["rg", "RG", "k", "K"] {
        assert!(!operators.contains(&color), "texts and codes of the back use {color}");
    }
}

#[test]
fn large_files_are_joined_from_parts_in_their_order() {
    let composed = cards();
    let many: Vec<_> = (0..CARDS_PER_JOB_MAX + 30).map(|at| composed[at % composed.len()].clone()).collect();
    let file = Document::load_mem(&cards_pdf(&many, PageEdge::Trim, &info()).expect("a file")).expect("reads back");
    let pages = file.get_pages();
    assert_eq!(pages.len(), 2 * many.len());
    let fronts = |page: u32| file.get_and_decode_page_content(pages[&page]).expect("operations").operations;
    // The same card early and late: glyph numbers may differ with the part's fonts, the shapes do not.
    let shapes = |page| {
        fronts(page)
            .into_iter()
            .filter(|operation| ["m", "l", "c"].contains(&operation.operator.as_str()))
            .map(|operation| format!("{:?}", operation.operands))
            .collect::<Vec<_>>()
    };
    assert_eq!(shapes(2), shapes(2 + 2 * u32::try_from(CARDS_PER_JOB_MAX).expect("small")));
    assert_eq!(cards_pdf(&[], PageEdge::Trim, &info()).err(), Some(PdfError::Empty));
}

#[test]
fn whole_files_are_put_together_however_long_they_are() {
    let composed = cards();
    let parts: Vec<Vec<u8>> =
        composed.chunks(2).map(|cards| cards_pdf(cards, PageEdge::Trim, &info()).expect("a part")).collect();
    let long = || {
        let mut long = LongFile::begin(Vec::new(), info()).expect("begun");
        for part in &parts {
            long.add(part).expect("added");
        }
        long.end().expect("ended")
    };
    let bytes = long();
    assert_eq!(bytes, long(), "the same parts give the same file");
    let file = Document::load_mem(&bytes).expect("reads back");
    let pages = file.get_pages();
    assert_eq!(pages.len(), 2 * composed.len());
    let mut page = 1;
    for part in &parts {
        let part = Document::load_mem(part).expect("reads back");
        for own in part.get_pages().into_values() {
            let content = |file: &Document, page| file.get_page_content(page);
            assert_eq!(content(&file, pages[&page]), content(&part, own), "page {page}");
            page += 1;
        }
    }
    assert_eq!(LongFile::begin(Vec::new(), info()).expect("begun").end().err(), Some(PdfError::Empty));
    assert!(LongFile::begin(Vec::new(), info()).expect("begun").add(b"no file").is_err());
}

#[test]
fn each_card_that_cannot_be_printed_says_why() {
    let composer = mat();
    let good = card(0, NAMES[0]);
    let refused = |change: &dyn Fn(&mut card_face::CardData)| {
        let mut data = good.clone();
        change(&mut data);
        composer.compose(&data).err()
    };
    let family = |name: &str| {
        let name = name.to_owned();
        refused(&|data| data.holder.family_name = Some(name.clone()))
    };
    let field = || "holder.given_name+holder.family_name".to_owned();
    assert_eq!(family("李"), Some(SetAside::MissingGlyph { field: field(), character: '李' }));
    assert_eq!(family("สมชาย"), Some(SetAside::MissingGlyph { field: field(), character: 'ส' }));
    assert_eq!(family(&"Sigmaringen-".repeat(17)), Some(SetAside::TextTooLong { field: field() }));
    assert_eq!(family(&"x".repeat(200)), Some(SetAside::TextTooLong { field: field() }));
    assert_eq!(refused(&|data| data.photo_jpeg = None), Some(SetAside::PhotoMissing));
    assert_eq!(refused(&|data| data.photo_jpeg = Some(b"no photo".to_vec())), Some(SetAside::PhotoUnreadable));
    assert_eq!(
        refused(&|data| data.code = "9".repeat(4000)),
        Some(SetAside::CodeTooLarge { field: "card.qr".to_owned() })
    );
    assert_eq!(
        refused(&|data| data.code = "9".repeat(9000)),
        Some(SetAside::CodeUnwritable { field: "card.qr".to_owned() })
    );
    assert_eq!(
        refused(&|data| data.number = "Nummer ä".to_owned()),
        Some(SetAside::CodeUnwritable { field: "card.number".to_owned() })
    );
    assert_eq!(refused(&|_| ()), None);
}

#[test]
fn decomposed_and_invisible_characters_print_as_composed_ones() {
    let composer = mat();
    let plain = composer.compose(&card(0, ("Zoë", "Nguyễn"))).expect("fits");
    let odd = composer.compose(&card(0, ("Zoe\u{308}\u{200B}", "\u{FEFF}Nguye\u{302}\u{303}n"))).expect("fits");
    let file = |card| cards_pdf(&[card], PageEdge::Trim, &info()).expect("a file");
    assert!(file(plain) == file(odd));
}

/// A layout in German stays German: no English date beside "gültig bis".
#[test]
fn a_card_speaks_its_layouts_language() {
    let composer = mat();
    let german = composer.compose(&card(0, NAMES[0])).expect("fits");
    let mut english = card(0, NAMES[0]);
    english.language = "en".to_owned();
    let english = composer.compose(&english).expect("fits");
    let file = |card| cards_pdf(&[card], PageEdge::Trim, &info()).expect("a file");
    assert!(file(german) == file(english));
}

#[test]
fn previews_are_pictures_of_the_asked_size() {
    let composed = mat().compose(&card(0, NAMES[4])).expect("fits");
    for (dpi, size) in [(150, (506, 319)), (300, (1011, 638))] {
        for side in [Side::Front, Side::Back] {
            let png = preview_png(&composed, side, dpi).expect("a picture");
            let picture = image::load_from_memory(&png).expect("a PNG");
            assert_eq!((picture.width(), picture.height()), size);
            assert_eq!(picture.to_rgba8().get_pixel(0, 0).0[3], 0, "corners are round");
        }
    }
    assert!(preview_png(&composed, Side::Front, 0).is_err());
    assert!(preview_png(&composed, Side::Front, 5000).is_err());
}

#[test]
fn a_layout_in_a_missing_font_is_refused_as_a_whole() {
    let text = builtin::MAT.replace("state = \"agreed\"", "state = \"draft\"");
    let (before, after) = text.split_once("[agreement]").expect("it is agreed");
    let after = &after[after.find("[applies]").expect("the next section")..];
    let text = format!("{before}{after}").replace("family = \"Libertinus Serif\"", "family = \"Comic Sans\"");
    let layout = parse_layout(&text, &NoAssets).expect("a layout");
    let error = compose(&layout, &card(0, NAMES[0]), &Fonts::bundled()).expect_err("no such font");
    assert!(matches!(error, ComposeError::Layout(_)), "{error}");
}
