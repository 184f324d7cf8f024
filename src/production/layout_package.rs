//! What somebody uploads as a layout: the TOML file alone, or a ZIP archive with it and the files that it names.

use card_face::AssetSource;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The layout file in an archive.
const LAYOUT_FILE: &str = "layout.toml";
/// The most bytes of all files together, unpacked.
const BYTES_MAX: u64 = 48 * 1024 * 1024;
/// The most files in an archive.
const FILES_MAX: usize = 64;

/// A layout with the files that it names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayoutPackage {
    /// The layout file, TOML.
    pub body: String,
    /// Its pictures and fonts by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Why an upload is no layout at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPackage {
    /// Neither text nor an archive that can be read.
    #[error("the file is neither a layout file nor a ZIP archive with one")]
    Unreadable,
    /// An archive without `layout.toml`.
    #[error("the archive holds no layout.toml")]
    NoLayout,
    /// Unpacked it is larger than any layout.
    #[error("the archive holds too many files, or too large ones")]
    TooLarge,
}

impl NotAPackage {
    /// A stable word.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Unreadable => "layout_unreadable",
            Self::NoLayout => "layout_missing",
            Self::TooLarge => "layout_too_large",
        }
    }
}

impl LayoutPackage {
    /// A layout that names no files.
    pub fn of_text(body: impl Into<String>) -> Self {
        Self { body: body.into(), files: BTreeMap::new() }
    }

    /// Reads an upload. In an archive all may lie in one folder; folders below it are left out.
    ///
    /// # Errors
    /// When it is no layout.
    pub fn read(bytes: &[u8]) -> Result<Self, NotAPackage> {
        if bytes.starts_with(b"PK") {
            return unpack(bytes);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| NotAPackage::Unreadable)?;
        let text = text.trim_start_matches('\u{FEFF}');
        if text.trim().is_empty() || text.contains('\0') {
            return Err(NotAPackage::Unreadable);
        }
        Ok(Self::of_text(text))
    }
}

impl AssetSource for LayoutPackage {
    fn read(&self, file: &str) -> Option<Vec<u8>> {
        self.files.get(file).cloned()
    }
}

fn unpack(bytes: &[u8]) -> Result<LayoutPackage, NotAPackage> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotAPackage::Unreadable)?;
    if archive.len() > FILES_MAX {
        return Err(NotAPackage::TooLarge);
    }
    let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut left = BYTES_MAX;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|_| NotAPackage::Unreadable)?;
        if !file.is_file() {
            continue;
        }
        let name = file.name().map_err(|_| NotAPackage::Unreadable)?.into_owned();
        let mut content = Vec::new();
        let read = file.take(left + 1).read_to_end(&mut content).map_err(|_| NotAPackage::Unreadable)?;
        left = left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)).ok_or(NotAPackage::TooLarge)?;
        found.insert(name, content);
    }
    let layouts = found.keys().filter(|name| *name == LAYOUT_FILE || name.ends_with("/layout.toml"));
    let layout = layouts.min_by_key(|name| name.len()).cloned().ok_or(NotAPackage::NoLayout)?;
    let folder = layout.strip_suffix(LAYOUT_FILE).unwrap_or_default().to_owned();
    let body = found.remove(&layout).unwrap_or_default();
    let body = String::from_utf8(body).ok().filter(|body| !body.contains('\0')).ok_or(NotAPackage::Unreadable)?;
    let files = found.into_iter().filter_map(|(name, content)| {
        let name = name.strip_prefix(&folder)?;
        (!name.contains('/')).then(|| (name.to_owned(), content))
    });
    Ok(LayoutPackage { body, files: files.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            archive.start_file(*name, SimpleFileOptions::default()).expect("a file");
            archive.write_all(content).expect("written");
        }
        archive.finish().expect("an archive").into_inner()
    }

    #[test]
    fn a_text_or_an_archive_is_a_layout() {
        assert_eq!(LayoutPackage::read("\u{FEFF}schema = 1".as_bytes()), Ok(LayoutPackage::of_text("schema = 1")));
        for folder in ["", "salon/"] {
            let names = ["layout.toml", "art.png", "notes/old.txt"].map(|name| format!("{folder}{name}"));
            let [layout, art, notes] = names.each_ref().map(String::as_str);
            let package = LayoutPackage::read(&archive(&[(art, b"art"), (layout, b"schema = 1"), (notes, b"")]));
            let package = package.expect("a layout");
            assert_eq!(package.body, "schema = 1");
            assert_eq!(AssetSource::read(&package, "art.png").as_deref(), Some(b"art".as_slice()));
            assert_eq!(package.files.len(), 1, "{:?}", package.files.keys());
        }
    }

    #[test]
    fn anything_else_is_told_apart() {
        let crowd: Vec<String> = (0..=FILES_MAX).map(|index| format!("{index}.png")).collect();
        let crowd: Vec<(&str, &[u8])> = crowd.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        let bomb = vec![0; usize::try_from(BYTES_MAX).expect("a size") + 1];
        for (bytes, refusal) in [
            (Vec::new(), NotAPackage::Unreadable),
            (b"\xFF\xD8\xFF".to_vec(), NotAPackage::Unreadable),
            (b"a\0b".to_vec(), NotAPackage::Unreadable),
            (b"PK\x03\x04 cut".to_vec(), NotAPackage::Unreadable),
            (archive(&[("art.png", b"art")]), NotAPackage::NoLayout),
            (archive(&[("layout.toml", b"\xFF")]), NotAPackage::Unreadable),
            (archive(&crowd), NotAPackage::TooLarge),
            (archive(&[("layout.toml", b"a"), ("bomb.png", &bomb)]), NotAPackage::TooLarge),
        ] {
            assert_eq!(LayoutPackage::read(&bytes), Err(refusal), "{} bytes", bytes.len());
        }
    }
}
