//! `passepartout card-face render`: cards from a layout and a list of people, without a server.
//!
//! Writes print files, sheets, previews and a report into a folder. The same layout, data and photos give the same
//! bytes. A card that cannot be printed is set aside and named in the report; the others are rendered.

use super::Failure;
use crate::people::photo;
use anyhow::{Context, anyhow};
use card_face::{
    AssetFolder, CARDS_PER_JOB_MAX, CardData, ComposedCard, Composer, FileInfo, Finding, Fonts, Holder, PageEdge,
    Sheet, Side, cards_pdf, parse_layout, preview_png, sheets_pdf,
};
use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Resolution of the previews.
const PREVIEW_DPI: u16 = 300;

/// Instead of a date, so that the same input gives the same bytes.
const NO_DATE: i64 = 0;

#[derive(Debug, Subcommand)]
pub(super) enum CardFaceCommand {
    /// Render cards into print files, sheets and previews
    Render(RenderArgs),
}

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// The layout file; the files it names lie beside it
    #[arg(long)]
    layout: PathBuf,
    /// The cards as JSON; the photos they name lie beside it
    #[arg(long)]
    data: PathBuf,
    /// The folder for what is rendered; made if it is not there
    #[arg(long)]
    out: PathBuf,
}

/// One card of the data file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CardEntry {
    card: CardPart,
    holder: Holder,
    product: ProductPart,
    category: CategoryPart,
    valid_from: String,
    valid_until: String,
    houses: Vec<String>,
    photo: Option<PathBuf>,
    #[serde(default)]
    language: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CardPart {
    number: String,
    code: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductPart {
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryPart {
    name: String,
    #[serde(default)]
    reduced: bool,
}

#[derive(Debug, Serialize)]
struct Report {
    rendered: usize,
    set_aside: Vec<SetAsideCard>,
}

#[derive(Debug, Serialize)]
struct SetAsideCard {
    card: String,
    reason: &'static str,
    message: String,
}

pub(super) fn run(command: CardFaceCommand) -> Result<(), Failure> {
    match command {
        CardFaceCommand::Render(args) => render(&args),
    }
}

fn render(args: &RenderArgs) -> Result<(), Failure> {
    let composer = read_layout(&args.layout).map_err(Failure::usage)?;
    let entries = read_data(&args.data).map_err(Failure::usage)?;
    std::fs::create_dir_all(&args.out).with_context(|| format!("cannot make {}", args.out.display()))?;
    let mut report = Report { rendered: 0, set_aside: Vec::new() };
    let mut waiting = Vec::new();
    let mut files = Files { out: &args.out, joined: entries.len() <= CARDS_PER_JOB_MAX, next: 1 };
    for entry in entries {
        let number = entry.card.number.clone();
        match compose(&composer, entry, folder_of(&args.data)) {
            Ok(card) => {
                files.write_previews(&card)?;
                report.rendered += 1;
                waiting.push(card);
            }
            Err((reason, message)) => report.set_aside.push(SetAsideCard { card: number, reason, message }),
        }
        if waiting.len() == CARDS_PER_JOB_MAX {
            files.write_cards(&std::mem::take(&mut waiting))?;
        }
    }
    files.write_cards(&waiting)?;
    let json = serde_json::to_vec_pretty(&report)?;
    write(&args.out.join("report.json"), &json)?;
    println!("{} cards rendered, {} set aside: {}", report.rendered, report.set_aside.len(), args.out.display());
    Ok(())
}

fn read_layout(path: &Path) -> anyhow::Result<Composer> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let layout = parse_layout(&text, &AssetFolder(folder_of(path).to_owned())).map_err(|findings| {
        let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
        anyhow!("{} has {} mistakes:\n{}", path.display(), findings.len(), lines.join("\n"))
    })?;
    Ok(Composer::new(&layout, &Fonts::bundled())?)
}

fn read_data(path: &Path) -> anyhow::Result<Vec<CardEntry>> {
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut reader = serde_json::Deserializer::from_slice(&text);
    let entries = serde_path_to_error::deserialize(&mut reader).with_context(|| format!("{}", path.display()))?;
    reader.end().with_context(|| format!("{}", path.display()))?;
    Ok(entries)
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Composes one card, or says why not: a stable word and a sentence.
fn compose(composer: &Composer, entry: CardEntry, folder: &Path) -> Result<ComposedCard, (&'static str, String)> {
    let photo_jpeg = match &entry.photo {
        None => None,
        Some(file) => {
            let missing = |_| ("photo_missing", "the photo's file cannot be read".to_owned());
            let bytes = std::fs::read(folder.join(file)).map_err(missing)?;
            let normalised = photo::normalise(&bytes, None);
            Some(normalised.map_err(|refusal| (refusal.reason(), refusal.to_string()))?.jpeg)
        }
    };
    let data = CardData {
        number: entry.card.number,
        code: entry.card.code,
        holder: entry.holder,
        product_name: entry.product.name,
        category_name: entry.category.name,
        reduced: entry.category.reduced,
        valid_from: entry.valid_from,
        valid_until: entry.valid_until,
        houses: entry.houses,
        photo_jpeg,
        language: entry.language.unwrap_or_else(|| "de".to_owned()),
    };
    composer.compose(&data).map_err(|set_aside| (set_aside.reason(), set_aside.to_string()))
}

/// Where files go and how they are called: `cards.pdf`, or `cards-001.pdf` and so on if there are several.
struct Files<'a> {
    out: &'a Path,
    joined: bool,
    next: usize,
}

impl Files<'_> {
    fn write_cards(&mut self, cards: &[ComposedCard]) -> anyhow::Result<()> {
        if cards.is_empty() {
            return Ok(());
        }
        let part = if self.joined { String::new() } else { format!("-{:03}", self.next) };
        let info = FileInfo { title: format!("cards{part}"), created_ms: NO_DATE };
        self.next += 1;
        write(&self.out.join(format!("cards{part}.pdf")), &cards_pdf(cards, PageEdge::Trim, &info)?)?;
        let info = FileInfo { title: format!("sheets{part}"), ..info };
        write(&self.out.join(format!("sheets{part}.pdf")), &sheets_pdf(cards, Sheet::A4, &info)?)
    }

    fn write_previews(&self, card: &ComposedCard) -> anyhow::Result<()> {
        let number: String = card.number().chars().filter(char::is_ascii_alphanumeric).collect();
        for (side, name) in [(Side::Front, "front"), (Side::Back, "back")] {
            let png = preview_png(card, side, PREVIEW_DPI)?;
            write(&self.out.join(format!("{number}-{name}.png")), &png)?;
        }
        Ok(())
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn entry(number: &str, family_name: &str, photo: Option<&str>) -> Value {
        json!({
            "card": {"number": number, "code": "1234567890".repeat(20)},
            "holder": {"given_name": "Zoë", "family_name": family_name, "birth_date": "1990-05-01"},
            "product": {"name": "Jahreskarte"},
            "category": {"name": "Erwachsene"},
            "valid_from": "2026-11-21",
            "valid_until": "2027-11-20",
            "houses": ["Stadtmuseum", "Schloss"],
            "photo": photo,
        })
    }

    /// A folder with layout, data and photos, and what `render` needs.
    fn prepared(entries: &Value) -> (tempfile::TempDir, RenderArgs) {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("layout.toml"), card_face::builtin::MAT).expect("written");
        std::fs::write(at("cards.json"), entries.to_string()).expect("written");
        std::fs::write(at("zoe.jpg"), card_face::sample_portrait(1)).expect("written");
        std::fs::write(at("text.jpg"), "not a picture").expect("written");
        let args = RenderArgs { layout: at("layout.toml"), data: at("cards.json"), out: at("out") };
        (folder, args)
    }

    #[test]
    fn cards_are_rendered_and_the_others_are_set_aside_with_their_reason() {
        let entries = json!([
            entry("00000000000001", "Müller", Some("zoe.jpg")),
            entry("00000000000002", "李", Some("zoe.jpg")),
            entry("00000000000003", "Müller", None),
            entry("00000000000004", "Müller", Some("nowhere.jpg")),
            entry("00000000000005", "Müller", Some("text.jpg")),
            entry("00000000000006", &"Hohenzollern-".repeat(15), Some("zoe.jpg")),
        ]);
        let (_folder, args) = prepared(&entries);
        render(&args).expect("it runs");
        let report = std::fs::read(args.out.join("report.json")).expect("a report");
        let report: Value = serde_json::from_slice(&report).expect("JSON");
        assert_eq!(report["rendered"], 1);
        let set_aside: Vec<_> = report["set_aside"].as_array().expect("a list").iter().collect();
        let pairs: Vec<_> = set_aside.iter().map(|card| (card["card"].as_str(), card["reason"].as_str())).collect();
        assert_eq!(
            pairs,
            [
                (Some("00000000000002"), Some("missing_glyph")),
                (Some("00000000000003"), Some("photo_missing")),
                (Some("00000000000004"), Some("photo_missing")),
                (Some("00000000000005"), Some("photo_unreadable")),
                (Some("00000000000006"), Some("text_too_long")),
            ]
        );
        for name in ["cards.pdf", "sheets.pdf", "00000000000001-front.png", "00000000000001-back.png"] {
            assert!(args.out.join(name).exists(), "{name}");
        }
        let first = std::fs::read(args.out.join("cards.pdf")).expect("a file");
        render(&args).expect("it runs again");
        assert!(first == std::fs::read(args.out.join("cards.pdf")).expect("a file"), "same input, same bytes");
    }

    #[test]
    fn unusable_input_is_the_callers_mistake() {
        let mut unknown = entry("00000000000001", "Müller", None);
        unknown["shoe_size"] = json!(43);
        for entries in [json!({}), json!([{}]), json!([unknown])] {
            let (_folder, args) = prepared(&entries);
            assert!(matches!(render(&args), Err(Failure::Usage(_))), "{entries}");
        }
        let (_folder, args) = prepared(&json!([]));
        std::fs::write(&args.layout, "schema = 1").expect("written");
        assert!(matches!(render(&args), Err(Failure::Usage(_))));
    }
}
