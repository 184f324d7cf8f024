//! `/api/v1/printers`: the card printers of the houses.

use super::print_jobs::PrintJobBody;
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::production::keep_printer::{KeepPrinterError, add_printer, change_printer};
use crate::production::printer::{Printer, Remark, Setting, Trust};
use crate::production::printer_door::Door;
use crate::production::send_to_printer::send_test_card;
use crate::production::store;
use crate::web::caller::{ADMIN, PERSONALIZATION};
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How long a look at a printer may take.
pub(in crate::production) const LOOK: Duration = Duration::from_secs(4);

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_printers, create_printer))
        .routes(routes!(read_printer, replace_printer))
        .routes(routes!(look_at_printer))
        .routes(routes!(print_test_card))
}

/// A card printer.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PrinterBody {
    /// Its key.
    key: Slug,
    /// What staff call it.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// The house it stands in.
    house: Slug,
    /// Where it is reached: `ipp`, `ipps`, `http` or `https`, without a user or a password.
    #[schema(max_length = 500, example = "ipp://10.0.0.7/ipp/print")]
    uri: String,
    /// What it means when it says that a job is completed. Absent: `none`.
    #[serde(default = "no_trust")]
    trust: Trust,
    /// How far prints are shifted to the right, in millimetres with up to three decimals. Absent: not at all.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = -5, maximum = 5)]
    shift_right_mm: f64,
    /// How far prints are shifted down.
    #[serde(default)]
    #[schema(value_type = Option<f64>, minimum = -5, maximum = 5)]
    shift_down_mm: f64,
    /// Whether backs are turned by 180 degrees.
    #[serde(default)]
    turn_backs: bool,
    /// Whether runs are sent to it. Absent: yes.
    #[serde(default = "yes")]
    in_use: bool,
}

const fn no_trust() -> Trust {
    Trust::None
}

const fn yes() -> bool {
    true
}

impl From<Printer> for PrinterBody {
    fn from(printer: Printer) -> Self {
        Self {
            key: printer.key,
            name: printer.name,
            house: printer.house,
            uri: printer.uri,
            trust: printer.trust,
            shift_right_mm: f64::from(printer.setting.shift_right_um) / 1_000.0,
            shift_down_mm: f64::from(printer.setting.shift_down_um) / 1_000.0,
            turn_backs: printer.setting.turn_backs,
            in_use: printer.in_use,
        }
    }
}

impl PrinterBody {
    fn printer(self) -> Result<Printer, Problem> {
        let um = |path: &'static str, mm: f64| {
            let um = Decimal::from_f64_retain(mm).and_then(|mm| (mm * Decimal::ONE_THOUSAND).round().to_i32());
            um.ok_or_else(|| Problem::invalid(path, "printer_shift", "a shift has millimetres from -5 to 5"))
        };
        Ok(Printer {
            key: self.key,
            name: clean(&self.name),
            house: self.house,
            uri: self.uri.trim().to_owned(),
            trust: self.trust,
            setting: Setting {
                shift_right_um: um("shift_right_mm", self.shift_right_mm)?,
                shift_down_um: um("shift_down_mm", self.shift_down_mm)?,
                turn_backs: self.turn_backs,
            },
            in_use: self.in_use,
        })
    }
}

/// How a printer is right now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct PrinterLook {
    /// Whether it answered.
    answers: bool,
    /// Whether it is printing.
    printing: bool,
    /// Whether it is stopped.
    stopped: bool,
    /// What it says about itself; what stops it first.
    says: Vec<Remark>,
}

/// All printers, by key.
#[utoipa::path(get, path = "/api/v1/printers", tag = "production", params(PageQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = Items<PrinterBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_printers(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<PrinterBody>>, Problem> {
    let page = store::printers::page(&mut app.db.read().await?, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items::of(page, |printer| Ok::<_, Problem>(printer.into()))?))
}

/// Adds a printer.
#[utoipa::path(post, path = "/api/v1/printers", tag = "production", request_body = PrinterBody, security(("api_key" = ["admin"])),
    responses((status = 201, body = PrinterBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_printer(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<PrinterBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let printer = body.value.printer()?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            add_printer(tx, &act, &printer).await?;
            Ok(PrinterBody::from(printer.clone()))
        }
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// One printer.
#[utoipa::path(get, path = "/api/v1/printers/{key}", tag = "production", params(("key" = Slug, Path, description = "The printer's key.")),
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrinterBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_printer(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<PrinterBody>, Problem> {
    Ok(Json(find(&mut app.db.read().await?, &key).await?.into()))
}

/// Changes a printer. What is on its way to it stays so.
#[utoipa::path(put, path = "/api/v1/printers/{key}", tag = "production", request_body = PrinterBody,
    params(("key" = Slug, Path, description = "The printer's key.")), security(("api_key" = ["admin"])),
    responses((status = 200, body = PrinterBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_printer(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<PrinterBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let printer = body.value.printer()?;
    if printer.key != key {
        return Err(Problem::invalid("key", "key_cannot_change", "a printer keeps its key"));
    }
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            change_printer(tx, &act, &printer).await?;
            Ok(PrinterBody::from(printer.clone()))
        }
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Asks a printer how it is. One that does not answer within a few seconds is reported so.
#[utoipa::path(get, path = "/api/v1/printers/{key}/status", tag = "production",
    params(("key" = Slug, Path, description = "The printer's key.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrinterLook), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn look_at_printer(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<PrinterLook>, Problem> {
    let printer = find(&mut app.db.read().await?, &key).await?;
    let door = Door::open(&printer.uri, LOOK).map_err(|error| Problem::internal("a printer has no address", &error))?;
    let said = door.printer().await;
    let answers = said.is_ok();
    let said = said.unwrap_or_default();
    Ok(Json(PrinterLook { answers, printing: said.is_printing, stopped: said.is_stopped, says: said.remarks }))
}

/// Prints a test card. It is nobody's, opens nothing and counts nowhere.
#[utoipa::path(post, path = "/api/v1/printers/{key}/test-card", tag = "production",
    params(("key" = Slug, Path, description = "The printer's key.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintJobBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn print_test_card(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    find(&mut app.db.read().await?, &key).await?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(PrintJobBody::from(send_test_card(tx, &act, &key).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

async fn find(conn: &mut Conn, key: &Slug) -> Result<Printer, Problem> {
    store::printers::find(conn, key).await?.ok_or_else(|| Problem::not_found("printer"))
}

impl From<KeepPrinterError> for Problem {
    fn from(error: KeepPrinterError) -> Self {
        match error {
            KeepPrinterError::Unfit(findings) => {
                let first = findings.first().copied();
                let (path, reason) = first.map_or(("name", "invalid_value"), |unfit| (unfit.field(), unfit.reason()));
                Self::invalid(path, reason, "this does not fit a printer")
            }
            KeepPrinterError::UnknownHouse => Self::invalid("house", "unknown_key", "there is no such house"),
            KeepPrinterError::KeyTaken(key) => {
                Self::conflict("key_taken", format!("There is a printer {key} already."))
            }
            KeepPrinterError::UnknownPrinter => Self::not_found("printer"),
            KeepPrinterError::Db(error) => error.into(),
        }
    }
}
