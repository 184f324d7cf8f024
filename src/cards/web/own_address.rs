//! `/p/{token}/address`: the post brought the card back; its holder gives the right address.

use super::dossier::Dossier;
use super::person_form::{Filler, PersonForm};
use crate::app::SharedApp;
use crate::cards::api::Own;
use crate::cards::mend_address::{MendError, mend_address};
use crate::web::Problem;
use crate::web::pages::{Done, Fields, FormErrors, PageForm, Visitor, act_once};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use db::Conn;

/// The fields of the form.
const FIELDS: [&str; 5] = ["street", "extra", "postal_code", "city", "country"];

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/p/{token}/address", get(show).post(mend))
}

#[derive(Template)]
#[template(path = "cards/own_address.html")]
struct AddressPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    dossier: &'a Dossier,
    filler: Filler,
    form: PersonForm,
    errors: FormErrors,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Own,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let dossier = Dossier::known(&app, own.ticket()).await?;
    if !dossier.came_back() {
        return Ok(status_page(&token));
    }
    let form = PersonForm::of(&dossier);
    Ok(page(StatusCode::OK, &visitor, &token, &dossier, form, FormErrors::default()))
}

async fn mend(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Own,
    Path(token): Path<String>,
    PageForm(typed): PageForm<Fields>,
) -> Result<Response, Problem> {
    let dossier = Dossier::known(&app, own.ticket()).await?;
    let mut form = PersonForm::of(&dossier);
    for name in FIELDS {
        if let Some(field) = form.field(name) {
            typed.get(name).clone_into(field);
        }
    }
    let mut errors = FormErrors::default();
    let Some(address) = form.checked_address(true, &mut errors, visitor.words) else {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &visitor, &token, &dossier, form, errors));
    };
    let act = own.act(&app);
    let deed = {
        let (act, path) = (act.clone(), format!("/p/{token}"));
        async move |tx: &mut Conn| -> Result<Done, MendError> {
            mend_address(tx, &act, own.ticket(), &address).await?;
            Ok(Done::at(&path).saying("own-address-mended"))
        }
    };
    match act_once(&app, &act, typed.get("once"), deed).await {
        Ok(response) => Ok(response),
        // It went on meanwhile: the page shows how things stand.
        Err(MendError::NotReturned) => Ok(status_page(&token)),
        Err(MendError::Db(error)) => Err(error.into()),
    }
}

fn status_page(token: &str) -> Response {
    Redirect::to(&format!("/p/{token}")).into_response()
}

fn page(
    status: StatusCode,
    visitor: &Visitor,
    token: &str,
    dossier: &Dossier,
    form: PersonForm,
    errors: FormErrors,
) -> Response {
    let once = visitor.fresh_once();
    Visitor::show(status, &AddressPage { visitor, token, dossier, filler: Filler::Holder, form, errors, once })
}
