//! `/campaigns/{key}/versions/{version}`: an earlier version of an offer, what is different now, and the way back to it.

use super::record::find;
use super::versions::{Difference, differences};
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::promotions::change_offers::{self, OfferDeedError};
use crate::promotions::store;
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Done, Fields, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/campaigns/{key}/versions/{version}", get(show).post(restore))
}

#[derive(Template)]
#[template(path = "promotions/version.html")]
struct VersionPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: &'a Slug,
    version: u32,
    name: String,
    title: String,
    when: String,
    differences: Vec<Difference>,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    Path((key, version)): Path<(Slug, u32)>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let known = find(&mut conn, &key).await?;
    let wanted = store::find_version(&mut conn, &key, version).await?;
    let wanted = wanted.ok_or_else(|| Problem::not_found("version"))?;
    drop(conn);
    let now = serde_json::to_value(&known.offer).map_err(|error| Problem::internal("an offer is no JSON", &error))?;
    // Whether it is on stays as it is.
    let differences = differences(&now, &wanted.body).into_iter().filter(|one| one.path != "enabled").collect();
    let page = VersionPage {
        desk: Desk::load(&app, &caller).await?,
        name: known.offer.name.unwrap_or_else(|| key.to_string()),
        title: visitor.words.t1("offer-version", "count", i64::from(version)),
        when: visitor.words.moment(wanted.changed_at, app.config.museum.zone()),
        differences,
        version,
        once: visitor.fresh_once(),
        key: &key,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn restore(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    Path((key, version)): Path<(Slug, u32)>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let known = change_offers::restore(tx, &deed_act, &key, version).await?;
        let name = known.offer.name.unwrap_or_else(|| key.to_string());
        Ok::<_, OfferDeedError>(Done::at(format!("/campaigns/{key}")).saying("offer-restored").naming(name))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}
