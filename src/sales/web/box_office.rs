//! `/box-office`: a sale on one screen.
//!
//! The basket stands in the address, so that a reload and the back button show what was there. A change is a link of the same page: the
//! answer is the address of the changed basket. Only taking the money acts, and it acts once.

use super::counter::Counter;
use super::desk_name::{HOUSE_COOKIE, KEPT_SECS, named_desk};
use super::place_once::{place_once, refusal_text};
use super::priced::{BasketView, Looker};
use super::tiles::Shelf;
use super::wish::{Pairs, Wish};
use crate::app::SharedApp;
use crate::catalog::House;
use crate::catalog::product::Channel;
use crate::kernel::Cents;
use crate::kernel::slug::Slug;
use crate::promotions;
use crate::sales::api::{OVERRIDE, shop};
use crate::sales::checkout::{CheckoutError, NewOrder, Terms};
use crate::sales::order::{Order, PaymentMethod};
use crate::web::caller::{Caller, SHOP};
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, cookies, encode};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chrono::NaiveDate;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/box-office", get(show))
        .route("/box-office/pay", post(pay))
        .route("/box-office/scan", post(scan))
}

#[derive(Template)]
#[template(path = "sales/box_office.html")]
struct BoxOfficePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    today: String,
    wish: &'a Wish,
    basket: BasketView,
    tiles: Vec<Shelf>,
    houses: Vec<House>,
    events: Vec<(Slug, String)>,
    date: Option<NaiveDate>,
    first_day: NaiveDate,
    given: String,
    currency: String,
    errors: FormErrors,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Pairs>,
) -> Result<Response, Problem> {
    let mut wish = Wish { profile: named_desk(&headers), ..Wish::read(&asked) };
    if wish.step(&asked) || asked.iter().any(|(name, value)| name == "set" && !value.is_empty()) {
        let on = Redirect::to(&format!("/box-office?{}", wish.query())).into_response();
        let house = wish.house.map(|house| house.to_string()).unwrap_or_default();
        return Ok(cookies::set(on, &cookies::to_keep(&app, HOUSE_COOKIE, house, KEPT_SECS)));
    }
    if wish.house.is_none() {
        wish.house = cookies::find(&headers, HOUSE_COOKIE).and_then(|house| house.parse().ok());
    }
    page(&app, &caller, &visitor, wish, StatusCode::OK, String::new(), FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    mut wish: Wish,
    status: StatusCode,
    given: String,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let shop = shop(app);
    let looker = Looker::of_staff(app, caller, visitor, &shop, Channel::BoxOffice);
    let mut conn = app.db.snapshot().await?;
    let counter = Counter::load(&mut conn, &mut wish, &looker).await?;
    drop(conn);
    let page = BoxOfficePage {
        desk: Desk::load(app, caller).await?,
        once: visitor.fresh_once(),
        today: visitor.words.weekday_and_date(counter.today),
        wish: &wish,
        basket: counter.basket,
        tiles: counter.tiles,
        houses: counter.houses,
        events: counter.events,
        date: wish.date,
        first_day: counter.today,
        given,
        currency: shop.frame.currency.clone(),
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

/// Takes the money, and leads on to the receipt.
async fn pay(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    headers: HeaderMap,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let wish = Wish { profile: named_desk(&headers), ..Wish::read(&sent) };
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let mut errors = FormErrors::default();
    let (Some(expected), Some(method)) = (amount(value("expected_total")), desk_method(value("method"))) else {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "bad_form", "The form names no total or method."));
    };
    let given = value("given").to_owned();
    let given_cents = match amount(&given) {
        _ if method != PaymentMethod::Cash || given.trim().is_empty() => None,
        Some(cents) if cents >= expected => Some(cents),
        Some(_) => {
            errors.add("given", visitor.t("given-too-little"));
            None
        }
        None => {
            errors.add("given", visitor.t("given-unreadable"));
            None
        }
    };
    if !errors.is_empty() {
        return page(&app, &caller, &visitor, wish, StatusCode::UNPROCESSABLE_ENTITY, given, errors).await;
    }
    let method = if expected == Cents::ZERO { PaymentMethod::None } else { method };
    let new = NewOrder {
        basket: wish.basket(Channel::BoxOffice).checked()?,
        expected_total: expected,
        buyer: None,
        payment: method,
        delivery: None,
        drop_rejected_codes: true,
        terms: Terms::default(),
    };
    let then = given_cents.map(|cents| format!("&given={cents}")).unwrap_or_default();
    match place(&app, &caller, value("once"), new, then).await {
        Ok(done) => Ok(done),
        Err(refusal) => {
            errors.add("basket", refusal_text(&visitor, &app, refusal)?);
            page(&app, &caller, &visitor, wish, StatusCode::CONFLICT, given, errors).await
        }
    }
}

/// What was scanned at the box office: a code of an offer comes into the basket, everything else opens its page.
async fn scan(
    State(app): State<SharedApp>,
    _: Allowed<SHOP>,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let mut wish = Wish::read(&sent);
    let text = sent.iter().find(|(name, _)| name == "scan").map_or("", |(_, value)| value.as_str());
    let mut conn = app.db.read().await?;
    let known = promotions::codes_entered(&mut conn, &[pricing::fold_code(text)]).await?;
    drop(conn);
    if known.is_empty() {
        return Ok(Redirect::to(&format!("/scan?text={}", encode(text))).into_response());
    }
    wish.step(&vec![("new_code".to_owned(), text.to_owned())]);
    Ok(Redirect::to(&format!("/box-office?{}", wish.query())).into_response())
}

/// Places an order of the desk, once, and leads on to its page. `then` goes into the address.
pub(super) async fn place(
    app: &SharedApp,
    caller: &Caller,
    once: &str,
    new: NewOrder,
    then: String,
) -> Result<Response, CheckoutError> {
    if new.basket.has_overrides() && !caller.has_right(OVERRIDE) {
        return Err(CheckoutError::NotForSale(Vec::new()));
    }
    let done = move |order: Order| {
        Done::at(format!("/orders/{}?sold=1{then}", order.id)).saying("order-placed").naming(order.number)
    };
    place_once(app, app.act(caller.actor), shop(app), new, once, done).await
}

/// An amount as people type it: `50`, `50,5`, `50.50`.
pub(super) fn amount(typed: &str) -> Option<Cents> {
    let plain: String = typed.chars().filter(|letter| !letter.is_whitespace() && !"€$£".contains(*letter)).collect();
    let (whole, cents) = plain.split_once([',', '.']).unwrap_or((&plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || cents.len() > 2 || !digits(whole) || !digits(cents) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    Some(Cents(whole * 100 + cents))
}

pub(super) fn desk_method(word: &str) -> Option<PaymentMethod> {
    [PaymentMethod::Cash, PaymentMethod::CardTerminal].into_iter().find(|method| method.as_str() == word)
}

impl BoxOfficePage<'_> {
    fn is_house(&self, house: &House) -> bool {
        self.wish.house.as_ref() == Some(&house.key)
    }

    fn is_event(&self, key: &Slug) -> bool {
        self.wish.event.as_ref() == Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, cents) in [
            ("50", Some(5_000)),
            ("50,5", Some(5_050)),
            ("50.50", Some(5_050)),
            (" 50,00 € ", Some(5_000)),
            ("0", Some(0)),
            ("", None),
            ("-5", None),
            ("5,555", None),
            ("1.000,00", None),
            ("99999999", None),
            ("fünf", None),
        ] {
            assert_eq!(amount(typed).map(|amount| amount.0), cents, "{typed}");
        }
    }
}
