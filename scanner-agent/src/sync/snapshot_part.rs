//! A snapshot on its way: kept in a file, so that a connection that breaks costs no more than what is still missing.
//!
//! Nothing in the file counts before it is complete and its seal and hash were found right.

use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, Read, Write as _};
use std::path::PathBuf;

use anyhow::Context as _;

use super::SyncError;
use super::client::Client;

const CHUNK_BYTES: usize = 64 * 1_024;

/// What was fetched so far.
pub(crate) struct SnapshotPart {
    path: PathBuf,
    /// Names the file of the server that this is a part of. After a new start of the program it is fetched from its beginning.
    tag: Option<String>,
}

impl SnapshotPart {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, tag: None }
    }

    /// Fetches what is missing; answers the whole file. What came before an error stays for the next attempt.
    pub(crate) fn complete(&mut self, client: &Client, now_ms: i64) -> Result<impl Read + use<>, SyncError> {
        let there = fs::metadata(&self.path).map_or(0, |file| file.len());
        let part = self.tag.as_deref().filter(|_| there > 0).map(|tag| (tag, there));
        let mut download = client.snapshot(now_ms, part)?;
        let mut options = OpenOptions::new();
        let mut file =
            if download.goes_on { options.append(true) } else { options.write(true).create(true).truncate(true) }
                .open(&self.path)
                .with_context(|| format!("cannot write {}", self.path.display()))?;
        if download.goes_on {
            tracing::info!(bytes = there, "going on with the snapshot where the connection broke");
        }
        self.tag = Some(download.tag);
        let mut bytes = vec![0; CHUNK_BYTES];
        loop {
            let count = download.bytes.read(&mut bytes).map_err(|error| SyncError::Unreachable(error.to_string()))?;
            if count == 0 {
                break;
            }
            let chunk = bytes.get(..count).unwrap_or_default();
            file.write_all(chunk).with_context(|| format!("cannot write {}", self.path.display()))?;
        }
        let file = File::open(&self.path).with_context(|| format!("cannot read {}", self.path.display()))?;
        Ok(BufReader::new(file))
    }

    /// It was taken over, or is no good.
    pub(crate) fn discard(&mut self) {
        self.tag = None;
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!(%error, file = %self.path.display(), "a file that is not needed any more is left");
        }
    }
}
