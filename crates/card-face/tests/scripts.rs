//! Many cards in many scripts, read back by programs that are not ours: every code, and every name or the reason it was set aside.
//!
//! `PASSEPARTOUT_CARDS` says how many; without it, sixty.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use card_face::{CardData, ComposedCard, PageEdge, SetAside, cards_pdf};
use common::{card, info, mat};

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
        data.code = (0..200).map(|at| char::from(b'0' + ((at * at + at * index + index) % 10) as u8)).collect();
        (script, data)
    };
    (0..count()).map(person).collect()
}

fn run(tool: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(tool).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{tool} cannot be run: {error}"));
    assert!(output.status.success(), "{tool} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
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
