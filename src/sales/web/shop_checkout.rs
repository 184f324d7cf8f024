//! `/shop/checkout`: who buys, a last look at everything, and the order.
//!
//! There is no payment provider: what a museum can take back at any time, because it is personal and made later, is sold on invoice; what
//! would let somebody in at once is reserved until it is paid at a desk or by transfer.

use super::box_office::amount;
use super::buyer_form::{BuyerForm, Choice};
use super::place_once::{place_once, refusal_text};
use super::priced::{BasketView, look};
use super::shop::{held, keep, keep_hold, kept, known, looker};
use super::wish::{Pairs, Wish};
use crate::app::SharedApp;
use crate::cards::Delivery;
use crate::catalog::product::Channel;
use crate::catalog::{House, store as catalog};
use crate::kernel::{Actor, Cents};
use crate::partners::web::booking_for;
use crate::partners::{Institution, InstitutionData};
use crate::sales::api::shop;
use crate::sales::checkout::{CheckoutError, NewOrder, Terms};
use crate::sales::hold::{self, HoldError};
use crate::sales::order::{Buyer, Order, PaymentMethod};
use crate::sales::shop::Shop;
use crate::web::Problem;
use crate::web::pages::{Done, FormErrors, PageForm, Visitor, postal};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

/// Milliseconds of an hour.
const HOUR_MILLIS: i64 = 3_600_000;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/shop/checkout", get(show).post(review))
        .route("/shop/checkout/hold", post(begin))
        .route("/shop/orders", post(order))
}

#[derive(Template)]
#[template(path = "sales/shop_checkout.html")]
struct CheckoutPage<'a> {
    visitor: &'a Visitor,
    basket: BasketView,
    form: BuyerForm,
    deliveries: Vec<Choice>,
    /// For cards by post, or for the invoice of a partner.
    asks_address: bool,
    countries: Vec<(String, String)>,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "sales/shop_review.html")]
struct ReviewPage<'a> {
    visitor: &'a Visitor,
    once: String,
    basket: BasketView,
    content: Pairs,
    form: BuyerForm,
    delivery: Option<String>,
    payment: String,
    errors: FormErrors,
}

/// How orders of the shop are paid.
fn payment_of(app: &SharedApp, basket: &BasketView, booking_for: Option<&Institution>) -> PaymentMethod {
    if basket.total_cents == 0 {
        PaymentMethod::None
    } else if booking_for.is_some() {
        PaymentMethod::Invoice
    } else if basket.has_day_tickets() || !app.config.sales.shop_invoice {
        PaymentMethod::Online
    } else {
        PaymentMethod::Invoice
    }
}

async fn show(State(app): State<SharedApp>, visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let wish = kept(&app, &headers).await?;
    let form = match &wish.booking_for {
        Some(partner) => of_partner(partner),
        None => BuyerForm { language: visitor.words.language.to_string(), ..BuyerForm::default() },
    };
    checkout_page(&app, &visitor, wish, form, FormErrors::default(), StatusCode::OK).await
}

/// The fields of a partner, as the museum knows it.
fn of_partner(partner: &Institution) -> BuyerForm {
    let InstitutionData { name, email, language, address, .. } = partner.data.clone();
    let buyer = Buyer { name, email: Some(email), language: Some(language), address };
    BuyerForm::of(&buyer, &partner.data.language)
}

/// Begins the checkout: what is in the basket is held for a while, or the basket says what stands in the way.
async fn begin(State(app): State<SharedApp>, headers: HeaderMap) -> Result<Response, Problem> {
    let wish = kept(&app, &headers).await?;
    if wish.lines.is_empty() {
        return Ok(Redirect::to("/shop/basket").into_response());
    }
    let shop = shop(&app);
    let act = app.act(Actor::Visitor);
    let id = wish.hold.unwrap_or_else(|| act.new_id());
    let basket = wish.basket(Channel::Online).checked()?;
    match hold::hold(&app, &act, &shop, id, &basket).await {
        Ok(_) => {
            let secs = i64::from(app.config.sales.hold_minutes) * 60;
            Ok(keep_hold(&app, Redirect::to("/shop/checkout").into_response(), id, secs))
        }
        Err(HoldError::Db(error)) => Err(error.into()),
        Err(_) => Ok(Redirect::to("/shop/basket").into_response()),
    }
}

async fn checkout_page(
    app: &SharedApp,
    visitor: &Visitor,
    mut wish: Wish,
    mut form: BuyerForm,
    errors: FormErrors,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (basket, houses) = priced(app, visitor, &mut wish).await?;
    if !basket.sellable {
        return Ok(Redirect::to("/shop/basket").into_response());
    }
    if form.country.is_empty() {
        form.country = houses.first().map(|house| house.country.clone()).unwrap_or_default();
    }
    let deliveries =
        if basket.has_annual_tickets() { form.deliveries(visitor, &houses, &basket, false) } else { Vec::new() };
    let countries = postal::countries(visitor.words, &form.country);
    let asks_address = !deliveries.is_empty() || wish.booking_for.is_some();
    let page = CheckoutPage { visitor, basket, form, deliveries, asks_address, countries, errors };
    Ok(Visitor::show(status, &page))
}

async fn review(
    State(app): State<SharedApp>,
    visitor: Visitor,
    headers: HeaderMap,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let form = BuyerForm::read(&sent);
    let mut errors = FormErrors::default();
    if form.buyer(&visitor, true, &mut errors).is_none() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return checkout_page(&app, &visitor, kept(&app, &headers).await?, form, errors, status).await;
    }
    review_page(&app, &visitor, kept(&app, &headers).await?, form, errors, StatusCode::OK).await
}

async fn review_page(
    app: &SharedApp,
    visitor: &Visitor,
    mut wish: Wish,
    form: BuyerForm,
    errors: FormErrors,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (basket, houses) = priced(app, visitor, &mut wish).await?;
    if !basket.sellable {
        return Ok(Redirect::to("/shop/basket").into_response());
    }
    let delivery = form.delivery().filter(|_| basket.has_annual_tickets()).map(|delivery| match delivery {
        Delivery::Mail {} => visitor.t("delivery-mail"),
        Delivery::Counter {} => visitor.t("delivery-counter"),
        Delivery::Pickup { house } => {
            let name =
                houses.iter().find(|known| known.key == house).map_or(house.to_string(), |known| known.name.clone());
            visitor.words.t1("delivery-pickup", "house", name)
        }
    });
    let payment = match payment_of(app, &basket, wish.booking_for.as_ref()) {
        PaymentMethod::None => visitor.t("shop-payment-free"),
        PaymentMethod::Invoice => visitor.t("shop-payment-invoice"),
        _ => visitor.words.t1("shop-payment-reserved", "hours", app.config.sales.reservation_hours),
    };
    let page = ReviewPage {
        once: visitor.fresh_once(),
        basket,
        content: wish.content(),
        form,
        delivery,
        payment,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

/// Places the order that was looked at, once.
async fn order(
    State(app): State<SharedApp>,
    visitor: Visitor,
    headers: HeaderMap,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let booking_for = booking_for(&app, &headers).await?;
    let customer = known(&app, &headers, booking_for.as_ref()).await?;
    let read = Wish::read(&sent);
    let mut wish = Wish { overrides: Vec::new(), hold: held(&headers), customer, booking_for, ..read };
    for line in &mut wish.lines {
        line.reason = None;
    }
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let form = BuyerForm::read(&sent);
    let mut errors = FormErrors::default();
    let buyer = form.buyer(&visitor, true, &mut errors);
    let (Some(buyer), Some(expected)) = (buyer, amount(value("expected_total"))) else {
        return checkout_page(&app, &visitor, wish, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let asked = wish.clone();
    let (basket, _) = priced(&app, &visitor, &mut wish).await?;
    let new = NewOrder {
        basket: asked.basket(Channel::Online).checked()?,
        expected_total: expected,
        buyer: Some(buyer),
        payment: if expected == Cents::ZERO {
            PaymentMethod::None
        } else {
            payment_of(&app, &basket, asked.booking_for.as_ref())
        },
        delivery: form.delivery().filter(|_| basket.has_annual_tickets()),
        drop_rejected_codes: true,
        terms: Terms::default(),
    };
    match place(&app, value("once"), new, asked.booking_for.as_ref()).await {
        Ok(done) => {
            let done = keep(&app, done, None);
            Ok(match asked.hold {
                Some(hold) => keep_hold(&app, done, hold, 0),
                None => done,
            })
        }
        Err(refusal) => {
            errors.add("basket", refusal_text(&visitor, &app, refusal)?);
            review_page(&app, &visitor, wish, form, errors, StatusCode::CONFLICT).await
        }
    }
}

async fn place(
    app: &SharedApp,
    once: &str,
    new: NewOrder,
    booking_for: Option<&Institution>,
) -> Result<Response, CheckoutError> {
    let hours = i64::from(app.config.sales.reservation_hours);
    let invoice_days = booking_for.and_then(|partner| partner.data.invoice_days);
    let usual = shop(app);
    let invoice_days = invoice_days.unwrap_or(usual.invoice_days);
    let shop = Shop { hold_millis: hours * HOUR_MILLIS, invoice_days, ..usual };
    let actor = booking_for.map_or(Actor::Visitor, |partner| Actor::Partner(partner.id));
    let done = |order: Order| {
        let token = order.link_token.unwrap_or_default();
        Done::at(format!("/shop/orders/{token}")).saying("shop-ordered").naming(order.number)
    };
    place_once(app, app.act(actor), shop, new, once, done).await
}

async fn priced(app: &SharedApp, visitor: &Visitor, wish: &mut Wish) -> Result<(BasketView, Vec<House>), Problem> {
    let shop = shop(app);
    let known = wish.customer.clone();
    let looker = looker(app, visitor, &shop, known.as_ref());
    let mut conn = app.db.snapshot().await?;
    let houses = catalog::houses(&mut conn).await?;
    let basket = look(&mut conn, wish, &looker).await?;
    Ok((basket, houses))
}
