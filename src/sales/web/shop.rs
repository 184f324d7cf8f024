//! `/shop` and `/shop/basket`: what the museum sells, without an account.
//!
//! The basket is kept in a cookie of its own: keys, quantities and codes, nothing about a person. It survives a reload and the end of the
//! browser, and it is only ever as large as a cookie.

use super::new_prices::apply_offers;
use super::priced::{BasketView, Looker, look};
use super::tiles::{Shelf, Tile, shelves};
use super::wish::{Pairs, Wish};
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::catalog::{House, ProductKind, store as catalog};
use crate::customers;
use crate::kernel::Actor;
use crate::kernel::ids::OrderId;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::partners::Institution;
use crate::partners::web::booking_for;
use crate::promotions::guessing::Client;
use crate::sales::api::shop;
use crate::sales::basket::Customer;
use crate::sales::note_refusals::note_typed;
use crate::sales::store;
use crate::web::Problem;
use crate::web::pages::{Done, PageForm, Visitor, cookies, local_path};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use db::{Conn, DbError};

const COOKIE: &str = "basket";
/// The cookie with the id of what is held for the basket.
const HOLD_COOKIE: &str = "hold";
/// How long a basket is kept, in seconds: a month.
const KEPT_SECS: i64 = 30 * 24 * 60 * 60;
/// What browsers keep of a cookie, less its name and attributes.
const COOKIE_BYTES_MAX: usize = 3_600;
/// The most events that are offered at once.
const EVENTS_MAX: u32 = 20;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/shop", get(show)).route("/shop/basket", get(show_basket).post(change))
}

#[derive(Template)]
#[template(path = "sales/shop.html")]
struct ShopPage<'a> {
    visitor: &'a Visitor,
    shelves: Vec<Shelf>,
    basket: BasketView,
    wish: &'a Wish,
    houses: Vec<House>,
    events: Vec<(Slug, String)>,
    today: NaiveDate,
}

#[derive(Template)]
#[template(path = "sales/shop_basket.html")]
struct ShopBasketPage<'a> {
    visitor: &'a Visitor,
    wish: &'a Wish,
    basket: BasketView,
}

/// The basket that the browser keeps.
pub(super) async fn kept(app: &SharedApp, headers: &HeaderMap) -> Result<Wish, Problem> {
    let wish = cookies::find(headers, COOKIE).map(|text| Wish::of_text(&text)).unwrap_or_default();
    let booking_for = booking_for(app, headers).await?;
    let customer = known(app, headers, booking_for.as_ref()).await?;
    Ok(Wish { hold: held(headers), customer, booking_for, ..wish })
}

/// Whoever buys: the partner that it is booked for, or the customer who is signed in, with what offers gave them for good.
pub(super) async fn known(
    app: &SharedApp,
    headers: &HeaderMap,
    booking_for: Option<&Institution>,
) -> Result<Option<Customer>, Problem> {
    if let Some(partner) = booking_for {
        let (id, partner) = (Some(partner.id.to_string()), Some(partner.data.key.to_string()));
        return Ok(Some(Customer { id, existing: true, newsletter: false, partner, audience: None }));
    }
    let Some(customer) = customers::web::signed_in(app, headers).await? else { return Ok(None) };
    let mut conn = app.db.read().await?;
    let mut existing = false;
    for known in &customer.addresses {
        existing |= !store::orders_of_address(&mut conn, &known.address, 1).await?.is_empty();
    }
    Ok(Some(Customer {
        id: Some(customer.id.to_string()),
        existing,
        newsletter: customer.newsletter,
        partner: customer.partner,
        audience: customer.price_audience,
    }))
}

/// What the ledger holds for the basket that the browser keeps.
pub(super) fn held(headers: &HeaderMap) -> Option<OrderId> {
    cookies::find(headers, HOLD_COOKIE).and_then(|id| id.parse().ok())
}

/// The answer, with the hold for the browser to keep for so many seconds.
pub(super) fn keep_hold(app: &SharedApp, response: Response, hold: OrderId, secs: i64) -> Response {
    cookies::set(response, &cookies::to_keep(app, HOLD_COOKIE, hold.to_string(), secs))
}

/// The answer, with the basket for the browser to keep; none: it forgets what it kept.
pub(super) fn keep(app: &SharedApp, response: Response, wish: Option<&Wish>) -> Response {
    let (text, secs) = wish.map_or((String::new(), 0), |wish| (wish.query(), KEPT_SECS));
    cookies::set(response, &cookies::to_keep(app, COOKIE, text, secs))
}

async fn show(State(app): State<SharedApp>, visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let mut wish = kept(&app, &headers).await?;
    let shop = shop(&app);
    let known = wish.customer.clone();
    let looker = looker(&app, &visitor, &shop, known.as_ref());
    let mut conn = app.db.snapshot().await?;
    let houses = catalog::houses(&mut conn).await?;
    let event = match &wish.event {
        Some(key) => catalog::event(&mut conn, key).await?.filter(|event| event.starts_at >= looker.now),
        None => None,
    };
    let mut shelves = shelves(&mut conn, &looker, event.as_ref()).await?;
    let house = wish.house.clone().or_else(|| houses.first().map(|house| house.key.clone()));
    apply_offers(&mut conn, &mut shelves, &looker, &wish, event.as_ref(), house.as_ref()).await?;
    let events = events(&mut conn, &houses, &looker).await?;
    let basket = look(&mut conn, &mut wish, &looker).await?;
    drop(conn);
    let today = local_day(looker.now, shop.frame.zone);
    let page = ShopPage { visitor: &visitor, shelves, basket, wish: &wish, houses, events, today };
    Ok(keep_if_changed(&app, Visitor::show(StatusCode::OK, &page), &wish, &headers))
}

async fn show_basket(State(app): State<SharedApp>, visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let mut wish = kept(&app, &headers).await?;
    let shop = shop(&app);
    let known = wish.customer.clone();
    let looker = looker(&app, &visitor, &shop, known.as_ref());
    let mut conn = app.db.snapshot().await?;
    let basket = look(&mut conn, &mut wish, &looker).await?;
    drop(conn);
    let page = ShopBasketPage { visitor: &visitor, wish: &wish, basket };
    Ok(keep_if_changed(&app, Visitor::show(StatusCode::OK, &page), &wish, &headers))
}

/// Puts in, changes, takes out, and leads back to where it was asked.
async fn change(
    State(app): State<SharedApp>,
    headers: HeaderMap,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let before = kept(&app, &headers).await?;
    let mut wish = before.clone();
    if let Ok(key) = value("event").parse::<Slug>() {
        let mut conn = app.db.read().await?;
        wish.event = catalog::event(&mut conn, &key).await?.map(|event| {
            wish.house = Some(event.house);
            event.key
        });
        wish.date = None;
    } else if !value("house").is_empty() {
        wish.event = None;
        wish.house = value("house").parse().ok();
        wish.date = value("date").parse().ok();
    }
    let steps: Pairs =
        sent.iter().filter(|(name, _)| !["use_offer", "sell_line"].contains(&name.as_str())).cloned().collect();
    wish.step(&steps);
    let is_fuller = wish.tickets() > before.tickets();
    if !value("new_code").trim().is_empty() {
        let basket = wish.basket(Channel::Online).checked()?;
        note_typed(&app, &app.act(Actor::Visitor), &shop(&app), &basket, value("new_code")).await?;
    }
    if wish.query().len() > COOKIE_BYTES_MAX {
        wish = before;
    }
    let done = Done::at(local_path(value("back"), "/shop/basket"));
    let done = if is_fuller { done.saying("shop-added").counting(wish.tickets().into()) } else { done };
    Ok(keep(&app, done.respond(&app), Some(&wish)))
}

/// Who looks at the shop.
pub(super) fn looker<'a>(
    app: &'a SharedApp,
    visitor: &Visitor,
    shop: &'a crate::sales::Shop,
    known: Option<&'a Customer>,
) -> Looker<'a> {
    let guesser = visitor.address.map(|address| (&app.db, Client::at(address)));
    let (words, now) = (visitor.words, app.clock.now());
    Looker { words, shop, channel: Channel::Online, now, may_override: false, known, guesser }
}

fn keep_if_changed(app: &SharedApp, response: Response, wish: &Wish, headers: &HeaderMap) -> Response {
    let before = cookies::find(headers, COOKIE).map(|text| Wish::of_text(&text)).unwrap_or_default();
    if wish.query() == before.query() { response } else { keep(app, response, Some(wish)) }
}

async fn events(conn: &mut Conn, houses: &[House], looker: &Looker<'_>) -> Result<Vec<(Slug, String)>, DbError> {
    let zone = looker.shop.frame.zone;
    let mut events = Vec::new();
    for house in houses {
        for event in catalog::events_between(conn, Some(&house.key), looker.now, None, EVENTS_MAX).await? {
            let name = event.names.get(looker.words.language.as_str());
            let text = format!("{name} · {} · {}", house.name, looker.words.moment(event.starts_at, zone));
            events.push((event.starts_at, event.key, text));
        }
    }
    events.sort_by_key(|(at, ..)| *at);
    Ok(events.into_iter().map(|(_, key, text)| (key, text)).collect())
}

impl ShopPage<'_> {
    /// How many of a tile's tickets are in the basket.
    fn in_basket(&self, shelf: &Shelf, tile: &Tile) -> u32 {
        let is_this = |line: &&super::wish::Wanted| {
            line.product == shelf.key && line.category == tile.category_key && line.audience == tile.audience_key
        };
        self.wish.lines.iter().filter(is_this).map(|line| line.quantity).sum()
    }

    fn add_one(&self, shelf: &Shelf, tile: &Tile) -> String {
        let (product, category) = (shelf.name.as_str(), tile.category.as_str());
        self.visitor.words.t2("shop-add-one", ("product", product), ("category", category))
    }

    fn is_house(&self, house: &House) -> bool {
        self.wish.house.as_ref() == Some(&house.key)
    }

    fn is_event(&self, key: &Slug) -> bool {
        self.wish.event.as_ref() == Some(key)
    }

    fn hint(&self, shelf: &Shelf) -> String {
        self.visitor.t(match shelf.kind {
            ProductKind::AnnualTicket => "shop-hint-annual-ticket",
            ProductKind::AnnualTicketVoucher => "shop-hint-voucher",
            ProductKind::DayTicket => "shop-hint-day-ticket",
        })
    }
}
