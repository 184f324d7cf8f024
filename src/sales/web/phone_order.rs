//! `/phone-orders`: an order that staff take on the phone, on one form: who calls, what they want, and how it comes to them.
//!
//! Each step sends the whole form and answers with it anew, priced by the engine; what is typed about a person stands in no address.
//! Only the last button acts, and it acts once.

use super::box_office::{amount, place};
use super::buyer_form::{BuyerForm, Choice};
use super::counter::Counter;
use super::place_once::refusal_text;
use super::priced::Looker;
use super::wish::{Pairs, Wish};
use crate::app::SharedApp;
use crate::catalog::House;
use crate::catalog::product::Channel;
use crate::customers::store::{self as customers, CustomerFilter};
use crate::kernel::Cents;
use crate::kernel::ids::CustomerId;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean_lines;
use crate::sales::api::shop;
use crate::sales::checkout::{NewOrder, Terms};
use crate::sales::order::{Buyer, PaymentMethod};
use crate::sales::store;
use crate::web::caller::{Caller, SHOP};
use crate::web::pages::{Desk, FormErrors, PageForm, Visitor};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use db::Conn;

/// The most customers that a search shows.
const CUSTOMERS_MAX: u32 = 8;
/// The most characters of notes.
const NOTES_CHARS_MAX: usize = 1_000;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/phone-orders", get(begin).post(step))
}

#[derive(Template)]
#[template(path = "sales/phone_order.html")]
struct PhoneOrderPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    wish: &'a Wish,
    counter: Counter,
    form: PhoneForm,
    /// Who was found: id, name, address.
    found: Vec<(String, String, String)>,
    date: Option<NaiveDate>,
    errors: FormErrors,
}

/// What was typed beside the tickets.
#[derive(Default)]
struct PhoneForm {
    /// Words by which a customer is looked for.
    find: String,
    buyer: BuyerForm,
    notes: String,
    /// Whether it is paid when it is fetched.
    at_pickup: bool,
    /// Whether it is a trial.
    is_test: bool,
}

impl PhoneForm {
    fn method(&self, total: Cents) -> PaymentMethod {
        match total {
            _ if self.is_test => PaymentMethod::Test,
            Cents::ZERO => PaymentMethod::None,
            _ => PaymentMethod::Invoice,
        }
    }
}

impl PhoneOrderPage<'_> {
    fn is_house(&self, house: &House) -> bool {
        self.wish.house.as_ref() == Some(&house.key)
    }

    fn is_event(&self, key: &Slug) -> bool {
        self.wish.event.as_ref() == Some(key)
    }

    fn deliveries(&self) -> Vec<Choice> {
        self.form.buyer.deliveries(self.visitor, &self.counter.houses, &self.counter.basket, false)
    }
}

async fn begin(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let buyer = BuyerForm { language: visitor.words.language.to_string(), ..BuyerForm::default() };
    let form = PhoneForm { buyer, ..PhoneForm::default() };
    page(&app, &caller, &visitor, Wish::default(), form, StatusCode::OK, FormErrors::default()).await
}

/// A step of the form: somebody is found and chosen, tickets and codes are added and taken out, or the order is placed.
async fn step(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let value = |name: &str| sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let mut wish = Wish::read(&sent);
    // The field for codes is sent with each step, and mostly empty.
    let steps: Pairs = sent.iter().filter(|(name, value)| name != "new_code" || !value.is_empty()).cloned().collect();
    let changed = wish.step(&steps);
    let mut form = PhoneForm {
        find: value("find").trim().to_owned(),
        buyer: BuyerForm::read(&sent),
        notes: clean_lines(value("notes")),
        at_pickup: value("payment") == "at_pickup",
        is_test: value("payment") == PaymentMethod::Test.as_str(),
    };
    if let Ok(customer) = value("customer").parse() {
        let mut conn = app.db.snapshot().await?;
        if let Some(known) = known_buyer(&mut conn, customer).await? {
            form.buyer = BuyerForm { delivery: form.buyer.delivery, ..known };
            form.find = String::new();
        }
    }
    let is_last = value("place") == "1";
    let mut errors = FormErrors::default();
    if !is_last || changed {
        return page(&app, &caller, &visitor, wish, form, StatusCode::OK, errors).await;
    }
    let buyer = form.buyer.buyer(&visitor, false, &mut errors);
    if form.notes.chars().count() > NOTES_CHARS_MAX {
        errors.add("notes", visitor.t("phone-notes-too-long"));
    }
    let (Some(buyer), Some(expected), true) = (buyer, amount(value("expected_total")), errors.is_empty()) else {
        return page(&app, &caller, &visitor, wish, form, StatusCode::UNPROCESSABLE_ENTITY, errors).await;
    };
    let has_cards = value("has_cards") == "1";
    let new = NewOrder {
        basket: wish.basket(Channel::BackOffice).checked()?,
        expected_total: expected,
        buyer: Some(buyer),
        payment: form.method(expected),
        delivery: form.buyer.delivery().filter(|_| has_cards),
        drop_rejected_codes: true,
        terms: Terms { notes: form.notes.clone(), paid_at_pickup: form.at_pickup },
    };
    match place(&app, &caller, value("once"), new, String::new()).await {
        Ok(done) => Ok(done),
        Err(refusal) => {
            errors.add("basket", refusal_text(&visitor, &app, refusal)?);
            page(&app, &caller, &visitor, wish, form, StatusCode::CONFLICT, errors).await
        }
    }
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    mut wish: Wish,
    mut form: PhoneForm,
    status: StatusCode,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let shop = shop(app);
    let looker = Looker::of_staff(app, caller, visitor, &shop, Channel::BackOffice);
    let mut conn = app.db.snapshot().await?;
    let counter = Counter::load(&mut conn, &mut wish, &looker).await?;
    let found = find_customers(&mut conn, &form.find).await?;
    drop(conn);
    if form.buyer.country.is_empty() {
        form.buyer.country = counter.houses.first().map(|house| house.country.clone()).unwrap_or_default();
    }
    let page = PhoneOrderPage {
        desk: Desk::load(app, caller).await?,
        once: visitor.fresh_once(),
        date: wish.date,
        wish: &wish,
        counter,
        form,
        found,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn find_customers(conn: &mut Conn, text: &str) -> Result<Vec<(String, String, String)>, Problem> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let filter = CustomerFilter { text: text.to_owned(), ..CustomerFilter::default() };
    let found = customers::customers_page(conn, &filter, None, CUSTOMERS_MAX).await?;
    let row = |customer: crate::customers::Customer| {
        let address = customer.addresses.first().map(|known| known.address.clone()).unwrap_or_default();
        (customer.id.to_string(), customer.shown().to_owned(), address)
    };
    Ok(found.items.into_iter().map(row).collect())
}

/// A customer as a buyer, with the address of their last order.
async fn known_buyer(conn: &mut Conn, id: CustomerId) -> Result<Option<BuyerForm>, Problem> {
    let Some(customer) = customers::find(conn, id).await? else { return Ok(None) };
    let email = customer.addresses.first().map(|known| known.address.clone());
    let mut address = None;
    for known in &customer.addresses {
        for order in store::orders_of_address(conn, &known.address, 1).await? {
            let order = store::find_order(conn, order).await?;
            address = address.or_else(|| order?.buyer?.address);
        }
    }
    let buyer = Buyer { name: customer.name, email, language: None, address };
    Ok(Some(BuyerForm::of(&buyer, &customer.language)))
}
