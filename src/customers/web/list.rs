//! `/customers`: who buys, found by name and address.

use crate::app::SharedApp;
use crate::customers::store::{CustomerFilter, customers_page};
use crate::web::caller::SHOP;
use crate::web::pages::{Desk, Visitor, address};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

/// Rows of a page.
const ROWS: u32 = 50;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/customers", get(show))
}

/// What somebody looks for. An empty field is none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    newsletter: String,
    after: String,
}

/// A customer in the list.
struct Row {
    id: String,
    name: String,
    addresses: Vec<String>,
    newsletter: bool,
    since: String,
}

#[derive(Template)]
#[template(path = "customers/list.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    wanted: &'a Wanted,
    customers: Vec<Row>,
    next: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let zone = app.config.museum.zone();
    let newsletter = match wanted.newsletter.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let filter = CustomerFilter { text: wanted.q.clone(), newsletter };
    let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
    let mut conn = app.db.snapshot().await?;
    let found = customers_page(&mut conn, &filter, after, ROWS).await?;
    drop(conn);
    let row = |customer: crate::customers::Customer| Row {
        id: customer.id.to_string(),
        name: customer.shown().to_owned(),
        addresses: customer.addresses.into_iter().map(|known| known.address).collect(),
        newsletter: customer.newsletter,
        since: visitor.words.moment(customer.created_at, zone),
    };
    let page = ListPage {
        desk: Desk::load(&app, &caller).await?,
        customers: found.items.into_iter().map(row).collect(),
        next: found.next.map(|after| {
            address("/customers", &[("q", &wanted.q), ("newsletter", &wanted.newsletter), ("after", &after)])
        }),
        wanted: &wanted,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}
