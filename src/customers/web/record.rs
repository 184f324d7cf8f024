//! `/customers/{id}`: one customer with orders and annual tickets, and how two records of one person become one.

use super::my::{OrderLine, TicketLine, belongings};
use crate::app::SharedApp;
use crate::customers::assign::unlink;
use crate::customers::change::{ChangeError, change};
use crate::customers::customer::fold_address;
use crate::customers::lists::CustomerList;
use crate::customers::merge::{MergeError, merge};
use crate::customers::{Customer, store};
use crate::kernel::ids::CustomerId;
use crate::web::caller::{ADMIN, SHOP};
use crate::web::pages::{Desk, Done, FormErrors, HistoryRow, Language, PageForm, Visitor, act_once, history};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::{Conn, DbError};
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/customers/{id}", get(show).post(save))
        .route("/customers/{id}/unlink", post(take_back))
        .route("/customers/{id}/merge", get(show_merge).post(carry_out_merge))
}

#[derive(Template)]
#[template(path = "customers/record.html")]
struct RecordPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    customer: &'a Customer,
    addresses: Vec<(String, Option<String>)>,
    newsletter_since: Option<String>,
    orders: Vec<OrderLine>,
    tickets: Vec<TicketLine>,
    languages: [Language; 3],
    /// The lists that the customer is on, each with the token of the form that takes them off, and all others.
    on: Vec<(CustomerList, String)>,
    others: Vec<CustomerList>,
    once_list: String,
    once_unlink: String,
    /// Whether records may be merged.
    may_merge: bool,
    history: Vec<HistoryRow>,
    once: String,
}

#[derive(Template)]
#[template(path = "customers/merge.html")]
struct MergePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    customer: &'a Customer,
    /// The address of the other record, as it was typed.
    typed: &'a str,
    other: Option<Customer>,
    errors: FormErrors,
    once: String,
}

#[derive(Deserialize)]
struct PersonForm {
    once: String,
    name: String,
    language: String,
}

#[derive(Debug, Default, Deserialize)]
struct WantedMerge {
    #[serde(default)]
    with: String,
}

#[derive(Deserialize)]
struct MergeForm {
    once: String,
    other: CustomerId,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<SHOP>,
    visitor: Visitor,
    PathKey(id): PathKey<CustomerId>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let zone = app.config.museum.zone();
    let mut conn = app.db.snapshot().await?;
    let customer = store::find(&mut conn, id).await?.ok_or_else(unknown)?;
    let (orders, tickets) = belongings(&app, &mut conn, &customer, words, false).await?;
    let history = history::of(&mut conn, &words, zone, &[("customer", &id)]).await?;
    let on = store::lists::of_customer(&mut conn, id).await?;
    let mut others = store::lists::all(&mut conn).await?;
    others.retain(|list| !on.iter().any(|own| own.id == list.id));
    drop(conn);
    let page = RecordPage {
        desk: Desk::load(&app, &caller).await?,
        addresses: customer
            .addresses
            .iter()
            .map(|known| (known.address.clone(), known.proved_at.map(|at| words.moment(at, zone))))
            .collect(),
        newsletter_since: customer.newsletter_changed_at.map(|at| words.moment(at, zone)),
        orders,
        tickets,
        languages: Language::ALL,
        on: on.into_iter().map(|list| (list, visitor.fresh_once())).collect(),
        others,
        once_list: visitor.fresh_once(),
        once_unlink: visitor.fresh_once(),
        may_merge: caller.roles.may(ADMIN),
        history,
        once: visitor.fresh_once(),
        customer: &customer,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

impl RecordPage<'_> {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn reads(&self, language: &Language) -> bool {
        self.customer.language == language.as_str()
    }
}

async fn save(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    PathKey(id): PathKey<CustomerId>,
    PageForm(form): PageForm<PersonForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let language: Language = form.language.parse().unwrap_or(Language::De);
        change(tx, &deed_act, id, &form.name, language.as_str()).await?;
        Ok(Done::at(format!("/customers/{id}")).saying("customer-saved"))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(ChangeError::NameTooLong) => {
            Ok(Done::at(format!("/customers/{id}")).saying("buyer-name-too-long").respond(&app))
        }
        Err(ChangeError::NotFound) => Err(unknown()),
        Err(ChangeError::Db(error)) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct UnlinkForm {
    once: String,
}

/// Takes back to whom the customer belongs.
async fn take_back(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    PathKey(id): PathKey<CustomerId>,
    PageForm(form): PageForm<UnlinkForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, DbError> {
        unlink(tx, &deed_act, id).await?;
        Ok(Done::at(format!("/customers/{id}")).saying("customer-unlinked"))
    };
    Ok(act_once(&app, &act, &form.once, deed).await?)
}

async fn show_merge(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<CustomerId>,
    Query(wanted): Query<WantedMerge>,
) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let customer = store::find(&mut conn, id).await?.ok_or_else(unknown)?;
    let other = match store::id_of_address(&mut conn, &fold_address(&wanted.with)).await? {
        Some(other) if other != id => store::find(&mut conn, other).await?,
        _ => None,
    };
    drop(conn);
    let mut errors = FormErrors::default();
    if other.is_none() && !wanted.with.is_empty() {
        errors.add("with", visitor.t("merge-nobody"));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = MergePage {
        desk: Desk::load(&app, &caller).await?,
        typed: &wanted.with,
        other,
        errors,
        once: visitor.fresh_once(),
        customer: &customer,
        visitor: &visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn carry_out_merge(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<CustomerId>,
    PageForm(form): PageForm<MergeForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        merge(tx, &deed_act, id, form.other).await?;
        Ok(Done::at(format!("/customers/{id}")).saying("customers-merged"))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(MergeError::NotFound | MergeError::Same) => Err(unknown()),
        Err(MergeError::Db(error)) => Err(error.into()),
    }
}

fn unknown() -> Problem {
    Problem::not_found("customer")
}
