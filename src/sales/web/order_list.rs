//! `/orders`: all orders, searched and filtered; the filter stands in the address.

use super::names::short_day;
use super::order_page::{StateLook, order_state};
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::kernel::Cents;
use crate::kernel::period::{local_day, start_of_day};
use crate::kernel::text::fold;
use crate::sales::api::shop;
use crate::sales::order::OrderState;
use crate::sales::store::{self, OrderFilter, OrderSort};
use crate::tables::{Cell, FileKind};
use crate::web::caller::SHOP;
use crate::web::download::{self, Rows};
use crate::web::pages::{Desk, Visitor, encode};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;

/// Rows of a page.
const ROWS: u32 = 50;
/// Rows that are read at once for a file.
const ROWS_PER_READ: u32 = 1_000;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/orders", get(show)).route("/orders/export.csv", get(export_seen))
}

/// The filter as it stands in the address. What cannot be read filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    after: String,
}

impl Asked {
    fn filter(&self, zone: Tz) -> OrderFilter {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let sorts = [OrderSort::Newest, OrderSort::Oldest, OrderSort::Dearest];
        OrderFilter {
            text: fold(&self.q),
            state: OrderState::ALL.into_iter().find(|state| state.as_str() == self.state),
            channel: Channel::ALL.into_iter().find(|channel| channel.as_str() == self.channel),
            from: day(&self.from).map(|day| start_of_day(day, zone)),
            before: day(&self.until).and_then(|day| day.succ_opt()).map(|day| start_of_day(day, zone)),
            sort: sorts.into_iter().find(|sort| sort.as_str() == self.sort).unwrap_or_default(),
        }
    }

    /// The same filter as a query.
    fn query(&self) -> String {
        let named = [
            ("q", &self.q),
            ("state", &self.state),
            ("channel", &self.channel),
            ("from", &self.from),
            ("until", &self.until),
            ("sort", &self.sort),
        ];
        let set = named.into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }
}

#[derive(Template)]
#[template(path = "sales/orders.html")]
struct OrdersPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    asked: &'a Asked,
    is_filtered: bool,
    query: String,
    states: Vec<Choice>,
    channels: Vec<Choice>,
    sorts: Vec<Choice>,
    rows: Vec<Row>,
    count: String,
    sum: String,
    next: Option<String>,
}

/// One of a filter's values: the word, its name, and whether it is chosen.
type Choice = (&'static str, String, bool);

struct Row {
    id: String,
    number: String,
    placed: String,
    state: StateLook,
    channel: String,
    buyer: String,
    total: String,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let shop = shop(&app);
    let words = visitor.words;
    let zone = shop.frame.zone;
    let filter = asked.filter(zone);
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let mut conn = app.db.snapshot().await?;
    let found = store::orders_page(&mut conn, &filter, after, ROWS).await?;
    let (count, sum) = store::orders_total(&mut conn, &filter).await?;
    drop(conn);
    let channel = |channel: &str| words.t(&format!("channel-{}", channel.replace('_', "-")));
    let rows = found.items.into_iter().map(|order| Row {
        id: order.id.to_string(),
        number: order.number,
        placed: format!(
            "{}, {}",
            short_day(words, local_day(order.placed_at, zone)),
            order.placed_at.to_datetime().with_timezone(&zone).format("%H:%M")
        ),
        state: order_state(order.state, words),
        channel: channel(&order.channel),
        buyer: order.buyer.map(|buyer| buyer.name).unwrap_or_default(),
        total: words.money(order.total, &shop.frame.currency),
    });
    let choice = |word: &'static str, name: String, chosen: &str| (word, name, word == chosen);
    let sort = |sort: OrderSort| choice(sort.as_str(), words.t(&format!("orders-sort-{}", sort.as_str())), &asked.sort);
    let page = OrdersPage {
        desk: Desk::load(&app, &caller).await?,
        is_filtered: filter != OrderFilter { sort: filter.sort, ..OrderFilter::default() },
        query: asked.query(),
        states: OrderState::ALL.map(|state| choice(state.as_str(), order_state(state, words).2, &asked.state)).to_vec(),
        channels: Channel::ALL.map(|known| choice(known.as_str(), channel(known.as_str()), &asked.channel)).to_vec(),
        sorts: [OrderSort::Newest, OrderSort::Oldest, OrderSort::Dearest].map(sort).to_vec(),
        rows: rows.collect(),
        count: words.t1("orders-count", "count", count),
        sum: words.money(Cents(sum), &shop.frame.currency),
        next: found.next.map(|next| encode(&next)),
        asked: &asked,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// All rows of the filter, not of one page alone: as many as the page counts.
async fn export_seen(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let zone = shop(&app).frame.zone;
    let filter = asked.filter(zone);
    let words = visitor.words;
    let heads = ["orders-number", "orders-placed", "orders-state", "orders-channel", "orders-buyer", "orders-total"];
    let mut conn = app.db.snapshot().await?;
    let fill = async move |mut rows: Rows| {
        let mut after = None;
        loop {
            let found = store::orders_page(&mut conn, &filter, after.as_deref(), ROWS_PER_READ).await?;
            for order in found.items {
                let placed = order.placed_at.to_datetime().with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
                let state = order_state(order.state, words).2;
                let channel = words.t(&format!("channel-{}", order.channel.replace('_', "-")));
                let buyer = order.buyer.map(|buyer| buyer.name).unwrap_or_default();
                let cells = [order.number, placed, state, channel, buyer].map(Cell::from);
                rows.add(cells.into_iter().chain([Cell::Amount(order.total)]).collect()).await?;
            }
            after = found.next;
            if after.is_none() {
                return Ok(rows);
            }
        }
    };
    Ok(download::table("orders", FileKind::Csv, heads.map(|key| words.t(key)).to_vec(), fill))
}
