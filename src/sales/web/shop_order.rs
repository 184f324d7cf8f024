//! `/shop/orders/{token}`: the order as its buyer sees it, by an address that cannot be guessed: what to do next, tickets, receipt.

use super::document_files::{self, Kind, Wanted};
use super::names::{Names, grouped};
use super::order_page::{StateLook, delivery_text, order_state};
use crate::app::SharedApp;
use crate::catalog::ProductKind;
use crate::kernel::Cents;
use crate::sales::api::shop;
use crate::sales::order::{Order, OrderState, TicketState};
use crate::sales::store;
use crate::web::pages::Visitor;
use crate::web::{PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/shop/orders/{token}", get(show))
        .route("/shop/orders/{token}/receipt.pdf", get(receipt))
        .route("/shop/orders/{token}/tickets.pdf", get(tickets))
        .route("/shop/orders/{token}/vouchers.pdf", get(vouchers))
}

#[derive(Template)]
#[template(path = "sales/shop_order.html")]
struct ShopOrderPage<'a> {
    visitor: &'a Visitor,
    order: &'a Order,
    token: &'a str,
    state: StateLook,
    total: String,
    due: Option<String>,
    hold_until: Option<String>,
    payment_hint: Option<String>,
    /// Annual tickets: name, and the holder's link.
    links: Vec<(String, String)>,
    /// Vouchers: name, code, code in groups.
    vouchers: Vec<(String, String, String)>,
    day_tickets: usize,
    reserved: usize,
    lines: Vec<(u32, String, String, String)>,
    delivery: Option<String>,
}

impl ShopOrderPage<'_> {
    /// Whether the link was mailed.
    fn has_email(&self) -> bool {
        self.order.buyer.as_ref().is_some_and(|buyer| buyer.email.is_some())
    }
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
) -> Result<Response, Problem> {
    let shop = shop(&app);
    let words = visitor.words;
    let mut conn = app.db.snapshot().await?;
    let order = find(&mut conn, &token).await?;
    let names = Names::of_order(&mut conn, &order, words.language.as_str()).await?;
    drop(conn);
    let money = |amount: Cents| words.money(amount, &shop.frame.currency);
    let valid = || order.tickets.iter().filter(|ticket| ticket.state == TicketState::Valid);
    let vouchers = valid().filter_map(|ticket| {
        let code = ticket.voucher_code.clone()?;
        Some((names.product(&ticket.product), code.clone(), grouped(&code)))
    });
    let lines = order.lines.iter().filter_map(|line| {
        let tickets: Vec<_> = order.tickets.iter().filter(|ticket| ticket.line == line.line).collect();
        let sum: Cents = tickets.iter().map(|ticket| ticket.paid_price).sum();
        let kind = tickets.first()?.kind;
        let count = u32::try_from(tickets.len()).unwrap_or(u32::MAX);
        Some((count, names.product(&line.product), names.detail(line, kind, words), money(sum)))
    });
    let hint = app.config.sales.payment_hint.trim();
    let page = ShopOrderPage {
        state: order_state(order.state, words),
        total: money(order.total),
        due: (order.due() > Cents::ZERO).then(|| money(order.due())),
        hold_until: order.hold_until.map(|until| words.moment(until, shop.frame.zone)),
        payment_hint: (!hint.is_empty() && order.state == OrderState::AwaitingPayment).then(|| hint.to_owned()),
        links: holder_links(&order, &names),
        vouchers: vouchers.collect(),
        day_tickets: valid().filter(|ticket| ticket.kind == ProductKind::DayTicket).count(),
        reserved: order.tickets.iter().filter(|ticket| ticket.state == TicketState::Reserved).count(),
        lines: lines.collect(),
        delivery: delivery_text(&order, &names, words),
        token: &token,
        order: &order,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The links of the holders of an order's annual tickets: what each is, and its path.
pub(super) fn holder_links(order: &Order, names: &Names) -> Vec<(String, String)> {
    let valid = order.tickets.iter().filter(|ticket| ticket.state == TicketState::Valid);
    let links = valid.flat_map(|ticket| {
        let name = names.product(&ticket.product);
        let many = ticket.annual_tickets.len();
        ticket.annual_tickets.iter().enumerate().map(move |(index, (_, token))| {
            let name = if many > 1 { format!("{name} {} / {many}", index + 1) } else { name.clone() };
            (name, format!("/p/{token}"))
        })
    });
    links.collect()
}

async fn receipt(
    State(app): State<SharedApp>,
    PathKey(token): PathKey<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    file(&app, &token, Kind::Receipt, &wanted).await
}

async fn tickets(
    State(app): State<SharedApp>,
    PathKey(token): PathKey<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    file(&app, &token, Kind::Tickets, &wanted).await
}

async fn vouchers(
    State(app): State<SharedApp>,
    PathKey(token): PathKey<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    file(&app, &token, Kind::Vouchers, &wanted).await
}

async fn file(app: &SharedApp, token: &str, kind: Kind, wanted: &Wanted) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let order = find(&mut conn, token).await?;
    document_files::file(app, &mut conn, &order, kind, None, wanted).await
}

async fn find(conn: &mut Conn, token: &str) -> Result<Order, Problem> {
    let unknown = || Problem::not_found("order");
    let id = store::order_of_token(conn, token).await?.ok_or_else(unknown)?;
    store::find_order(conn, id).await?.ok_or_else(unknown)
}
