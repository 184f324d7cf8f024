//! `/cards/{id}/print-now`: the card of somebody who waits at the counter. It is printed, looked at, and handed over, a button each.
//!
//! The page shows what the card's state asks for; when the card is printed it leads on to the handover.

use super::printing::Printing;
use super::run::{find, grouped};
use super::view::front_path;
use crate::app::SharedApp;
use crate::cards::card::CardState;
use crate::cards::delivery::Way;
use crate::cards::plastic::Card;
use crate::cards::queue::{self, CardAndTicket};
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use crate::production::print_now::{PrintNowError, print_now, wanted};
use crate::production::print_run::PrintRun;
use crate::production::printer::Printer;
use crate::production::send_to_printer::SendError;
use crate::production::start_run::{StartRunError, find_damaged};
use crate::production::store;
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use db::Conn;

/// What the form says for a print by hand.
const BY_HAND: &str = "file";

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/cards/{id}/print-now", get(show).post(print))
}

#[derive(Template)]
#[template(path = "production/print_now.html")]
struct PrintNowPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    card: CardId,
    number: String,
    holder: String,
    front: String,
    printers: Vec<(Slug, String)>,
    /// The run that has it, with what printers do.
    run: Option<(PrintRun, Printing)>,
    reasons: Vec<(&'static str, String)>,
    errors: FormErrors,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<CardId>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, id, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: CardId,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let CardAndTicket { card, ticket } = queue::find(&mut conn, id).await?.ok_or_else(|| Problem::not_found("card"))?;
    let run = match (card.state, card.run) {
        (CardState::ReadyToPrint, _) => None,
        (CardState::InPrintRun, Some(run)) => {
            let run = find(&mut conn, run).await?;
            if run.cards() != 1 {
                return Ok(Redirect::to(&format!("/print-runs/{}/check", run.id)).into_response());
            }
            let printing = Printing::read(&mut conn, &run, visitor.words).await?;
            Some((run, printing))
        }
        _ => return Ok(Redirect::to(&after(&card)).into_response()),
    };
    let printers = store::printers::in_use(&mut conn).await?;
    drop(conn);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = PrintNowPage {
        visitor,
        desk: Desk::load(app, caller).await?,
        card: id,
        number: grouped(&card.number.digits()),
        holder: ticket.holder.name(),
        front: front_path(id, card.print_data_sha256.as_deref()),
        printers: printers.into_iter().map(|printer| (printer.key, printer.name)).collect(),
        run,
        reasons: super::check::reasons(visitor),
        errors,
        once: visitor.fresh_once(),
    };
    Ok(Visitor::show(status, &page))
}

/// Where a card goes on that is neither ready to print nor being printed.
fn after(card: &Card) -> String {
    let is_printed = matches!(card.state, CardState::ReadyForDispatch | CardState::Deposited);
    if is_printed && card.way == Way::Counter {
        format!("/mailroom/handover?card={}", card.id)
    } else {
        format!("/cards/{}", card.id)
    }
}

async fn print(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<CardId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let path = format!("/cards/{id}/print-now");
    let printers = store::printers::in_use(&mut app.db.read().await?).await?;
    let printer = match (form.get("printer"), printers.as_slice()) {
        (BY_HAND, _) | ("", []) => None,
        ("", [Printer { key, .. }]) => Some(key.clone()),
        // Which one is a question for the page.
        ("", _) => return Ok(Redirect::to(&path).into_response()),
        (key, _) => Some(key.parse().map_err(|_| Problem::not_found("printer"))?),
    };
    let act = caller.act(&app);
    let damaged = find_damaged(&app, &act, &wanted(id))
        .await
        .map_err(|error| Problem::internal("the frozen portraits cannot be looked at", &error))?;
    let deed = {
        let (act, path) = (act.clone(), path.clone());
        async move |tx: &mut Conn| -> Result<Done, PrintNowError> {
            print_now(tx, &act, id, printer.as_ref(), &damaged).await?;
            Ok(Done::at(&path).saying("print-now-started"))
        }
    };
    let words = visitor.words;
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(PrintNowError::Db(error) | PrintNowError::Start(StartRunError::Db(error))) => return Err(error.into()),
        // It is being printed already, or is printed: the page shows what comes next.
        Err(PrintNowError::Start(StartRunError::Card { .. })) => return Ok(Redirect::to(&path).into_response()),
        Err(PrintNowError::Start(StartRunError::NothingToPrint { .. })) => words.problem("nothing_to_print"),
        Err(PrintNowError::Send(SendError::PrinterInUse(_))) => words.t("print-now-printer-in-use"),
        Err(PrintNowError::Send(error)) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add("content", refusal);
    page(&app, &caller.0, &visitor, id, errors).await
}
