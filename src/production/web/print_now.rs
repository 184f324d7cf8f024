//! `/cards/{id}/print-now`: the card of somebody who waits at the counter. It is printed, looked at, and handed over, a button each.
//!
//! The page shows what the card's state asks for; when the card is printed it leads on to the handover. It is printed on the printer of
//! the house in which the desk stands; where that is not clear the page asks, and the browser remembers.

use super::desk_printer::{house_of, obvious, ordered, remember};
use super::printing::Printing;
use super::run::{find, grouped};
use super::view::front_path;
use crate::app::SharedApp;
use crate::cards::card::CardState;
use crate::cards::delivery::Way;
use crate::cards::plastic::Card;
use crate::cards::queue::{self, CardAndTicket};
use crate::catalog::{self, House};
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
use axum::http::{HeaderMap, StatusCode};
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
    printers: Vec<PrinterChoice>,
    /// The run that has it, with what printers do.
    run: Option<(PrintRun, Printing)>,
    reasons: Vec<(&'static str, String)>,
    errors: FormErrors,
    once: String,
}

/// A printer to choose.
struct PrinterChoice {
    key: Slug,
    name: String,
    /// What its house is called.
    house: String,
    /// Whether it is chosen beforehand.
    is_chosen: bool,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<CardId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, (id, house_of(&headers)), FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    (id, house): (CardId, Option<Slug>),
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
    let printers = choices(printers, &catalog::store::houses(&mut conn).await?, house.as_ref());
    drop(conn);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = PrintNowPage {
        visitor,
        desk: Desk::load(app, caller).await?,
        card: id,
        number: grouped(&card.number.digits()),
        holder: ticket.holder.name(),
        front: front_path(id, card.print_data_sha256.as_deref()),
        printers,
        run,
        reasons: super::check::reasons(visitor),
        errors,
        once: visitor.fresh_once(),
    };
    Ok(Visitor::show(status, &page))
}

/// The printers to choose from. One of the desk's own house is chosen beforehand; as long as nobody knows the house, one is only where
/// all stand in the same.
fn choices(printers: Vec<Printer>, houses: &[House], house: Option<&Slug>) -> Vec<PrinterChoice> {
    let printers = ordered(printers, house);
    let first = printers.first().map(|printer| printer.house.clone());
    let is_clear = match house {
        Some(house) => first.as_ref() == Some(house),
        None => printers.iter().all(|printer| Some(&printer.house) == first.as_ref()),
    };
    let name_of = |key: &Slug| {
        houses.iter().find(|house| house.key == *key).map_or_else(|| key.to_string(), |house| house.name.clone())
    };
    let choice = |(place, printer): (usize, Printer)| PrinterChoice {
        house: name_of(&printer.house),
        key: printer.key,
        name: printer.name,
        is_chosen: is_clear && place == 0,
    };
    printers.into_iter().enumerate().map(choice).collect()
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
    headers: HeaderMap,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let path = format!("/cards/{id}/print-now");
    let printers = store::printers::in_use(&mut app.db.read().await?).await?;
    let house = house_of(&headers);
    let mut house_now = None;
    let printer = match form.get("printer") {
        BY_HAND => None,
        "" if printers.is_empty() => None,
        "" => match obvious(&printers, house.as_ref()) {
            Some(printer) => Some(printer.key.clone()),
            // Which one is a question for the page.
            None => return Ok(Redirect::to(&path).into_response()),
        },
        key => {
            house_now =
                printers.iter().find(|printer| printer.key.as_str() == key).map(|printer| printer.house.clone());
            Some(key.parse().map_err(|_| Problem::not_found("printer"))?)
        }
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
        Ok(response) => {
            return Ok(match &house_now {
                Some(house) => remember(&app, house, response),
                None => response,
            });
        }
        Err(PrintNowError::Db(error) | PrintNowError::Start(StartRunError::Db(error))) => return Err(error.into()),
        // It is being printed already, or is printed: the page shows what comes next.
        Err(PrintNowError::Start(StartRunError::Card { .. })) => return Ok(Redirect::to(&path).into_response()),
        Err(PrintNowError::Start(StartRunError::NothingToPrint { .. })) => words.problem("nothing_to_print"),
        Err(PrintNowError::Send(SendError::PrinterInUse(_))) => words.t("print-now-printer-in-use"),
        Err(PrintNowError::Send(error)) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add("content", refusal);
    page(&app, &caller.0, &visitor, (id, house_now.or(house)), errors).await
}
