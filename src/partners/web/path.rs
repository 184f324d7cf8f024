//! `/partner/{token}`: a partner's own way to book, with its orders and invoices.
//!
//! Whoever begins to book there has the shop at the partner's prices for half a day; the browser keeps the token.

use crate::app::SharedApp;
use crate::catalog::store as catalog;
use crate::kernel::period::local_day;
use crate::kernel::{Actor, Cents, UtcMs};
use crate::partners::api::unknown;
use crate::partners::{Institution, store};
use crate::sales;
use crate::web::pages::{Done, Visitor, cookies};
use crate::web::{PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chrono::NaiveDate;

const COOKIE: &str = "partner";
/// How long somebody books for a partner, in seconds: half a day.
const KEPT_SECS: i64 = 12 * 60 * 60;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/partner/{token}", get(show))
        .route("/partner/{token}/book", post(begin))
        .route("/shop/partner/leave", post(leave))
}

/// The institution that the browser books for.
///
/// # Errors
/// When the database refuses.
pub async fn booking_for(app: &SharedApp, headers: &HeaderMap) -> Result<Option<Institution>, Problem> {
    let Some(token) = cookies::find(headers, COOKIE).filter(|token| !token.is_empty()) else { return Ok(None) };
    Ok(store::of_token(&mut app.db.read().await?, &token).await?)
}

/// An order in the list: number, day, total, how it stands, the last day to pay it, its page.
struct Row {
    number: String,
    day: String,
    total: String,
    state: (&'static str, &'static str, String),
    due_on: Option<String>,
    path: Option<String>,
}

#[derive(Template)]
#[template(path = "partners/path.html")]
struct PathPage<'a> {
    visitor: &'a Visitor,
    name: String,
    token: String,
    audiences: Vec<String>,
    stocks: Vec<(String, String)>,
    terms: String,
    due: Option<String>,
    orders: Vec<Row>,
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
) -> Result<Response, Problem> {
    let (words, museum) = (visitor.words, &app.config.museum);
    let mut conn = app.db.snapshot().await?;
    let institution = store::of_token(&mut conn, &token).await?.ok_or_else(unknown)?;
    let actor = Actor::Partner(institution.id).to_string();
    let key = institution.data.key.clone();
    let audiences = catalog::audiences(&mut conn).await?;
    let stocks = store::stocks(&mut conn, institution.id).await?;
    let figures = store::figures(&mut conn, &key, &actor).await?;
    let orders = store::own_orders(&mut conn, &key, &actor).await?;
    drop(conn);
    let money = |cents| words.money(Cents(cents), &museum.currency);
    let row = |order: store::PartnerOrder| -> Result<Row, Problem> {
        let due_on = order.due_on.and_then(|day| day.parse::<NaiveDate>().ok()).map(|day| words.date(day));
        let state: sales::OrderState = db::column::word(&order.state)?;
        Ok(Row {
            number: order.number,
            day: words.date(local_day(UtcMs(order.placed_at), museum.zone())),
            total: money(order.total_cents),
            due_on: due_on.filter(|_| state == sales::OrderState::AwaitingPayment),
            state: sales::web::order_state(state, words),
            path: order.link_token.map(|token| format!("/shop/orders/{token}")),
        })
    };
    let is_own = |audience: &crate::catalog::Audience| audience.partners.iter().any(|known| known == key.as_str());
    let days = institution.data.invoice_days.unwrap_or(app.config.sales.invoice_days);
    let page = PathPage {
        audiences: audiences
            .iter()
            .filter(|audience| is_own(audience))
            .map(|audience| audience.names.get(words.language.as_str()).to_owned())
            .collect(),
        stocks: stocks.into_iter().map(|one| (one.offer.to_string(), format!("/stock/{}", one.token))).collect(),
        terms: words.t1("partner-terms", "days", i64::from(days)),
        due: (figures.due_cents > 0).then(|| money(figures.due_cents)),
        orders: orders.into_iter().map(row).collect::<Result<_, _>>()?,
        name: institution.data.name,
        token,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// Leads into the shop at the partner's prices.
async fn begin(State(app): State<SharedApp>, PathKey(token): PathKey<String>) -> Result<Response, Problem> {
    store::of_token(&mut app.db.read().await?, &token).await?.ok_or_else(unknown)?;
    let answer = Redirect::to("/shop").into_response();
    Ok(cookies::set(answer, &cookies::to_keep(&app, COOKIE, token, KEPT_SECS)))
}

/// Leads back into the shop for everybody.
async fn leave(State(app): State<SharedApp>) -> Response {
    let answer = Done::at("/shop").saying("partner-left").respond(&app);
    cookies::set(answer, &cookies::to_keep(&app, COOKIE, String::new(), 0))
}
