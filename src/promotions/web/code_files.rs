//! `/campaigns/{key}/codes/export.csv` and `.xlsx`: all codes of an offer as a file for partners and spreadsheets; and files that
//! show how an import looks.

use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::promotions::api::codes_file;
use crate::tables::{Cell, FileKind};
use crate::web::caller::MARKETING;
use crate::web::{Allowed, PathKey, Problem, Query, download};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/{key}/codes/export.csv", get(export::<false>))
        .route("/campaigns/{key}/codes/export.xlsx", get(export::<true>))
        .route("/campaigns/codes/sample.csv", get(async |_: Allowed<MARKETING>| sample(FileKind::Csv)))
        .route("/campaigns/codes/sample.xlsx", get(async |_: Allowed<MARKETING>| sample(FileKind::Xlsx)))
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
    codes_file(&app, key, kind, pricing::fold_code(&wanted.q)).await
}

/// A file that shows how an import looks.
fn sample(kind: FileKind) -> Result<Response, Problem> {
    let heads = ["code", "max_uses", "enabled"].map(str::to_owned);
    let rows = [["PRESS-00123", "1", "yes"], ["SUMMER EVENING", "500", "yes"], ["FRIENDS", "", "no"]];
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(|text| Cell::from(*text)).collect()).collect();
    download::short_table("codes-sample", kind, &heads, &rows)
}
