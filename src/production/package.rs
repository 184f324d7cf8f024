//! The package for a print provider: lists, portraits by card number, a proof of every card, and a manifest with a hash of each file.
//!
//! It is written to the disk file by file, so that a long run needs no more memory than a short one. The same cards give the same bytes.

use super::print_data::PrintData;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Bytes of a file that are in memory at once.
const PIECE: usize = 64 * 1024;

/// What `manifest.json` says.
#[derive(Serialize)]
struct Manifest<'a> {
    title: &'a str,
    cards: usize,
    photos: usize,
    layouts: &'a BTreeSet<LayoutUsed>,
    files: &'a [FileNamed],
}

#[derive(Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct LayoutUsed {
    id: String,
    version: u32,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct FileNamed {
    name: String,
    bytes: u64,
    sha256: String,
}

/// What the cards of a package come to.
#[derive(Debug, Default)]
pub(super) struct Contents {
    cards: usize,
    photos: usize,
    layouts: BTreeSet<LayoutUsed>,
}

impl Contents {
    /// Counts a card.
    pub(super) fn take(&mut self, card: &PrintData) {
        self.cards += 1;
        self.photos += usize::from(card.photo_sha256.is_some());
        self.layouts.insert(LayoutUsed {
            id: card.layout_id.clone(),
            version: card.layout_version,
            sha256: card.layout_sha256.clone(),
        });
    }
}

/// An archive on the disk that names no moment: the format's own beginning of time stands for all. JPEG and PDF do not get smaller.
pub(super) struct Archive {
    /// Boxed, for it is large and travels from thread to thread.
    zip: Box<ZipWriter<File>>,
    files: Vec<FileNamed>,
}

impl Archive {
    /// Begins an archive.
    pub(super) fn begin() -> anyhow::Result<Self> {
        Ok(Self { zip: Box::new(ZipWriter::new(tempfile::tempfile()?)), files: Vec::new() })
    }

    /// Adds a file. Takes the time of a disk, as all that follows.
    pub(super) fn add(&mut self, name: String, content: &mut impl Read) -> anyhow::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default());
        self.zip.start_file(name.as_str(), options)?;
        let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
        loop {
            let read = content.read(&mut piece)?;
            if read == 0 {
                break;
            }
            hash.update(&piece[..read]);
            self.zip.write_all(&piece[..read])?;
            bytes += read as u64;
        }
        self.files.push(FileNamed { name, bytes, sha256: hex::encode(hash.finalize()) });
        Ok(())
    }

    /// Ends the archive with what it holds, and hands it out from its beginning.
    pub(super) fn end_with_manifest(mut self, title: &str, contents: &Contents) -> anyhow::Result<File> {
        let Contents { cards, photos, layouts } = contents;
        let manifest = Manifest { title, cards: *cards, photos: *photos, layouts, files: &self.files };
        let manifest = serde_json::to_vec_pretty(&manifest)?;
        self.add("manifest.json".to_owned(), &mut manifest.as_slice())?;
        self.end()
    }

    /// Ends the archive, and hands it out from its beginning.
    pub(super) fn end(self) -> anyhow::Result<File> {
        let mut file = self.zip.finish()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}
