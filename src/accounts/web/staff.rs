//! `/admin/staff`: who works here, what they may do, and how they get in again.

use super::roles::{RoleChoice, right_choices, rights_of, role_choices, roles_of};
use crate::accounts::change_staff::{ChangeStaffError, StaffChange, change_staff, set_disabled};
use crate::accounts::reset::{self, ResetError};
use crate::accounts::staff::{self, AddStaffError, NewStaff};
use crate::accounts::store::{self, StaffRow};
use crate::accounts::{password, session};
use crate::app::SharedApp;
use crate::kernel::ids::StaffId;
use crate::kernel::roles::Roles;
use crate::kernel::text::clean;
use crate::web::caller::ADMIN;
use crate::web::pages::{
    Desk, Done, Fields, FormErrors, HistoryRow, PageForm, Visitor, Words, act_once, act_once_showing, encode, history,
};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

/// People on a page of the list.
const ROWS: u32 = 100;
/// The most characters of a name.
const NAME_CHARS_MAX: usize = 200;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/admin/staff", get(list))
        .route("/admin/staff/new", get(show_new).post(add))
        .route("/admin/staff/{id}", get(show).post(change))
        .route("/admin/staff/{id}/disabled", post(disable))
        .route("/admin/staff/{id}/sign-out", post(sign_out))
        .route("/admin/staff/{id}/link", post(make_link))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    after: Option<String>,
}

/// A member of staff in the list.
struct Person {
    id: String,
    name: String,
    email: String,
    roles: String,
    disabled: bool,
}

#[derive(Template)]
#[template(path = "accounts/staff.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    people: Vec<Person>,
    next: Option<String>,
}

async fn list(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let found = store::staff_page(&mut app.db.read().await?, wanted.after.as_deref(), ROWS).await?;
    let page = ListPage {
        desk: Desk::load(&app, &caller).await?,
        people: found.items.into_iter().map(|row| person(row, visitor.words)).collect(),
        next: found.next.map(|after| format!("/admin/staff?after={}", encode(&after))),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

fn person(row: StaffRow, words: Words) -> Person {
    let roles = Roles::from_text(&row.roles).iter().map(|role| words.t(&format!("role-{role}")));
    Person {
        roles: roles.collect::<Vec<_>>().join(", "),
        id: row.id,
        name: row.name,
        email: row.email,
        disabled: row.disabled,
    }
}

#[derive(Template)]
#[template(path = "accounts/staff_new.html")]
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

async fn add(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let mut errors = FormErrors::default();
    let change = checked(&form, words, &mut errors);
    let typed = form.get("password").to_owned();
    if !password::is_long_enough(&typed) {
        errors.add("password", words.problem("password_too_short"));
    }
    if !errors.is_empty() {
        return new_page(&app, &caller, &visitor, &form, errors).await;
    }
    let act = caller.act(&app);
    let random = act.random.clone();
    let hashed = tokio::task::spawn_blocking(move || password::hash(&typed, &*random)).await;
    let password_hash = hashed
        .map_err(|error| Problem::internal("the password was not hashed", &error))?
        .map_err(|message| Problem::invalid("password", "invalid_value", message))?;
    let StaffChange { name, roles, rights } = change;
    let new = NewStaff { email: form.get("email").to_owned(), name, password_hash, roles, rights };
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let id = staff::add(tx, &deed_act, &new).await?;
        Ok(Done::at(format!("/admin/staff/{id}")).saying("staff-added").naming(&new.name))
    };
    let key = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(AddStaffError::NotAnEmail(_)) => "not_an_email",
        Err(AddStaffError::EmailTaken) => "email_taken",
        Err(AddStaffError::Db(error)) => return Err(error.into()),
    };
    errors.add("email", words.problem(key));
    new_page(&app, &caller, &visitor, &form, errors).await
}

/// Name, roles and rights as the form says them.
fn checked(form: &Fields, words: Words, errors: &mut FormErrors) -> StaffChange {
    let name = clean(form.get("name"));
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        errors.add("name", words.problem("staff_name"));
    }
    let roles = roles_of(form);
    if roles == Roles::default() {
        errors.add("roles", words.problem("no_role"));
    }
    StaffChange { name, roles, rights: rights_of(form) }
}

#[derive(Template)]
#[template(path = "accounts/staff_person.html")]
struct PersonPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    person: &'a StaffRow,
    form: &'a Fields,
    roles: Vec<RoleChoice>,
    rights: Vec<RoleChoice>,
    /// The link for a new password, shown this once.
    link: Option<String>,
    history: Vec<HistoryRow>,
    errors: FormErrors,
    once: String,
    once_disable: String,
    once_sign_out: String,
    once_link: String,
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<StaffId>,
) -> Result<Response, Problem> {
    person_page(&app, &caller, &visitor, id, None, None, FormErrors::default()).await
}

async fn person_page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    id: StaffId,
    form: Option<&Fields>,
    link: Option<String>,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let person = store::find_row(&mut conn, id).await?.ok_or_else(|| Problem::not_found("member of staff"))?;
    let history = history::of(&mut conn, &visitor.words, app.config.museum.zone(), &[("staff", &id)]).await?;
    drop(conn);
    let stored = stored_form(&person);
    let form = form.unwrap_or(&stored);
    let status = errors.status();
    let page = PersonPage {
        desk: Desk::load(app, &caller.0).await?,
        roles: role_choices(form, visitor.words),
        rights: right_choices(form, visitor.words),
        once: visitor.fresh_once(),
        once_disable: visitor.fresh_once(),
        once_sign_out: visitor.fresh_once(),
        once_link: visitor.fresh_once(),
        person: &person,
        visitor,
        form,
        link,
        history,
        errors,
    };
    Ok(Visitor::show(status, &page))
}

fn stored_form(person: &StaffRow) -> Fields {
    let mut form = Fields::default();
    form.put("name", person.name.as_str());
    for role in Roles::from_text(&person.roles).iter() {
        form.put("roles", role.as_str());
    }
    for right in person.rights.split(',') {
        form.put("rights", right);
    }
    form
}

async fn change(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<StaffId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let change = checked(&form, visitor.words, &mut errors);
    if !errors.is_empty() {
        return person_page(&app, &caller, &visitor, id, Some(&form), None, errors).await;
    }
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        change_staff(tx, &deed_act, id, &change).await?;
        Ok(Done::at(format!("/admin/staff/{id}")).saying("staff-saved").naming(&change.name))
    };
    answer(&app, &caller, &visitor, id, Some(&form), act_once(&app, &act, form.get("once"), deed).await).await
}

async fn disable(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<StaffId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let disabled = form.get("disabled") == "1";
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        set_disabled(tx, &deed_act, id, disabled).await?;
        let said = if disabled { "staff-disabled" } else { "staff-enabled" };
        Ok(Done::at(format!("/admin/staff/{id}")).saying(said))
    };
    answer(&app, &caller, &visitor, id, None, act_once(&app, &act, form.get("once"), deed).await).await
}

/// Shows the refusal of a change on the person's page.
async fn answer(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    id: StaffId,
    form: Option<&Fields>,
    result: Result<Response, ChangeStaffError>,
) -> Result<Response, Problem> {
    match result {
        Ok(response) => Ok(response),
        Err(ChangeStaffError::NotFound) => Err(Problem::not_found("member of staff")),
        Err(ChangeStaffError::LastAdmin) => {
            let mut errors = FormErrors::default();
            errors.add("roles", visitor.words.problem("last_admin"));
            person_page(app, caller, visitor, id, form, None, errors).await
        }
        Err(ChangeStaffError::Db(error)) => Err(error.into()),
    }
}

async fn sign_out(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<StaffId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let ended = session::end_all_of(tx, &deed_act, id).await?;
        let ended = i64::try_from(ended).unwrap_or(i64::MAX);
        Ok::<_, db::DbError>(Done::at(format!("/admin/staff/{id}")).saying("staff-signed-out").counting(ended))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

async fn make_link(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<StaffId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    if form.get("by") == "mail" {
        let language = visitor.words.language;
        let deed = async move |tx: &mut Conn| {
            reset::send_link(tx, &deed_act, id, language.as_str()).await?;
            Ok(Done::at(format!("/admin/staff/{id}")).saying("staff-link-mailed"))
        };
        return match act_once(&app, &act, form.get("once"), deed).await {
            Ok(response) => Ok(response),
            Err(ResetError::Db(error)) => Err(error.into()),
            Err(ResetError::NotFound | ResetError::LinkOver) => Err(Problem::not_found("member of staff")),
        };
    }
    let deed = async move |tx: &mut Conn| {
        let token = reset::make_link(tx, &deed_act, id).await?;
        Ok((Done::at(format!("/admin/staff/{id}")), token))
    };
    let (response, token) = match act_once_showing(&app, &act, form.get("once"), deed).await {
        Ok(done) => done,
        Err(ResetError::Db(error)) => return Err(error.into()),
        Err(ResetError::NotFound | ResetError::LinkOver) => return Err(Problem::not_found("member of staff")),
    };
    let Some(token) = token else { return Ok(response) };
    let link = format!("{}/password/{token}", app.config.server.base_url.trim_end_matches('/'));
    person_page(&app, &caller, &visitor, id, None, Some(link), FormErrors::default()).await
}
