//! `/mailroom/sent`: what was given to the post on a day, as a page, a table and a consignment list to sign.

use super::view::{grouped, line};
use crate::app::SharedApp;
use crate::dispatch::store::sent::{self, Sent};
use crate::kernel::UtcMs;
use crate::kernel::ids::CardId;
use crate::kernel::period::{local_day, start_of_day};
use crate::production::web::view::Names;
use crate::web::caller::MAILROOM;
use crate::web::pages::paper::{Block, Document, Paper, Weight};
use crate::web::pages::{Desk, Fields, Visitor, Words, address, export, paper};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use chrono_tz::Tz;
use db::{Conn, DbError};

const PATH: &str = "/mailroom/sent";
/// The rows of a page.
const ROWS: u32 = 50;
/// The most rows of a consignment list.
const LIST_ROWS_MAX: usize = 2_000;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/mailroom/sent", get(show))
        .route("/mailroom/sent/list.pdf", get(consignment_list))
        .route("/mailroom/sent/export.csv", get(table))
}

/// A posted card as it is listed.
struct SentRow {
    card: CardId,
    name: String,
    number: String,
    product: String,
    address: String,
    time: String,
    carrier: String,
    tracking: String,
}

impl SentRow {
    fn of(sent: &Sent, names: &Names, words: Words, zone: Tz) -> Self {
        Self {
            card: sent.card,
            name: sent.holder.clone(),
            number: grouped(&sent.number),
            product: names.product(&sent.product),
            address: sent.address.as_ref().map(line).unwrap_or_default(),
            time: words.time(sent.at.to_datetime().with_timezone(&zone).time()),
            carrier: sent.carrier.clone().unwrap_or_default(),
            tracking: sent.tracking.clone().unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "dispatch/sent.html")]
struct SentPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    day: NaiveDate,
    day_words: String,
    rows: Vec<SentRow>,
    total: i64,
    next: Option<String>,
}

/// The day that somebody asks for, today by default, and its two ends.
fn span(query: &Fields, now: UtcMs, zone: Tz) -> (NaiveDate, UtcMs, UtcMs) {
    let day = query.get("day").parse().unwrap_or_else(|_| local_day(now, zone));
    let until = day.succ_opt().map_or(UtcMs(i64::MAX), |next| start_of_day(next, zone));
    (day, start_of_day(day, zone), until)
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let (words, zone) = (visitor.words, app.config.museum.zone());
    let (day, from, until) = span(&query, app.clock.now(), zone);
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let after = Some(query.get("after")).filter(|after| !after.is_empty());
    let found = sent::page(&mut conn, from, until, after, ROWS).await?;
    let word = day.to_string();
    let page = SentPage {
        desk,
        day,
        day_words: words.date(day),
        rows: found.items.iter().map(|sent| SentRow::of(sent, &names, words, zone)).collect(),
        total: sent::total(&mut conn, from, until).await?,
        next: found.next.map(|next| address(PATH, &[("day", &word), ("after", &next)])),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn all(conn: &mut Conn, from: UtcMs, until: UtcMs, most: usize) -> Result<Vec<Sent>, DbError> {
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = sent::page(conn, from, until, after.as_deref(), 1_000).await?;
        found.extend(page.items);
        after = page.next;
        if after.is_none() || found.len() >= most {
            return Ok(found);
        }
    }
}

async fn table(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let (words, zone) = (visitor.words, app.config.museum.zone());
    let (day, from, until) = span(&query, app.clock.now(), zone);
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let columns = [
        "print-column-number",
        "print-column-holder",
        "print-column-product",
        "mailroom-column-address",
        "sent-column-time",
        "sent-column-carrier",
        "sent-column-tracking",
    ];
    let rows: Vec<Vec<String>> = all(&mut conn, from, until, export::ROWS_MAX)
        .await?
        .iter()
        .map(|sent| {
            let row = SentRow::of(sent, &names, words, zone);
            vec![row.number, row.name, row.product, row.address, row.time, row.carrier, row.tracking]
        })
        .collect();
    export::csv(&format!("sent-{day}"), &columns.map(|key| words.t(key)), &rows)
}

async fn consignment_list(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let (words, zone) = (visitor.words, app.config.museum.zone());
    let now = app.clock.now();
    let (day, from, until) = span(&query, now, zone);
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let cards = all(&mut conn, from, until, LIST_ROWS_MAX).await?;
    drop(conn);
    let mut places: Vec<String> = cards.iter().filter_map(|sent| sent.address.as_ref().map(line)).collect();
    places.sort_unstable();
    places.dedup();
    let mut sheet = vec![
        Block::Letterhead(app.config.museum.name.clone()),
        Block::Title(words.t1("sent-list-title", "day", words.date(day))),
        Block::Text(words.t2("sent-list-counts", ("cards", cards.len()), ("addresses", places.len())), Weight::Strong),
        Block::Rule,
    ];
    for sent in &cards {
        let row = SentRow::of(sent, &names, words, zone);
        sheet.push(Block::Row { label: row.name, figure: row.number, weight: Weight::Plain });
        let carried = [row.carrier, row.tracking].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        sheet.push(Block::Row { label: row.address, figure: carried.join(" "), weight: Weight::Small });
    }
    sheet.extend([Block::Rule, Block::Gap, Block::Gap]);
    sheet.push(Block::Text(words.t("sent-list-taken-over"), Weight::Small));
    let title = words.t1("sent-list-title", "day", day.to_string());
    paper::pdf(Document { sheets: vec![sheet] }, Paper::A4, title, now).await
}
