//! Each word of the file format does something: one layout uses them all, and changing any of them changes what is printed.

use card_face::{
    AssetSource, CardData, Composer, FileInfo, Fonts, Holder, PageEdge, Side, cards_pdf, check_layout, parse_layout,
    preview_png, sample_portrait,
};
use sha2::{Digest, Sha256};

/// A layout with every word of the format. `PNG`, `JPEG` and `FONT` stand for the hashes of its files.
const ALL: &str = r#"schema = 1
id = "everything"
version = 3
state = "proposed"
languages = ["de", "en"]
title = { de = "Alles", en = "Everything" }
[applies]
products = ["jahreskarte"]
houses = ["schloss"]
[card]
format = "ID-1"
width = 85.6
height = 53.98
radius = 3.18
bleed = 3.0
safe = 3.0
dpi = 300
[fonts]
regular = { family = "Libertinus Serif", style = "Regular" }
house = { file = "house.ttf", sha256 = "FONT" }
fallback = ["DejaVu Sans"]
[colors]
k = { gray = 0 }
mist = { gray = 80 }
accent = { rgb = [200, 20, 45], cmyk = [0, 100, 80, 10] }
gold = { spot = "PANTONE 871 C", cmyk = [20, 25, 60, 25] }
[assets]
front = { file = "front.jpg", sha256 = "JPEG", kind = "jpeg" }
mark = { file = "mark.png", sha256 = "PNG", kind = "png" }
[[variables]]
name = "holder.name"
type = "text"
example = "Ελένη Παπαδοπούλου"
longest = "Maximiliane von Hohenzollern"
[[variables]]
name = "holder.photo"
type = "photo"
[[variables]]
name = "ticket.reduced"
type = "flag"
[[variables]]
name = "ticket.valid_until"
type = "date"
example = "2027-11-20"
[[variables]]
name = "card.number"
type = "digits"
[sides.front]
rotate = 0
[[sides.front.elements]]
type = "image"
asset = "front"
box = [-3, -3, 20, 12]
[[sides.front.elements]]
type = "image"
asset = "mark"
box = [70, 4, 10, 10]
[[sides.front.elements]]
type = "photo"
var = "holder.photo"
box = [5, 12, 20, 30]
fit = "cover"
mask = { round = 2.0 }
min_dpi = 150
placeholder = "blank"
[[sides.front.elements]]
type = "text"
text = "{holder.name}"
box = [30, 14, 50, 6]
font = "house"
size = 9
min_size = 6
fit = "shrink"
align = "left"
valign = "baseline"
color = "k"
rotate = 0
case = "none"
layer = "k"
[[sides.front.elements]]
type = "text"
text = { de = "Gilt bis {ticket.valid_until} in allen Häusern", en = "Valid until {ticket.valid_until} in all houses" }
box = [30, 22, 34, 12]
font = "regular"
size = 7
min_size = 4
fit = "wrap"
lines = 2
leading = 1.1
tracking = 0.02
valign = "top"
color = "accent"
[[sides.front.elements]]
type = "text"
text = "ermäßigt ქ"
box = [30, 36, 20, 4]
when = "ticket.reduced == true"
[[sides.front.elements]]
type = "group"
when = "ticket.reduced"
[[sides.front.elements.elements]]
type = "shape"
shape = "rect"
box = [30, 44, 10, 5]
fill = "mist"
stroke = { color = "k", width = 0.25 }
radius = 0.5
[[sides.front.elements]]
type = "shape"
shape = "ellipse"
box = [44, 44, 10, 5]
fill = "gold"
[[sides.front.elements]]
type = "shape"
shape = "line"
from = [58, 44]
to = [68, 49]
stroke = { color = "accent", width = 0.5 }
[[sides.front.elements]]
type = "shape"
shape = "path"
path = "M 70 44 L 80 44 C 80 47 78 49 75 49 Z"
fill = "accent"
[sides.back]
rotate = 180
[[sides.back.elements]]
type = "shape"
shape = "rect"
box = [-3, -3, 91.6, 59.98]
fill = "mist"
[[sides.back.elements]]
type = "qr"
data = "{card.qr}"
box = [5, 5, 26, 26]
ec = "auto"
quiet = 4
min_module = 0.33
snap_dots = true
background = "white"
[[sides.back.elements]]
type = "barcode"
symbology = "code128"
data = "{card.number}"
box = [35, 5, 45, 10]
quiet = 10
min_x = 0.25
text_below = true
size = 7
background = "white"
[[sides.back.elements]]
type = "barcode"
symbology = "code39"
data = "A-1"
box = [4, 33, 77, 5]
[[sides.back.elements]]
type = "barcode"
symbology = "ean13"
data = "4006381333931"
box = [35, 17, 45, 6]
[[sides.back.elements]]
type = "barcode"
symbology = "ean8"
data = "96385074"
box = [35, 25, 45, 6]
"#;

/// What is changed, and into what; it shows on a face.
const SHOWN: &[(&str, &str)] = &[
    ("languages = [\"de\", \"en\"]", "languages = [\"en\"]"),
    ("width = 85.6", "width = 86.6"),
    ("height = 53.98", "height = 54.98"),
    ("radius = 3.18", "radius = 1"),
    ("dpi = 300", "dpi = 260"),
    ("style = \"Regular\"", "style = \"Italic\""),
    ("house = { file = \"house.ttf\", sha256 = \"FONT\" }", "house = { family = \"DejaVu Serif\" }"),
    ("fallback = [\"DejaVu Sans\"]", "fallback = [\"DejaVu Serif\"]"),
    ("gray = 80", "gray = 60"),
    ("rgb = [200, 20, 45]", "rgb = [20, 20, 245]"),
    ("cmyk = [20, 25, 60, 25]", "cmyk = [80, 25, 60, 25]"),
    (
        "file = \"front.jpg\", sha256 = \"JPEG\", kind = \"jpeg\"",
        "file = \"mark.png\", sha256 = \"PNG\", kind = \"png\"",
    ),
    ("box = [-3, -3, 20, 12]", "box = [-3, -3, 21, 12]"),
    ("asset = \"mark\"", "asset = \"front\""),
    ("box = [5, 12, 20, 30]", "box = [6, 12, 20, 30]"),
    ("fit = \"cover\"", "fit = \"contain\""),
    ("mask = { round = 2.0 }", "mask = { round = 6.0 }"),
    ("mask = { round = 2.0 }", "mask = { ellipse = true }"),
    ("text = \"{holder.name}\"", "text = \"{holder.family_name}\""),
    ("box = [30, 14, 50, 6]", "box = [30, 15, 50, 6]"),
    ("font = \"house\"", "font = \"regular\""),
    ("size = 9", "size = 8"),
    ("size = 9\nmin_size = 6\nfit = \"shrink\"", "size = 30\nmin_size = 6\nfit = \"clip\""),
    ("align = \"left\"", "align = \"center\""),
    ("align = \"left\"", "align = \"right\""),
    ("valign = \"baseline\"", "valign = \"middle\""),
    ("valign = \"baseline\"", "valign = \"bottom\""),
    ("color = \"k\"\nrotate = 0", "color = \"gold\"\nrotate = 0"),
    ("color = \"k\"\nrotate = 0", "color = \"k\"\nrotate = 180"),
    ("case = \"none\"", "case = \"upper\""),
    ("case = \"none\"", "case = \"lower\""),
    ("fit = \"wrap\"", "fit = \"shrink\""),
    ("lines = 2", "lines = 1"),
    ("leading = 1.1", "leading = 1.5"),
    ("tracking = 0.02", "tracking = 0.1"),
    ("valign = \"top\"", "valign = \"bottom\""),
    ("when = \"ticket.reduced == true\"", "when = \"ticket.reduced == false\""),
    ("when = \"ticket.reduced\"\n", "when = \"not ticket.reduced\"\n"),
    ("fill = \"mist\"\nstroke", "fill = \"gold\"\nstroke"),
    ("width = 0.25", "width = 1.25"),
    ("radius = 0.5", "radius = [2, 0, 2, 0]"),
    ("shape = \"ellipse\"", "shape = \"rect\""),
    ("from = [58, 44]", "from = [58, 46]"),
    ("to = [68, 49]", "to = [68, 46]"),
    ("M 70 44 L 80 44", "M 70 44 V 46 H 80"),
    ("data = \"{card.qr}\"", "data = \"{card.number}\""),
    ("ec = \"auto\"", "ec = \"H\""),
    ("quiet = 4", "quiet = 9"),
    ("snap_dots = true", "snap_dots = false"),
    ("background = \"white\"\n[[sides.back.elements]]", "background = \"none\"\n[[sides.back.elements]]"),
    ("symbology = \"code128\"\ndata = \"{card.number}\"", "symbology = \"code39\"\ndata = \"123\""),
    ("quiet = 10", "quiet = 20"),
    ("text_below = true\nsize = 7\n", "text_below = false\n"),
    ("size = 7\nbackground", "size = 5\nbackground"),
];

/// Changes that show in the files alone: a side that is printed upside down is looked at upright.
const PRINTED: &[(&str, &str)] = &[
    ("bleed = 3.0", "bleed = 2.0"),
    ("cmyk = [0, 100, 80, 10]", "cmyk = [0, 100, 80, 40]"),
    ("[sides.front]\nrotate = 0", "[sides.front]\nrotate = 180"),
    ("[sides.back]\nrotate = 180", "[sides.back]\nrotate = 0"),
];

#[test]
fn one_layout_uses_every_word_and_has_no_findings() {
    let layout = check_layout(&text(ALL), &Files, &Fonts::bundled()).expect("no findings");
    assert_eq!((layout.products, layout.houses), (vec!["jahreskarte".to_owned()], vec!["schloss".to_owned()]));
}

#[test]
fn every_word_changes_what_is_printed() {
    let draft = ALL.replace("state = \"proposed\"", "state = \"draft\"");
    let (faces, files) = (faces_of(&draft), files_of(&draft));
    for (word, other) in SHOWN {
        assert!(faces_of(&changed(&draft, word, other)) != faces, "{word} -> {other} changes nothing");
    }
    for (word, other) in PRINTED {
        assert!(files_of(&changed(&draft, word, other)) != files, "{word} -> {other} changes nothing");
    }
}

#[test]
fn a_place_for_a_photo_stays_empty_or_refuses_as_the_layout_says() {
    let without = CardData { photo_jpeg: None, ..card() };
    for (placeholder, is_card) in [("blank", true), ("refuse", false)] {
        let file = changed(ALL, "placeholder = \"blank\"", &format!("placeholder = \"{placeholder}\""));
        assert_eq!(composer(&file).compose(&without).is_ok(), is_card, "{placeholder}");
    }
    let strict = changed(ALL, "min_dpi = 150", "min_dpi = 1200");
    assert_eq!(composer(&strict).compose(&card()).expect_err("a small photo").reason(), "photo_too_small");
}

struct Files;

impl AssetSource for Files {
    fn read(&self, file: &str) -> Option<Vec<u8>> {
        match file {
            "front.jpg" => Some(sample_portrait(9)),
            "mark.png" => {
                let mark =
                    image::RgbaImage::from_fn(160, 160, |x, y| image::Rgba([200, 60, 20, (x + y).to_le_bytes()[0]]));
                let mut png = std::io::Cursor::new(Vec::new());
                mark.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
                Some(png.into_inner())
            }
            "house.ttf" => Some(dejavu::sans::bold().to_vec()),
            _ => None,
        }
    }
}

/// The file with the hashes of what it names.
fn text(file: &str) -> String {
    let hash = |name: &str| {
        let digest = Sha256::digest(Files.read(name).expect("a file"));
        digest.iter().fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"))
    };
    [("FONT", "house.ttf"), ("JPEG", "front.jpg"), ("PNG", "mark.png")]
        .into_iter()
        .fold(file.to_owned(), |file, (word, name)| {
            file.replace(&format!("\"{word}\""), &format!("\"{}\"", hash(name)))
        })
}

fn changed(file: &str, word: &str, other: &str) -> String {
    assert!(file.contains(word), "{word}");
    file.replacen(word, other, 1)
}

fn composer(file: &str) -> Composer {
    let layout = parse_layout(&text(file), &Files).unwrap_or_else(|findings| panic!("{findings:?}"));
    Composer::new(&layout, &Fonts::bundled()).expect("fonts")
}

fn card() -> CardData {
    CardData {
        number: "01234567890123".to_owned(),
        code: "8641097532".repeat(20),
        holder: Holder {
            given_name: Some("Ελένη".to_owned()),
            family_name: Some("Παπαδοπούλου".to_owned()),
            birth_date: None,
        },
        product_name: "Jahreskarte".to_owned(),
        category_name: "Ermäßigt".to_owned(),
        reduced: true,
        valid_from: "2026-11-21".to_owned(),
        valid_until: "2027-11-20".to_owned(),
        houses: vec!["Schloss".to_owned()],
        photo_jpeg: Some(sample_portrait(4)),
        language: "de".to_owned(),
    }
}

/// Both faces on a screen.
fn faces_of(file: &str) -> [Vec<u8>; 2] {
    let composed = composer(file).compose(&card()).unwrap_or_else(|reason| panic!("{reason:?}: {file}"));
    [Side::Front, Side::Back].map(|side| preview_png(&composed, side, 100).expect("a picture"))
}

/// The files for a card printer and for a press.
fn files_of(file: &str) -> [Vec<u8>; 2] {
    let cards = [composer(file).compose(&card()).expect("a card")];
    let info = FileInfo { title: String::new(), created_ms: 0 };
    [PageEdge::Trim, PageEdge::Bleed].map(|edge| cards_pdf(&cards, edge, &info).expect("a file"))
}
