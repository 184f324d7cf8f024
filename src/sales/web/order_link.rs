//! `/orders/{id}/link`: an order's link once more, to the address that is right; `/annual-tickets/remind`: reminders to those whose
//! annual tickets still wait for a name and a photo.

use crate::app::SharedApp;
use crate::kernel::ids::{AnnualTicketId, OrderId};
use crate::sales::send_link::{Reminded, SendLinkError, remind, send_link};
use crate::web::caller::{PERSONALIZATION, SHOP};
use crate::web::pages::{Done, Fields, PageForm, act_once, local_path};
use crate::web::{Allowed, PathKey, Problem};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use db::{Conn, DbError};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The most annual tickets of one form.
const TICKETS_MAX: usize = 500;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/orders/{id}/link", post(send)).route("/annual-tickets/remind", post(send_reminders))
}

#[derive(Deserialize)]
struct LinkForm {
    once: String,
    email: String,
}

async fn send(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    PathKey(id): PathKey<OrderId>,
    PageForm(form): PageForm<LinkForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| -> Result<Done, SendLinkError> {
        send_link(tx, &deed_act, id, &form.email).await?;
        Ok(Done::at(format!("/orders/{id}")).saying("order-link-sent").naming(form.email.trim()))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        // What is wrong is said where the form stands, as what was done is.
        Err(SendLinkError::Input(_)) => {
            Ok(Done::at(format!("/orders/{id}#mails")).saying("buyer-email-wrong").respond(&app))
        }
        Err(SendLinkError::Over(_)) => Ok(Done::at(format!("/orders/{id}")).saying("order-link-over").respond(&app)),
        Err(SendLinkError::NotFound) => Err(Problem::not_found("order")),
        Err(SendLinkError::Db(error)) => Err(error.into()),
    }
}

async fn send_reminders(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    // Those that were ticked, or all that the page shows.
    let which = if form.get("which") == "shown" { "shown" } else { "ticket" };
    let tickets: BTreeSet<AnnualTicketId> =
        form.all(which).into_iter().filter_map(|id| id.parse().ok()).take(TICKETS_MAX).collect();
    let back = local_path(form.get("back"), "/annual-tickets").to_owned();
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let Reminded { mails, left_out } = remind(tx, &deed_act, &tickets).await?;
        let said = match (mails, left_out) {
            (0, 0) => "reminded-nothing",
            (0, _) => "reminded-nobody",
            (_, 0) => "reminded",
            _ => "reminded-some",
        };
        Ok::<_, DbError>(Done::at(&back).saying(said).counting(mails))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}
