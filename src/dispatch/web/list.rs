//! `/mailroom/{list}`: one list, with its totals, its filter, and what can be done with its cards.

use super::label;
use super::overview::{Tile, tiles};
use super::view::{DoneRow, List, MailRow, ScanResult, seen};
use crate::app::SharedApp;
use crate::cards::queue::{self, CardAndTicket, Sort};
use crate::dispatch::store;
use crate::dispatch::store::{boxes, steps};
use crate::dispatch::waiting_times::overdue_before;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use crate::production::letters::letters_to_post;
use crate::production::web::view::{CardRow, Names};
use crate::web::caller::{Caller, MAILROOM};
use crate::web::pages::{Desk, Fields, Visitor, Words, export};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::{Conn, DbError};
use std::collections::HashMap;

/// The rows of a page.
const ROWS: u32 = 50;
/// How many of the steps that somebody just took are shown.
const JUST_DONE: u32 = 25;
/// For how long they are.
const JUST_DONE_MILLIS: i64 = 12 * 60 * 60 * 1_000;
/// The most letters of one file.
const LETTERS_MAX: u32 = 500;
/// What may stand on an envelope that came back, as words in the record.
pub(super) const RETURN_REASONS: [&str; 5] = ["moved", "unknown", "refused", "not-collected", "other"];

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/mailroom/{list}", get(show))
        .route("/mailroom/{list}/export.csv", get(export_list))
        .route("/mailroom/post/letters.pdf", get(letters))
}

/// A choice in a list to choose from.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) word: String,
    pub(super) is_chosen: bool,
}

/// A house with what is to be laid ready there.
struct HouseTab {
    path: String,
    name: String,
    count: i64,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "dispatch/list.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    list: List,
    query: &'a Fields,
    once: String,
    tiles: Vec<Tile>,
    houses: Vec<HouseTab>,
    products: Vec<Choice>,
    sorts: Vec<Choice>,
    rows: Vec<MailRow>,
    total: i64,
    next: Option<String>,
    export: String,
    pickup_list: String,
    done: Vec<DoneRow>,
    result: Option<ScanResult>,
    reasons: Vec<(&'static str, String)>,
    /// The house in which cards are laid ready.
    house_name: String,
}

impl ListPage<'_> {
    fn is(&self, word: &str) -> bool {
        self.list.as_str() == word
    }

    fn get(&self, name: &str) -> &str {
        self.query.get(name)
    }

    fn title(&self) -> String {
        self.visitor.t(&format!("mailroom-list-{}", self.list.as_str()))
    }

    fn empty(&self) -> String {
        if ["q", "product", "overdue"].iter().any(|name| self.query.has(name)) {
            self.visitor.t("mailroom-empty-filtered")
        } else {
            self.visitor.t(&format!("mailroom-empty-{}", self.list.as_str()))
        }
    }

    /// Whether cards can be ticked and dealt with together.
    fn is_batch(&self) -> bool {
        self.total > 0 && (self.list == List::Post || (self.list == List::Shelf && self.query.has("house")))
    }

    fn takes_scans(&self) -> bool {
        match self.list {
            List::Post | List::Returned => true,
            List::Shelf => self.query.has("house"),
            List::Counter | List::Deposited => false,
        }
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(word): PathKey<String>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let list = find(&word)?;
    page(&app, &caller, &visitor, list, &query, StatusCode::OK, None).await
}

/// The list of this word, or 404.
pub(super) fn find(word: &str) -> Result<List, Problem> {
    word.parse().map_err(|()| Problem::not_found("list"))
}

/// A list as it stands, after whatever was done on it.
pub(super) async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    list: List,
    query: &Fields,
    status: StatusCode,
    result: Option<ScanResult>,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let (now, words, zone) = (app.clock.now(), visitor.words, app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let filter = list.filter(query, now);
    let after = Some(query.get("after")).filter(|after| !after.is_empty());
    let found = queue::page(&mut conn, &filter, Sort::of(query.get("sort")), after, ROWS).await?;
    let waiting = store::count_ready(&mut conn).await?;
    let lying = store::count_lying(&mut conn, overdue_before(now)).await?;
    let done = just_done(&mut conn, caller, list, now).await?;
    let result = result.or_else(|| accepted(&done, query, words));
    let reasons = match list {
        List::Returned => steps::return_reasons(&mut conn, found.items.iter().map(|item| item.card.id)).await?,
        _ => HashMap::new(),
    };
    let ids = || found.items.iter().map(|item| item.card.id);
    let returned = match list {
        List::Post | List::Returned => store::returned_from(&mut conn, ids()).await?,
        _ => HashMap::new(),
    };
    let boxed = match list {
        List::Shelf => boxes::of_cards(&mut conn, ids()).await?,
        _ => HashMap::new(),
    };
    let row = |item: &CardAndTicket| MailRow {
        came_back_from_there: returned
            .get(&item.card.id)
            .is_some_and(|from| Some(from) == item.ticket.address.as_ref()),
        in_box: boxed.get(&item.card.id).map(|(number, _)| *number),
        reason: reasons.get(&item.card.id).map(|reason| why(reason, words)),
        ..MailRow::of(item, &names, words, zone, now)
    };
    let rows = found.items.iter().map(row).collect();
    let tab = |(key, name): &(Slug, String)| HouseTab {
        path: format!("{}?house={key}", list.path()),
        name: name.clone(),
        count: match list {
            List::Deposited => lying.deposited.get(key.as_str()).copied().unwrap_or_default(),
            _ => waiting.pickup.get(key.as_str()).copied().unwrap_or_default().into(),
        },
        is_here: key.as_str() == query.get("house"),
    };
    let has_houses = matches!(list, List::Shelf | List::Deposited);
    let page = ListPage {
        desk,
        once: visitor.fresh_once(),
        tiles: tiles(&waiting, &lying, visitor, Some(list)),
        houses: names.houses.iter().filter(|_| has_houses).map(tab).collect(),
        products: products(&names, query),
        sorts: sorts(words, query),
        rows,
        total: queue::total(&mut conn, &filter).await?,
        next: found.next.map(|next| seen(&list.path(), query, &next)),
        export: seen(&format!("{}/export.csv", list.path()), query, ""),
        pickup_list: seen("/mailroom/deposited/list.pdf", query, ""),
        done: done.iter().map(|step| DoneRow::of(step, words, zone, now)).collect(),
        result,
        reasons: RETURN_REASONS.map(|reason| (reason, words.t(&format!("mailroom-reason-{reason}")))).to_vec(),
        house_name: query.get("house").parse().map(|house| names.house(&house)).unwrap_or_default(),
        list,
        query,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

/// What the caller did in this list just now.
async fn just_done(conn: &mut Conn, caller: &Caller, list: List, now: UtcMs) -> Result<Vec<steps::TakenNow>, DbError> {
    let step = match list {
        List::Post => "dispatched",
        List::Shelf => "deposited",
        List::Returned => "returned",
        List::Counter | List::Deposited => "handed_over",
    };
    steps::latest(conn, caller.actor, step, now.plus_millis(-JUST_DONE_MILLIS), JUST_DONE).await
}

/// The words for the card that was read last, when the page comes right after it.
fn accepted(done: &[steps::TakenNow], query: &Fields, words: Words) -> Option<ScanResult> {
    let last = done.first().filter(|_| query.has("read"))?;
    let key = match last.step.as_str() {
        "dispatched" => "mailroom-read-posted",
        "deposited" => "mailroom-read-deposited",
        _ => "mailroom-read-returned",
    };
    let result = ScanResult::good(words.t1(key, "name", last.holder.as_str()));
    Some(match last.step.as_str() {
        "deposited" => result.leading_to(label::path(last.card), words.t("label-print")),
        _ => result,
    })
}

/// The words for a reason of the records.
pub(super) fn why(reason: &str, words: Words) -> String {
    let key = format!("why-{reason}");
    if words.has(&key) { words.t(&key) } else { reason.to_owned() }
}

fn products(names: &Names, query: &Fields) -> Vec<Choice> {
    let choice = |(key, word): &(Slug, String)| Choice {
        value: key.to_string(),
        word: word.clone(),
        is_chosen: key.as_str() == query.get("product"),
    };
    names.products.iter().map(choice).collect()
}

fn sorts(words: Words, query: &Fields) -> Vec<Choice> {
    let chosen = Sort::of(query.get("sort"));
    let choice = |sort: Sort| Choice {
        value: sort.as_str().to_owned(),
        word: words.t(&format!("print-sort-{}", sort.as_str())),
        is_chosen: sort == chosen,
    };
    Sort::ALL.into_iter().map(choice).collect()
}

async fn export_list(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    visitor: Visitor,
    PathKey(word): PathKey<String>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let list = find(&word)?;
    let (words, zone, now) = (visitor.words, app.config.museum.zone(), app.clock.now());
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let cards = all(&mut conn, list, &query, now, export::ROWS_MAX).await?;
    let columns = [
        "print-column-number",
        "print-column-holder",
        "print-column-product",
        "print-column-way",
        "mailroom-column-address",
        "mailroom-column-place",
        "print-column-since",
    ];
    let row = |item: &CardAndTicket| {
        let row = MailRow::of(item, &names, words, zone, now);
        let CardRow { number, name, product, way, since, .. } = row.card;
        vec![number, name, product, way, row.address.unwrap_or_default(), row.place.unwrap_or_default(), since]
    };
    let rows: Vec<Vec<String>> = cards.iter().map(row).collect();
    export::csv(list.as_str(), &columns.map(|key| words.t(key)), &rows)
}

/// All cards that somebody looks for in a list, up to so many.
pub(super) async fn all(
    conn: &mut Conn,
    list: List,
    query: &Fields,
    now: UtcMs,
    most: usize,
) -> Result<Vec<CardAndTicket>, DbError> {
    let filter = list.filter(query, now);
    let mut cards = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let rows = u32::try_from(most - cards.len()).unwrap_or(1_000).min(1_000);
        let page = queue::page(conn, &filter, Sort::of(query.get("sort")), after.as_deref(), rows).await?;
        cards.extend(page.items);
        after = page.next;
        if after.is_none() || cards.len() >= most {
            return Ok(cards);
        }
    }
}

async fn letters(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let cards = all(&mut app.db.read().await?, List::Post, &query, app.clock.now(), LETTERS_MAX as usize).await?;
    let cards: Vec<_> = cards.into_iter().map(|item| item.card.id).collect();
    let bytes = letters_to_post(&app, &cards).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"letters.pdf\""),
    ];
    Ok((headers, bytes).into_response())
}
