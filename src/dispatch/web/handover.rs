//! `/mailroom/handover`: a card is read, the name and the photo appear for comparison, and the card is handed over.

use super::view::{ScanResult, grouped};
use crate::app::SharedApp;
use crate::cards::queue::{self, CardAndTicket};
use crate::cards::web::StateLabel;
use crate::cards::{CardState, StepError, find};
use crate::dispatch::PickupCode;
use crate::dispatch::hand_over::{HandOverError, Handover, Proof, hand_over};
use crate::dispatch::store;
use crate::kernel::ids::CardId;
use crate::kernel::text::clean;
use crate::production::web::view::{Names, front_path, portrait_path};
use crate::web::caller::{Caller, MAILROOM, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::Conn;

/// The path of the page.
const PATH: &str = "/mailroom/handover";
/// The longest name of somebody who fetches a card.
const NAME_CHARS_MAX: usize = 200;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom/handover", get(show).post(carry_out)).route("/mailroom/handover/scan", post(scan))
}

/// A card to compare with the person in front of the desk.
struct Comparison {
    card: CardId,
    name: String,
    number: String,
    product: String,
    validity: Option<String>,
    portrait: Option<String>,
    front: Option<String>,
    place: Option<String>,
    label: StateLabel,
    needs_code: bool,
    can_be_handed_over: bool,
}

#[derive(Template)]
#[template(path = "dispatch/handover.html")]
struct HandoverPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    found: Option<Comparison>,
    result: Option<ScanResult>,
    errors: FormErrors,
    typed: &'a Fields,
    proofs: Vec<(&'static str, String)>,
    is_mailroom: bool,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let card = query.get("card").parse().ok();
    page(&app, &caller, &visitor, card, &query, StatusCode::OK, None, FormErrors::default()).await
}

#[expect(clippy::too_many_arguments, reason = "all that the page may have to say")]
async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    card: Option<CardId>,
    typed: &Fields,
    status: StatusCode,
    result: Option<ScanResult>,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let found = match card {
        Some(card) => {
            let item = queue::find(&mut conn, card).await?.ok_or_else(|| Problem::not_found("card"))?;
            Some(comparison(&mut conn, &item, visitor).await?)
        }
        None => None,
    };
    let page = HandoverPage {
        visitor,
        desk,
        once: visitor.fresh_once(),
        found,
        result,
        errors,
        typed,
        proofs: Proof::ALL
            .map(|proof| (proof.as_str(), visitor.t(&format!("mailroom-proof-{}", proof.as_str().replace('_', "-")))))
            .to_vec(),
        is_mailroom: caller.roles.may(MAILROOM),
    };
    Ok(Visitor::show(status, &page))
}

async fn comparison(conn: &mut Conn, item: &CardAndTicket, visitor: &Visitor) -> Result<Comparison, Problem> {
    let CardAndTicket { card, ticket } = item;
    let words = visitor.words;
    let names = Names::read(conn, words).await?;
    let house = card.house.as_ref().filter(|_| card.state == CardState::Deposited).map(|house| names.house(house));
    let can_be_handed_over =
        matches!(card.state, CardState::ReadyForDispatch | CardState::Dispatched | CardState::Deposited);
    Ok(Comparison {
        card: card.id,
        name: ticket.holder.name(),
        number: grouped(&card.number.digits()),
        product: names.product(&card.product),
        validity: ticket.valid_until.map(|until| words.t1("mailroom-valid-until", "day", words.date(until))),
        portrait: ticket.photo_id.is_some().then(|| portrait_path(card.id, card.print_data_sha256.as_deref())),
        front: card.print_data_sha256.as_deref().map(|hash| front_path(card.id, Some(hash))),
        place: house.map(|house| match &card.shelf {
            Some(shelf) => format!("{house}, {shelf}"),
            None => house,
        }),
        label: StateLabel::of_card(card.state, words),
        needs_code: store::pickup_code(conn, card.id, CardState::Deposited).await?.is_some(),
        can_be_handed_over,
    })
}

async fn scan(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let found = find::in_hand(&mut app.db.read().await?, &app.keys, form.get("scan")).await?;
    if let Some(card) = found {
        return Ok(Redirect::to(&format!("{PATH}?card={card}")).into_response());
    }
    let result = ScanResult::refused(visitor.t("mailroom-read-unknown"));
    let none = FormErrors::default();
    page(&app, &caller, &visitor, None, &form, StatusCode::NOT_FOUND, Some(result), none).await
}

async fn carry_out(
    State(app): State<SharedApp>,
    caller: Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let card: CardId = form.get("card").parse().map_err(|_| Problem::not_found("card"))?;
    let by: String = clean(form.get("picked_up_by")).chars().take(NAME_CHARS_MAX).collect();
    let picked_up_by = Some(by).filter(|by| !by.is_empty());
    let found = queue::find(&mut app.db.read().await?, card).await?.ok_or_else(|| Problem::not_found("card"))?;
    let needs_code = store::pickup_code(&mut app.db.read().await?, card, CardState::Deposited).await?.is_some();
    let mut errors = FormErrors::default();
    let said = form.get("pickup_code");
    let pickup_code = PickupCode::parse(said).ok();
    let proof = Proof::ALL.into_iter().find(|proof| proof.as_str() == form.get("proof"));
    let is_unproven = picked_up_by.is_some() && pickup_code.is_none() && proof.is_none();
    if (pickup_code.is_none() && !said.is_empty()) || (is_unproven && needs_code) {
        errors.add("pickup_code", visitor.t("mailroom-code-missing"));
    } else if is_unproven {
        errors.add("proof", visitor.t("mailroom-proof-missing"));
    }
    if !errors.is_empty() {
        return page(&app, &caller.0, &visitor, Some(card), &form, StatusCode::UNPROCESSABLE_ENTITY, None, errors)
            .await;
    }
    let reason = Some(clean(form.get("reason")).chars().take(NAME_CHARS_MAX).collect::<String>());
    let handover = Handover { picked_up_by, pickup_code, proof, reason: reason.filter(|reason| !reason.is_empty()) };
    let deed = {
        let (act, name) = (act.clone(), found.ticket.holder.name());
        async move |tx: &mut Conn| -> Result<Done, HandOverError> {
            hand_over(tx, &act, card, &handover).await?;
            let done = Done::at(PATH).saying("mailroom-handed-over").naming(&name);
            Ok(done.undo_at(format!("/cards/{card}/undo")))
        }
    };
    let (status, field, message) = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(HandOverError::WrongPickupCode) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "pickup_code", visitor.t("mailroom-code-wrong"))
        }
        Err(HandOverError::InBox(number)) => {
            (StatusCode::CONFLICT, "handover", visitor.words.t1("mailroom-read-in-box", "number", number.to_string()))
        }
        Err(HandOverError::Step(StepError::WrongState(_))) => {
            (StatusCode::CONFLICT, "handover", visitor.words.problem("card_moved_on"))
        }
        Err(error) => return Err(error.into()),
    };
    errors.add(field, message);
    page(&app, &caller.0, &visitor, Some(card), &form, status, None, errors).await
}
