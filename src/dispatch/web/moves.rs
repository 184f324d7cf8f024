//! `/cards/{id}/way` and `POST /cards/{id}/make-ready`: a card goes another way after all, or starts anew after it came back.

use crate::app::SharedApp;
use crate::cards::queue::{self, CardAndTicket};
use crate::cards::web::StateLabel;
use crate::cards::{CardState, Delivery, StepError, Way};
use crate::dispatch::change_way::{ChangeWayError, change_way};
use crate::dispatch::make_ready::make_ready;
use crate::kernel::ids::CardId;
use crate::kernel::period::local_day;
use crate::production::web::view::Names;
use crate::web::caller::{Caller, MAILROOM};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/cards/{id}/way", get(ask).post(carry_out)).route("/cards/{id}/make-ready", post(start_anew))
}

/// A way that can be chosen.
struct Choice {
    value: String,
    word: String,
    is_now: bool,
}

#[derive(Template)]
#[template(path = "dispatch/way.html")]
struct WayPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    errors: FormErrors,
    card: CardId,
    name: String,
    label: StateLabel,
    choices: Vec<Choice>,
    address: Option<String>,
    is_decided: bool,
}

async fn ask(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(card): PathKey<CardId>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, card, StatusCode::OK, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    card: CardId,
    status: StatusCode,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let words = visitor.words;
    let CardAndTicket { card, ticket } = find(&mut conn, card).await?;
    let names = Names::read(&mut conn, words).await?;
    let value = |delivery: Option<&Delivery>| match delivery {
        Some(Delivery::Pickup { house }) => format!("pickup:{house}"),
        other => Delivery::way_of(other).as_str().to_owned(),
    };
    let now = value(ticket.delivery.as_ref());
    let choice = |value: String, word: String| Choice { is_now: value == now, value, word };
    let mut choices = vec![choice("mail".to_owned(), words.t("mailroom-way-mail"))];
    for (key, name) in &names.houses {
        choices.push(choice(format!("pickup:{key}"), words.t1("mailroom-way-pickup", "house", name.as_str())));
    }
    choices.push(choice("counter".to_owned(), words.t("mailroom-way-counter")));
    let page = WayPage {
        visitor,
        desk,
        once: visitor.fresh_once(),
        errors,
        card: card.id,
        name: ticket.holder.name(),
        label: StateLabel::of_card(card.state, words),
        choices,
        address: ticket.address.as_ref().map(super::view::line),
        is_decided: matches!(card.state, CardState::Dispatched | CardState::HandedOver | CardState::Void),
    };
    Ok(Visitor::show(status, &page))
}

async fn find(conn: &mut Conn, card: CardId) -> Result<CardAndTicket, Problem> {
    queue::find(conn, card).await?.ok_or_else(|| Problem::not_found("card"))
}

async fn carry_out(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(card): PathKey<CardId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let mut errors = FormErrors::default();
    let Some(delivery) = delivery(form.get("way")) else {
        errors.add("way", visitor.t("mailroom-way-missing"));
        return page(&app, &caller.0, &visitor, card, StatusCode::UNPROCESSABLE_ENTITY, errors).await;
    };
    let found = find(&mut app.db.read().await?, card).await?;
    let today = local_day(act.now, app.config.museum.zone());
    let (path, said) = match Delivery::way_of(Some(&delivery)) {
        Way::Mail => ("/mailroom/post".to_owned(), "mailroom-moved-mail"),
        Way::Pickup => {
            let house = delivery.pickup_house().map(ToString::to_string).unwrap_or_default();
            (format!("/mailroom/shelf?house={house}"), "mailroom-moved-pickup")
        }
        Way::Counter => ("/mailroom/counter".to_owned(), "mailroom-moved-counter"),
    };
    let deed = {
        let (act, name) = (act.clone(), found.ticket.holder.name());
        async move |tx: &mut Conn| -> Result<Done, ChangeWayError> {
            change_way(tx, &act, card, &delivery, today).await?;
            Ok(Done::at(&path).saying(said).naming(&name))
        }
    };
    let message = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(ChangeWayError::Db(error)) => return Err(error.into()),
        Err(ChangeWayError::UnknownCard) => return Err(Problem::not_found("card")),
        Err(ChangeWayError::NoAddress) => visitor.t("mailroom-way-no-address"),
        Err(ChangeWayError::UnknownHouse) => visitor.t("mailroom-no-house"),
        Err(ChangeWayError::Decided(_)) => visitor.words.problem("card_moved_on"),
        Err(ChangeWayError::Refused(_)) => visitor.t("mailroom-way-refused"),
    };
    errors.add("way", message);
    page(&app, &caller.0, &visitor, card, StatusCode::CONFLICT, errors).await
}

fn delivery(word: &str) -> Option<Delivery> {
    match word.split_once(':') {
        Some(("pickup", house)) => Some(Delivery::Pickup { house: house.parse().ok()? }),
        Some(_) => None,
        None => match Way::of(word)? {
            Way::Mail => Some(Delivery::Mail {}),
            Way::Counter => Some(Delivery::Counter {}),
            Way::Pickup => None,
        },
    }
}

async fn start_anew(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(card): PathKey<CardId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let found = find(&mut app.db.read().await?, card).await?;
    let deed = {
        let (act, name) = (act.clone(), found.ticket.holder.name());
        async move |tx: &mut Conn| -> Result<Done, StepError> {
            make_ready(tx, &act, card).await?;
            let done = Done::at("/mailroom/returned").saying("mailroom-made-ready").naming(&name);
            Ok(done.undo_at(format!("/cards/{card}/undo")))
        }
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        // It went on meanwhile: the list shows what is left.
        Err(StepError::WrongState(_)) => Ok(Redirect::to("/mailroom/returned").into_response()),
        other => Ok(other?),
    }
}
