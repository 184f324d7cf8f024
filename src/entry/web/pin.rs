//! `/entry/pin`: the PIN by which somebody admits at a gate whom it refused.

use crate::app::SharedApp;
use crate::entry::set_pin::{self, SetPinError, hash_pin, remove_pin, set_pin};
use crate::kernel::Actor;
use crate::kernel::ids::StaffId;
use crate::web::caller::ENTRY;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/entry/pin", get(show).post(set)).route("/entry/pin/remove", post(remove))
}

#[derive(Template)]
#[template(path = "entry/pin.html")]
struct PinPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    has_one: bool,
    errors: FormErrors,
    once: String,
}

async fn show(State(app): State<SharedApp>, caller: Allowed<ENTRY>, visitor: Visitor) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<ENTRY>,
    visitor: &Visitor,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let staff = staff_of(app, caller)?;
    let has_one = set_pin::has_pin(&mut app.db.read().await?, staff).await?;
    let status = errors.status();
    let desk = Desk::load(app, &caller.0).await?;
    Ok(Visitor::show(status, &PinPage { visitor, desk, has_one, errors, once: visitor.fresh_once() }))
}

async fn set(
    State(app): State<SharedApp>,
    caller: Allowed<ENTRY>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let staff = staff_of(&app, &caller)?;
    let act = caller.act(&app);
    let others = set_pin::others(&mut app.db.read().await?, staff).await?;
    let (pin, salt) = (form.get("pin").trim().to_owned(), act.random.bytes());
    let hashed = tokio::task::spawn_blocking(move || hash_pin(&pin, salt, &others)).await;
    let hashed = hashed.map_err(|error| Problem::internal("a PIN cannot be hashed", &error))?;
    let deed_act = act.clone();
    let result = match hashed {
        Ok(pin) => {
            let deed = async move |tx: &mut Conn| {
                set_pin(tx, &deed_act, staff, &pin).await?;
                Ok::<_, SetPinError>(Done::at("/entry/pin").saying("pin-is-set"))
            };
            act_once(&app, &act, form.get("once"), deed).await
        }
        Err(refusal) => Err(refusal),
    };
    let key = match result {
        Ok(response) => return Ok(response),
        Err(SetPinError::Db(error)) => return Err(error.into()),
        Err(SetPinError::Unfit) => "problem-pin-unfit",
        Err(SetPinError::Taken) => "problem-pin-taken",
        Err(SetPinError::TooMany) => "problem-pin-too-many",
    };
    let mut errors = FormErrors::default();
    errors.add("pin", visitor.t(key));
    page(&app, &caller, &visitor, errors).await
}

async fn remove(
    State(app): State<SharedApp>,
    caller: Allowed<ENTRY>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let staff = staff_of(&app, &caller)?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        remove_pin(tx, &deed_act, staff).await?;
        Ok::<_, db::DbError>(Done::at("/entry/pin").saying("pin-is-removed"))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

/// A PIN belongs to a person; a program has none.
fn staff_of(app: &SharedApp, caller: &Allowed<ENTRY>) -> Result<StaffId, Problem> {
    match caller.act(app).actor {
        Actor::Staff(staff) => Ok(staff),
        _ => Err(Problem::new(StatusCode::FORBIDDEN, "not_a_person", "A PIN belongs to a member of staff.")),
    }
}
