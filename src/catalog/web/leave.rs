//! `/admin/catalog/houses/{key}/leave`: a house leaves the network; what becomes of the products is shown before anything changes.

use crate::app::SharedApp;
use crate::catalog::leave_network::{self, LeaveError, Leaving};
use crate::catalog::store as catalog;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/catalog/houses/{key}/leave", get(show).post(leave))
}

#[derive(Template)]
#[template(path = "catalog/leave.html")]
struct LeavePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    key: &'a Slug,
    house: String,
    /// Products that go on, each with the houses that it still opens.
    going_on: Vec<(String, String)>,
    /// Products that end.
    ending: Vec<String>,
    /// What goes on opening the house, as a sentence.
    kept: String,
    reason: String,
    errors: FormErrors,
}

fn key_of(word: &str) -> Result<Slug, Problem> {
    word.parse().map_err(|_| Problem::not_found("object"))
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    Path(word): Path<String>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &key_of(&word)?, String::new(), FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    key: &Slug,
    reason: String,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let house = catalog::house(&mut conn, key).await?.ok_or_else(|| Problem::not_found("house"))?;
    let Leaving { going_on, ending, annual_tickets, last_day } = leave_network::preview(&mut conn, key, today).await?;
    let products = catalog::products(&mut conn).await?;
    let name_of = |key: &Slug| {
        let known = products.iter().find(|product| product.key == *key);
        known.map_or_else(|| key.to_string(), |product| product.names.get(words.language.as_str()).to_owned())
    };
    let mut rows = Vec::with_capacity(going_on.len());
    for one in &going_on {
        rows.push((name_of(&one.product), rest_of(&mut conn, &one.scope, key).await?));
    }
    let kept = match last_day {
        Some(day) if annual_tickets > 0 => {
            words.t2("leave-kept-until", ("count", annual_tickets), ("day", words.date(day)))
        }
        _ => words.t1("leave-kept", "count", annual_tickets),
    };
    drop(conn);
    let page = LeavePage {
        visitor,
        desk: Desk::load(app, &caller.0).await?,
        once: visitor.fresh_once(),
        key,
        house: house.name,
        going_on: rows,
        ending: ending.iter().map(name_of).collect(),
        kept,
        reason,
        errors,
    };
    Ok(Visitor::show(page.errors.status(), &page))
}

/// The names of the houses that a scope opens beside this one.
async fn rest_of(conn: &mut Conn, scope: &Slug, leaving: &Slug) -> Result<String, Problem> {
    let keys = catalog::scope(conn, scope).await?.map(|scope| scope.houses).unwrap_or_default();
    let houses = catalog::houses(conn).await?;
    let rest = houses.into_iter().filter(|house| keys.contains(&house.key) && house.key != *leaving);
    Ok(rest.map(|house| house.name).collect::<Vec<_>>().join(", "))
}

async fn leave(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    Path(word): Path<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let key = key_of(&word)?;
    let reason = clean(form.get("reason"));
    let mut errors = FormErrors::default();
    if reason.is_empty() {
        errors.add("reason", visitor.t("leave-reason-missing"));
        return page(&app, &caller, &visitor, &key, reason, errors).await;
    }
    let act = caller.act(&app);
    let today = local_day(act.now, app.config.museum.zone());
    let (deed_act, house, why) = (act.clone(), key.clone(), reason.clone());
    let deed = async move |tx: &mut Conn| {
        leave_network::leave_network(tx, &deed_act, &house, today, &why).await?;
        Ok(Done::at(format!("/admin/catalog/houses/{house}")).saying("catalog-saved").naming(&house))
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        Err(LeaveError::NothingToChange) => {
            errors.add("reason", visitor.words.problem("nothing_to_change"));
            page(&app, &caller, &visitor, &key, reason, errors).await
        }
        Err(error) => Err(error.into()),
    }
}
