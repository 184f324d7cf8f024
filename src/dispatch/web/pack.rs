//! `/mailroom/pack`: a card is read, its letter prints; when all cards of the envelope and the letter were read, they are posted.
//!
//! What was read so far stands in the address of the page, so that a reload or a second window loses nothing.

use super::scan::not_in_list;
use super::view::{ScanResult, grouped, line};
use crate::app::SharedApp;
use crate::cards::queue;
use crate::dispatch::batch::BatchError;
use crate::dispatch::pack::{PackError, Packing, post_envelope};
use crate::kernel::ids::{CardId, CardStepId};
use crate::kernel::text::clean;
use crate::production::envelope::Envelope;
use crate::production::letters::{envelope_of, letter_of};
use crate::production::web::view::{Names, portrait_path};
use crate::web::caller::{Caller, MAILROOM};
use crate::web::pages::{Desk, Done, Fields, PageForm, Visitor, act_once, address};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use db::{Conn, DbError};

const PATH: &str = "/mailroom/pack";
/// The longest carrier and tracking number.
const CHARS_MAX: usize = 100;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/mailroom/pack", get(show))
        .route("/mailroom/pack/scan", post(scan))
        .route("/mailroom/pack/letter.pdf", get(letter))
}

/// A card of the envelope.
struct CardLine {
    id: CardId,
    name: String,
    number: String,
    product: String,
    portrait: Option<String>,
    is_read: bool,
}

/// The envelope on the table.
struct OnTable {
    address: String,
    cards: Vec<CardLine>,
    letter_path: String,
    letter_is_read: bool,
}

impl OnTable {
    fn count(&self) -> i64 {
        self.cards.len().try_into().unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "dispatch/pack.html")]
struct PackPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    typed: &'a Fields,
    packing: &'a Packing,
    envelope: Option<OnTable>,
    result: Option<ScanResult>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let result = match query.get("posted").parse::<i64>() {
        Ok(count) => Some(ScanResult::good(words.t1("mailroom-done-post", "count", count))),
        Err(_) if query.has("read") => Some(ScanResult::good(words.t("pack-read-ok"))),
        Err(_) => None,
    };
    page(&app, &caller, &visitor, &query, StatusCode::OK, result).await
}

/// What was read so far, as the page carries it.
fn packing(fields: &Fields) -> Packing {
    Packing {
        cards: fields.all("card").into_iter().filter_map(|card| card.parse().ok()).collect(),
        letter: fields.get("letter").parse().ok(),
    }
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    typed: &Fields,
    status: StatusCode,
    result: Option<ScanResult>,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let packing = packing(typed);
    let envelope = match packing.envelope(&mut conn).await? {
        Some(envelope) => Some(on_table(&mut conn, &envelope, &packing, visitor).await?),
        None => None,
    };
    let packing = if envelope.is_some() { packing } else { Packing::default() };
    let once = visitor.fresh_once();
    let page = PackPage { visitor, desk, once, typed, packing: &packing, envelope, result };
    Ok(Visitor::show(status, &page))
}

async fn on_table(
    conn: &mut Conn,
    envelope: &Envelope,
    packing: &Packing,
    visitor: &Visitor,
) -> Result<OnTable, DbError> {
    let names = Names::read(conn, visitor.words).await?;
    let mut cards = Vec::new();
    for posted in envelope.cards() {
        let Some(item) = queue::find(conn, posted.card).await? else { continue };
        cards.push(CardLine {
            id: posted.card,
            name: item.ticket.holder.name(),
            number: grouped(&posted.number),
            product: names.product(&item.card.product),
            portrait: item.ticket.photo_id.map(|_| portrait_path(posted.card, Some(&posted.print_data))),
            is_read: packing.cards.contains(&posted.card),
        });
    }
    Ok(OnTable {
        address: line(&envelope.first().address),
        cards,
        letter_path: format!("{PATH}/letter.pdf?card={}", envelope.first().card),
        letter_is_read: packing.letter.is_some(),
    })
}

async fn scan(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let before = packing(&form);
    let text = form.get("scan").to_owned();
    let field =
        |name| Some(clean(form.get(name)).chars().take(CHARS_MAX).collect::<String>()).filter(|text| !text.is_empty());
    let (carrier, tracking) = (field("carrier"), field("tracking"));
    let deed = {
        let (app, act) = (app.clone(), act.clone());
        async move |tx: &mut Conn| -> Result<Done, PackError> {
            let packing = before.read(tx, &app.keys, &text).await?;
            let envelope = packing.envelope(tx).await?.ok_or(PackError::VoidLetter)?;
            let carried = carrier.clone().unwrap_or_default();
            if !packing.is_complete(&envelope) {
                let cards: Vec<String> = packing.cards.iter().map(ToString::to_string).collect();
                let letter = packing.letter.as_ref().map(ToString::to_string).unwrap_or_default();
                let mut pairs: Vec<(&str, &str)> = cards.iter().map(|card| ("card", card.as_str())).collect();
                let number = tracking.clone().unwrap_or_default();
                pairs.extend([
                    ("letter", letter.as_str()),
                    ("carrier", &carried),
                    ("tracking", &number),
                    ("read", "1"),
                ]);
                return Ok(Done::at(address(PATH, &pairs)));
            }
            let from: CardStepId = act.new_id();
            let moved = post_envelope(tx, &act, &packing, carrier.clone(), tracking.clone()).await?;
            let to: CardStepId = act.new_id();
            let count = moved.len().to_string();
            let done =
                Done::at(address(PATH, &[("carrier", &carried), ("posted", &count)])).saying("mailroom-done-post");
            Ok(done.counting(moved.len().try_into().unwrap_or_default()).undo_at(format!("/undo?from={from}&to={to}")))
        }
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(PackError::Db(error) | PackError::Batch(BatchError::Db(error))) => return Err(error.into()),
        Err(refusal) => refusal,
    };
    let result = words_for(&app, refusal, &visitor).await?;
    page(&app, &caller.0, &visitor, &form, StatusCode::CONFLICT, Some(result)).await
}

async fn words_for(app: &SharedApp, refusal: PackError, visitor: &Visitor) -> Result<ScanResult, Problem> {
    let words = visitor.words;
    Ok(match refusal {
        PackError::NotToPost(found, why) => not_in_list(app, &found, &why, visitor).await?,
        PackError::OtherEnvelope(found) => {
            ScanResult::refused(words.t1("pack-other-envelope", "name", found.ticket.holder.name()))
        }
        PackError::OtherLetter => ScanResult::refused(words.t("pack-other-letter")),
        PackError::VoidLetter => ScanResult::refused(words.t("pack-void-letter")),
        PackError::Incomplete => ScanResult::refused(words.t("pack-incomplete")),
        PackError::Batch(BatchError::InBox { number, .. }) => {
            ScanResult::refused(words.t1("mailroom-read-in-box", "number", number.to_string()))
        }
        PackError::Batch(_) => ScanResult::refused(words.problem("card_moved_on")),
        PackError::Unknown | PackError::Db(_) => ScanResult::refused(words.t("mailroom-read-unknown")),
    })
}

async fn letter(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("letter");
    let card: CardId = query.get("card").parse().map_err(|_| unknown())?;
    let envelope = envelope_of(&mut app.db.read().await?, card).await?.ok_or_else(unknown)?;
    let disposition = format!("inline; filename=\"letter-{}.pdf\"", envelope.code());
    let bytes = letter_of(&app, envelope).await?;
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
