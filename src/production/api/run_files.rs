//! `/api/v1/print-runs/{id}/files`.

use super::FileBytes;
use crate::app::SharedApp;
use crate::kernel::ids::PrintRunId;
use crate::production::PrintRun;
use crate::production::files::{Made, Part, RunFile, file};
use crate::production::letters::{LettersError, letters};
use crate::production::store;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use std::fs::File;
use std::io::Read;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Bytes of a long file that are read at once.
const PIECE: usize = 256 * 1024;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(cards_pdf))
        .routes(routes!(sheets_pdf))
        .routes(routes!(letters_pdf))
        .routes(routes!(manifest_csv))
        .routes(routes!(manifest_xlsx))
        .routes(routes!(photos_zip))
        .routes(routes!(package_zip))
        .routes(routes!(sheets_bleed_pdf))
}

/// Which cards of the run.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PartQuery {
    /// The place of the first card, from 1; absent: the first of the run.
    #[param(minimum = 1)]
    from: Option<u32>,
    /// The place of the last card; absent: the last of the run.
    #[param(minimum = 1)]
    to: Option<u32>,
}

/// For a card printer: two pages per card, front and back, each as large as the card. With `from` and `to` exactly those cards, to go
/// on after a jam.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/cards.pdf", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = FileBytes, content_type = "application/pdf"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn cards_pdf(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(part): Query<PartQuery>,
) -> Result<Response, Problem> {
    answer(&app, run, RunFile::CardsPdf, &part).await
}

/// For paper: ten cards on each A4 sheet with crop marks, their backs behind them when the sheet is turned over its long edge.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/sheets.pdf", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = FileBytes, content_type = "application/pdf"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn sheets_pdf(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(part): Query<PartQuery>,
) -> Result<Response, Problem> {
    answer(&app, run, RunFile::SheetsPdf, &part).await
}

/// The letters that the cards travel on, for the cards that are posted: to where their holders live now. 409 `none_by_mail` when none is,
/// 409 `letter_unprintable` with the `card` when an address cannot be printed.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/letters.pdf", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery),
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = FileBytes, content_type = "application/pdf"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn letters_pdf(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    PathKey(run): PathKey<PrintRunId>,
    Query(query): Query<PartQuery>,
) -> Result<Response, Problem> {
    let (run, part) = part_of(&app, run, &query).await?;
    let bytes = letters(&app, &run, part).await?;
    download(&run, "letters.pdf", "application/pdf", bytes)
}

/// One line per card: UTF-8 with a byte order mark, semicolons, CR LF.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/manifest.csv", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = FileBytes, content_type = "text/csv; charset=utf-8"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn manifest_csv(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(part): Query<PartQuery>,
) -> Result<Response, Problem> {
    answer(&app, run, RunFile::ManifestCsv, &part).await
}

/// One line per card, as a workbook.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/manifest.xlsx", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = FileBytes, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn manifest_xlsx(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(part): Query<PartQuery>,
) -> Result<Response, Problem> {
    answer(&app, run, RunFile::ManifestXlsx, &part).await
}

/// The portraits as `photos/<card number>.jpg`.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/photos.zip", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = FileBytes, content_type = "application/zip"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn photos_zip(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(part): Query<PartQuery>,
) -> Result<Response, Problem> {
    answer(&app, run, RunFile::PhotosZip, &part).await
}

/// For a print provider: lists, portraits by card number, a proof of every card with its bleed, and a manifest with hashes.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/package.zip", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = FileBytes, content_type = "application/zip"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn package_zip(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(part): Query<PartQuery>,
) -> Result<Response, Problem> {
    answer(&app, run, RunFile::PackageZip, &part).await
}

/// For paper that is printed to the edge: eight cards with their bleed on each A4 sheet, in the inks of a press.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/files/sheets-bleed.pdf", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PartQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = FileBytes, content_type = "application/pdf"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn sheets_bleed_pdf(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(part): Query<PartQuery>,
) -> Result<Response, Problem> {
    answer(&app, run, RunFile::SheetsBleedPdf, &part).await
}

async fn answer(app: &SharedApp, run: PrintRunId, kind: RunFile, query: &PartQuery) -> Result<Response, Problem> {
    let (run, part) = part_of(app, run, query).await?;
    run_file(app, &run, kind, part).await
}

/// A file of a run, or of a part of it, to keep.
pub(in crate::production) async fn run_file(
    app: &SharedApp,
    run: &PrintRun,
    kind: RunFile,
    part: Part,
) -> Result<Response, Problem> {
    let bytes = file(app, run, kind, part)
        .await
        .map_err(|error| Problem::internal("a file of a run cannot be made", &format!("{error:#}")))?;
    download(run, kind.name(), kind.content_type(), bytes)
}

async fn part_of(app: &SharedApp, run: PrintRunId, query: &PartQuery) -> Result<(PrintRun, Part), Problem> {
    let mut conn = app.db.read().await?;
    let run = store::runs::find(&mut conn, run).await?.ok_or_else(|| Problem::not_found("print run"))?;
    let cards = run.cards();
    let part = Part::of(cards, query.from, query.to)
        .ok_or_else(|| Problem::invalid("from", "out_of_range", format!("the run has the places 1 to {cards}")))?;
    Ok((run, part))
}

/// The answer with a file of a run.
pub(in crate::production) fn download(
    run: &PrintRun,
    name: &str,
    content_type: &'static str,
    made: Made,
) -> Result<Response, Problem> {
    let (bytes, body) = match made {
        Made::Bytes(bytes) => (bytes.len() as u64, Body::from(bytes)),
        Made::File(file) => {
            let bytes = file.metadata().map_err(|error| Problem::internal("a file of a run cannot be read", &error))?;
            (bytes.len(), Body::from_stream(stream::unfold(Some(file), next_piece)))
        }
    };
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"run-{}-{name}\"", run.number)),
    ];
    Ok((headers, body).into_response())
}

/// The next piece of a file, and the file behind it.
async fn next_piece(file: Option<File>) -> Option<(std::io::Result<Vec<u8>>, Option<File>)> {
    let mut file = file?;
    let read = tokio::task::spawn_blocking(move || {
        let mut piece = Vec::with_capacity(PIECE);
        (&mut file).take(PIECE as u64).read_to_end(&mut piece).map(|_| (piece, file))
    });
    match read.await.map_err(std::io::Error::other).flatten() {
        Ok((piece, _)) if piece.is_empty() => None,
        Ok((piece, file)) => Some((Ok(piece), Some(file))),
        Err(error) => Some((Err(error), None)),
    }
}

impl From<LettersError> for Problem {
    fn from(error: LettersError) -> Self {
        match error {
            LettersError::NoneByMail => Self::conflict("none_by_mail", "No card of this run is sent by mail."),
            LettersError::Unprintable { card, reason } => {
                Self::conflict("letter_unprintable", "The address of a card cannot be printed.")
                    .with("card", card)
                    .with("finding", reason)
            }
            LettersError::Internal(error) => {
                Self::internal("the letters of a run cannot be made", &format!("{error:#}"))
            }
        }
    }
}
