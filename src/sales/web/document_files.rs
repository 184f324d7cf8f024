//! Receipts, vouchers and day tickets as files: `?format=a4` or `?format=80mm`.

use super::documents::{self, Paperwork};
use super::names::Names;
use crate::app::{App, SharedApp};
use crate::catalog::store as catalog;
use crate::kernel::ids::OrderId;
use crate::kernel::text::clean;
use crate::sales::api::shop;
use crate::sales::order::Order;
use crate::sales::store;
use crate::web::caller::{PERSONALIZATION, SHOP};
use crate::web::pages::{Language, Words, paper};
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use card_face::{Block, Document, Paper};
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/orders/{id}/documents.pdf", get(everything))
        .route("/orders/{id}/receipt.pdf", get(receipt))
        .route("/orders/{id}/tickets.pdf", get(tickets))
        .route("/orders/{id}/vouchers.pdf", get(vouchers))
        .route("/vouchers/{code}/voucher.pdf", get(voucher))
}

/// On which paper, and in which language if not the buyer's.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    format: Format,
    lang: Option<String>,
}

impl Wanted {
    /// The paper.
    pub(super) const fn paper(&self) -> Paper {
        match self.format {
            Format::A4 => Paper::A4,
            Format::Roll80 => Paper::Roll80,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
enum Format {
    #[default]
    #[serde(rename = "a4")]
    A4,
    #[serde(rename = "80mm")]
    Roll80,
}

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// All of them, as a sale at the desk hands them out.
    Everything,
    /// What was sold.
    Receipt,
    /// Codes that the gate reads.
    Tickets,
    /// Codes that the desk exchanges.
    Vouchers,
}

async fn everything(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    of_order(&app, id, Kind::Everything, &wanted).await
}

async fn receipt(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    of_order(&app, id, Kind::Receipt, &wanted).await
}

async fn tickets(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    of_order(&app, id, Kind::Tickets, &wanted).await
}

async fn vouchers(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    of_order(&app, id, Kind::Vouchers, &wanted).await
}

async fn voucher(
    State(app): State<SharedApp>,
    _: Allowed<{ SHOP | PERSONALIZATION }>,
    PathKey(code): PathKey<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let code: String = clean(&code).chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut conn = app.db.snapshot().await?;
    let found = store::find_voucher(&mut conn, &code).await?.ok_or_else(|| Problem::not_found("voucher"))?;
    let order = store::find_order(&mut conn, found.order_id).await?.ok_or_else(|| Problem::not_found("order"))?;
    file(&app, &mut conn, &order, Kind::Vouchers, Some(&code), &wanted).await
}

async fn of_order(app: &SharedApp, id: OrderId, kind: Kind, wanted: &Wanted) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let order = store::find_order(&mut conn, id).await?.ok_or_else(|| Problem::not_found("order"))?;
    file(app, &mut conn, &order, kind, None, wanted).await
}

/// The file of an order; of several vouchers only `code`, if it is named.
pub(super) async fn file(
    app: &SharedApp,
    conn: &mut Conn,
    order: &Order,
    kind: Kind,
    code: Option<&str>,
    wanted: &Wanted,
) -> Result<Response, Problem> {
    let drawn = drawn(app, conn, order, kind, code, wanted).await?;
    let (title, bytes) = drawn.ok_or_else(|| Problem::not_found("document"))?;
    Ok(paper::inline(&title, bytes))
}

/// The title and the bytes of the file of an order; nothing when there is nothing to draw.
pub(super) async fn drawn(
    app: &App,
    conn: &mut Conn,
    order: &Order,
    kind: Kind,
    code: Option<&str>,
    wanted: &Wanted,
) -> Result<Option<(String, Vec<u8>)>, Problem> {
    let shop = shop(app);
    let language = wanted.lang.as_deref().unwrap_or(&order.language);
    let words = Words::of(language.parse().unwrap_or(Language::En));
    let names = Names::of_order(conn, order, words.language.as_str()).await?;
    let house = match order.lines.iter().find_map(|line| line.house.clone()) {
        Some(key) => catalog::house(conn, &key).await?,
        None => catalog::houses(conn).await?.into_iter().next(),
    };
    let address = house.as_ref().and_then(|house| house.address.as_ref());
    let paper = Paperwork { order, names: &names, shop: &shop, words, address };
    let format = wanted.paper();
    let mut document = match kind {
        Kind::Everything => {
            let parts = [documents::day_tickets(&paper, format), vouchers_of(conn, &paper, code).await?];
            let mut all = documents::receipt(&paper);
            all.sheets.extend(parts.into_iter().flat_map(|part| part.sheets));
            all
        }
        Kind::Receipt => documents::receipt(&paper),
        Kind::Tickets => documents::day_tickets(&paper, format),
        Kind::Vouchers => vouchers_of(conn, &paper, code).await?,
    };
    if document.sheets.is_empty() {
        return Ok(None);
    }
    if order.is_test() {
        for sheet in &mut document.sheets {
            sheet.insert(1, Block::Title(words.t("document-test")));
        }
    }
    let name = match kind {
        Kind::Everything | Kind::Receipt => words.t("file-receipt"),
        Kind::Tickets => words.t("file-tickets"),
        Kind::Vouchers => words.t("file-vouchers"),
    };
    let title = format!("{name} {}", order.number);
    let bytes = paper::draw(document, format, &title, order.placed_at).await?;
    Ok(Some((title, bytes)))
}

/// The vouchers of an order, or the one with this code: each names what it is exchanged for.
async fn vouchers_of(conn: &mut Conn, paper: &Paperwork<'_>, code: Option<&str>) -> Result<Document, Problem> {
    let language = paper.words.language.as_str();
    let mut document = Document::default();
    for ticket in &paper.order.tickets {
        let own = ticket.voucher_code.as_deref().filter(|own| code.is_none_or(|code| code == *own));
        let Some(own) = own else { continue };
        let sold = catalog::product(conn, &ticket.product).await?.and_then(|product| product.exchange_for);
        let stands_for = match sold {
            Some(key) => catalog::product(conn, &key).await?.map(|product| product.names.get(language).to_owned()),
            None => None,
        };
        let stands_for = stands_for.unwrap_or_else(|| paper.names.product(&ticket.product));
        let valid_until = store::find_voucher(conn, own).await?.and_then(|voucher| voucher.valid_until);
        document.sheets.push(documents::voucher(paper, ticket, &stands_for, own, valid_until));
    }
    Ok(document)
}
