//! `/mailroom/boxes`: boxes between houses; they are made, filled by reading cards, sent, and read out again.

use super::scan::not_in_list;
use super::view::{ScanResult, grouped};
use crate::app::SharedApp;
use crate::cards::{find, queue};
use crate::dispatch::store::boxes;
use crate::dispatch::transfer::{self, BoxError, BoxState, TransferBox};
use crate::kernel::ids::{CardId, TransferBoxId};
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::production::web::view::Names;
use crate::web::caller::{Caller, MAILROOM};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once, address};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;

const PATH: &str = "/mailroom/boxes";
/// The rows of a page.
const ROWS: u32 = 30;
/// The longest shelf.
const SHELF_CHARS_MAX: usize = 100;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/mailroom/boxes", get(show_all).post(make))
        .route("/mailroom/boxes/{id}", get(show))
        .route("/mailroom/boxes/{id}/scan", post(scan))
        .route("/mailroom/boxes/{id}/send", post(send))
        .route("/mailroom/boxes/{id}/close", post(close))
}

/// A box in the list.
struct BoxRow {
    id: TransferBoxId,
    number: i64,
    house: String,
    tone: &'static str,
    symbol: &'static str,
    state: String,
    cards: i64,
    left: i64,
}

impl BoxRow {
    fn of(found: &TransferBox, names: &Names, visitor: &Visitor) -> Self {
        let (tone, symbol) = match found.state {
            BoxState::Open => ("info", "○"),
            BoxState::Sent => ("info", "→"),
            BoxState::Arrived if found.left > 0 => ("attention", "!"),
            BoxState::Arrived => ("good", "✓"),
        };
        let key = match found.state {
            BoxState::Arrived if found.left > 0 => "box-state-missing",
            BoxState::Open => "box-state-open",
            BoxState::Sent => "box-state-sent",
            BoxState::Arrived => "box-state-arrived",
        };
        Self {
            id: found.id,
            number: found.number,
            house: names.house(&found.house),
            tone,
            symbol,
            state: visitor.words.t1(key, "count", found.left),
            cards: found.cards,
            left: found.left,
        }
    }
}

/// A card of a box.
struct CardLine {
    id: CardId,
    name: String,
    number: String,
    has_left: bool,
}

#[derive(Template)]
#[template(path = "dispatch/boxes.html")]
struct BoxesPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    errors: FormErrors,
    rows: Vec<BoxRow>,
    next: Option<String>,
    houses: Vec<(Slug, String)>,
}

#[derive(Template)]
#[template(path = "dispatch/box.html")]
struct BoxPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    found: BoxRow,
    is_open: bool,
    is_sent: bool,
    cards: Vec<CardLine>,
    shelf: &'a str,
    result: Option<ScanResult>,
}

async fn show_all(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    list(&app, &caller, &visitor, &query, StatusCode::OK, FormErrors::default()).await
}

async fn list(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    query: &Fields,
    status: StatusCode,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, visitor.words).await?;
    let after = Some(query.get("after")).filter(|after| !after.is_empty());
    let found = boxes::page(&mut conn, None, after, ROWS).await?;
    let page = BoxesPage {
        visitor,
        desk,
        once: visitor.fresh_once(),
        errors,
        rows: found.items.iter().map(|one| BoxRow::of(one, &names, visitor)).collect(),
        next: found.next.map(|next| address(PATH, &[("after", &next)])),
        houses: names.houses,
    };
    Ok(Visitor::show(status, &page))
}

async fn make(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let house: Option<Slug> = form.get("house").parse().ok();
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<Done, BoxError> {
            let house = house.clone().ok_or(BoxError::NoSuchHouse)?;
            let made = transfer::make_box(tx, &act, &house).await?;
            Ok(Done::at(format!("{PATH}/{}", made.id)))
        }
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        Err(BoxError::Db(error)) => Err(error.into()),
        Err(_) => {
            let mut errors = FormErrors::default();
            errors.add("house", visitor.t("mailroom-no-house"));
            list(&app, &caller.0, &visitor, &Fields::default(), StatusCode::UNPROCESSABLE_ENTITY, errors).await
        }
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(id): PathKey<TransferBoxId>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let result = query.has("read").then(|| ScanResult::good(visitor.t("pack-read-ok")));
    page(&app, &caller, &visitor, id, query.get("shelf"), StatusCode::OK, result).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: TransferBoxId,
    shelf: &str,
    status: StatusCode,
    result: Option<ScanResult>,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let found = boxes::find(&mut conn, id).await?.ok_or_else(|| Problem::not_found("box"))?;
    let names = Names::read(&mut conn, visitor.words).await?;
    let mut cards = Vec::new();
    for (card, has_left) in boxes::cards(&mut conn, id).await? {
        let Some(item) = queue::find(&mut conn, card).await? else { continue };
        let number = grouped(&item.card.number.digits());
        cards.push(CardLine { id: card, name: item.ticket.holder.name(), number, has_left });
    }
    let page = BoxPage {
        visitor,
        desk,
        once: visitor.fresh_once(),
        is_open: found.state == BoxState::Open,
        is_sent: found.state == BoxState::Sent,
        found: BoxRow::of(&found, &names, visitor),
        cards,
        shelf,
        result,
    };
    Ok(Visitor::show(status, &page))
}

async fn scan(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(id): PathKey<TransferBoxId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let text = form.get("scan").to_owned();
    let shelf: String = clean(form.get("shelf")).chars().take(SHELF_CHARS_MAX).collect();
    let shelf = Some(shelf).filter(|shelf| !shelf.is_empty());
    let back = address(&format!("{PATH}/{id}"), &[("shelf", form.get("shelf")), ("read", "1")]);
    let deed = {
        let (app, act) = (app.clone(), act.clone());
        async move |tx: &mut Conn| -> Result<Done, BoxError> {
            let card = find::in_hand(tx, &app.keys, &text).await?.ok_or(BoxError::UnknownCard)?;
            let found = boxes::find(tx, id).await?.ok_or(BoxError::UnknownBox)?;
            if found.state == BoxState::Open {
                transfer::put_in(tx, &act, id, card).await?;
            } else {
                transfer::unpack(tx, &act, id, card, shelf.clone()).await?;
            }
            Ok(Done::at(&back))
        }
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(BoxError::Db(error)) => return Err(error.into()),
        Err(BoxError::UnknownBox) => return Err(Problem::not_found("box")),
        Err(refusal) => refusal,
    };
    let words = visitor.words;
    let result = match refusal {
        BoxError::NotForHouse(item, why) => not_in_list(&app, &item, &why, &visitor).await?,
        BoxError::InBox(number) => ScanResult::refused(words.t1("box-in-other", "number", number.to_string())),
        BoxError::NotInBox => ScanResult::refused(words.t("box-not-in-it")),
        BoxError::UnknownCard => ScanResult::refused(words.t("mailroom-read-unknown")),
        _ => ScanResult::refused(words.problem("card_moved_on")),
    };
    page(&app, &caller.0, &visitor, id, form.get("shelf"), StatusCode::CONFLICT, Some(result)).await
}

async fn send(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(id): PathKey<TransferBoxId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    move_on(&app, &caller, &visitor, id, &form, true).await
}

async fn close(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(id): PathKey<TransferBoxId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    move_on(&app, &caller, &visitor, id, &form, false).await
}

/// Sends a box, or closes it after it was unpacked.
async fn move_on(
    app: &SharedApp,
    caller: &Allowed<MAILROOM>,
    visitor: &Visitor,
    id: TransferBoxId,
    form: &Fields,
    is_sending: bool,
) -> Result<Response, Problem> {
    let act = caller.act(app);
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<Done, BoxError> {
            let (moved, said) = if is_sending {
                (transfer::send(tx, &act, id).await?, "box-sent")
            } else {
                (transfer::close(tx, &act, id).await?, "box-closed")
            };
            Ok(Done::at(format!("{PATH}/{id}")).saying(said).counting(moved.left))
        }
    };
    let message = match act_once(app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(BoxError::Db(error)) => return Err(error.into()),
        Err(BoxError::UnknownBox) => return Err(Problem::not_found("box")),
        Err(BoxError::Empty) => visitor.t("box-empty"),
        Err(_) => visitor.words.problem("card_moved_on"),
    };
    let result = ScanResult::refused(message);
    page(app, &caller.0, visitor, id, "", StatusCode::CONFLICT, Some(result)).await
}
