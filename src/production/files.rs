//! The files of a run: for the card printer, for a sheet, for a print provider.
//!
//! Each is made from the frozen print data of the run and names no other moment than its start, so it has the same bytes whoever makes
//! it, and a part of it, to go on after a jam, can be made at any time. A file of many cards is made of pieces of at most a hundred:
//! those of the run itself are kept, and only one is in memory, however long the run is.

use super::files_of_pieces::{list, photos, provider_package};
use super::frozen::Frozen;
use super::join_run::join_all;
use super::layout::LayoutState;
use super::print_data::{PrintData, sha256};
use super::print_job::PrintJob;
use super::print_run::PrintRun;
use super::printer_pdf::set_right;
use super::store;
use crate::app::App;
use crate::kernel::Actor;
use crate::kernel::ids::{Id, PrintRunId};
use anyhow::Context;
use card_face::{ComposedCard, FileInfo, LongFile, PageEdge, Sheet, cards_pdf, sheets_pdf};
use db::Conn;
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom};

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

    /// The most cards of a piece: no sheet but the last one stays half empty.
    pub(super) const fn cards_at_once(self) -> u32 {
        match self {
            Self::SheetsBleedPdf => 96,
            _ => 100,
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

    /// The pieces in which it is made.
    pub(super) fn pieces(self, cards_at_once: u32) -> impl Iterator<Item = Self> + Send {
        let starts = (self.first..=self.last).step_by(cards_at_once as usize);
        starts.map(move |first| Self { first, last: self.last.min(first.saturating_add(cards_at_once - 1)) })
    }

    /// Whether it is a piece of the run itself, which has so many cards.
    fn is_piece_of(self, cards: u32, cards_at_once: u32) -> bool {
        (self.first - 1).is_multiple_of(cards_at_once)
            && self.last == cards.min(self.first.saturating_add(cards_at_once - 1))
    }
}

/// A file that was made.
#[derive(Debug)]
pub enum Made {
    /// In memory.
    Bytes(Vec<u8>),
    /// On the disk, from its beginning, and gone when it is dropped.
    File(File),
}

/// A file of a run, or of a part of it. Cards that are still to join the run are waited for.
///
/// # Errors
/// When the database or the file store does not answer, or what was frozen is gone.
pub async fn file(app: &App, run: &PrintRun, file: RunFile, part: Part) -> anyhow::Result<Made> {
    if run.joining.is_some() {
        join_all(app, &app.act(Actor::System), run.id).await?;
        let whole = store::runs::find(&mut app.db.read().await?, run.id).await?.context("a run is gone")?;
        let part = Part { last: part.last.min(whole.cards()), ..part };
        return made(app, &whole, file, part).await;
    }
    made(app, run, file, part).await
}

async fn made(app: &App, run: &PrintRun, file: RunFile, part: Part) -> anyhow::Result<Made> {
    match file {
        RunFile::CardsPdf | RunFile::SheetsPdf | RunFile::SheetsBleedPdf => pdf_of(app, run, file, part).await,
        RunFile::ManifestCsv | RunFile::ManifestXlsx => Ok(Made::Bytes(list(app, run, file, part).await?)),
        RunFile::PhotosZip => Ok(Made::File(photos(app, run, part).await?)),
        RunFile::PackageZip => Ok(Made::File(provider_package(app, run, part).await?)),
    }
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
    let frozen = match job.run {
        Some(_) => {
            let frozen = store::print_jobs::frozen(&mut conn, job.id).await?;
            Frozen::gather(app, conn, frozen).await?
        }
        None => test_card(app, &mut conn, job).await?,
    };
    tokio::task::spawn_blocking(move || {
        let plain = pdf(RunFile::CardsPdf, &frozen.compose()?, &info)?;
        Ok(set_right(plain, setting)?)
    })
    .await?
}

/// What a test card shows, in the newest agreed layout.
async fn test_card(app: &App, conn: &mut Conn, job: &PrintJob) -> anyhow::Result<Frozen> {
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
    Frozen::of_nobody(app, conn, data, portrait).await
}

/// Makes the piece of a run in which the first card stands that is not among its first `composed`, in each of these kinds, and keeps it.
/// Answers its last card.
///
/// # Errors
/// As [`file`].
pub(super) async fn prepare_piece(
    app: &App,
    run: &PrintRun,
    kinds: &'static [RunFile],
    composed: u32,
) -> anyhow::Result<u32> {
    let at_once = kinds.iter().map(|kind| kind.cards_at_once()).min().unwrap_or(1);
    let composed = composed.min(run.cards().saturating_sub(1));
    let before = composed - composed % at_once;
    let piece = Part { first: before + 1, last: run.cards().min(before + at_once) };
    let (info, frozen) = (info(run), Frozen::of_part(app, run.id, piece).await?);
    let make = move || -> anyhow::Result<Vec<(RunFile, Vec<u8>)>> {
        let cards = frozen.compose()?;
        kinds.iter().map(|kind| Ok((*kind, pdf(*kind, &cards, &info)?))).collect()
    };
    for (kind, bytes) in tokio::task::spawn_blocking(make).await?? {
        app.files.put(&key(run.id, kind, piece), bytes).await?;
    }
    Ok(piece.last)
}

async fn pdf_of(app: &App, run: &PrintRun, file: RunFile, part: Part) -> anyhow::Result<Made> {
    let at_once = file.cards_at_once();
    if part.pieces(at_once).nth(1).is_none() {
        return Ok(Made::Bytes(pdf_piece(app, run, file, part).await?));
    }
    let mut together = Together::begin(info(run))?;
    for piece in part.pieces(at_once) {
        together = together.add(pdf_piece(app, run, file, piece).await?).await?;
    }
    Ok(Made::File(together.end()?))
}

/// A file on the disk of whole files, put together.
pub(super) struct Together(LongFile<BufWriter<File>>);

impl Together {
    pub(super) fn begin(info: FileInfo) -> anyhow::Result<Self> {
        Ok(Self(LongFile::begin(BufWriter::new(tempfile::tempfile()?), info)?))
    }

    pub(super) async fn add(self, bytes: Vec<u8>) -> anyhow::Result<Self> {
        let mut long = self.0;
        Ok(Self(tokio::task::spawn_blocking(move || long.add(&bytes).map(|()| long)).await??))
    }

    /// The file, from its beginning.
    pub(super) fn end(self) -> anyhow::Result<File> {
        let mut file = self.0.end()?.into_inner()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

async fn pdf_piece(app: &App, run: &PrintRun, file: RunFile, piece: Part) -> anyhow::Result<Vec<u8>> {
    let is_own = piece.is_piece_of(run.cards(), file.cards_at_once());
    let key = key(run.id, file, piece);
    if is_own && let Some(kept) = app.files.find(&key).await? {
        return Ok(kept);
    }
    let (info, frozen) = (info(run), Frozen::of_part(app, run.id, piece).await?);
    let bytes = tokio::task::spawn_blocking(move || pdf(file, &frozen.compose()?, &info)).await??;
    if is_own {
        app.files.put(&key, bytes.clone()).await?;
    }
    Ok(bytes)
}

/// Forgets what was kept of a run's files: they are made anew when somebody asks for them.
///
/// # Errors
/// When the file store does not answer.
pub(super) async fn forget(app: &App, run: &PrintRun) -> anyhow::Result<()> {
    for kind in RunFile::ALL {
        for piece in (Part { first: 1, last: run.cards() }).pieces(kind.cards_at_once()) {
            app.files.delete(&key(run.id, kind, piece)).await?;
        }
    }
    Ok(())
}

fn key(run: PrintRunId, file: RunFile, piece: Part) -> String {
    format!("print-runs/{run}/{}-{}/{}", piece.first, piece.last, file.name())
}

pub(super) fn info(run: &PrintRun) -> FileInfo {
    FileInfo { title: format!("Print run {}", run.number), created_ms: run.created_at.0 }
}

fn pdf(file: RunFile, cards: &[ComposedCard], info: &FileInfo) -> anyhow::Result<Vec<u8>> {
    Ok(match file {
        RunFile::SheetsPdf => sheets_pdf(cards, Sheet::A4, info)?,
        RunFile::SheetsBleedPdf => sheets_pdf(cards, Sheet::A4_BLEED, info)?,
        _ => cards_pdf(cards, PageEdge::Trim, info)?,
    })
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
    }

    #[test]
    fn a_long_part_is_made_in_pieces() {
        let part = |first, last| Part { first, last };
        assert_eq!(part(1, 100).pieces(100).collect::<Vec<_>>(), [part(1, 100)]);
        assert_eq!(part(1, 250).pieces(100).collect::<Vec<_>>(), [part(1, 100), part(101, 200), part(201, 250)]);
        assert_eq!(part(137, 240).pieces(100).collect::<Vec<_>>(), [part(137, 236), part(237, 240)]);
        for (piece, is_own) in [
            (part(1, 100), true),
            (part(201, 250), true),
            (part(201, 249), false),
            (part(2, 101), false),
            (part(1, 250), false),
            (part(1, 50), false),
        ] {
            assert_eq!(piece.is_piece_of(250, 100), is_own, "{piece:?}");
        }
        assert!(part(1, 7).is_piece_of(7, 100));
    }
}
