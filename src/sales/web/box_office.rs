//! `/box-office`: a sale on one screen.
//!
//! The basket stands in the address, so that a reload and the back button show what was there. A change is a link of the same page: the
//! answer is the address of the changed basket. Only taking the money acts, and it acts once.

use super::buyer_form::{self, BuyerForm};
use super::calendar::seats_view;
use super::new_prices::apply_offers;
use super::place_once::place_once;
use super::priced::{BasketView, Looker, look, problem_key};
use super::tiles::{Shelf, shelves};
use super::wish::{Pairs, Wish};
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::catalog::{Event, House, store as catalog};
use crate::kernel::Cents;
use crate::kernel::period::{local_day, start_of_day};
use crate::kernel::slug::Slug;
use crate::promotions;
use crate::sales::api::{OVERRIDE, shop};
use crate::sales::checkout::{CheckoutError, NewOrder};
use crate::sales::order::{Order, PaymentMethod};
use crate::sales::seats::seats_of;
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

/// The cookie with the house for which this desk sold last.
const HOUSE_COOKIE: &str = "box_office_house";
/// How long it is kept, in seconds.
const HOUSE_KEPT_SECS: i64 = 365 * 24 * 60 * 60;
/// The most events that are offered at once.
const EVENTS_MAX: u32 = 40;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/box-office", get(show))
        .route("/box-office/pay", post(pay))
        .route("/box-office/scan", post(scan))
        .route("/box-office/buyer", get(show_buyer).post(pay_with_buyer))
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

#[derive(Template)]
#[template(path = "sales/box_office_buyer.html")]
struct BuyerPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    wish: &'a Wish,
    basket: BasketView,
    form: BuyerForm,
    method: String,
    /// Ways to pay: word, name.
    methods: Vec<(&'static str, String)>,
    houses: Vec<House>,
    errors: FormErrors,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Pairs>,
) -> Result<Response, Problem> {
    let mut wish = Wish::read(&asked);
    if wish.step(&asked) || asked.iter().any(|(name, value)| name == "set" && !value.is_empty()) {
        let on = Redirect::to(&format!("/box-office?{}", wish.query())).into_response();
        let house = wish.house.map(|house| house.to_string()).unwrap_or_default();
        return Ok(cookies::set(on, &cookies::to_keep(&app, HOUSE_COOKIE, house, HOUSE_KEPT_SECS)));
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
    let now = app.clock.now();
    let may_override = caller.has_right(OVERRIDE);
    let looker = Looker { words: visitor.words, shop: &shop, channel: Channel::BoxOffice, now, may_override };
    let mut conn = app.db.snapshot().await?;
    let houses = catalog::houses(&mut conn).await?;
    if !houses.iter().any(|house| Some(&house.key) == wish.house.as_ref()) {
        wish.house = houses.first().map(|house| house.key.clone());
        wish.event = None;
    }
    let today = local_day(now, shop.frame.zone);
    let events = match &wish.house {
        Some(house) => {
            let from = wish.date.filter(|date| *date > today).map_or(now, |date| start_of_day(date, shop.frame.zone));
            catalog::events_between(&mut conn, Some(house), from, None, EVENTS_MAX).await?
        }
        None => Vec::new(),
    };
    let event = events.iter().find(|event| Some(&event.key) == wish.event.as_ref());
    if event.is_none() {
        wish.event = None;
    }
    let mut tiles = shelves(&mut conn, &looker, event).await?;
    apply_offers(&mut conn, &mut tiles, &looker, &wish, event, wish.house.as_ref()).await?;
    let basket = look(&mut conn, &mut wish, &looker).await?;
    let seats = seats_of(&mut conn, &events.iter().collect::<Vec<_>>()).await?;
    drop(conn);
    let named = |event: &Event| {
        let name = event.names.get(visitor.words.language.as_str()).to_owned();
        let when = visitor.words.moment(event.starts_at, shop.frame.zone);
        let seats = seats.get(&event.key).copied().unwrap_or_default();
        let seats = seats_view(seats, shop.frame.zone, visitor.words).text;
        let seats = seats.map(|text| format!(" · {text}")).unwrap_or_default();
        (event.key.clone(), format!("{name} · {when}{seats}"))
    };
    let page = BoxOfficePage {
        desk: Desk::load(app, caller).await?,
        once: visitor.fresh_once(),
        today: visitor.words.weekday_and_date(today),
        wish: &wish,
        basket,
        tiles,
        houses,
        events: events.iter().map(named).collect(),
        date: wish.date,
        first_day: today,
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
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let wish = Wish::read(&sent);
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

/// The page on which a sale gets its buyer: for invoices, and for cards that are sent.
async fn show_buyer(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    Query(asked): Query<Pairs>,
) -> Result<Response, Problem> {
    let wish = Wish::read(&asked);
    if wish.lines.is_empty() {
        return Ok(Redirect::to("/box-office").into_response());
    }
    let language = visitor.words.language.to_string();
    let form = BuyerForm { language, ..BuyerForm::default() };
    buyer_page(&app, &caller, &visitor, wish, StatusCode::OK, form, "invoice", FormErrors::default()).await
}

#[expect(clippy::too_many_arguments, reason = "all of it stands on the page")]
async fn buyer_page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    mut wish: Wish,
    status: StatusCode,
    mut form: BuyerForm,
    method: &str,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let shop = shop(app);
    let may_override = caller.has_right(OVERRIDE);
    let now = app.clock.now();
    let looker = Looker { words: visitor.words, shop: &shop, channel: Channel::BoxOffice, now, may_override };
    let mut conn = app.db.snapshot().await?;
    let houses = catalog::houses(&mut conn).await?;
    let basket = look(&mut conn, &mut wish, &looker).await?;
    drop(conn);
    if form.country.is_empty() {
        form.country = houses.first().map(|house| house.country.clone()).unwrap_or_default();
    }
    let page = BuyerPage {
        desk: Desk::load(app, caller).await?,
        once: visitor.fresh_once(),
        wish: &wish,
        basket,
        form,
        method: method.to_owned(),
        methods: [PaymentMethod::Invoice, PaymentMethod::Cash, PaymentMethod::CardTerminal]
            .map(|known| (known.as_str(), visitor.t(&format!("method-{}", known.as_str().replace('_', "-")))))
            .to_vec(),
        houses,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn pay_with_buyer(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let wish = Wish::read(&sent);
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let form = BuyerForm::read(&sent);
    let method_word = value("method").to_owned();
    let (Some(expected), Some(method)) = (amount(value("expected_total")), buyer_method(&method_word)) else {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "bad_form", "The form names no total or method."));
    };
    let mut errors = FormErrors::default();
    let buyer = form.buyer(&visitor, false, &mut errors);
    let delivery = form.delivery();
    let Some(buyer) = buyer.filter(|_| errors.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return buyer_page(&app, &caller, &visitor, wish, status, form, &method_word, errors).await;
    };
    let new = NewOrder {
        basket: wish.basket(Channel::BoxOffice).checked()?,
        expected_total: expected,
        buyer: Some(buyer),
        payment: if expected == Cents::ZERO { PaymentMethod::None } else { method },
        delivery,
        drop_rejected_codes: true,
    };
    match place(&app, &caller, value("once"), new, String::new()).await {
        Ok(done) => Ok(done),
        Err(refusal) => {
            errors.add("basket", refusal_text(&visitor, &app, refusal)?);
            buyer_page(&app, &caller, &visitor, wish, StatusCode::CONFLICT, form, &method_word, errors).await
        }
    }
}

/// Places an order once for its form; whoever sends the form again is led to the same order.
async fn place(
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

/// Why an order was not placed, as a sentence.
pub(super) fn refusal_text(visitor: &Visitor, app: &SharedApp, refusal: CheckoutError) -> Result<String, Problem> {
    let words = visitor.words;
    Ok(match refusal {
        CheckoutError::Input(finding) if finding.reason == "empty_basket" => words.t("basket-empty-refused"),
        CheckoutError::NotForSale(problems) => problems
            .first()
            .map_or_else(|| words.t("line-problem-not-for-sale"), |one| words.t(problem_key(one.reason))),
        CheckoutError::TotalChanged(quote) => {
            words.t1("total-changed", "total", words.money(quote.total, &app.config.museum.currency))
        }
        CheckoutError::ChangedMeanwhile => words.problem("used_up_meanwhile"),
        CheckoutError::Issue(_) => words.problem("cannot_be_issued"),
        other => return Err(other.into()),
    })
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

fn desk_method(word: &str) -> Option<PaymentMethod> {
    [PaymentMethod::Cash, PaymentMethod::CardTerminal].into_iter().find(|method| method.as_str() == word)
}

fn buyer_method(word: &str) -> Option<PaymentMethod> {
    desk_method(word).or_else(|| (word == PaymentMethod::Invoice.as_str()).then_some(PaymentMethod::Invoice))
}

impl BoxOfficePage<'_> {
    fn is_house(&self, house: &House) -> bool {
        self.wish.house.as_ref() == Some(&house.key)
    }

    fn is_event(&self, key: &Slug) -> bool {
        self.wish.event.as_ref() == Some(key)
    }
}

impl BuyerPage<'_> {
    fn deliveries(&self) -> Vec<buyer_form::Choice> {
        self.form.deliveries(self.visitor, &self.houses, true)
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
