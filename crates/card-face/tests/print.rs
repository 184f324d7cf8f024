//! Print files read back by programs that are not ours: poppler, zbar, qpdf, Ghostscript.
//!
//! `PASSEPARTOUT_CARDS` says how many cards in many scripts are looked at; without it, sixty.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use card_face::{
    CardData, ComposedCard, Fonts, LetterText, LetterWriter, NoAssets, PageEdge, SetAside, Sheet, cards_pdf, compose,
    letters_pdf, parse_layout, sheets_pdf,
};
use common::{NAMES, card, cards, info, mat};

/// Runs a tool and returns what it printed; a tool that is missing or fails is a failed test.
fn run(tool: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(tool).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{tool} cannot be run: {error}"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{tool} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    printed
}

fn printed(edge: PageEdge) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = cards_pdf(&cards(), edge, &info()).expect("a file");
    std::fs::write(folder.path().join("cards.pdf"), pdf).expect("written");
    folder
}

#[test]
fn every_code_is_read_back() {
    let folder = printed(PageEdge::Trim);
    run("pdftoppm", &["-r", "300", "-gray", "-png", "cards.pdf", "page"], folder.path());
    for (seed, name) in (0..).zip(NAMES) {
        let data = card(seed, name);
        let back = format!("page-{:02}.png", u32::from(seed) * 2 + 2);
        let read = run("zbarimg", &["--quiet", &back], folder.path());
        let mut read: Vec<&str> = read.lines().collect();
        read.sort_unstable();
        assert_eq!(read, [format!("CODE-128:{}", data.number), format!("QR-Code:{}", data.code)], "{name:?}");
    }
}

#[test]
fn every_name_is_found_as_text() {
    let folder = printed(PageEdge::Trim);
    for (seed, (given, family)) in (1..).step_by(2).zip(NAMES) {
        let page = seed.to_string();
        let text = run("pdftotext", &["-f", &page, "-l", &page, "-layout", "cards.pdf", "-"], folder.path());
        for part in [given, family, "gültig bis", "20. November 2027"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}

#[test]
fn fonts_are_embedded_subsets_with_their_characters() {
    let folder = printed(PageEdge::Trim);
    let listed = run("pdffonts", &["cards.pdf"], folder.path());
    let fonts: Vec<&str> = listed.lines().skip(2).collect();
    assert!(fonts.len() >= 3, "{listed}");
    for font in fonts {
        let words: Vec<&str> = font.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "Identity-H").expect(font);
        assert_eq!(words[at + 1..at + 4], ["yes", "yes", "yes"], "{font}");
    }
}

#[test]
fn photos_stay_the_jpegs_they_are() {
    let folder = printed(PageEdge::Trim);
    let listed = run("pdfimages", &["-list", "cards.pdf"], folder.path());
    let encodings: Vec<&str> = listed.lines().skip(2).map(|line| line.split_whitespace().nth(8).unwrap()).collect();
    assert_eq!(encodings, ["jpeg"; NAMES.len()]);
    run("pdfimages", &["-j", "-f", "1", "-l", "1", "cards.pdf", "photo"], folder.path());
    let extracted = std::fs::read(folder.path().join("photo-000.jpg")).expect("extracted");
    assert!(extracted == common::photo(0), "the photo went in unchanged");
}

#[test]
fn pages_are_cards_and_bleed_is_stated() {
    let trim = run("pdfinfo", &["-box", "cards.pdf"], printed(PageEdge::Trim).path());
    for name in ["MediaBox", "CropBox", "BleedBox", "TrimBox"] {
        let line = trim.lines().find(|line| line.starts_with(name)).expect(name);
        let numbers: Vec<&str> = line.split_whitespace().skip(1).collect();
        assert_eq!(numbers, ["0.00", "0.00", "242.65", "153.01"], "{name}");
    }
    let bleed = run("pdfinfo", &["-box", "cards.pdf"], printed(PageEdge::Bleed).path());
    for (name, expected) in [
        ("MediaBox", ["0.00", "0.00", "259.65", "170.02"]),
        ("BleedBox", ["0.00", "0.00", "259.65", "170.02"]),
        ("TrimBox", ["8.50", "8.50", "251.15", "161.52"]),
    ] {
        let line = bleed.lines().find(|line| line.starts_with(name)).expect(name);
        assert_eq!(line.split_whitespace().skip(1).collect::<Vec<_>>(), expected, "{name}");
    }
}

/// Looks at the second column of the backs: mirrored, it holds the cards of the first column of the fronts.
#[test]
fn backs_lie_on_their_fronts() {
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = sheets_pdf(&cards(), Sheet::A4, &info()).expect("a file");
    std::fs::write(folder.path().join("sheets.pdf"), pdf).expect("written");
    run("pdftoppm", &["-r", "300", "-gray", "-png", "-f", "2", "-x", "1240", "sheets.pdf", "back"], folder.path());
    let read = run("zbarimg", &["--quiet", "--set", "qrcode.disable", "back-2.png"], folder.path());
    let mut read: Vec<&str> = read.lines().collect();
    read.sort_unstable();
    let mut expected: Vec<String> =
        (0..).zip(NAMES).step_by(2).map(|(seed, name)| format!("CODE-128:{}", card(seed, name).number)).collect();
    expected.sort_unstable();
    assert_eq!(read, expected);
    let text = run("pdftotext", &["-f", "1", "-l", "1", "sheets.pdf", "-"], folder.path());
    for (given, family) in NAMES {
        assert!(text.contains(given) && text.contains(family), "{family} in {text}");
    }
}

#[test]
fn a_letter_shows_its_address_in_the_window_and_the_cards_number() {
    let writer = LetterWriter::new(&Fonts::bundled()).expect("fonts ship");
    let text = LetterText {
        sender: "Stadtmuseum · Uferweg 1 · 14467 Potsdam".to_owned(),
        address: ["Ελένη Παπαδοπούλου", "Οδός Ερμού 15", "105 63 ΑΘΗΝΑ", "GRIECHENLAND"].map(str::to_owned).to_vec(),
        date: "Potsdam, 21. November 2026".to_owned(),
        subject: "Ihre Jahreskarte".to_owned(),
        paragraphs: vec!["Guten Tag,".to_owned(), "hier ist Ihre Karte. ".repeat(20), "Ihr Stadtmuseum".to_owned()],
        code: None,
    };
    let composed = cards();
    let letter = writer.compose(&composed[2], &text).expect("fits");
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = letters_pdf(&[letter], &info()).expect("a file");
    std::fs::write(folder.path().join("letters.pdf"), pdf).expect("written");
    // The window of the envelope: 20 mm from the left, 45 mm from the top, 85 x 45 mm, in pixels at 254 dpi.
    let window = ["-r", "254", "-x", "200", "-y", "450", "-W", "850", "-H", "450", "letters.pdf", "-"];
    let seen = run("pdftotext", &window, folder.path());
    for line in text.address.iter().chain([&text.sender]) {
        assert!(seen.contains(line.as_str()), "{line} in {seen}");
    }
    assert!(!seen.contains("Ihre Jahreskarte"), "nothing else stands in the window");
    run("pdftoppm", &["-r", "300", "-gray", "-png", "letters.pdf", "letter"], folder.path());
    let read = run("zbarimg", &["--quiet", "letter-1.png"], folder.path());
    assert_eq!(read.trim(), format!("CODE-128:{}", composed[2].number()));
    let household = LetterText { code: Some("01234567890123987654".to_owned()), ..text.clone() };
    let letter = writer.compose(&composed[2], &household).expect("fits");
    std::fs::write(folder.path().join("letters.pdf"), letters_pdf(&[letter], &info()).expect("a file"))
        .expect("written");
    run("pdftoppm", &["-r", "300", "-gray", "-png", "letters.pdf", "letter"], folder.path());
    let read = run("zbarimg", &["--quiet", "letter-1.png"], folder.path());
    assert_eq!(read.trim(), "CODE-128:01234567890123987654");
    let endless = LetterText { paragraphs: vec!["word ".repeat(2000)], ..text };
    assert!(writer.compose(&composed[2], &endless).is_err());
}

#[test]
fn files_are_sound() {
    for edge in [PageEdge::Trim, PageEdge::Bleed] {
        let folder = printed(edge);
        assert!(run("qpdf", &["--check", "cards.pdf"], folder.path()).contains("No syntax or stream encoding errors"));
    }
}

/// A layout of texts and codes alone, for looking at inks.
const BLACK_ONLY: &str = r#"
schema = 1
id = "black"
version = 1
[fonts]
regular = { family = "Libertinus Serif", style = "Regular" }
[[sides.front.elements]]
type = "text"
text = "{holder.name}"
box = [5, 5, 60, 6]
[[sides.front.elements]]
type = "qr"
data = "{card.qr}"
box = [5, 15, 20, 20]
[[sides.front.elements]]
type = "barcode"
symbology = "code128"
data = "{card.number}"
box = [30, 15, 40, 10]
text_below = true
[sides.back]
"#;

#[test]
fn texts_and_codes_are_on_the_black_plate_only() {
    let layout = parse_layout(BLACK_ONLY, &NoAssets).expect("no findings");
    let composed = compose(&layout, &card(1, NAMES[0]), &Fonts::bundled()).expect("fits");
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = cards_pdf(&[composed], PageEdge::Trim, &info()).expect("a file");
    std::fs::write(folder.path().join("cards.pdf"), pdf).expect("written");
    let printed = run("gs", &["-q", "-dSAFER", "-sDEVICE=ink_cov", "-o", "-", "cards.pdf"], folder.path());
    let inks: Vec<f64> = printed.split_whitespace().take(4).map(|share| share.parse().expect("a number")).collect();
    assert_eq!(inks[..3], [0.0; 3], "cyan, magenta and yellow stay clean");
    assert!(inks[3] > 1.0, "black carries names and codes: {printed}");
}

/// Given and family names by script; every given name meets every family name of its script.
const SCRIPTS: [(&str, &[&str], &[&str]); 10] = [
    (
        "Latin",
        &["Zoë", "Åsa", "Łucja", "Þórður", "Ñusta", "Ģirts"],
        &["Müller-Weiß", "Żółkiewska", "Ó’Súilleabháin", "Škvorecký", "Çağlar"],
    ),
    ("Vietnamese", &["Thị Ngọc Ánh", "Quỳnh", "Hữu"], &["Đặng", "Nguyễn", "Phạm Tuyết"]),
    ("Greek", &["Ελένη", "Ἀριστοτέλης"], &["Παπαδοπούλου", "Ξανθάκης"]),
    ("Cyrillic", &["Юлия", "Ґанна", "Ђорђе"], &["Щербакова", "Їжакевич", "Љубичић"]),
    ("Georgian", &["გიორგი", "ნინო"], &["მაისურაძე", "ქავთარაძე"]),
    ("Armenian", &["Հայկ", "Անուշ"], &["Սարգսյան", "Պետրոսյան"]),
    ("Hebrew", &["נועה", "יוסף"], &["כהן", "לוי"]),
    ("Arabic", &["محمد", "فاطمة"], &["الخوارزمي", "حسن"]),
    ("decomposed", &["Zoe\u{308}", "A\u{30A}sa"], &["Mu\u{308}ller", "Nguye\u{302}\u{303}n"]),
    ("not on any face", &["小明", "สมชาย"], &["王", "ใจดี"]),
];

/// So many cards as the machine is asked to look at.
fn count() -> usize {
    std::env::var("PASSEPARTOUT_CARDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

/// One card after the other, the scripts in turn, each with a number and a code of its own.
fn people() -> Vec<(&'static str, CardData)> {
    let person = |index: usize| {
        let (script, given, family) = SCRIPTS[index % SCRIPTS.len()];
        let round = index / SCRIPTS.len();
        let name = (given[round % given.len()], family[round / given.len() % family.len()]);
        let mut data = card(u8::try_from(index % 251).expect("small"), name);
        data.number = format!("{:014}", 20_000_000_000 + index * 7);
        data.code = (0..200).map(|at| char::from(b"0123456789"[(at * at + at * index + index) % 10])).collect();
        (script, data)
    };
    (0..count()).map(person).collect()
}

/// What zbarimg reads, by the kind of code.
fn read_codes(picture: &str, folder: &Path) -> BTreeMap<String, String> {
    let read = run("zbarimg", &["--quiet", picture], folder);
    read.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(kind, text)| (kind.to_owned(), text.to_owned()))
        .collect()
}

/// A worn print under a dim lamp: blurred, and with half of its contrast.
fn spoil(picture: &str, spoiled: &str, folder: &Path) {
    let sharp = image::open(folder.join(picture)).expect("a picture").into_luma8();
    let mut worn = image::imageops::blur(&sharp, 1.5);
    for pixel in worn.pixels_mut() {
        pixel.0[0] = 64 + pixel.0[0] / 2;
    }
    worn.save(folder.join(spoiled)).expect("written");
}

/// Letters alone, composed, without the marks that tell directions.
fn letters(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().filter(|character| character.is_alphanumeric()).collect()
}

#[test]
fn every_code_and_every_name_of_many_scripts_is_read_back_or_set_aside() {
    let composer = mat();
    let mut printed: Vec<(&str, CardData, ComposedCard)> = Vec::new();
    for (script, data) in people() {
        match composer.compose(&data) {
            Ok(composed) => printed.push((script, data, composed)),
            Err(refusal) => {
                assert_eq!(script, "not on any face", "{:?}: {refusal}", data.holder);
                assert!(matches!(refusal, SetAside::MissingGlyph { .. }), "{refusal}");
            }
        }
    }
    assert_eq!(printed.len(), count() - count() / SCRIPTS.len(), "exactly the others are printed");
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    for part in printed.chunks(50) {
        let cards: Vec<_> = part.iter().map(|(_, _, composed)| composed.clone()).collect();
        let pdf = cards_pdf(&cards, PageEdge::Trim, &info()).expect("a file");
        assert!(pdf == cards_pdf(&cards, PageEdge::Trim, &info()).expect("a file"), "the same cards, the same bytes");
        std::fs::write(folder.join("cards.pdf"), pdf).expect("written");
        for (index, (script, data, _)) in part.iter().enumerate() {
            let (front, back) = ((index * 2 + 1).to_string(), (index * 2 + 2).to_string());
            let text = letters(&run("pdftotext", &["-f", &front, "-l", &front, "cards.pdf", "-"], folder));
            for name in [&data.holder.given_name, &data.holder.family_name].into_iter().flatten() {
                assert!(text.contains(&letters(name)), "{script}: {name} in {text}");
            }
            let draw = |dpi: &str, name: &str| {
                run(
                    "pdftoppm",
                    &["-r", dpi, "-f", &back, "-l", &back, "-gray", "-png", "-singlefile", "cards.pdf", name],
                    folder,
                );
            };
            draw("300", "fine");
            let read = read_codes("fine.png", folder);
            assert_eq!((read.get("QR-Code"), read.get("CODE-128")), (Some(&data.code), Some(&data.number)), "{script}");
            draw("150", "coarse");
            assert_eq!(read_codes("coarse.png", folder).get("QR-Code"), Some(&data.code), "{script} at 150 dpi");
            spoil("fine.png", "worn.png", folder);
            assert_eq!(read_codes("worn.png", folder).get("QR-Code"), Some(&data.code), "{script}, worn");
        }
    }
}
