//! `/password/forgotten`: a link for a new password by mail, with the same answer whoever asks.

use crate::accounts::reset;
use crate::app::SharedApp;
use crate::web::Problem;
use crate::web::pages::ask_for_mail::{Asked, AskedFor, MailForm};
use crate::web::pages::{ClientAddress, PageForm, Visitor};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;

static FORM: MailForm = MailForm {
    path: "/password/forgotten",
    shown_at: "/password/forgotten",
    title: "password-new",
    lead: "password-forgotten-lead",
    send: "password-send-link",
    asked: "password-asked",
    autocomplete: "username",
    offers_another: false,
    then: ("/sign-in", "sign-in"),
    otherwise: None,
};

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/password/forgotten", get(show).post(ask))
}

async fn show(visitor: Visitor, Query(shown): Query<Asked>) -> Response {
    FORM.show(&visitor, &shown)
}

async fn ask(
    State(app): State<SharedApp>,
    visitor: Visitor,
    client: ClientAddress,
    PageForm(typed): PageForm<AskedFor>,
) -> Result<Response, Problem> {
    FORM.ask(&app, &visitor, client, &typed, reset::ask_for_link).await
}
