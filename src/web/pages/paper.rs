//! Documents as files: drawn by one writer, shown at once.

use crate::kernel::UtcMs;
use crate::web::Problem;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use card_face::{DocumentWriter, FileInfo, Fonts, document_pdf};
use std::sync::LazyLock;

pub use card_face::{Block, Document, Paper, Weight};

static WRITER: LazyLock<Result<DocumentWriter, card_face::FontMissing>> =
    LazyLock::new(|| DocumentWriter::new(&Fonts::bundled()));

/// A document as a file that is shown at once.
///
/// # Errors
/// When it cannot be drawn.
pub async fn pdf(document: Document, paper: Paper, title: String, at: UtcMs) -> Result<Response, Problem> {
    let bytes = draw(document, paper, &title, at).await?;
    Ok(inline(&title, bytes))
}

/// The answer with the bytes of a document of this title.
pub fn inline(title: &str, bytes: Vec<u8>) -> Response {
    let shown = format!("inline; filename=\"{}.pdf\"", title.replace(' ', "-"));
    let shown = HeaderValue::from_str(&shown).unwrap_or(HeaderValue::from_static("inline"));
    let heads =
        [(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")), (header::CONTENT_DISPOSITION, shown)];
    (heads, bytes).into_response()
}

/// The bytes of a document, drawn beside the thread that answers requests.
///
/// # Errors
/// When it cannot be drawn.
pub async fn draw(document: Document, paper: Paper, title: &str, at: UtcMs) -> Result<Vec<u8>, Problem> {
    let info = FileInfo { title: title.to_owned(), created_ms: at.0 };
    tokio::task::spawn_blocking(move || drawn(&document, paper, &info))
        .await
        .map_err(|error| Problem::internal("a document was not drawn", &error))?
        .map_err(|error| Problem::internal("a document cannot be drawn", &error))
}

fn drawn(document: &Document, paper: Paper, info: &FileInfo) -> anyhow::Result<Vec<u8>> {
    let writer = WRITER.as_ref().map_err(Clone::clone)?;
    let composed = writer.compose(document, paper).map_err(|refusal| anyhow::anyhow!("{}", refusal.reason()))?;
    Ok(document_pdf(&composed, info)?)
}
