//! The files of a run: for the card printer, for a sheet, for a print provider.
//!
//! Each file is made from the frozen print data of the run when it is first asked for, and kept. It names no other moment than the start
//! of the run, so it has the same bytes whoever makes it. A part of a run, to go on after a jam, is made on each request.

use super::composers;
use super::layout::LayoutState;
use super::layout_package::LayoutPackage;
use super::layout_source;
use super::manifest::{self, photo_name};
use super::package::{Contents, archive, package};
use super::print_data::{PORTRAIT, PrintData, file_key, sha256};
use super::print_job::PrintJob;
use super::print_run::PrintRun;
use super::printer_pdf::set_right;
use super::store;
use crate::app::App;
use crate::kernel::ids::{Id, PrintRunId};
use anyhow::{Context, anyhow, bail};
use card_face::{ComposedCard, FileInfo, PageEdge, Sheet, cards_pdf, sheets_pdf};
use db::Conn;
use std::collections::BTreeMap;

/// A file of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunFile {
    /// Two pages per card, front and back, each as large as the card.
    CardsPdf,
    /// The cards on sheets of paper, with crop marks.
    SheetsPdf,
    /// The cards on sheets of paper, each with its bleed.
    SheetsBleedPdf,
    /// One line per card.
    ManifestCsv,
    /// The same as a workbook.
    ManifestXlsx,
    /// The portraits, named by card number.
    PhotosZip,
    /// All that a print provider needs.
    PackageZip,
}

impl RunFile {
    /// All files, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::CardsPdf,
        Self::SheetsPdf,
        Self::SheetsBleedPdf,
        Self::ManifestCsv,
        Self::ManifestXlsx,
        Self::PhotosZip,
        Self::PackageZip,
    ];

    /// The file with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }

    /// The file's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CardsPdf => "cards.pdf",
            Self::SheetsPdf => "sheets.pdf",
            Self::SheetsBleedPdf => "sheets-bleed.pdf",
            Self::ManifestCsv => "manifest.csv",
            Self::ManifestXlsx => "manifest.xlsx",
            Self::PhotosZip => "photos.zip",
            Self::PackageZip => "package.zip",
        }
    }

    /// The file's media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::CardsPdf | Self::SheetsPdf | Self::SheetsBleedPdf => "application/pdf",
            Self::ManifestCsv => "text/csv; charset=utf-8",
            Self::ManifestXlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::PhotosZip | Self::PackageZip => "application/zip",
        }
    }
}

/// Some cards of a run, by their places from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The first card's place.
    pub first: u32,
    /// The last card's place.
    pub last: u32,
}

impl Part {
    /// The part that somebody asked for. `None` when the run has no such places.
    pub fn of(cards: u32, first: Option<u32>, last: Option<u32>) -> Option<Self> {
        let part = Self { first: first.unwrap_or(1), last: last.unwrap_or(cards) };
        (1 <= part.first && part.first <= part.last && part.last <= cards).then_some(part)
    }

    const fn is_whole(self, cards: u32) -> bool {
        self.first == 1 && self.last == cards
    }
}

/// The bytes of a file of a run, or of a part of it.
///
/// # Errors
/// When the database or the file store does not answer, or what was frozen is gone.
pub async fn file(app: &App, run: &PrintRun, file: RunFile, part: Part) -> anyhow::Result<Vec<u8>> {
    let whole = part.is_whole(run.counts.cards());
    let key = key(run.id, file);
    if whole && let Some(kept) = app.files.find(&key).await? {
        return Ok(kept);
    }
    let material = gather(app, run.id, file, part).await?;
    let info = info(run);
    let bytes = tokio::task::spawn_blocking(move || make(file, part, &info, material)).await??;
    if whole {
        app.files.put(&key, bytes.clone()).await?;
    }
    Ok(bytes)
}

/// The file of a job, set right for its printer. A test card shows nobody and opens nothing.
///
/// # Errors
/// As [`file`]; and when a test card finds no agreed layout.
pub(super) async fn file_of_job(app: &App, job: &PrintJob) -> anyhow::Result<Vec<u8>> {
    let mut conn = app.db.read().await?;
    let setting =
        store::printers::find(&mut conn, &job.printer).await?.context("the printer of a job is gone")?.setting;
    let info = FileInfo { title: job.name(), created_ms: job.created_at.0 };
    let material = match job.run {
        Some(_) => {
            let frozen = store::print_jobs::frozen(&mut conn, job.id).await?;
            gather_frozen(app, conn, RunFile::CardsPdf, frozen).await?
        }
        None => test_material(app, &mut conn, job).await?,
    };
    tokio::task::spawn_blocking(move || {
        let plain = pdf(RunFile::CardsPdf, &compose_all(material)?, &info)?;
        Ok(set_right(plain, setting)?)
    })
    .await?
}

/// What a test card shows, in the newest agreed layout.
async fn test_material(app: &App, conn: &mut Conn, job: &PrintJob) -> anyhow::Result<Material> {
    let layouts = store::layouts::all(conn).await?;
    let agreed = layouts.iter().filter(|layout| layout.state == LayoutState::Agreed);
    let layout = agreed.max_by_key(|layout| layout.agreed_at).context("no layout is agreed yet")?;
    let portrait = card_face::sample_portrait(1);
    let data = PrintData {
        card: Id::from_uuid(uuid::Uuid::nil()),
        number: "0".repeat(14),
        code: "0".repeat(card::SIGNED_TEXT_DIGITS),
        given_name: Some("Test".to_owned()),
        family_name: Some(job.printer.to_string()),
        birth_date: None,
        product_name: "Test".to_owned(),
        category_name: "Test".to_owned(),
        check_proof: false,
        valid_from: "2000-01-01".to_owned(),
        valid_until: "2000-01-01".to_owned(),
        houses: Vec::new(),
        language: "de".to_owned(),
        photo_sha256: Some(hex::encode(sha256(&portrait))),
        layout_id: layout.id.clone(),
        layout_version: layout.version,
        layout_sha256: layout.content_sha256.clone(),
    };
    let mut material = Material { cards: Vec::new(), portraits: vec![Some(portrait)], layouts: BTreeMap::new() };
    gather_layout(app, conn, &mut material.layouts, &data).await?;
    material.cards.push(data);
    Ok(material)
}

/// The cards of a part of a run, composed.
///
/// # Errors
/// As [`file`].
pub(super) async fn compose_part(app: &App, run: PrintRunId, part: Part) -> anyhow::Result<Vec<ComposedCard>> {
    let material = gather(app, run, RunFile::CardsPdf, part).await?;
    tokio::task::spawn_blocking(move || compose_all(material)).await?
}

/// Makes files of a whole run from its composed cards, and keeps them.
///
/// # Errors
/// When a file cannot be made or kept.
pub(super) async fn make_and_keep(
    app: &App,
    run: &PrintRun,
    kinds: Vec<RunFile>,
    cards: Vec<ComposedCard>,
) -> anyhow::Result<()> {
    let info = info(run);
    let make = move || -> anyhow::Result<Vec<(RunFile, Vec<u8>)>> {
        kinds.into_iter().map(|kind| Ok((kind, pdf(kind, &cards, &info)?))).collect()
    };
    for (kind, bytes) in tokio::task::spawn_blocking(make).await?? {
        app.files.put(&key(run.id, kind), bytes).await?;
    }
    Ok(())
}

fn key(run: PrintRunId, file: RunFile) -> String {
    format!("print-runs/{run}/{}", file.name())
}

fn info(run: &PrintRun) -> FileInfo {
    FileInfo { title: format!("Print run {}", run.number), created_ms: run.created_at.0 }
}

/// What a file is made of.
struct Material {
    cards: Vec<PrintData>,
    /// In the order of the cards; empty for files that show no portraits.
    portraits: Vec<Option<Vec<u8>>>,
    /// The files of the layouts by the hashes of their contents.
    layouts: BTreeMap<String, LayoutPackage>,
}

async fn gather(app: &App, run: PrintRunId, file: RunFile, part: Part) -> anyhow::Result<Material> {
    let mut conn = app.db.read().await?;
    let frozen = store::run_cards::frozen(&mut conn, run, part).await?;
    gather_frozen(app, conn, file, frozen).await
}

async fn gather_frozen(app: &App, mut conn: Conn, file: RunFile, frozen: Vec<Vec<u8>>) -> anyhow::Result<Material> {
    let mut material = Material { cards: Vec::new(), portraits: Vec::new(), layouts: BTreeMap::new() };
    for hash in &frozen {
        let data = store::print_data::find(&mut conn, hash).await?.context("print data of a run are gone")?;
        gather_layout(app, &mut conn, &mut material.layouts, &data).await?;
        material.cards.push(data);
    }
    drop(conn);
    if matches!(file, RunFile::ManifestCsv | RunFile::ManifestXlsx) {
        return Ok(material);
    }
    for (hash, data) in frozen.iter().zip(&material.cards) {
        material.portraits.push(portrait(app, hash, data).await?);
    }
    Ok(material)
}

async fn gather_layout(
    app: &App,
    conn: &mut Conn,
    layouts: &mut BTreeMap<String, LayoutPackage>,
    data: &PrintData,
) -> anyhow::Result<()> {
    if !layouts.contains_key(&data.layout_sha256) {
        let package = layout_source::load_used(app, conn, &data.layout_id, data.layout_version).await?;
        layouts.insert(data.layout_sha256.clone(), package);
    }
    Ok(())
}

/// The frozen portrait of a card.
pub(super) async fn portrait(app: &App, hash: &[u8], data: &PrintData) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(wanted) = &data.photo_sha256 else { return Ok(None) };
    let bytes = app.files.get(&file_key(hash, PORTRAIT)).await?;
    if hex::encode(sha256(&bytes)) != *wanted {
        bail!("the portrait of card {} is not the one that was frozen", data.card);
    }
    Ok(Some(bytes))
}

fn make(file: RunFile, part: Part, info: &FileInfo, material: Material) -> anyhow::Result<Vec<u8>> {
    Ok(match file {
        RunFile::CardsPdf | RunFile::SheetsPdf | RunFile::SheetsBleedPdf => pdf(file, &compose_all(material)?, info)?,
        RunFile::ManifestCsv => manifest::csv(part.first, &material.cards)?,
        RunFile::ManifestXlsx => manifest::xlsx(part.first, &material.cards)?,
        RunFile::PhotosZip => photos_zip(&material)?,
        RunFile::PackageZip => package_zip(part.first, info, material)?,
    })
}

fn pdf(file: RunFile, cards: &[ComposedCard], info: &FileInfo) -> anyhow::Result<Vec<u8>> {
    Ok(match file {
        RunFile::SheetsPdf => sheets_pdf(cards, Sheet::A4, info)?,
        RunFile::SheetsBleedPdf => sheets_pdf(cards, Sheet::A4_BLEED, info)?,
        _ => cards_pdf(cards, PageEdge::Trim, info)?,
    })
}

fn compose_all(material: Material) -> anyhow::Result<Vec<ComposedCard>> {
    let Material { cards, portraits, layouts } = material;
    cards.iter().zip(portraits).map(|(data, portrait)| compose(data, portrait, &layouts)).collect()
}

fn compose(
    data: &PrintData,
    portrait: Option<Vec<u8>>,
    layouts: &BTreeMap<String, LayoutPackage>,
) -> anyhow::Result<ComposedCard> {
    let layout = layouts.get(&data.layout_sha256).context("the layout of a run is gone")?;
    let composer = composers::composer(&data.layout_sha256, layout)?;
    let composed = composer.compose(&data.card_data(portrait));
    composed.map_err(|aside| anyhow!("card {} cannot be composed any more: {}", data.card, aside.reason()))
}

fn photos_zip(material: &Material) -> anyhow::Result<Vec<u8>> {
    let photos = material.cards.iter().zip(&material.portraits);
    archive(photos.filter_map(|(data, portrait)| Some((photo_name(&data.number), portrait.clone()?))))
}

fn package_zip(first: u32, info: &FileInfo, material: Material) -> anyhow::Result<Vec<u8>> {
    let (cards, portraits) = (material.cards.clone(), material.portraits.clone());
    let faces = compose_all(material)?;
    package(&Contents { first, cards: &cards, portraits: &portraits, faces: &faces }, info)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_lies_in_the_run() {
        let part = |first, last| Part { first, last };
        for (from, to, wanted) in [
            (None, None, Some(part(1, 200))),
            (Some(137), None, Some(part(137, 200))),
            (Some(137), Some(137), Some(part(137, 137))),
            (None, Some(136), Some(part(1, 136))),
            (Some(0), None, None),
            (Some(201), None, None),
            (None, Some(201), None),
            (Some(3), Some(2), None),
        ] {
            assert_eq!(Part::of(200, from, to), wanted, "{from:?} {to:?}");
        }
        assert!(part(1, 200).is_whole(200));
        assert!(!part(2, 200).is_whole(200));
    }
}
