//! `/campaigns/{key}/codes/export.csv` and `.xlsx`: all codes of an offer as a file for partners and spreadsheets.

use super::record::find;
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::promotions::code::Code;
use crate::promotions::store;
use crate::tables::{Cell, FileKind};
use crate::web::caller::MARKETING;
use crate::web::download::{self, Rows};
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

/// Codes that are read at once.
const CHUNK: u32 = 5_000;
/// The headings, in words that the import and programs understand in every language.
const HEADS: [&str; 6] = ["code", "offer", "enabled", "max_uses", "used", "batch"];

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/{key}/codes/export.csv", get(export::<false>))
        .route("/campaigns/{key}/codes/export.xlsx", get(export::<true>))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
}

/// All codes of the offer that hold the text.
async fn export<const WORKBOOK: bool>(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let kind = if WORKBOOK { FileKind::Xlsx } else { FileKind::Csv };
    let text = pricing::fold_code(&wanted.q);
    let mut conn = app.db.snapshot().await?;
    find(&mut conn, &key).await?;
    let name = format!("codes-{key}");
    let fill = async move |mut rows: Rows| {
        let mut after: Option<String> = None;
        loop {
            let found = store::codes_page(&mut conn, &key, &text, after.as_deref(), CHUNK).await?;
            for code in found.items {
                rows.add(row(code)).await?;
            }
            after = found.next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    };
    Ok(download::table(&name, kind, HEADS.map(str::to_owned).to_vec(), fill))
}

fn row(code: Code) -> Vec<Cell> {
    let enabled = if code.enabled { "yes" } else { "no" };
    let max_uses = code.max_uses.map_or_else(|| Cell::from(""), Cell::from);
    let batch = code.batch.unwrap_or_default();
    vec![code.code.into(), code.offer.as_str().into(), enabled.into(), max_uses, code.used.into(), batch.into()]
}
