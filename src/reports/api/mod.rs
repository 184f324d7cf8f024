//! Reports under `/api/v1`.

pub(super) mod file;

use super::ask::{AskError, Wanted};
use super::table::{Cell, Kind};
use super::{By, Report, Step, Table, ask, tell};
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::kernel::slug::Slug;
use crate::tables::FileKind;
use crate::web::caller::MARKETING;
use crate::web::list;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(read_report))
}

/// What is asked.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ReportQuery {
    /// The first day, as it is in the house; 29 days before the last by default.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<NaiveDate>,
    /// The last day, included; today by default.
    #[param(value_type = Option<String>, format = Date)]
    until: Option<NaiveDate>,
    /// How it is given: `json`, `csv` or `xlsx`.
    format: Option<Format>,
    /// By what it is told; as the report likes where it cannot be told so.
    by: Option<By>,
    /// The steps of a report over time; as long as is readable by default.
    step: Option<Step>,
    /// Only this house. Its zone decides which day it is.
    house: Option<Slug>,
    /// Only this channel.
    channel: Option<Channel>,
    /// Only this offer.
    offer: Option<Slug>,
    /// Only this code.
    #[param(max_length = 64)]
    code: Option<String>,
    /// The most rows of a long list: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the part before.
    after: Option<String>,
}

/// How a report is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Format {
    /// As JSON.
    Json,
    /// As a table of texts, semicolons between them.
    Csv,
    /// As a workbook.
    Xlsx,
}

/// A report.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ReportBody {
    /// Which.
    report: Report,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    from: NaiveDate,
    /// Its last day, included.
    #[schema(value_type = String, format = Date)]
    until: NaiveDate,
    /// The zone whose days they are.
    time_zone: String,
    /// Its columns.
    columns: Vec<ColumnBody>,
    /// Its rows: a value for each column that has one; amounts are texts, days are a date or `first/last`.
    #[schema(value_type = Vec<Object>)]
    rows: Vec<Map<String, Value>>,
    /// The sums over all rows, with the first part of a long list.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    totals: Option<Map<String, Value>>,
    /// Pass it as `after` for what follows; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A column.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ColumnBody {
    /// The name of its values in the rows. A value with a name of its own has it under the key and `_name`.
    key: &'static str,
    /// `text`, `count` or `money`.
    kind: &'static str,
}

/// A report over some days: `campaigns`, `codes`, `redemptions`, `overrides`, `refusals`, `sales`, `cards`, `visits` or `settlement`. What
/// comes back counts on its own day, so past days never change.
#[utoipa::path(get, path = "/api/v1/reports/{report}", tag = "reports", params(("report" = Report, Path, description = "which"), ReportQuery),
    security(("api_key" = ["marketing"])),
    responses((status = 200, body = ReportBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_report(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(report): PathKey<Report>,
    Query(query): Query<ReportQuery>,
) -> Result<Response, Problem> {
    let format = query.format.unwrap_or(Format::Json);
    let rows = list::rows(query.limit);
    let wanted = Wanted {
        from: query.from,
        until: query.until,
        step: query.step,
        by: query.by,
        house: query.house,
        channel: query.channel,
        offer: query.offer,
        code: query.code,
        after: query.after,
    };
    let museum = &app.config.museum;
    let mut conn = app.db.snapshot().await?;
    let filter = ask(&mut conn, app.clock.now(), museum.zone(), wanted, rows, &museum.language).await?;
    match format {
        Format::Json => {}
        Format::Csv => return file::answer(conn, report, filter, FileKind::Csv, None).await,
        Format::Xlsx => return file::answer(conn, report, filter, FileKind::Xlsx, None).await,
    }
    let table = tell(&mut conn, report, &filter).await?;
    let period = filter.period;
    Ok(Json(ReportBody {
        report,
        from: period.from,
        until: period.until,
        time_zone: period.zone.name().to_owned(),
        columns: table.columns.iter().map(|column| ColumnBody { key: column.key, kind: kind(column.kind) }).collect(),
        rows: table.rows.iter().map(|row| named(&table, &row.cells)).collect(),
        totals: table.totals.as_ref().map(|cells| named(&table, cells)),
        next: table.next,
    })
    .into_response())
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Count => "count",
        Kind::Money => "money",
    }
}

fn named(table: &Table, cells: &[Cell]) -> Map<String, Value> {
    let mut named = Map::new();
    for (column, cell) in table.columns.iter().zip(cells) {
        let value = match cell {
            Cell::Nothing => continue,
            Cell::Text(text) | Cell::Word(text, _) => json!(text),
            Cell::Named(key, name) => {
                named.insert(format!("{}_name", column.key), json!(name));
                json!(key)
            }
            Cell::Count(count) => json!(count),
            Cell::Money(amount) => json!(amount),
            Cell::Days(first, last) if first == last => json!(first),
            Cell::Days(first, last) => json!(format!("{first}/{last}")),
            Cell::Moment(at) => json!(at),
        };
        named.insert(column.key.to_owned(), value);
    }
    named
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        match error {
            AskError::UnknownHouse => Self::invalid("house", "unknown_house", "there is no such house"),
            AskError::TooLong => Self::invalid("from", "period_too_long", error.to_string()),
            AskError::Db(error) => error.into(),
        }
    }
}
