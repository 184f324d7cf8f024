//! `/shop/lost-link`: the links of somebody's orders by mail, with the same answer for every address.

use crate::app::SharedApp;
use crate::sales::send_link::ask_for_links;
use crate::web::Problem;
use crate::web::pages::ask_for_mail::{Asked, AskedFor, MailForm};
use crate::web::pages::{ClientAddress, PageForm, Visitor};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;

static FORM: MailForm = MailForm {
    path: "/shop/lost-link",
    shown_at: "/shop/lost-link",
    title: "lost-link-title",
    lead: "lost-link-lead",
    send: "lost-link-send",
    asked: "lost-link-asked",
    autocomplete: "email",
    offers_another: true,
    then: ("/shop", "shop-to-shop"),
    otherwise: None,
};

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/shop/lost-link", get(show).post(ask))
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
    FORM.ask(&app, &visitor, client, &typed, ask_for_links).await
}
