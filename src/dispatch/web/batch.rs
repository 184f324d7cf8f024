//! `POST /mailroom/{list}/confirm` and `POST /mailroom/{list}`: many cards together, after a question in numbers.

use super::list::{all, find};
use super::view::List;
use crate::app::SharedApp;
use crate::cards::queue::{self, CardAndTicket, Filter, Sort};
use crate::cards::{Card, CardState};
use crate::dispatch::batch::BatchError;
use crate::dispatch::deposit::{Deposit, DepositError, Opening, deposit};
use crate::dispatch::hand_to_post::hand_to_post;
use crate::kernel::ids::{CardId, CardStepId};
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::production::web::view::Names;
use crate::web::caller::{Caller, MAILROOM};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once, address};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use db::Conn;
use std::collections::BTreeSet;

/// The most cards of one question.
const CARDS_MAX: usize = 1_000;
/// How many names are listed.
const NAMES: usize = 8;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom/{list}/confirm", post(ask)).route("/mailroom/{list}", post(carry_out))
}

#[derive(Template)]
#[template(path = "dispatch/confirm.html")]
struct ConfirmPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    list: List,
    form: &'a Fields,
    once: String,
    errors: FormErrors,
    cards: Vec<CardId>,
    names: Vec<String>,
    more: usize,
    addresses: usize,
    house: String,
}

impl ConfirmPage<'_> {
    fn count(&self) -> i64 {
        self.cards.len().try_into().unwrap_or_default()
    }

    fn get(&self, name: &str) -> &str {
        self.form.get(name)
    }

    fn back(&self) -> String {
        address(&self.list.path(), &[("house", self.form.get("house")), ("shelf", self.form.get("shelf"))])
    }

    fn is_post(&self) -> bool {
        self.list == List::Post
    }

    fn address_count(&self) -> i64 {
        self.addresses.try_into().unwrap_or_default()
    }

    fn question(&self) -> String {
        self.visitor.words.t2(&self.key("ask"), ("count", self.count()), ("house", self.house.as_str()))
    }

    fn go_key(&self) -> String {
        format!("{}-count", self.key("go"))
    }

    /// `key` for the list, such as `mailroom-ask-post`.
    fn key(&self, start: &str) -> String {
        format!("mailroom-{start}-{}", self.list.as_str())
    }
}

async fn ask(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(word): PathKey<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let list = batch_list(&word)?;
    page(&app, &caller, &visitor, list, &form, StatusCode::OK, FormErrors::default()).await
}

/// The lists whose cards are dealt with together.
fn batch_list(word: &str) -> Result<List, Problem> {
    find(word).and_then(|list| match list {
        List::Post | List::Shelf => Ok(list),
        _ => Err(Problem::not_found("list")),
    })
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    list: List,
    form: &Fields,
    status: StatusCode,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, visitor.words).await?;
    let cards = chosen(&mut conn, app, list, form).await?;
    let addresses: BTreeSet<String> =
        cards.iter().filter_map(|item| serde_json::to_string(&item.ticket.address).ok()).collect();
    let page = ConfirmPage {
        visitor,
        desk,
        list,
        form,
        once: visitor.fresh_once(),
        errors,
        names: cards.iter().take(NAMES).map(|item| item.ticket.holder.name()).collect(),
        more: cards.len().saturating_sub(NAMES),
        addresses: addresses.len(),
        house: form.get("house").parse().map(|house| names.house(&house)).unwrap_or_default(),
        cards: cards.iter().map(|item| item.card.id).collect(),
    };
    Ok(Visitor::show(status, &page))
}

/// The ticked cards, or all that somebody looks at; as far as they still wait in the list.
async fn chosen(
    conn: &mut Conn,
    app: &SharedApp,
    list: List,
    form: &Fields,
) -> Result<Vec<CardAndTicket>, db::DbError> {
    if form.has("all") {
        return all(conn, list, form, app.clock.now(), CARDS_MAX).await;
    }
    let ticked = form.all("card").into_iter().filter_map(|id| id.parse().ok()).take(CARDS_MAX).collect();
    let filter = Filter { states: vec![CardState::ReadyForDispatch], cards: Some(ticked), ..Filter::default() };
    Ok(queue::page(conn, &filter, Sort::Waiting, None, 1_000).await?.items)
}

/// Why none of the cards took the step.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("a card is no longer there")]
    Gone,
    #[error("there is no such house")]
    NoHouse,
    #[error(transparent)]
    Db(#[from] db::DbError),
}

impl From<BatchError> for Refusal {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Card { .. } | BatchError::InBox { .. } => Self::Gone,
            BatchError::Db(error) => Self::Db(error),
        }
    }
}

impl From<DepositError> for Refusal {
    fn from(error: DepositError) -> Self {
        match error {
            DepositError::NoSuchHouse(_) => Self::NoHouse,
            DepositError::Cards(error) => error.into(),
            DepositError::Db(error) => Self::Db(error),
        }
    }
}

async fn carry_out(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(word): PathKey<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let list = batch_list(&word)?;
    let act = caller.act(&app);
    let cards: BTreeSet<CardId> =
        form.all("card").into_iter().filter_map(|id| id.parse().ok()).take(CARDS_MAX).collect();
    let text = |name| Some(clean(form.get(name)).chars().take(100).collect::<String>()).filter(|text| !text.is_empty());
    let (carrier, tracking, shelf) = (text("carrier"), text("tracking"), text("shelf"));
    let house: Option<Slug> = form.get("house").parse().ok();
    let back = address(
        &list.path(),
        &[("house", form.get("house")), ("shelf", form.get("shelf")), ("carrier", form.get("carrier"))],
    );
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<Done, Refusal> {
            let from: CardStepId = act.new_id();
            let moved: Vec<Card> = if list == List::Post {
                hand_to_post(tx, &act, &cards, carrier.clone(), tracking.clone()).await?
            } else {
                let house = house.clone().ok_or(Refusal::NoHouse)?;
                deposit(tx, &act, &cards, &Deposit { house, shelf: shelf.clone(), opening: Opening::Mailed }).await?
            };
            let to: CardStepId = act.new_id();
            let said = if list == List::Post { "mailroom-done-post" } else { "mailroom-done-shelf" };
            let done = Done::at(&back).saying(said).counting(moved.len().try_into().unwrap_or_default());
            Ok(done.undo_at(format!("/undo?from={from}&to={to}")))
        }
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(Refusal::Db(error)) => return Err(error.into()),
        Err(Refusal::Gone) => visitor.words.problem("card_moved_on"),
        Err(Refusal::NoHouse) => visitor.t("mailroom-no-house"),
    };
    let mut errors = FormErrors::default();
    errors.add("confirm", refusal);
    page(&app, &caller.0, &visitor, list, &form, StatusCode::CONFLICT, errors).await
}
