//! `/customers`: who buys, found by name and address.

use crate::app::SharedApp;
use crate::customers::store::{self, CustomerFilter, customers_page};
use crate::web::caller::SHOP;
use crate::web::pages::{Desk, Visitor, address, export as files};
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
/// Rows that are read at once for a file.
const ROWS_PER_READ: u32 = 500;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/customers", get(show)).route("/customers/export.csv", get(export))
}

/// What somebody looks for. An empty field is none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    list: String,
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
    /// All lists: id, name, whether it is looked at.
    lists: Vec<(String, String, bool)>,
    export: String,
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
    let filter = wanted.filter();
    let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
    let mut conn = app.db.snapshot().await?;
    let found = customers_page(&mut conn, &filter, after, ROWS).await?;
    let lists = store::lists::all(&mut conn).await?;
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
        lists: lists.into_iter().map(|list| (list.id.to_string(), list.name, filter.list == Some(list.id))).collect(),
        export: wanted.address("/customers/export.csv", ""),
        next: found.next.map(|after| wanted.address("/customers", &after)),
        wanted: &wanted,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn export(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let filter = wanted.filter();
    let mut conn = app.db.snapshot().await?;
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = customers_page(&mut conn, &filter, after.as_deref(), ROWS_PER_READ).await?;
        for customer in page.items {
            let addresses: Vec<String> = customer.addresses.into_iter().map(|known| known.address).collect();
            let newsletter = if customer.newsletter { "1" } else { "0" };
            rows.push(vec![customer.name, addresses.join(", "), customer.language, newsletter.to_owned()]);
        }
        after = page.next;
        if after.is_none() || rows.len() >= files::ROWS_MAX {
            break;
        }
    }
    let columns = ["buyer-name", "email", "customers-language", "customers-newsletter"].map(|key| visitor.t(key));
    files::csv("customers", &columns, &rows)
}

impl Wanted {
    fn filter(&self) -> CustomerFilter {
        let newsletter = match self.newsletter.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        CustomerFilter { text: self.q.clone(), newsletter, list: self.list.parse().ok() }
    }

    /// This view at a path, after another row.
    fn address(&self, path: &str, after: &str) -> String {
        let query = [("q", self.q.as_str()), ("newsletter", &self.newsletter), ("list", &self.list), ("after", after)];
        address(path, &query)
    }
}
