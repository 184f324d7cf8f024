//! A layout file from its first line to its last section.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::DeTable;

use super::elements::{Palette, read_side};
use super::hash::{content_sha256, hex};
use super::reader::{Finding, Reader, Table};
use super::{
    Agreement, AssetSource, CardFormat, FontChoice, FontEntry, Ink, Layout, LayoutState, Place, Variable,
    VariableExample, check,
};
use crate::picture::{Jpeg, Picture};

/// The only version of the file format so far.
const SCHEMA: u32 = 1;

/// Reads a layout file and the assets it names.
///
/// # Errors
/// All mistakes of the file, in the order of its lines.
pub fn parse_layout(text: &str, assets: &dyn AssetSource) -> Result<Layout, Vec<Finding>> {
    read(text, assets, false)
}

/// Reads a layout file by the rules for a proposed one, whatever state it says it has.
pub(crate) fn parse_strictly(text: &str, assets: &dyn AssetSource) -> Result<Layout, Vec<Finding>> {
    read(text, assets, true)
}

fn read(text: &str, assets: &dyn AssetSource, strict: bool) -> Result<Layout, Vec<Finding>> {
    let reader = Reader::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        reader.note("", &error.span().unwrap_or(0..0), "syntax", error.message().to_owned());
    }
    if !errors.is_empty() {
        return Err(reader.into_findings());
    }
    let layout = read_layout(&reader, &table, assets, strict);
    let findings = reader.into_findings();
    match layout {
        Some(layout) if findings.is_empty() => Ok(layout),
        _ => Err(findings),
    }
}

fn read_layout(
    reader: &Reader<'_>,
    table: &Spanned<DeTable<'_>>,
    assets: &dyn AssetSource,
    strict: bool,
) -> Option<Layout> {
    let root = Table::new(reader, "", table);
    if root.integer("schema", 0..=u32::MAX).is_some_and(|schema| schema != SCHEMA) {
        root.note("schema", "unsupported_schema", format!("only schema {SCHEMA} is known"));
    }
    if !root.has("schema") {
        root.note("schema", "missing_key", "`schema` is needed here");
    }
    let id = root.text_needed("id").filter(|id| is_slug(id) || refuse_slug(&root, id));
    let version = root.integer("version", 1..=u32::MAX);
    if !root.has("version") {
        root.note("version", "missing_key", "`version` is needed here");
    }
    if root.text("parent").is_some() {
        let message = "a layout stands alone: copy what it shares with another one, under an id of its own";
        root.note("parent", "stands_alone", message);
    }
    let title = read_title(&root);
    let languages = root.texts("languages");
    let state = read_state(&root);
    let content_sha256 = content_sha256(table.get_ref());
    let agreement = read_agreement(&root, state, &content_sha256);
    let (products, houses) = read_applies(&root);
    let card = read_card(&root);
    let (fonts, fallback, fallback_place) = read_fonts(&root, assets);
    let examples = read_variables(&root);
    let palette = Palette {
        fonts: fonts.keys().cloned().collect(),
        inks: read_colors(&root),
        assets: read_assets(&root, assets),
        card: card.unwrap_or_default(),
        strict: strict || state != Some(LayoutState::Draft),
    };
    let sides = root.table_needed("sides");
    let side = |key| sides.as_ref().and_then(|sides| sides.table_needed(key)).map(|side| read_side(&side, &palette));
    let (front, back) = (side("front"), side("back"));
    if let Some(sides) = &sides {
        sides.finish();
    }
    root.finish();
    Some(Layout {
        id: id?.to_owned(),
        version: version?,
        title,
        languages,
        state: state?,
        agreement,
        products,
        houses,
        card: card?,
        content_sha256,
        fonts,
        fallback,
        fallback_place,
        examples,
        front: front?,
        back: back?,
    })
}

fn is_slug(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn refuse_slug(root: &Table<'_, '_>, id: &str) -> bool {
    root.note("id", "bad_id", format!("`{id}` has other characters than a-z, 0-9 and `-`, or too many"));
    false
}

fn read_title(root: &Table<'_, '_>) -> BTreeMap<String, String> {
    let titles = root.texts_by_language("title");
    titles.into_iter().map(|(language, text)| (language, text.to_owned())).collect()
}

fn read_state(root: &Table<'_, '_>) -> Option<LayoutState> {
    const STATES: [(&str, LayoutState); 4] = [
        ("draft", LayoutState::Draft),
        ("proposed", LayoutState::Proposed),
        ("agreed", LayoutState::Agreed),
        ("retired", LayoutState::Retired),
    ];
    if root.has("state") { root.choice("state", &STATES) } else { Some(LayoutState::Draft) }
}

fn read_agreement(root: &Table<'_, '_>, state: Option<LayoutState>, content: &str) -> Option<Agreement> {
    let settled = matches!(state, Some(LayoutState::Agreed | LayoutState::Retired));
    if !settled {
        if root.has("agreement") {
            root.table("agreement");
            root.note("agreement", "not_agreed", "only an agreed or retired layout has an agreement");
        }
        return None;
    }
    let table = root.table_needed("agreement")?;
    let agreement = Agreement {
        by: table.text_needed("by").unwrap_or_default().to_owned(),
        at: table.text_needed("at").unwrap_or_default().to_owned(),
        content_sha256: table.text_needed("content_sha256").unwrap_or_default().to_owned(),
        proof_sha256: table.text("proof_sha256").map(str::to_owned),
    };
    if table.has("content_sha256") && agreement.content_sha256 != content {
        let message = format!("the content is not what was agreed: its hash is {content}");
        table.note("content_sha256", "agreement_hash_mismatch", message);
    }
    table.finish();
    Some(agreement)
}

fn read_applies(root: &Table<'_, '_>) -> (Vec<String>, Vec<String>) {
    let Some(table) = root.table("applies") else {
        return Default::default();
    };
    let lists = (table.texts("products"), table.texts("houses"));
    table.finish();
    lists
}

impl Default for CardFormat {
    /// ID-1, as every bank card, for a 300 dpi printer.
    fn default() -> Self {
        Self { width: 85.6, height: 53.98, radius: 3.18, bleed: 3.0, safe: 3.0, dpi: 300.0 }
    }
}

fn read_card(root: &Table<'_, '_>) -> Option<CardFormat> {
    let usual = CardFormat::default();
    let Some(table) = root.table("card") else {
        return Some(usual);
    };
    let format = if table.has("format") { table.choice("format", &[("ID-1", ())]) } else { Some(()) };
    let or_usual = |key, range, usual| {
        if table.has(key) { table.number(key, range) } else { Some(usual) }
    };
    let card = CardFormat {
        width: or_usual("width", 20.0..=300.0, usual.width)?,
        height: or_usual("height", 20.0..=300.0, usual.height)?,
        radius: or_usual("radius", 0.0..=10.0, usual.radius)?,
        bleed: or_usual("bleed", 0.0..=10.0, usual.bleed)?,
        safe: or_usual("safe", 0.0..=10.0, usual.safe)?,
        dpi: or_usual("dpi", 150.0..=1200.0, usual.dpi)?,
    };
    check::card_format(&table, &card);
    table.finish();
    format.map(|()| card)
}

type FontsRead = (BTreeMap<String, FontEntry>, Vec<String>, Place);

fn read_fonts(root: &Table<'_, '_>, assets: &dyn AssetSource) -> FontsRead {
    let mut fonts = BTreeMap::new();
    let Some(table) = root.table_needed("fonts") else {
        return (fonts, Vec::new(), root.place("fonts"));
    };
    let fallback = table.texts("fallback");
    for (name, font) in table.entries() {
        if name == "fallback" {
            continue;
        }
        let Some(font) = font else {
            table.note(&name, "wrong_type", "a font is a table with `family` and `style`, or with `file` and `sha256`");
            continue;
        };
        let choice = if font.has("file") {
            read_file(&font, assets).map(|(data, sha256)| FontChoice::File { sha256, data: data.into() })
        } else {
            let style = font.text("style").unwrap_or("Regular").to_owned();
            font.text_needed("family").map(|family| FontChoice::Named { family: family.to_owned(), style })
        };
        font.finish();
        // A mistake here is noted; what uses the font need not repeat it.
        let (choice, place) = (choice.unwrap_or_else(FontChoice::nothing), table.place(&name));
        fonts.insert(name, FontEntry { choice, place });
    }
    let place = table.place("fallback");
    (fonts, fallback, place)
}

fn read_colors(root: &Table<'_, '_>) -> BTreeMap<String, Ink> {
    let mut inks = BTreeMap::from([("k".to_owned(), Ink::BLACK), ("white".to_owned(), Ink::WHITE)]);
    let Some(table) = root.table("colors") else {
        return inks;
    };
    for (name, color) in table.entries() {
        let Some(color) = color else {
            table.note(&name, "wrong_type", "a colour is a table with `gray`, `rgb` or `cmyk`");
            continue;
        };
        let ink = read_ink(&color);
        color.finish();
        if name == "k" && ink.is_some_and(|ink| ink != Ink::BLACK) {
            table.note(&name, "black_not_pure", "`k` is pure black: { gray = 0 }");
        }
        inks.insert(name, ink.unwrap_or(Ink::BLACK));
    }
    inks
}

fn read_ink(color: &Table<'_, '_>) -> Option<Ink> {
    if color.has("gray") {
        return color.number("gray", 0.0..=100.0).map(|percent| Ink::Gray(percent / 100.0));
    }
    color.text("spot");
    let cmyk = color.numbers::<4>("cmyk");
    let rgb = color.numbers::<3>("rgb");
    if cmyk.is_some_and(|parts| parts.iter().any(|part| !(0.0..=100.0).contains(part))) {
        color.note("cmyk", "out_of_range", "each part is a percentage from 0 to 100");
        return None;
    }
    if rgb.is_some_and(|parts| parts.iter().any(|part| !(0.0..=255.0).contains(part) || part.fract() != 0.0)) {
        color.note("rgb", "out_of_range", "each part is a whole number from 0 to 255");
        return None;
    }
    let cmyk = cmyk.map(|parts| parts.map(|part| part / 100.0));
    let rgb = rgb.map(|parts| parts.map(to_byte)).or_else(|| cmyk.map(screen_color));
    if rgb.is_none() && !color.has("rgb") && !color.has("cmyk") {
        color.note("rgb", "missing_key", "a colour needs `gray`, `rgb` or `cmyk`");
    }
    Some(Ink::Mixed { rgb: rgb?, cmyk })
}

/// How a mix of printing inks looks on a screen, without profiles.
fn screen_color([cyan, magenta, yellow, black]: [f64; 4]) -> [u8; 3] {
    [cyan, magenta, yellow].map(|part| to_byte(255.0 * (1.0 - part) * (1.0 - black)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn to_byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

#[derive(Clone, Copy)]
enum AssetKind {
    Jpeg,
    Png,
}

const KINDS: [(&str, AssetKind); 2] = [("jpeg", AssetKind::Jpeg), ("png", AssetKind::Png)];

fn read_assets(root: &Table<'_, '_>, source: &dyn AssetSource) -> BTreeMap<String, Picture> {
    let mut assets = BTreeMap::new();
    let Some(table) = root.table("assets") else {
        return assets;
    };
    for (name, asset) in table.entries() {
        let Some(asset) = asset else {
            table.note(&name, "wrong_type", "an asset is a table with `file`, `sha256` and `kind`");
            continue;
        };
        let kind = match asset.text("kind") {
            None => (!asset.has("kind")).then_some(AssetKind::Jpeg),
            Some("pdf") => {
                asset.note(
                    "kind",
                    "no_pdf",
                    "a PDF is not taken: save its page as PNG or JPEG with 300 dpi in its box",
                );
                None
            }
            Some(_) => asset.choice("kind", &KINDS),
        };
        let file = if kind.is_some() {
            read_file(&asset, source)
        } else {
            asset.text("file");
            asset.text("sha256");
            None
        };
        asset.finish();
        let (Some(kind), Some((data, _))) = (kind, file) else {
            continue;
        };
        let (picture, word) = match kind {
            AssetKind::Jpeg => (Jpeg::parse(&data.into()).map(|jpeg| Picture::Jpeg(Arc::new(jpeg))), "JPEG"),
            AssetKind::Png => (Picture::parse_png(&data), "PNG"),
        };
        if let Some(picture) = picture {
            assets.insert(name, picture);
        } else {
            let message = format!("the file is not a {word} picture that can be printed");
            asset.note("file", "asset_unreadable", message);
        }
    }
    assets
}

/// A file that a table names with its hash: its bytes and the hash.
fn read_file(table: &Table<'_, '_>, assets: &dyn AssetSource) -> Option<(Vec<u8>, String)> {
    let (file, sha256) = (table.text_needed("file"), table.text_needed("sha256"));
    let (file, sha256) = (file?, sha256?);
    let Some(data) = assets.read(file) else {
        table.note("file", "asset_missing", format!("there is no file `{file}`"));
        return None;
    };
    let found = hex(&Sha256::digest(&data));
    if found != sha256.to_ascii_lowercase() {
        table.note("sha256", "asset_hash_mismatch", format!("the hash of `{file}` is {found}"));
        return None;
    }
    Some((data, found))
}

fn read_variables(root: &Table<'_, '_>) -> Vec<VariableExample> {
    let mut examples = Vec::new();
    for table in root.tables("variables") {
        let variable = table.text_needed("name").and_then(|name| {
            let variable = Variable::parse(name);
            if variable.is_none() {
                let message = format!("`{name}` is not a variable; known are: {}", Variable::known());
                table.note("name", "unknown_variable", message);
            }
            variable
        });
        let kind = table.choice("type", &[("text", ()), ("date", ()), ("flag", ()), ("photo", ()), ("digits", ())]);
        let (example, longest) = (table.text("example"), table.text("longest"));
        table.finish();
        if !table.has("type") {
            table.note("type", "missing_key", "`type` is needed here");
        }
        if let (Some(variable), Some(())) = (variable, kind) {
            let (example, longest) = (example.map(str::to_owned), longest.map(str::to_owned));
            examples.push(VariableExample { variable, example, longest });
        }
    }
    examples
}
