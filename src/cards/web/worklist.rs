//! `/annual-tickets`: the worklist of the personalization desk, and the search over all annual tickets.

use super::dossier::{names_of_products, told};
use super::record::missing_word;
use super::state_label::StateLabel;
use crate::app::SharedApp;
use crate::cards::annual_ticket::{AnnualTicket, Personalized, Status};
use crate::cards::delivery::Delivery;
use crate::cards::plastic::current;
use crate::cards::prepare_print_data::sold;
use crate::cards::store::annual_tickets::{self, Filter};
use crate::cards::store::{self, cards};
use crate::cards::worklist::{Pile, Sort};
use crate::catalog;
use crate::catalog::House;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use crate::tables::{Cell, FileKind};
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::download;
use crate::web::pages::{Desk, Visitor, Words};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use card::CardNumber;
use chrono::NaiveDate;
use db::Conn;
use serde::Deserialize;
use std::fmt::Write as _;

/// Rows of a page.
const ROWS: u32 = 50;
/// The most rows of an export.
const EXPORT_ROWS_MAX: usize = 20_000;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/annual-tickets", get(show)).route("/annual-tickets/export.csv", get(export))
}

/// What somebody looks for. An empty field is none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    state: String,
    product: String,
    house: String,
    q: String,
    sort: String,
    after: String,
}

impl Wanted {
    fn pile(&self) -> Pile {
        if self.state.is_empty() && !self.q.trim().is_empty() { Pile::All } else { Pile::of(&self.state) }
    }

    fn sort(&self) -> Sort {
        Sort::of(&self.sort)
    }

    fn house(&self) -> Option<Slug> {
        self.house.parse().ok()
    }

    /// The query for this view, with another pile, or after another row.
    fn query(&self, pile: Option<Pile>, after: &str) -> String {
        let state = pile.map_or(self.state.as_str(), |pile| pile.as_str());
        let parts = [
            ("state", state),
            ("product", self.product.as_str()),
            ("house", self.house.as_str()),
            ("q", self.q.trim()),
            ("sort", self.sort.as_str()),
            ("after", after),
        ];
        let mut query = String::new();
        for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(query, "{}{name}={}", if query.is_empty() { "?" } else { "&" }, encoded(value));
        }
        query
    }
}

/// A pile with its count.
struct Tab {
    name: String,
    count: String,
    query: String,
    is_here: bool,
}

/// An annual ticket in the list.
struct Row {
    id: AnnualTicketId,
    number: String,
    name: String,
    product: String,
    way: String,
    label: StateLabel,
    missing: String,
    since: String,
}

#[derive(Template)]
#[template(path = "cards/worklist.html")]
struct WorklistPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    wanted: &'a Wanted,
    tabs: Vec<Tab>,
    products: Vec<(String, String, bool)>,
    houses: Vec<(String, String, bool)>,
    sorts: Vec<(&'static str, String, bool)>,
    rows: Vec<Row>,
    total: String,
    next: Option<String>,
    export: String,
    first: Option<AnnualTicketId>,
    empty: &'static str,
    /// How many portraits wait for a look, if any do.
    photos: Option<String>,
    /// Whether reminders can be sent to those in the list, and the token of the form.
    may_remind: bool,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let desk = Desk::load(&app, &caller).await?;
    let mut conn = app.db.snapshot().await?;
    let looked_up = LookedUp::read(&mut conn, &wanted).await?;
    let filter = looked_up.filter(&wanted, today);
    let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
    let page = annual_tickets::worklist(&mut conn, &filter, wanted.sort(), after, ROWS).await?;
    let total = annual_tickets::total(&mut conn, &filter).await?;
    let counts = annual_tickets::counts(&mut conn, today).await?;
    let photos = store::photos::count_waiting(&mut conn).await?;
    let names = Names::read(&mut conn, words).await?;
    let mut rows = Vec::with_capacity(page.items.len());
    for ticket in &page.items {
        rows.push(row(&mut conn, ticket, &names, words, today).await?);
    }
    drop(conn);
    let pile = wanted.pile();
    let tabs = Pile::ALL.into_iter().map(|of| Tab {
        name: words.t(&format!("pile-{}", of.as_str().replace('_', "-"))),
        count: words.count(counts.get(&of).copied().unwrap_or_default()),
        query: wanted.query(Some(of), ""),
        is_here: of == pile,
    });
    let page = WorklistPage {
        visitor: &visitor,
        desk,
        tabs: tabs.collect(),
        products: names
            .products
            .iter()
            .map(|(key, name)| (key.to_string(), name.clone(), wanted.product == key.as_str()))
            .collect(),
        houses: names
            .houses
            .iter()
            .map(|house| (house.key.to_string(), house.name.clone(), wanted.house == house.key.as_str()))
            .collect(),
        sorts: Sort::ALL
            .into_iter()
            .map(|sort| (sort.as_str(), words.t(&format!("sort-{}", sort.as_str())), sort == wanted.sort()))
            .collect(),
        first: rows.first().map(|row| row.id).filter(|_| pile == Pile::AwaitingPersonalization),
        rows,
        total: words.t1("worklist-total", "count", total),
        next: page.next.map(|after| wanted.query(None, &after)),
        export: format!("/annual-tickets/export.csv{}", wanted.query(Some(pile), "")),
        empty: if wanted.q.is_empty() && wanted.product.is_empty() && wanted.house.is_empty() {
            "worklist-empty"
        } else {
            "worklist-nothing"
        },
        photos: (photos > 0).then(|| words.t1("photos-total", "count", photos)),
        may_remind: pile == Pile::AwaitingPersonalization && caller.roles.may(PERSONALIZATION),
        once: visitor.fresh_once(),
        wanted: &wanted,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn export(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let looked_up = LookedUp::read(&mut conn, &wanted).await?;
    let filter = looked_up.filter(&wanted, today);
    let names = Names::read(&mut conn, words).await?;
    let columns = [
        "column-number",
        "given-name",
        "family-name",
        "column-product",
        "column-state",
        "column-missing",
        "delivery-way",
        "from",
        "until",
        "number-of-card",
        "column-since",
    ];
    let (mut after, mut table): (Option<String>, Vec<Vec<Cell>>) = (None, Vec::new());
    loop {
        let page = annual_tickets::worklist(&mut conn, &filter, wanted.sort(), after.as_deref(), 500).await?;
        for ticket in &page.items {
            let row = row(&mut conn, ticket, &names, words, today).await?;
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            let plastic = cards::of_annual_ticket(&mut conn, ticket.id).await?;
            let line = [
                row.number,
                ticket.holder.given_name.clone().unwrap_or_default(),
                ticket.holder.family_name.clone().unwrap_or_default(),
                row.product,
                row.label.word,
                row.missing,
                row.way,
                day(ticket.valid_from),
                day(ticket.valid_until),
                current(&plastic).map(|card| card.number.digits()).unwrap_or_default(),
                row.since,
            ];
            table.push(line.map(Cell::from).to_vec());
        }
        after = page.next;
        if after.is_none() || table.len() >= EXPORT_ROWS_MAX {
            break;
        }
    }
    download::short_table("annual-tickets", FileKind::Csv, &columns.map(|key| words.t(key)), &table)
}

/// What the text that is looked for may name beside words.
struct LookedUp {
    words: String,
    id: Option<AnnualTicketId>,
}

impl LookedUp {
    async fn read(conn: &mut Conn, wanted: &Wanted) -> Result<Self, Problem> {
        let id = match CardNumber::parse(&wanted.q).ok() {
            Some(number) => match cards::id_of_number(conn, number).await? {
                Some(card) => cards::find(conn, card).await?.map(|card| card.annual_ticket_id),
                None => None,
            },
            None => None,
        };
        let words = if id.is_some() { String::new() } else { fold(&wanted.q) };
        Ok(Self { words, id })
    }

    fn filter<'a>(&'a self, wanted: &'a Wanted, today: NaiveDate) -> Filter<'a> {
        Filter {
            pile: Some((wanted.pile(), today)),
            product: Some(wanted.product.as_str()).filter(|key| !key.is_empty()),
            pickup_in: wanted.house(),
            id: self.id,
            words: &self.words,
            ..Filter::default()
        }
    }
}

/// What products and houses are called.
struct Names {
    products: Vec<(Slug, String)>,
    houses: Vec<House>,
}

impl Names {
    async fn read(conn: &mut Conn, words: Words) -> Result<Self, Problem> {
        let products = names_of_products(conn, words).await?;
        Ok(Self { products, houses: catalog::store::houses(conn).await? })
    }

    fn product(&self, key: &Slug) -> String {
        self.products.iter().find(|(own, _)| own == key).map_or_else(|| key.to_string(), |(_, name)| name.clone())
    }

    fn way(&self, delivery: Option<&Delivery>, words: Words) -> String {
        match delivery {
            Some(Delivery::Mail {}) => words.t("way-mail"),
            Some(Delivery::Pickup { house }) => self
                .houses
                .iter()
                .find(|own| own.key == *house)
                .map_or_else(|| house.to_string(), |own| own.name.clone()),
            Some(Delivery::Counter {}) | None => words.t("way-counter"),
        }
    }
}

async fn row(
    conn: &mut Conn,
    ticket: &AnnualTicket,
    names: &Names,
    words: Words,
    today: NaiveDate,
) -> Result<Row, Problem> {
    let status = ticket.status_on(today);
    let plastic = cards::of_annual_ticket(conn, ticket.id).await?;
    let label = match current(&plastic) {
        Some(card) if status == Status::Active => StateLabel::of_card(card.state, words),
        _ => StateLabel::of_annual_ticket(status, ticket.state, words),
    };
    let missing = if ticket.state == Personalized::AwaitingPersonalization {
        let (product, _) = sold(conn, &ticket.product, &ticket.category).await?;
        let missing = ticket.missing(&product.required_fields);
        let named = missing.iter().map(|path| missing_word(path, words));
        named.collect::<Vec<_>>().join(", ")
    } else {
        String::new()
    };
    Ok(Row {
        id: ticket.id,
        number: ticket.number.clone(),
        name: ticket.holder.name(),
        product: told(ticket, names.product(&ticket.product), words),
        way: names.way(ticket.delivery.as_ref(), words),
        label,
        missing,
        since: words.date(ticket.exchanged_on.unwrap_or(ticket.purchased_on)),
    })
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
