//! Layouts made ready for composing, kept while the process lives.
//!
//! Finding the fonts and composing a layout's fixed parts takes longer than composing a card. What is kept is named by the hash of the
//! layout's content and follows from it alone, so sharing it between all parts of a process changes no result.

use super::layout_package::LayoutPackage;
use anyhow::{anyhow, bail};
use card_face::{Composer, Fonts, LetterWriter, parse_layout};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The faces of this program.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::bundled);
static COMPOSERS: Mutex<BTreeMap<String, Arc<Composer>>> = Mutex::new(BTreeMap::new());

/// The composer of the agreed layout with this content hash (hexadecimal) and file. It computes: call it off the async threads.
///
/// # Errors
/// When the file is not the layout that was agreed, or is set in a font that this machine does not have.
pub fn composer(content_sha256: &str, package: &LayoutPackage) -> anyhow::Result<Arc<Composer>> {
    if let Some(composer) = COMPOSERS.lock().unwrap_or_else(PoisonError::into_inner).get(content_sha256) {
        return Ok(composer.clone());
    }
    let layout = parse_layout(&package.body, package)
        .map_err(|findings| anyhow!("an agreed layout cannot be read: {} mistakes", findings.len()))?;
    if layout.content_sha256 != content_sha256 {
        bail!("the file of an agreed layout was changed: {} is not {content_sha256}", layout.content_sha256);
    }
    let composer = Arc::new(Composer::new(&layout, &FONTS)?);
    let mut composers = COMPOSERS.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(composers.entry(content_sha256.to_owned()).or_insert(composer).clone())
}

/// What sets letters, in the program's own fonts.
///
/// # Errors
/// When this program was built without them.
pub fn letter_writer() -> anyhow::Result<LetterWriter> {
    Ok(LetterWriter::new(&FONTS)?)
}
