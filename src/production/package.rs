//! The package for a print provider: lists, portraits by card number, a proof of every card, and a manifest with a hash of each file.

use super::manifest::{self, photo_name};
use super::print_data::{PrintData, sha256};
use card_face::{ComposedCard, FileInfo, PageEdge, cards_pdf};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What `manifest.json` says.
#[derive(Serialize)]
struct Manifest<'a> {
    title: &'a str,
    cards: usize,
    photos: usize,
    layouts: BTreeSet<LayoutUsed<'a>>,
    files: Vec<FileNamed>,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct LayoutUsed<'a> {
    id: &'a str,
    version: u32,
    sha256: &'a str,
}

impl<'a> LayoutUsed<'a> {
    fn of(card: &'a PrintData) -> Self {
        Self { id: &card.layout_id, version: card.layout_version, sha256: &card.layout_sha256 }
    }
}

#[derive(Serialize)]
struct FileNamed {
    name: String,
    bytes: usize,
    sha256: String,
}

/// The cards of a package with their portraits and faces, in one order.
pub(super) struct Contents<'a> {
    /// The place of the first card in its run.
    pub(super) first: u32,
    pub(super) cards: &'a [PrintData],
    pub(super) portraits: &'a [Option<Vec<u8>>],
    pub(super) faces: &'a [ComposedCard],
}

/// Makes the archive. The proof shows every card with its bleed, in the inks of a press. The same cards give the same bytes.
///
/// # Errors
/// When a file cannot be made.
pub(super) fn package(contents: &Contents<'_>, info: &FileInfo) -> anyhow::Result<Vec<u8>> {
    let Contents { first, cards, portraits, faces } = *contents;
    let mut files = vec![
        ("cards.csv".to_owned(), manifest::csv(first, cards)?),
        ("cards.xlsx".to_owned(), manifest::xlsx(first, cards)?),
        ("proof.pdf".to_owned(), cards_pdf(faces, PageEdge::Bleed, info)?),
    ];
    let photos = cards.iter().zip(portraits).filter_map(|(card, portrait)| Some((card, portrait.as_ref()?)));
    files.extend(photos.map(|(card, portrait)| (photo_name(&card.number), portrait.clone())));
    let named = |(name, bytes): &(String, Vec<u8>)| FileNamed {
        name: name.clone(),
        bytes: bytes.len(),
        sha256: hex::encode(sha256(bytes)),
    };
    let manifest = Manifest {
        title: &info.title,
        cards: cards.len(),
        photos: portraits.iter().flatten().count(),
        layouts: cards.iter().map(LayoutUsed::of).collect(),
        files: files.iter().map(named).collect(),
    };
    let manifest = serde_json::to_vec_pretty(&manifest)?;
    archive(std::iter::once(("manifest.json".to_owned(), manifest)).chain(files))
}

/// An archive that names no moment: the format's own beginning of time stands for all. JPEG and PDF do not get smaller.
pub(super) fn archive(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> anyhow::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
