//! `/box-office/buyer`: a sale at the desk gets its buyer: for invoices, and for cards that are sent.

use super::box_office::{amount, desk_method, place};
use super::buyer_form::{self, BuyerForm};
use super::desk_name::named_desk;
use super::place_once::refusal_text;
use super::priced::{BasketView, Looker, look};
use super::wish::{Pairs, Wish};
use crate::app::SharedApp;
use crate::catalog::product::Channel;
use crate::catalog::{House, store as catalog};
use crate::kernel::Cents;
use crate::sales::api::shop;
use crate::sales::checkout::{NewOrder, Terms};
use crate::sales::order::PaymentMethod;
use crate::web::caller::{Caller, SHOP};
use crate::web::pages::{Desk, FormErrors, PageForm, Visitor};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/box-office/buyer", get(show_buyer).post(pay_with_buyer))
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

/// The page on which a sale gets its buyer: for invoices, and for cards that are sent.
async fn show_buyer(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Pairs>,
) -> Result<Response, Problem> {
    let wish = Wish { profile: named_desk(&headers), ..Wish::read(&asked) };
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
    let looker = Looker::of_staff(app, caller, visitor, &shop, Channel::BoxOffice);
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
        methods: [PaymentMethod::Invoice, PaymentMethod::Cash, PaymentMethod::CardTerminal, PaymentMethod::Test]
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
    headers: HeaderMap,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let wish = Wish { profile: named_desk(&headers), ..Wish::read(&sent) };
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
        payment: if expected == Cents::ZERO && method != PaymentMethod::Test { PaymentMethod::None } else { method },
        delivery,
        drop_rejected_codes: true,
        terms: Terms::default(),
    };
    match place(&app, &caller, value("once"), new, String::new()).await {
        Ok(done) => Ok(done),
        Err(refusal) => {
            errors.add("basket", refusal_text(&visitor, &app, refusal)?);
            buyer_page(&app, &caller, &visitor, wish, StatusCode::CONFLICT, form, &method_word, errors).await
        }
    }
}

fn buyer_method(word: &str) -> Option<PaymentMethod> {
    let others = [PaymentMethod::Invoice, PaymentMethod::Test];
    desk_method(word).or_else(|| others.into_iter().find(|method| method.as_str() == word))
}

impl BuyerPage<'_> {
    fn deliveries(&self) -> Vec<buyer_form::Choice> {
        self.form.deliveries(self.visitor, &self.houses, &self.basket, true)
    }
}
