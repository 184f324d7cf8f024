//! What printpdf leaves open on a finished document: boxes, dates, the id, and compression.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat};
use printpdf::{OffsetDateTime, PdfDocument, PdfParseErrorSeverity, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::artwork::points;
use super::join::join;
use super::{FileInfo, PdfError};
use crate::geometry::Frame;

/// Where a page ends and where it is cut.
pub(super) struct PageBoxes {
    pub(super) media: Frame,
    pub(super) trim: Frame,
}

/// Streams shorter than this are not worth compressing.
const COMPRESS_MIN_BYTES: usize = 100;

/// A little compression is nearly as good as much for pages of numbers, and three times as fast.
const COMPRESSION: u32 = 2;

/// Under this key a picture names the one that is its transparency, until it can refer to it.
pub(super) const MASK_KEY: &str = "PassepartoutMask";

/// A part of a file, complete and compressed but for its own data.
pub(super) fn finish(document: &PdfDocument, boxes: &[PageBoxes]) -> Result<Document, PdfError> {
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut warnings = Vec::new();
    let mut part = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
        return Err(PdfError::Writing(warning.msg.clone()));
    }
    set_boxes(&mut part, boxes)?;
    set_masks(&mut part);
    for object in part.objects.values_mut() {
        if let Object::Stream(stream) = object {
            compress(stream)?;
        }
    }
    Ok(part)
}

/// The file made of its parts; `fingerprint` goes into its id.
pub(super) fn save(parts: Vec<Document>, info: &FileInfo, fingerprint: &[&str]) -> Result<Vec<u8>, PdfError> {
    let mut file = join(parts)?;
    "1.7".clone_into(&mut file.version);
    set_info(&mut file, info, fingerprint);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| PdfError::Writing(error.to_string()))?;
    Ok(bytes)
}

/// Boxes as PDF has them: two corners in points. printpdf writes corner and size, and no bleed box.
fn set_boxes(file: &mut Document, boxes: &[PageBoxes]) -> Result<(), PdfError> {
    let pages: Vec<_> = file.get_pages().into_values().collect();
    if pages.len() != boxes.len() {
        return Err(PdfError::Writing(format!("{} pages came out of {}", pages.len(), boxes.len())));
    }
    for (page, PageBoxes { media, trim }) in pages.into_iter().zip(boxes) {
        let page = file.get_dictionary_mut(page).map_err(|error| PdfError::Writing(error.to_string()))?;
        let corners = |frame: &Frame| {
            let corners =
                [frame.x - media.x, media.bottom() - frame.bottom(), frame.right() - media.x, media.bottom() - frame.y];
            Object::Array(corners.map(|corner| Object::Real(real(corner))).to_vec())
        };
        for (key, frame) in [("MediaBox", media), ("CropBox", media), ("BleedBox", media), ("TrimBox", trim)] {
            page.set(key, corners(frame));
        }
        page.remove(b"Annots");
    }
    Ok(())
}

/// Turns the name of each picture's transparency into a reference: printpdf numbers objects only when it writes them.
fn set_masks(file: &mut Document) {
    let names: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter_map(|page| page.get(b"Resources").and_then(Object::as_dict).unwrap_or(page).get(b"XObject").ok())
        .filter_map(|names| file.dereference(names).ok()?.1.as_dict().ok())
        .flat_map(|names| names.iter().filter_map(|(name, object)| Some((name.clone(), object.as_reference().ok()?))))
        .collect();
    for object in file.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if let Some(Object::Name(mask)) = stream.dict.remove(MASK_KEY.as_bytes())
            && let Some((_, id)) = names.iter().find(|(name, _)| *name == mask)
        {
            stream.dict.set("SMask", Object::Reference(*id));
        }
    }
}

/// The same cards give the same file: dates are the caller's, the id is a hash. Neither PDF/X nor PDF/A is claimed.
fn set_info(file: &mut Document, info: &FileInfo, fingerprint: &[&str]) {
    if let Ok(Object::Reference(old)) = file.trailer.get(b"Info").cloned() {
        file.objects.insert(old, Object::Dictionary(described(info)));
    }
    let id = Object::String(file_id(info, fingerprint).to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
}

/// What a file says about itself.
pub(super) fn described(info: &FileInfo) -> Dictionary {
    let date = Object::String(pdf_date(info.created_ms).into_bytes(), StringFormat::Literal);
    let title = [0xFE, 0xFF].into_iter().chain(info.title.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Dictionary::from_iter([
        ("Title", Object::String(title, StringFormat::Hexadecimal)),
        ("Producer", Object::string_literal("Passepartout")),
        ("CreationDate", date.clone()),
        ("ModDate", date),
    ])
}

/// The id of a file, of what it says about itself and what tells it from others.
pub(super) fn file_id(info: &FileInfo, fingerprint: &[impl AsRef<[u8]>]) -> [u8; 16] {
    let mut hash = Sha256::new();
    let mut take = |part: &[u8]| {
        hash.update(part);
        hash.update([0]);
    };
    take(info.title.as_bytes());
    take(info.created_ms.to_string().as_bytes());
    for part in fingerprint {
        take(part.as_ref());
    }
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    id
}

fn pdf_date(created_ms: i64) -> String {
    let date = OffsetDateTime::from_unix_timestamp(created_ms.div_euclid(1000));
    let date = date.unwrap_or_else(|_| OffsetDateTime::epoch());
    let month = u8::from(date.month());
    format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}Z",
        date.year(),
        month,
        date.day(),
        date.hour(),
        date.minute(),
        date.second()
    )
}

fn compress(stream: &mut Stream) -> Result<(), PdfError> {
    if stream.dict.has(b"Filter") || stream.content.len() < COMPRESS_MIN_BYTES {
        return Ok(());
    }
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 4), Compression::new(COMPRESSION));
    let written = encoder.write_all(&stream.content).and_then(|()| encoder.finish());
    let compressed = written.map_err(|error| PdfError::Writing(error.to_string()))?;
    stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    stream.set_content(compressed);
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "pages need no more than 24 bits")]
fn real(length: f64) -> f32 {
    points(length) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_pdf_has_them() {
        assert_eq!(pdf_date(0), "D:19700101000000Z");
        assert_eq!(pdf_date(1_795_340_696_000), "D:20261122094456Z");
        assert_eq!(pdf_date(i64::MIN), "D:19700101000000Z");
    }
}
