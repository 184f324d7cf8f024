//! Offers and codes under `/api/v1`: for marketing.

mod code_files;
mod codes;
mod offers;

pub(in crate::promotions) use code_files::codes_file;

use crate::app::SharedApp;
use utoipa_axum::router::OpenApiRouter;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().merge(offers::router()).merge(codes::router()).merge(code_files::router())
}

/// An error as a sentence: with a capital letter and a full stop.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
