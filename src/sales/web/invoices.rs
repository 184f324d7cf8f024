//! `/invoices`: invoices that are not paid yet, those that are overdue, and reminders of them.

use super::names::short_day;
use crate::app::SharedApp;
use crate::kernel::ids::OrderId;
use crate::kernel::period::local_day;
use crate::kernel::text::fold;
use crate::mail;
use crate::sales::api::shop;
use crate::sales::remind_invoices::{INVOICE_REMINDER, remind_invoices};
use crate::sales::store::{self, InvoiceFilter};
use crate::web::caller::SHOP;
use crate::web::pages::{Desk, Done, PageForm, Visitor, act_once, encode, local_path};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::{Conn, DbError};
use serde::Deserialize;

use super::wish::Pairs;

/// Rows of a page.
const ROWS: u32 = 50;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/invoices", get(show)).route("/invoices/remind", post(send_reminders))
}

/// The filter as it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    /// `overdue`, or all.
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "sales/invoices.html")]
struct InvoicesPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    asked: &'a Asked,
    once: String,
    rows: Vec<Row>,
    count: String,
    sum: String,
    next: Option<String>,
}

struct Row {
    id: String,
    number: String,
    placed: String,
    buyer: String,
    has_address: bool,
    due_on: String,
    /// How many days it is overdue, as a sentence.
    overdue: Option<String>,
    /// When its buyer was reminded last.
    reminded: Option<String>,
    due: String,
}

impl InvoicesPage<'_> {
    fn query(&self) -> String {
        format!("q={}&state={}", encode(&self.asked.q), encode(&self.asked.state))
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (words, shop) = (visitor.words, shop(&app));
    let zone = shop.frame.zone;
    let today = local_day(app.clock.now(), zone);
    let filter = InvoiceFilter { text: fold(&asked.q), due_before: (asked.state == "overdue").then_some(today) };
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let mut conn = app.db.snapshot().await?;
    let found = store::invoices_page(&mut conn, &filter, after, ROWS).await?;
    let (count, sum) = store::invoices_total(&mut conn, &filter).await?;
    let mut rows = Vec::with_capacity(found.items.len());
    for invoice in found.items {
        let mails = mail::of_subject(&mut conn, "order", &invoice.id.to_string()).await?;
        let last = mails.iter().filter(|mail| mail.kind == INVOICE_REMINDER).map(|mail| mail.created_at).max();
        let days = (today - invoice.due_on).num_days();
        let email = invoice.buyer.as_ref().and_then(|buyer| buyer.email.as_ref());
        rows.push(Row {
            id: invoice.id.to_string(),
            number: invoice.number,
            placed: short_day(words, local_day(invoice.placed_at, zone)),
            has_address: email.is_some(),
            buyer: invoice.buyer.map(|buyer| buyer.name).unwrap_or_default(),
            due_on: short_day(words, invoice.due_on),
            overdue: (days > 0).then(|| words.t1("invoice-overdue-days", "count", days)),
            reminded: last.map(|at| words.t1("invoice-reminded", "day", short_day(words, local_day(at, zone)))),
            due: words.money(invoice.due, &shop.frame.currency),
        });
    }
    drop(conn);
    let page = InvoicesPage {
        desk: Desk::load(&app, &caller).await?,
        once: visitor.fresh_once(),
        rows,
        count: words.t1("invoices-count", "count", count),
        sum: words.money(sum, &shop.frame.currency),
        next: found.next.map(|next| encode(&next)),
        asked: &asked,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// Reminds the buyers of the chosen invoices.
async fn send_reminders(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let orders: Vec<OrderId> = sent
        .iter()
        .filter(|(name, _)| name == "order")
        .filter_map(|(_, id)| id.parse().ok())
        .take(ROWS as usize)
        .collect();
    let back = local_path(value("back"), "/invoices").to_owned();
    let act = app.act(caller.actor);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, DbError> {
        let reminded = remind_invoices(tx, &deed_act, &orders).await?;
        let said = if reminded.left_out == 0 { "invoices-reminded" } else { "invoices-reminded-some" };
        Ok(Done::at(back.clone()).saying(said).counting(reminded.mails))
    };
    Ok(act_once(&app, &act, value("once"), deed).await?)
}
