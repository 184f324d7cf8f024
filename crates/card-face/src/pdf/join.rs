//! Parts of a file, put together.
//!
//! printpdf lists everything a document uses on each of its pages and holds all of it in memory several times over, so
//! large files are made in parts and joined as finished, compressed objects.

use lopdf::{Document, Object, ObjectId};

use super::PdfError;

/// One document with the pages of all parts in their order; the first part's frame stays.
pub(super) fn join(parts: Vec<Document>) -> Result<Document, PdfError> {
    let mut parts = parts.into_iter();
    let mut joined = parts.next().ok_or(PdfError::Empty)?;
    let tree = page_tree(&joined)?;
    let mut pages: Vec<ObjectId> = joined.get_pages().into_values().collect();
    for mut part in parts {
        part.renumber_objects_with(joined.max_id + 1);
        let part_pages: Vec<ObjectId> = part.get_pages().into_values().collect();
        let frame = [page_tree(&part)?, reference(&part, b"Root")?, reference(&part, b"Info")?];
        joined.max_id = part.max_id;
        joined.objects.extend(part.objects.into_iter().filter(|(id, _)| !frame.contains(id)));
        for page in &part_pages {
            let page = joined.get_dictionary_mut(*page).map_err(|error| damaged(&error))?;
            page.set("Parent", Object::Reference(tree));
        }
        pages.extend(part_pages);
    }
    let count = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    let tree = joined.get_dictionary_mut(tree).map_err(|error| damaged(&error))?;
    tree.set("Kids", Object::Array(pages.into_iter().map(Object::Reference).collect()));
    tree.set("Count", Object::Integer(count));
    Ok(joined)
}

pub(super) fn page_tree(document: &Document) -> Result<ObjectId, PdfError> {
    let catalog = document.catalog().map_err(|error| damaged(&error))?;
    catalog.get(b"Pages").and_then(Object::as_reference).map_err(|error| damaged(&error))
}

pub(super) fn reference(document: &Document, key: &[u8]) -> Result<ObjectId, PdfError> {
    document.trailer.get(key).and_then(Object::as_reference).map_err(|error| damaged(&error))
}

pub(super) fn damaged(error: &lopdf::Error) -> PdfError {
    PdfError::Writing(error.to_string())
}
