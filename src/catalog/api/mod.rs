//! The catalog under `/api/v1`: everyone who works here reads it, an admin changes it.
//!
//! Each resource has the same five operations: a list, one object, create, replace, remove.

mod audiences;
mod categories;
mod events;
mod exhibitions;
mod houses;
mod price_lists;
mod products;
mod sale_rules;
mod scopes;

use super::create::{self, CreateError};
use super::create_series::CreateSeriesError;
use super::fit::Fit;
use super::label_events::LabelEventsError;
use super::object::Finding;
use super::remove::{self, RemoveError};
use super::replace::{self, ReplaceError};
use super::store::Stored;
use crate::app::SharedApp;
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use crate::web::list::{Items, PageQuery};
use crate::web::{Body, NoBody, Problem};
use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;

/// The operations of the catalog.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .merge(houses::router())
        .merge(exhibitions::router())
        .merge(scopes::router())
        .merge(categories::router())
        .merge(audiences::router())
        .merge(price_lists::router())
        .merge(products::router())
        .merge(events::router())
        .merge(sale_rules::router())
}

async fn list_objects<O: Stored>(app: &SharedApp, query: &PageQuery) -> Result<Json<Items<O>>, Problem> {
    let mut conn = app.db.read().await?;
    let page = O::page(&mut conn, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items { items: page.items, next: page.next }))
}

async fn read_object<O: Stored>(app: &SharedApp, key: &Slug) -> Result<Json<O>, Problem> {
    let mut conn = app.db.read().await?;
    O::find(&mut conn, key).await?.map(Json).ok_or_else(|| Problem::not_found(&O::KIND.to_string()))
}

async fn create_object<O>(app: &SharedApp, act: Act, body: Body<O>) -> Result<Response, Problem>
where
    O: Fit + Clone + Serialize + Send + Sync + 'static,
{
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(create::create(tx, &deed_act, body.value.clone()).await?);
    body.once.write(app, &act, StatusCode::CREATED, deed).await
}

async fn replace_object<O>(app: &SharedApp, act: Act, key: Slug, body: Body<O>) -> Result<Response, Problem>
where
    O: Fit + Clone + Serialize + Send + Sync + 'static,
{
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(replace::replace(tx, &deed_act, &key, body.value.clone()).await?);
    body.once.write(app, &act, StatusCode::OK, deed).await
}

async fn remove_object<O: Stored>(app: &SharedApp, act: Act, key: Slug, body: NoBody) -> Result<Response, Problem> {
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(remove::remove::<O>(tx, &deed_act, &key).await?);
    body.once.write(app, &act, StatusCode::NO_CONTENT, deed).await
}

impl From<Finding> for Problem {
    fn from(finding: Finding) -> Self {
        Self::invalid(finding.path, finding.reason, finding.message)
    }
}

impl From<CreateError> for Problem {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Invalid(finding) => finding.into(),
            CreateError::KeyTaken(..) => Self::conflict("key_taken", sentence(&error)),
            CreateError::Db(error) => error.into(),
        }
    }
}

impl From<ReplaceError> for Problem {
    fn from(error: ReplaceError) -> Self {
        match error {
            ReplaceError::NotFound(kind) => Self::not_found(&kind.to_string()),
            ReplaceError::Invalid(finding) => finding.into(),
            ReplaceError::Db(error) => error.into(),
        }
    }
}

impl From<RemoveError> for Problem {
    fn from(error: RemoveError) -> Self {
        match error {
            RemoveError::NotFound(kind) => Self::not_found(&kind.to_string()),
            RemoveError::InUse(_) => Self::conflict("in_use", sentence(&error)),
            RemoveError::Db(error) => error.into(),
        }
    }
}

impl From<LabelEventsError> for Problem {
    fn from(error: LabelEventsError) -> Self {
        match error {
            LabelEventsError::Invalid(finding) => finding.into(),
            LabelEventsError::Db(error) => error.into(),
        }
    }
}

impl From<CreateSeriesError> for Problem {
    fn from(error: CreateSeriesError) -> Self {
        match error {
            CreateSeriesError::Invalid(finding) => finding.into(),
            CreateSeriesError::Db(error) => error.into(),
        }
    }
}

/// The error as a sentence: a capital letter and a full stop.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
