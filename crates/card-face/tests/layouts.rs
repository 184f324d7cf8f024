//! Layout files: what is right, and sixty ways to be wrong, each with its place and its reason.

use card_face::{AssetSource, LayoutState, NoAssets, builtin, parse_layout};
use proptest::prelude::*;

/// A small layout that is right; the tests break one thing at a time.
const GOOD: &str = r#"schema = 1
id = "plain"
version = 2
state = "proposed"
title = { de = "Schlicht", en = "Plain" }
[applies]
products = ["jahreskarte"]
[card]
width = 85.6
height = 53.98
[fonts]
regular = { family = "Libertinus Serif", style = "Regular" }
fallback = ["DejaVu Sans"]
[colors]
accent = { rgb = [181, 52, 27], cmyk = [5, 90, 100, 15] }
gold = { spot = "PANTONE 871 C", cmyk = [20, 25, 60, 25] }
[[variables]]
name = "holder.name"
type = "text"
example = "Erika Mustermann"
[sides.front]
[[sides.front.elements]]
type = "shape"
shape = "rect"
box = [-3, -3, 91.6, 59.98]
fill = "accent"
[[sides.front.elements]]
type = "photo"
var = "holder.photo"
box = [5, 5, 26, 34]
mask = { round = 2 }
placeholder = "blank"
[[sides.front.elements]]
type = "text"
text = "{holder.name}"
box = [33, 17, 48, 6]
size = 11
min_size = 6
layer = "k"
[[sides.front.elements]]
type = "text"
text = { de = "ermäßigt", en = "reduced" }
box = [33, 40, 30, 4]
when = "ticket.reduced == true"
[sides.back]
[[sides.back.elements]]
type = "qr"
data = "{card.qr}"
box = [5, 8, 20, 20]
[[sides.back.elements]]
type = "barcode"
symbology = "code128"
data = "{card.number}"
box = [30, 30, 41, 10]
text_below = true
"#;

#[test]
fn the_plain_layout_is_right() {
    let layout = parse_layout(GOOD, &NoAssets).expect("no findings");
    assert_eq!((layout.id.as_str(), layout.version), ("plain", 2));
    assert_eq!(layout.state, LayoutState::Proposed);
    assert_eq!(layout.title_in("en"), "Plain");
    assert_eq!(layout.products, ["jahreskarte"]);
    assert_eq!(layout.examples().len(), 1);
}

#[test]
fn the_shipped_layout_is_agreed() {
    let layout = parse_layout(builtin::MAT, &NoAssets).expect("no findings");
    assert_eq!(layout.state, LayoutState::Agreed);
    let agreement = layout.agreement.expect("someone agreed");
    assert_eq!(agreement.content_sha256, layout.content_sha256);
}

#[test]
fn each_mistake_is_found_at_its_place() {
    // What is replaced in the right layout, by what, and the path and reason of the only finding.
    let cases = [
        ("schema = 1", "schema = 2", "schema", "unsupported_schema"),
        ("schema = 1\n", "", "schema", "missing_key"),
        ("id = \"plain\"", "id = \"Plain one\"", "id", "bad_id"),
        ("id = \"plain\"\n", "", "id", "missing_key"),
        ("id = \"plain\"", "id = 7", "id", "wrong_type"),
        ("version = 2", "version = 0", "version", "out_of_range"),
        ("version = 2", "version = 2.5", "version", "wrong_type"),
        ("version = 2", "version = 99999999999", "version", "out_of_range"),
        ("version = 2\n", "", "version", "missing_key"),
        ("version = 2", "version = 2\ncolour = \"red\"", "colour", "unknown_key"),
        ("state = \"proposed\"", "state = \"perfect\"", "state", "unknown_value"),
        ("state = \"proposed\"", "state = \"agreed\"", "agreement", "missing_key"),
        (
            "[applies]",
            "[agreement]\nby = \"me\"\nat = \"now\"\ncontent_sha256 = \"\"\n[applies]",
            "agreement",
            "not_agreed",
        ),
        ("id = \"plain\"", "id = \"plain\"\nlanguages = \"de\"", "languages", "wrong_type"),
        ("title = { de = \"Schlicht\", en = \"Plain\" }", "title = { de = 1 }", "title", "wrong_type"),
        ("products = [\"jahreskarte\"]", "products = [1]", "applies.products", "wrong_type"),
        ("products = [\"jahreskarte\"]", "product = []", "applies.product", "unknown_key"),
        ("width = 85.6", "width = -1", "card.width", "out_of_range"),
        ("width = 85.6", "width = nan", "card.width", "wrong_type"),
        ("height = 53.98", "height = \"53\"", "card.height", "wrong_type"),
        ("height = 53.98", "height = 53.98\nformat = \"ID-2\"", "card.format", "unknown_value"),
        ("height = 53.98", "height = 53.98\ndpi = 10", "card.dpi", "out_of_range"),
        ("fallback = [\"DejaVu Sans\"]", "fallback = \"DejaVu Sans\"", "fonts.fallback", "wrong_type"),
        ("style = \"Regular\" }", "weight = 400 }", "fonts.regular.weight", "unknown_key"),
        (
            "{ family = \"Libertinus Serif\", style = \"Regular\" }",
            "{ style = \"Regular\" }",
            "fonts.regular.family",
            "missing_key",
        ),
        ("fallback", "house = { file = \"a.ttf\", sha256 = \"00\" }\nfallback", "fonts.house.file", "asset_missing"),
        ("fallback", "house = { file = \"a.ttf\" }\nfallback", "fonts.house.sha256", "missing_key"),
        ("rgb = [181, 52, 27]", "rgb = [181, 52]", "colors.accent.rgb", "wrong_type"),
        ("rgb = [181, 52, 27]", "rgb = [300, 52, 27]", "colors.accent.rgb", "out_of_range"),
        ("cmyk = [20, 25, 60, 25]", "cmyk = [20, 25, 160, 25]", "colors.gold.cmyk", "out_of_range"),
        (
            "spot = \"PANTONE 871 C\", cmyk = [20, 25, 60, 25]",
            "spot = \"PANTONE 871 C\"",
            "colors.gold.rgb",
            "missing_key",
        ),
        ("gold = {", "k = { rgb = [0, 0, 0] }\ngold = {", "colors.k", "black_not_pure"),
        ("gold = {", "blue = 7\ngold = {", "colors.blue", "wrong_type"),
        ("name = \"holder.name\"", "name = \"holder.shoe\"", "variables[0].name", "unknown_variable"),
        ("type = \"text\"\nexample", "type = \"poem\"\nexample", "variables[0].type", "unknown_value"),
        ("[sides.front]\n", "[sides.front]\nrotate = 90\n", "sides.front.rotate", "unknown_value"),
        ("type = \"shape\"\n", "", "sides.front.elements[0].type", "missing_key"),
        ("type = \"shape\"\n", "type = \"film\"\n", "sides.front.elements[0].type", "unknown_value"),
        ("shape = \"rect\"", "shape = \"star\"", "sides.front.elements[0].shape", "unknown_value"),
        ("box = [-3, -3, 91.6, 59.98]", "box = [-4, -3, 91.6, 59.98]", "sides.front.elements[0].box", "outside_bleed"),
        ("box = [-3, -3, 91.6, 59.98]\n", "", "sides.front.elements[0].box", "missing_key"),
        ("box = [-3, -3, 91.6, 59.98]", "box = [0, 0, 0, 5]", "sides.front.elements[0].box", "out_of_range"),
        ("box = [-3, -3, 91.6, 59.98]", "box = [0, 0, inf, 5]", "sides.front.elements[0].box", "wrong_type"),
        ("fill = \"accent\"", "fill = \"azure\"", "sides.front.elements[0].fill", "unknown_color"),
        ("fill = \"accent\"\n", "", "sides.front.elements[0].fill", "missing_key"),
        ("fill = \"accent\"", "stroke = { width = 1 }", "sides.front.elements[0].stroke.color", "missing_key"),
        ("fill = \"accent\"", "fill = \"accent\"\nradius = [1, 2]", "sides.front.elements[0].radius", "wrong_type"),
        ("var = \"holder.photo\"", "var = \"holder.name\"", "sides.front.elements[1].var", "unknown_variable"),
        ("mask = { round = 2 }", "mask = { oval = true }", "sides.front.elements[1].mask.oval", "unknown_key"),
        ("placeholder = \"blank\"", "placeholder = \"cat\"", "sides.front.elements[1].placeholder", "unknown_value"),
        ("placeholder = \"blank\"", "min_dpi = 10", "sides.front.elements[1].min_dpi", "out_of_range"),
        ("text = \"{holder.name}\"", "text = \"{holder.shoe}\"", "sides.front.elements[2].text", "unknown_variable"),
        ("text = \"{holder.name}\"", "text = \"{holder.name\"", "sides.front.elements[2].text", "unknown_variable"),
        ("text = \"{holder.name}\"", "text = 7", "sides.front.elements[2].text", "wrong_type"),
        ("text = \"{holder.name}\"\n", "", "sides.front.elements[2].text", "missing_key"),
        ("box = [33, 17, 48, 6]", "box = [33, 17, 51, 6]", "sides.front.elements[2].box", "outside_safe_area"),
        ("min_size = 6", "min_size = 12", "sides.front.elements[2].min_size", "out_of_range"),
        ("size = 11\n", "size = 1\n", "sides.front.elements[2].size", "out_of_range"),
        ("layer = \"k\"", "layer = \"w\"", "sides.front.elements[2].layer", "unknown_value"),
        ("layer = \"k\"", "layer = \"k\"\ncolor = \"gold\"", "sides.front.elements[2].color", "black_not_pure"),
        ("layer = \"k\"", "font = \"gothic\"", "sides.front.elements[2].font", "unknown_font"),
        ("layer = \"k\"", "rotate = 45", "sides.front.elements[2].rotate", "unknown_value"),
        ("layer = \"k\"", "fit = \"squeeze\"", "sides.front.elements[2].fit", "unknown_value"),
        ("layer = \"k\"", "colour = \"k\"", "sides.front.elements[2].colour", "unknown_key"),
        ("ticket.reduced == true", "ticket.reduced == 'ja'", "sides.front.elements[3].when", "bad_condition"),
        ("ticket.reduced == true", "system('rm')", "sides.front.elements[3].when", "bad_condition"),
        ("box = [5, 8, 20, 20]", "box = [5, 8, 14, 14]", "sides.back.elements[0].box", "module_too_small"),
        ("box = [5, 8, 20, 20]", "box = [5, 8, 20, 20]\nec = \"X\"", "sides.back.elements[0].ec", "unknown_value"),
        ("box = [5, 8, 20, 20]", "box = [5, 8, 20, 20]\nquiet = 2", "sides.back.elements[0].quiet", "out_of_range"),
        ("data = \"{card.qr}\"\n", "", "sides.back.elements[0].data", "missing_key"),
        ("symbology = \"code128\"", "symbology = \"codabar\"", "sides.back.elements[1].symbology", "unknown_value"),
        ("box = [30, 30, 41, 10]", "box = [30, 30, 33, 10]", "sides.back.elements[1].box", "module_too_small"),
        ("[sides.back]\n", "[sides.back]\ncut = true\n", "sides.back.cut", "unknown_key"),
        ("[sides.back]\n", "[sides.spine]\n[sides.back]\n", "sides.spine", "unknown_key"),
        ("version = 2", "version = 2\nparent = \"mat@1\"", "parent", "stands_alone"),
        (
            "[sides.front]\n",
            "[assets]\nart = { file = \"art.pdf\", sha256 = \"00\", kind = \"pdf\" }\n[sides.front]\n",
            "assets.art.kind",
            "no_pdf",
        ),
        ("[card]", "[card", "", "syntax"),
    ];
    for (right, wrong, path, reason) in cases {
        assert!(GOOD.contains(right), "{right}");
        let text = GOOD.replacen(right, wrong, 1);
        let findings = parse_layout(&text, &NoAssets).expect_err(wrong);
        let found: Vec<_> = findings.iter().map(|finding| (finding.path.as_str(), finding.reason)).collect();
        assert!(found.contains(&(path, reason)), "{wrong}: {findings:?}");
        assert!(found.len() == 1 || reason == "syntax", "{wrong}: {findings:?}");
        // It points at the changed lines; of what is missing, at the table in which it is missing.
        let line_of = |at: usize| text[..at].matches('\n').count() + 1;
        let at = GOOD.find(right).expect("it is there");
        let (first, last) = (line_of(at), line_of(at + wrong.len()));
        let line = findings[0].line;
        assert!(
            line <= last && (line >= first || reason == "missing_key"),
            "{wrong}: line {line} of {first} to {last}"
        );
    }
}

#[test]
fn findings_tell_line_and_column_and_all_are_reported() {
    let text = GOOD.replace("version = 2", "version = 0").replace("fill = \"accent\"", "fill = \"azure\"");
    let findings = parse_layout(&text, &NoAssets).expect_err("two mistakes");
    let places: Vec<_> = findings.iter().map(|finding| (finding.line, finding.column)).collect();
    assert_eq!(places, [(3, 11), (26, 8)], "{findings:?}");
    assert_eq!(findings[0].to_string(), "line 3, column 11: version: 0 lies outside 1 to 4294967295 (out_of_range)");
}

#[test]
fn an_agreed_layout_never_changes() {
    let changed = builtin::MAT.replace("size = 13.5", "size = 13.6");
    let findings = parse_layout(&changed, &NoAssets).expect_err("it changed");
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].path.as_str(), findings[0].reason),
        ("agreement.content_sha256", "agreement_hash_mismatch")
    );
    let commented = builtin::MAT.replace("[card]", "# a note\n[card]");
    assert!(parse_layout(&commented, &NoAssets).is_ok(), "comments change nothing");
}

#[test]
fn a_draft_may_still_be_wrong_in_its_measures() {
    let draft = GOOD.replace("state = \"proposed\"", "state = \"draft\"");
    for (right, wrong) in [
        ("box = [33, 17, 48, 6]", "box = [33, 17, 55, 6]"),
        ("box = [-3, -3, 91.6, 59.98]", "box = [-9, -9, 100, 70]"),
        ("box = [5, 8, 20, 20]", "box = [5, 8, 10, 10]"),
    ] {
        assert!(parse_layout(&draft.replace(right, wrong), &NoAssets).is_ok(), "{wrong}");
    }
}

/// One file that a layout may name.
struct OneFile(&'static str, Vec<u8>);

impl AssetSource for OneFile {
    fn read(&self, file: &str) -> Option<Vec<u8>> {
        (file == self.0).then(|| self.1.clone())
    }
}

#[test]
fn assets_are_held_to_their_hash() {
    let with_asset = |sha256: &str| {
        GOOD.replace(
            "[sides.front]\n",
            &format!(
                "[assets]\nart = {{ file = \"art.jpg\", sha256 = \"{sha256}\", kind = \"jpeg\" }}\n[sides.front]\n"
            ),
        )
    };
    let reason = |text: &str, content: &[u8]| {
        parse_layout(text, &OneFile("art.jpg", content.to_vec())).err().map(|findings| findings[0].reason)
    };
    // The hashes of no bytes and of "abc".
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(reason(&with_asset(empty), b"abc"), Some("asset_hash_mismatch"));
    assert_eq!(reason(&with_asset(abc), b"abc"), Some("asset_unreadable"));
    let missing = with_asset(abc).replace("art.jpg", "other.jpg");
    assert_eq!(reason(&missing, b"abc"), Some("asset_missing"));
}

proptest! {
    #[test]
    fn no_text_panics(text in "(\\PC|\n){0,200}") {
        let _ = parse_layout(&text, &NoAssets);
    }

    #[test]
    fn no_damage_to_a_layout_panics(at in 0..GOOD.len(), text in "[\\[\\]{}=\"a-z0-9.\n-]{0,8}") {
        let mut damaged = GOOD.to_owned();
        if damaged.is_char_boundary(at) {
            damaged.insert_str(at, &text);
        }
        let _ = parse_layout(&damaged, &NoAssets);
    }
}
