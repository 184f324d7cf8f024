//! `/customers/{id}/forget` and `/my/forget`: a customer is forgotten, by the desk or by themselves. What goes and what stays is said
//! before anything changes.

use super::my::belongings;
use super::session::{self, SignedIn};
use crate::app::SharedApp;
use crate::customers::{Customer, store};
use crate::kernel::ids::{AnnualTicketId, CustomerId};
use crate::kernel::text::fold;
use crate::kernel::{Act, Actor};
use crate::sales::forget_customer::{ForgetCustomerError, forget_customer};
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, Words, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use db::Conn;

/// The fields of a form, in their order.
type Pairs = Vec<(String, String)>;

/// What is recorded as the reason.
const ASKED_FOR: &str = "asked_for";

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/customers/{id}/forget", get(ask_at_desk).post(forget_at_desk))
        .route("/my/forget", get(ask).post(forget_me))
}

/// An annual ticket of the customer's orders.
struct Choice {
    id: AnnualTicketId,
    product: String,
    holder: String,
    /// Whether it is the customer's own.
    chosen: bool,
}

#[derive(Template)]
#[template(path = "customers/forget.html")]
struct DeskPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    customer: &'a Customer,
    choices: Vec<Choice>,
    errors: FormErrors,
    once: String,
}

#[derive(Template)]
#[template(path = "customers/forget_me.html")]
struct OwnPage<'a> {
    visitor: &'a Visitor,
    customer: &'a Customer,
    choices: Vec<Choice>,
    errors: FormErrors,
    once: String,
}

async fn ask_at_desk(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<CustomerId>,
) -> Result<Response, Problem> {
    desk_page(&app, &caller, &visitor, id, FormErrors::default()).await
}

async fn desk_page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    id: CustomerId,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let (customer, choices) = load(app, visitor, id, false).await?.ok_or_else(|| Problem::not_found("customer"))?;
    let status = errors.status();
    let desk = Desk::load(app, &caller.0).await?;
    let page = DeskPage { desk, customer: &customer, choices, errors, once: visitor.fresh_once(), visitor };
    Ok(Visitor::show(status, &page))
}

async fn forget_at_desk(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<CustomerId>,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    match carry_out(&app, &caller.act(&app), id, &sent, "/customers", visitor.words).await? {
        Ok(done) => Ok(done),
        Err(errors) => desk_page(&app, &caller, &visitor, id, errors).await,
    }
}

async fn ask(
    State(app): State<SharedApp>,
    SignedIn(customer): SignedIn,
    visitor: Visitor,
) -> Result<Response, Problem> {
    own_page(&app, customer, &visitor, FormErrors::default()).await
}

async fn own_page(
    app: &SharedApp,
    customer: Option<CustomerId>,
    visitor: &Visitor,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let known = match customer {
        Some(id) => load(app, visitor, id, true).await?,
        None => None,
    };
    let Some((customer, choices)) = known else { return Ok(Done::at("/my").respond(app)) };
    let status = errors.status();
    let page = OwnPage { customer: &customer, choices, errors, once: visitor.fresh_once(), visitor };
    Ok(Visitor::show(status, &page))
}

async fn forget_me(
    State(app): State<SharedApp>,
    SignedIn(customer): SignedIn,
    visitor: Visitor,
    PageForm(sent): PageForm<Pairs>,
) -> Result<Response, Problem> {
    let Some(id) = customer else { return Ok(Done::at("/my").respond(&app)) };
    match carry_out(&app, &app.act(Actor::Customer(id)), id, &sent, "/my", visitor.words).await? {
        Ok(done) => Ok(session::ended(&app, done)),
        Err(errors) => own_page(&app, customer, &visitor, errors).await,
    }
}

/// The customer, and the annual tickets in their orders; those that bear their name are chosen.
async fn load(
    app: &SharedApp,
    visitor: &Visitor,
    id: CustomerId,
    only_proved: bool,
) -> Result<Option<(Customer, Vec<Choice>)>, Problem> {
    let mut conn = app.db.snapshot().await?;
    let Some(customer) = store::find(&mut conn, id).await? else { return Ok(None) };
    let (_, tickets) = belongings(app, &mut conn, &customer, visitor.words, only_proved).await?;
    let own = fold(&customer.name);
    let choice = |line: super::my::TicketLine| Choice {
        id: line.id,
        chosen: !line.holder.is_empty() && fold(&line.holder) == own,
        product: line.product,
        holder: line.holder,
    };
    Ok(Some((customer, tickets.into_iter().filter(|line| !line.holder.is_empty()).map(choice).collect())))
}

/// Forgets the customer and the chosen holders; or says beside the form why not.
async fn carry_out(
    app: &SharedApp,
    act: &Act,
    id: CustomerId,
    sent: &Pairs,
    then: &'static str,
    words: Words,
) -> Result<Result<Response, FormErrors>, Problem> {
    let named =
        |wanted: &'static str| sent.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let chosen: Vec<AnnualTicketId> = named("annual_ticket").filter_map(|value| value.parse().ok()).collect();
    let once = named("once").next().unwrap_or_default();
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        forget_customer(tx, &deed_act, id, &chosen, ASKED_FOR).await?;
        Ok(Done::at(then).saying("forget-done"))
    };
    let mut errors = FormErrors::default();
    match act_once(app, act, once, deed).await {
        Ok(done) => return Ok(Ok(done)),
        Err(ForgetCustomerError::OpenOrder(number)) => {
            errors.add("annual_ticket", words.t1("forget-open-order", "number", number));
        }
        Err(error) => {
            let problem = Problem::from(error);
            if problem.reason() != "card_in_the_house" {
                return Err(problem);
            }
            errors.add("annual_ticket", words.problem("card_in_the_house"));
        }
    }
    Ok(Err(errors))
}
