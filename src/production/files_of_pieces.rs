//! The files of a run that are no print files of ours alone: lists, portraits, and the package for a print provider.

use super::files::{Part, RunFile, Together, info};
use super::frozen::Frozen;
use super::manifest::{self, photo_name};
use super::package::{Archive, Contents};
use super::print_run::PrintRun;
use super::store;
use crate::app::App;
use card_face::{PageEdge, cards_pdf};
use std::fs::File;

/// The most cards whose portraits are in memory at once.
const CARDS_AT_ONCE: u32 = 100;

/// One line per card.
pub(super) async fn list(app: &App, run: &PrintRun, file: RunFile, part: Part) -> anyhow::Result<Vec<u8>> {
    let frozen = store::run_cards::frozen(&mut app.db.read().await?, run.id, part).await?;
    let cards: Vec<_> = frozen.into_iter().map(|(_, data)| data).collect();
    let make = move || -> anyhow::Result<Vec<u8>> {
        Ok(match file {
            RunFile::ManifestXlsx => manifest::xlsx(part.first, &cards)?,
            _ => manifest::csv(part.first, &cards)?,
        })
    };
    tokio::task::spawn_blocking(make).await?
}

/// The portraits, named by card number.
pub(super) async fn photos(app: &App, run: &PrintRun, part: Part) -> anyhow::Result<File> {
    let archive = add_photos(Archive::begin()?, app, run, part).await?;
    tokio::task::spawn_blocking(move || archive.end()).await?
}

/// All that a print provider needs. The proof shows every card with its bleed, in the inks of a press.
pub(super) async fn provider_package(app: &App, run: &PrintRun, part: Part) -> anyhow::Result<File> {
    let csv = list(app, run, RunFile::ManifestCsv, part).await?;
    let xlsx = list(app, run, RunFile::ManifestXlsx, part).await?;
    let mut proof = Together::begin(info(run))?;
    let mut contents = Contents::default();
    for piece in part.pieces(CARDS_AT_ONCE) {
        let frozen = Frozen::of_part(app, run.id, piece).await?;
        frozen.cards.iter().for_each(|card| contents.take(card));
        let info = info(run);
        let make = move || anyhow::Ok(cards_pdf(&frozen.compose()?, PageEdge::Bleed, &info)?);
        proof = proof.add(tokio::task::spawn_blocking(make).await??).await?;
    }
    let mut proof = proof.end()?;
    let add = move || -> anyhow::Result<Archive> {
        let mut archive = Archive::begin()?;
        archive.add("cards.csv".to_owned(), &mut csv.as_slice())?;
        archive.add("cards.xlsx".to_owned(), &mut xlsx.as_slice())?;
        archive.add("proof.pdf".to_owned(), &mut proof)?;
        Ok(archive)
    };
    let archive = tokio::task::spawn_blocking(add).await??;
    let archive = add_photos(archive, app, run, part).await?;
    let title = info(run).title;
    tokio::task::spawn_blocking(move || archive.end_with_manifest(&title, &contents)).await?
}

async fn add_photos(mut archive: Archive, app: &App, run: &PrintRun, part: Part) -> anyhow::Result<Archive> {
    for piece in part.pieces(CARDS_AT_ONCE) {
        let frozen = Frozen::of_part(app, run.id, piece).await?;
        let add = move || -> anyhow::Result<Archive> {
            for (card, portrait) in frozen.cards.iter().zip(&frozen.portraits) {
                if let Some(portrait) = portrait {
                    archive.add(photo_name(&card.number), &mut portrait.as_slice())?;
                }
            }
            Ok(archive)
        };
        archive = tokio::task::spawn_blocking(add).await??;
    }
    Ok(archive)
}
