//! Files longer than memory: finished files, written one behind the other as they come.
//!
//! Of all parts only the one that comes is in memory; of the others their page trees are remembered, which hang under one root in the end.

use std::fmt::Write as _;
use std::io::Write;

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest, Sha256};

use super::finish::{described, file_id};
use super::join::{damaged, page_tree, reference};
use super::{FileInfo, PdfError};

/// The numbers of the objects that stand for the whole file.
const ROOT: u32 = 1;
const TREE: u32 = 2;
const INFO: u32 = 3;

/// A file with the pages of all its parts in their order.
#[derive(Debug)]
pub struct LongFile<W> {
    out: W,
    info: FileInfo,
    /// Bytes that are written.
    written: u64,
    /// Where each object begins, by its number; those that were left out begin nowhere.
    begins: Vec<Option<u64>>,
    /// What the first part says of the file as a whole.
    frame: Option<Dictionary>,
    trees: Vec<ObjectId>,
    pages: i64,
    fingerprint: Sha256,
}

impl<W: Write> LongFile<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin(out: W, info: FileInfo) -> Result<Self, PdfError> {
        let mut file = Self {
            out,
            info,
            written: 0,
            begins: vec![None; INFO as usize + 1],
            frame: None,
            trees: Vec::new(),
            pages: 0,
            fingerprint: Sha256::new(),
        };
        file.write(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(file)
    }

    /// Adds the pages of a file that this crate made.
    ///
    /// # Errors
    /// If it is no such file, or cannot be written.
    pub fn add(&mut self, part: &[u8]) -> Result<(), PdfError> {
        self.fingerprint.update(Sha256::digest(part));
        let mut part = Document::load_mem(part).map_err(|error| damaged(&error))?;
        part.renumber_objects_with(u32::try_from(self.begins.len()).unwrap_or(u32::MAX));
        let (tree, root, info) = (page_tree(&part)?, reference(&part, b"Root")?, reference(&part, b"Info")?);
        if self.frame.is_none() {
            self.frame = Some(part.get_dictionary(root).map_err(|error| damaged(&error))?.clone());
        }
        let pages = part.get_dictionary_mut(tree).map_err(|error| damaged(&error))?;
        pages.set("Parent", Object::Reference((TREE, 0)));
        self.pages += pages.get(b"Count").and_then(Object::as_i64).map_err(|error| damaged(&error))?;
        self.trees.push(tree);
        part.objects.retain(|id, _| *id != root && *id != info);
        self.begins.resize(part.max_id as usize + 1, None);
        self.append(part)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// If it has no pages, or cannot be written.
    pub fn end(mut self) -> Result<W, PdfError> {
        let mut root = self.frame.take().ok_or(PdfError::Empty)?;
        root.set("Pages", Object::Reference((TREE, 0)));
        let tree = Dictionary::from_iter([
            ("Type", Object::Name(b"Pages".to_vec())),
            ("Kids", Object::Array(self.trees.iter().copied().map(Object::Reference).collect())),
            ("Count", Object::Integer(self.pages)),
        ]);
        let mut whole = Document::new();
        for (number, object) in [(ROOT, root), (TREE, tree), (INFO, described(&self.info))] {
            whole.objects.insert((number, 0), Object::Dictionary(object));
        }
        whole.max_id = INFO;
        self.append(whole)?;
        let table_begins = self.written;
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.begins.len());
        for begins in &self.begins[1..] {
            let (begins, generation, kind) = begins.map_or((0, 65_535, 'f'), |begins| (begins, 0, 'n'));
            // Writing into a text cannot fail.
            let _ = writeln!(table, "{begins:010} {generation:05} {kind} ");
        }
        self.write(table.as_bytes())?;
        let id = file_id(&self.info, &[self.fingerprint.clone().finalize()]);
        let id = id.iter().fold(String::new(), |mut id, byte| {
            let _ = write!(id, "{byte:02X}");
            id
        });
        let size = self.begins.len();
        let trailer = format!(
            "trailer\n<</Size {size}/Root {ROOT} 0 R/Info {INFO} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{table_begins}\n%%EOF"
        );
        self.write(trailer.as_bytes())?;
        self.out.flush().map_err(|error| PdfError::Writing(error.to_string()))?;
        Ok(self.out)
    }

    /// Writes the objects of a document, and remembers where they begin.
    fn append(&mut self, mut document: Document) -> Result<(), PdfError> {
        document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
        document.trailer = Dictionary::new();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).map_err(|error| PdfError::Writing(error.to_string()))?;
        let (table_begins, begins) =
            table(&bytes).ok_or_else(|| PdfError::Writing("no table of objects".to_owned()))?;
        let first = begins.iter().map(|(_, begins)| *begins).min().unwrap_or(table_begins);
        for (number, begins) in begins {
            if let Some(own) = self.begins.get_mut(number) {
                *own = Some(self.written + (begins - first) as u64);
            }
        }
        self.write(&bytes[first..table_begins])
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), PdfError> {
        self.out.write_all(bytes).map_err(|error| PdfError::Writing(error.to_string()))?;
        self.written += bytes.len() as u64;
        Ok(())
    }
}

/// Where the table of a document's objects begins, and the number and beginning of each.
fn table(bytes: &[u8]) -> Option<(usize, Vec<(usize, usize)>)> {
    let end = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(40)..]);
    let begins: usize = end.rsplit_once("startxref")?.1.split_whitespace().next()?.parse().ok()?;
    let text = String::from_utf8_lossy(bytes.get(begins..)?);
    let mut words = text.strip_prefix("xref")?.split_whitespace();
    let mut objects = Vec::new();
    while let Some(first) = words.next().filter(|word| *word != "trailer") {
        let (first, count): (usize, usize) = (first.parse().ok()?, words.next()?.parse().ok()?);
        for number in first..first + count {
            let at: usize = words.next()?.parse().ok()?;
            words.next()?;
            if words.next()? == "n" && (1..begins).contains(&at) {
                objects.push((number, at));
            }
        }
    }
    Some((begins, objects))
}
