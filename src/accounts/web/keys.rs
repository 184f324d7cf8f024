//! `/admin/keys`: the keys of programs that call the API.

use super::roles::{RoleChoice, right_choices, rights_of, role_choices, roles_of};
use crate::accounts::api_key;
use crate::accounts::store::{self, KeyRow};
use crate::app::SharedApp;
use crate::kernel::UtcMs;
use crate::kernel::ids::ApiKeyId;
use crate::kernel::roles::Roles;
use crate::kernel::text::clean;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once, act_once_showing, encode};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use serde::Deserialize;

/// Keys on a page of the list.
const ROWS: u32 = 100;
/// The most characters of a key's name.
const NAME_CHARS_MAX: usize = 200;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/admin/keys", get(list))
        .route("/admin/keys/new", get(show_new).post(make))
        .route("/admin/keys/{id}/revoke", get(ask_to_revoke).post(revoke))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    after: Option<String>,
}

/// A key in the list.
struct KeySaid {
    id: String,
    name: String,
    roles: String,
    made: String,
    revoked: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/keys.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    keys: Vec<KeySaid>,
    next: Option<String>,
}

async fn list(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let found = store::key_page(&mut app.db.read().await?, wanted.after.as_deref(), ROWS).await?;
    let page = ListPage {
        desk: Desk::load(&app, &caller).await?,
        keys: found.items.into_iter().map(|row| said(row, &visitor, &app)).collect(),
        next: found.next.map(|after| format!("/admin/keys?after={}", encode(&after))),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

fn said(row: KeyRow, visitor: &Visitor, app: &SharedApp) -> KeySaid {
    let words = visitor.words;
    let zone = app.config.museum.zone();
    let roles = Roles::from_text(&row.roles).iter().map(|role| words.t(&format!("role-{role}")));
    KeySaid {
        roles: roles.collect::<Vec<_>>().join(", "),
        made: words.moment(UtcMs(row.created_at), zone),
        revoked: row.revoked_at.map(|at| words.moment(UtcMs(at), zone)),
        id: row.id,
        name: row.name,
    }
}

#[derive(Template)]
#[template(path = "accounts/key_new.html")]
struct NewPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    form: &'a Fields,
    roles: Vec<RoleChoice>,
    rights: Vec<RoleChoice>,
    errors: FormErrors,
    once: String,
}

async fn show_new(State(app): State<SharedApp>, caller: Allowed<ADMIN>, visitor: Visitor) -> Result<Response, Problem> {
    new_page(&app, &caller, &visitor, &Fields::default(), FormErrors::default()).await
}

async fn new_page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let status = errors.status();
    let page = NewPage {
        desk: Desk::load(app, &caller.0).await?,
        roles: role_choices(form, visitor.words),
        rights: right_choices(form, visitor.words),
        once: visitor.fresh_once(),
        visitor,
        form,
        errors,
    };
    Ok(Visitor::show(status, &page))
}

/// A key that was just made. Its secret is shown this once.
#[derive(Template)]
#[template(path = "accounts/key_made.html")]
struct MadePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    name: &'a str,
    secret: String,
}

async fn make(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let name = clean(form.get("name"));
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        errors.add("name", visitor.words.problem("key_name"));
    }
    let roles = roles_of(&form);
    if roles == Roles::default() {
        errors.add("roles", visitor.words.problem("no_role"));
    }
    if !errors.is_empty() {
        return new_page(&app, &caller, &visitor, &form, errors).await;
    }
    let act = caller.act(&app);
    let (deed_act, deed_name, rights) = (act.clone(), name.clone(), rights_of(&form));
    let deed = async move |tx: &mut Conn| {
        let (_, secret) = api_key::create(tx, &deed_act, &deed_name, roles, &rights).await?;
        Ok::<_, db::DbError>((Done::at("/admin/keys"), secret))
    };
    let (response, secret) = act_once_showing(&app, &act, form.get("once"), deed).await?;
    let Some(secret) = secret else { return Ok(response) };
    let page = MadePage { desk: Desk::load(&app, &caller.0).await?, visitor: &visitor, name: &name, secret };
    Ok(Visitor::show(StatusCode::OK, &page))
}

#[derive(Template)]
#[template(path = "accounts/key_revoke.html")]
struct RevokePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    id: ApiKeyId,
    name: String,
    once: String,
}

async fn ask_to_revoke(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<ApiKeyId>,
) -> Result<Response, Problem> {
    let name = store::key_name(&mut app.db.read().await?, id).await?.ok_or_else(|| Problem::not_found("API key"))?;
    let page =
        RevokePage { desk: Desk::load(&app, &caller).await?, once: visitor.fresh_once(), visitor: &visitor, id, name };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn revoke(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<ApiKeyId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        api_key::revoke(tx, &deed_act, id).await?;
        Ok::<_, db::DbError>(Done::at("/admin/keys").saying("key-revoked"))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}
