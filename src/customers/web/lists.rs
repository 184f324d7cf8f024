//! `/customers/lists`: lists that somebody chose, and who is put on them and taken off.

use crate::app::SharedApp;
use crate::customers::lists::{CustomerList, ListError, add, make, take_off};
use crate::customers::store;
use crate::kernel::ids::{CustomerId, CustomerListId};
use crate::web::caller::SHOP;
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/customers/lists", get(show).post(make_list))
        .route("/customers/{id}/lists", post(change_membership))
}

#[derive(Template)]
#[template(path = "customers/lists.html")]
struct ListsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    lists: Vec<CustomerList>,
    name: &'a str,
    errors: FormErrors,
    once: String,
}

#[derive(Deserialize)]
struct NewListForm {
    once: String,
    name: String,
}

#[derive(Deserialize)]
struct MembershipForm {
    once: String,
    list: String,
    /// Present to take the customer off.
    off: Option<String>,
}

async fn show(State(app): State<SharedApp>, caller: Allowed<SHOP>, visitor: Visitor) -> Result<Response, Problem> {
    lists_page(&app, &caller, &visitor, "", FormErrors::default()).await
}

async fn lists_page(
    app: &SharedApp,
    caller: &Allowed<SHOP>,
    visitor: &Visitor,
    name: &str,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let lists = store::lists::all(&mut app.db.read().await?).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let desk = Desk::load(app, &caller.0).await?;
    Ok(Visitor::show(status, &ListsPage { desk, lists, name, errors, once: visitor.fresh_once(), visitor }))
}

async fn make_list(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    visitor: Visitor,
    PageForm(form): PageForm<NewListForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let name = form.name.clone();
    let deed = async move |tx: &mut Conn| {
        make(tx, &deed_act, &name).await?;
        Ok(Done::at("/customers/lists").saying("list-made").naming(name.trim()))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(ListError::Name) => {
            let mut errors = FormErrors::default();
            errors.add("name", visitor.t("list-name-wrong"));
            lists_page(&app, &caller, &visitor, &form.name, errors).await
        }
        Err(ListError::NotFound) => Err(unknown()),
        Err(ListError::Db(error)) => Err(error.into()),
    }
}

async fn change_membership(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    PathKey(id): PathKey<CustomerId>,
    PageForm(form): PageForm<MembershipForm>,
) -> Result<Response, Problem> {
    let list: CustomerListId = form.list.parse().map_err(|_| unknown())?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let said = if form.off.is_some() {
            take_off(tx, &deed_act, list, id).await?;
            "list-taken-off"
        } else {
            add(tx, &deed_act, list, id).await?;
            "list-put-on"
        };
        Ok(Done::at(format!("/customers/{id}")).saying(said))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(ListError::NotFound | ListError::Name) => Err(unknown()),
        Err(ListError::Db(error)) => Err(error.into()),
    }
}

fn unknown() -> Problem {
    Problem::not_found("list")
}
