//! `/my`: what belongs to a customer who proved their address: orders, annual tickets, and whether they want news.

use super::enter::FORM;
use super::session::{self, SignedIn};
use crate::app::SharedApp;
use crate::cards::web::StateLabel;
use crate::cards::{self, AnnualTicket};
use crate::catalog::store as catalog;
use crate::customers::{Customer, change, prove, store};
use crate::kernel::Actor;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::local_day;
use crate::sales::{self, Order};
use crate::web::Problem;
use crate::web::pages::ask_for_mail::Asked;
use crate::web::pages::{Done, PageForm, Visitor, Words, act_once};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use chrono::NaiveDate;
use db::Conn;
use serde::Deserialize;

/// The most orders that are shown.
const ORDERS_MAX: u32 = 100;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/my", get(show))
        .route("/my/newsletter", post(set_newsletter))
        .route("/my/sign-out", post(sign_out))
}

#[derive(Deserialize)]
struct NewsletterForm {
    once: String,
    #[serde(default)]
    wanted: String,
}

/// An order in a list.
pub(super) struct OrderLine {
    pub(super) number: String,
    pub(super) day: String,
    pub(super) total: String,
    pub(super) state: (&'static str, &'static str, String),
    /// Its page for the buyer.
    pub(super) path: Option<String>,
    /// Its page for the desk.
    pub(super) desk_path: String,
}

/// An annual ticket in a list.
pub(super) struct TicketLine {
    pub(super) id: AnnualTicketId,
    pub(super) product: String,
    pub(super) holder: String,
    pub(super) until: Option<String>,
    pub(super) label: StateLabel,
    pub(super) waits: bool,
    /// Its page for the holder.
    pub(super) path: String,
    /// Its page for the desk.
    pub(super) desk_path: String,
}

#[derive(Template)]
#[template(path = "customers/my.html")]
struct MyPage<'a> {
    visitor: &'a Visitor,
    customer: &'a Customer,
    orders: Vec<OrderLine>,
    tickets: Vec<TicketLine>,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    SignedIn(customer): SignedIn,
    Query(shown): Query<Asked>,
) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let customer = match customer {
        Some(id) => store::find(&mut conn, id).await?,
        None => None,
    };
    let Some(customer) = customer else { return Ok(FORM.show(&visitor, &shown)) };
    let (orders, tickets) = belongings(&app, &mut conn, &customer, visitor.words, true).await?;
    drop(conn);
    let once = visitor.fresh_once();
    Ok(Visitor::show(StatusCode::OK, &MyPage { customer: &customer, orders, tickets, once, visitor: &visitor }))
}

/// The orders of a customer, and the annual tickets in them. The customer sees those of addresses that were proved.
pub(super) async fn belongings(
    app: &SharedApp,
    conn: &mut Conn,
    customer: &Customer,
    words: Words,
    only_proved: bool,
) -> Result<(Vec<OrderLine>, Vec<TicketLine>), Problem> {
    let zone = app.config.museum.zone();
    let today = local_day(app.clock.now(), zone);
    let (mut orders, mut tickets) = (Vec::new(), Vec::new());
    for known in customer.addresses.iter().filter(|known| !only_proved || known.proved_at.is_some()) {
        orders.extend(sales::find::orders_of_address(conn, &known.address, ORDERS_MAX).await?);
    }
    orders.sort_by_key(|order| std::cmp::Reverse(order.id));
    for (id, _) in orders.iter().flat_map(|order| &order.tickets).flat_map(|ticket| &ticket.annual_tickets) {
        if let Some(ticket) = cards::find::annual_ticket(conn, *id).await? {
            tickets.push(ticket_line(conn, &ticket, words, today).await?);
        }
    }
    let lines = orders.iter().map(|order| order_line(app, order, words));
    Ok((lines.collect(), tickets))
}

fn order_line(app: &SharedApp, order: &Order, words: Words) -> OrderLine {
    OrderLine {
        number: order.number.clone(),
        day: words.date(local_day(order.placed_at, app.config.museum.zone())),
        total: words.money(order.total, &app.config.museum.currency),
        state: sales::web::order_state(order.state, words),
        path: order.link_token.as_ref().map(|token| format!("/shop/orders/{token}")),
        desk_path: format!("/orders/{}", order.id),
    }
}

async fn ticket_line(
    conn: &mut Conn,
    ticket: &AnnualTicket,
    words: Words,
    today: NaiveDate,
) -> Result<TicketLine, Problem> {
    let product = catalog::product(conn, &ticket.product).await?;
    let name = product.map(|product| product.names.get(words.language.as_str()).to_owned());
    Ok(TicketLine {
        id: ticket.id,
        product: name.unwrap_or_else(|| ticket.product.to_string()),
        holder: ticket.holder.name(),
        until: ticket.valid_until.filter(|_| !ticket.from_first_entry).map(|day| words.date(day)),
        label: StateLabel::of_annual_ticket(ticket.status_on(today), ticket.state, words),
        waits: ticket.is_open(),
        path: format!("/p/{}", ticket.link_token),
        desk_path: format!("/annual-tickets/{}", ticket.id),
    })
}

async fn set_newsletter(
    State(app): State<SharedApp>,
    SignedIn(customer): SignedIn,
    PageForm(form): PageForm<NewsletterForm>,
) -> Result<Response, Problem> {
    let Some(id) = customer else { return Ok(Done::at("/my").respond(&app)) };
    let act = app.act(Actor::Customer(id));
    let wanted = form.wanted == "1";
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        change::set_newsletter(tx, &deed_act, id, wanted).await?;
        let said = if wanted { "my-newsletter-wanted" } else { "my-newsletter-taken-back" };
        Ok(Done::at("/my").saying(said))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(change::ChangeError::Db(error)) => Err(error.into()),
        Err(_) => Err(Problem::not_found("customer")),
    }
}

async fn sign_out(State(app): State<SharedApp>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = session::token(&headers) {
        app.db.write(async move |tx: &mut Conn| prove::leave(tx, &token).await).await?;
    }
    Ok(session::ended(&app, Done::at("/my").saying("my-signed-out").respond(&app)))
}
