//! `/api/v1/offers/{key}/codes/import`, and `export.csv` and `export.xlsx` beside it.

use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::promotions::code::Code;
use crate::promotions::code_rows::{CodeRow, Columns};
use crate::promotions::import_codes::{self, ImportError, Report, Tally, Verdict, Wanted};
use crate::promotions::store;
use crate::tables::{Cell, FileKind};
use crate::web::caller::MARKETING;
use crate::web::download::{self, Rows};
use crate::web::problem::ProblemBody;
use crate::web::upload::{self, Upload};
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Codes that are read at once.
const CHUNK: u32 = 5_000;
/// The headings, in words that the import and programs understand in every language.
const HEADS: [&str; 6] = ["code", "offer", "enabled", "max_uses", "used", "batch"];

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(import_file))
        .layer(DefaultBodyLimit::disable())
        .routes(routes!(export_csv))
        .routes(routes!(export_xlsx))
}

/// A table of codes: CSV or XLSX.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described in the API document")]
struct TableFile(Vec<u8>);

/// How a file of codes is read.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ImportQuery {
    /// Only say what the file would do.
    preview: Option<bool>,
    /// The column with the codes, from 1 on; without it the headings tell, or there is only one.
    #[param(minimum = 1)]
    code_column: Option<u32>,
    /// How often each code may be used where the file does not say; absent: without end.
    #[param(minimum = 1)]
    max_uses: Option<u32>,
}

/// What came of a file, or would come of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ImportJson {
    /// Whether nothing was written.
    preview: bool,
    #[serde(flatten)]
    tally: Tally,
    /// The first 50 rows that are left out, or are taken though a spreadsheet may have changed them.
    remarks: Vec<RemarkJson>,
}

/// A row to look at.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct RemarkJson {
    /// Its number in the file; the first is 1.
    row: u64,
    /// The code as it stands there.
    code: String,
    /// Whether it is taken nevertheless, or was there already.
    taken: bool,
    /// Why it is left out or doubtful: `empty`, `too_long`, `formula`, `date`, `uses`, `enabled`, `confusable`, `other_offer`;
    /// `number`, `shortened`.
    reason: &'static str,
    /// The code or the offer that the reason is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

impl RemarkJson {
    fn of(row: CodeRow, verdict: Verdict) -> Self {
        let (taken, reason, about) = match verdict {
            Verdict::Wrong(reason, about) => (false, reason, about),
            Verdict::New | Verdict::Known => (true, row.doubt.map_or("", |doubt| doubt.reason()), None),
        };
        Self { row: row.number, code: row.text, taken, reason, about }
    }
}

/// Takes codes from a CSV or XLSX file, as the body or as the field `file` of a form. What is there already stays as it is, so the
/// same file changes nothing when it comes again. Rows with something wrong are left out and told.
#[utoipa::path(post, path = "/api/v1/offers/{key}/codes/import", tag = "promotions",
    params(("key" = Slug, Path, description = "the offer"), ImportQuery),
    request_body(content = TableFile, content_type = "text/csv"), security(("api_key" = ["marketing"])),
    responses((status = 200, body = ImportJson), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn import_file(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Result<Json<ImportJson>, Problem> {
    store::find_offer(&mut app.db.read().await?, &key).await?.ok_or_else(|| Problem::not_found("offer"))?;
    let at_least_one = |path: &'static str, number: Option<u32>| match number {
        Some(0) => Err(Problem::invalid(path, "out_of_range", "a number from 1 on is needed")),
        number => Ok(number),
    };
    let max_uses = at_least_one("max_uses", query.max_uses)?;
    let columns = at_least_one("code_column", query.code_column)?.map(|column| Columns {
        code: usize::try_from(column - 1).unwrap_or(usize::MAX),
        uses: None,
        enabled: None,
        has_headings: true,
    });
    let Upload { file, sha256 } = upload::receive(request).await?;
    let wanted = Wanted { offer: key, columns, max_uses };
    let preview = query.preview.unwrap_or(false);
    let Report { tally, remarkable, .. } = if preview {
        import_codes::preview(&app.db, &wanted, file).await?
    } else {
        import_codes::import(&app.db, &caller.act(&app), &wanted, file, &sha256).await?
    };
    let remarks = remarkable.into_iter().map(|(row, verdict)| RemarkJson::of(row, verdict)).collect();
    Ok(Json(ImportJson { preview, tally, remarks }))
}

/// All codes of the offer as CSV: UTF-8 with its mark, semicolons.
#[utoipa::path(get, path = "/api/v1/offers/{key}/codes/export.csv", tag = "promotions",
    params(("key" = Slug, Path, description = "the offer")), security(("api_key" = ["marketing"])),
    responses((status = 200, body = TableFile, content_type = "text/csv"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn export_csv(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    codes_file(&app, key, FileKind::Csv, String::new()).await
}

/// All codes of the offer as a workbook.
#[utoipa::path(get, path = "/api/v1/offers/{key}/codes/export.xlsx", tag = "promotions",
    params(("key" = Slug, Path, description = "the offer")), security(("api_key" = ["marketing"])),
    responses((status = 200, body = TableFile,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn export_xlsx(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    codes_file(&app, key, FileKind::Xlsx, String::new()).await
}

/// The codes of an offer that hold the folded text, as a file that is written while it is sent.
pub(in crate::promotions) async fn codes_file(
    app: &SharedApp,
    key: Slug,
    kind: FileKind,
    text: String,
) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    store::find_offer(&mut conn, &key).await?.ok_or_else(|| Problem::not_found("offer"))?;
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

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        let reason = match error {
            ImportError::Db(error) => return error.into(),
            ImportError::Unreadable(ref error) => error.as_str().replace('-', "_"),
            ImportError::Empty => "empty".to_owned(),
            ImportError::NoCodeColumn(_) => "no_code_column".to_owned(),
        };
        Self::invalid("file", reason, error.to_string())
    }
}
