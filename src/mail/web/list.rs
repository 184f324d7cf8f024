//! `/admin/mails`: the outbox, those that failed first, and how they are sent again.

use super::record::MailRow;
use crate::app::SharedApp;
use crate::kernel::ids::MailId;
use crate::mail::{MailFilter, MailState, SendAgainError, mails_page, send_again, send_failed_again};
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, PageForm, Visitor, act_once, address};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::{Conn, DbError};
use serde::Deserialize;

/// Rows of a page.
const ROWS: u32 = 50;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/admin/mails", get(show))
        .route("/admin/mails/send-again", post(send_all))
        .route("/admin/mails/{id}/send-again", post(send_one))
}

/// What somebody looks for. An empty field is none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    state: String,
    q: String,
    after: String,
}

#[derive(Deserialize)]
struct OnceForm {
    once: String,
}

#[derive(Template)]
#[template(path = "mail/list.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    wanted: &'a Wanted,
    states: Vec<(&'static str, String, bool)>,
    mails: Vec<(MailRow, String)>,
    /// How many failed, and the token of the form that sends them all again.
    failed: i64,
    once: String,
    writes_files: bool,
    next: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let state = MailState::of(&wanted.state);
    let filter = MailFilter { state, text: wanted.q.trim().to_lowercase() };
    let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
    let mut conn = app.db.snapshot().await?;
    let page = mails_page(&mut conn, &filter, after, ROWS).await?;
    let failed = crate::mail::count_failed(&mut conn).await?;
    drop(conn);
    let zone = app.config.museum.zone();
    let page = ListPage {
        desk: Desk::load(&app, &caller).await?,
        states: MailState::ALL
            .into_iter()
            .map(|known| (known.as_str(), words.t(&format!("mail-state-{}", known.as_str())), state == Some(known)))
            .collect(),
        mails: page.items.into_iter().map(|mail| (MailRow::of(mail, words, zone), visitor.fresh_once())).collect(),
        failed,
        once: visitor.fresh_once(),
        writes_files: app.mail.carrier.writes_files(),
        next: page
            .next
            .map(|after| address("/admin/mails", &[("state", &wanted.state), ("q", &wanted.q), ("after", &after)])),
        wanted: &wanted,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn send_one(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<MailId>,
    PageForm(form): PageForm<OnceForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| match send_again(tx, &deed_act, id).await {
        // Somebody else was quicker: it waits, which is what was wanted.
        Ok(()) | Err(SendAgainError::NotFailed) => Ok(Done::at("/admin/mails").saying("mail-waits-again")),
        Err(error) => Err(error),
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(SendAgainError::NotFound | SendAgainError::NotFailed) => Err(Problem::not_found("mail")),
        Err(SendAgainError::Db(error)) => Err(error.into()),
    }
}

async fn send_all(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PageForm(form): PageForm<OnceForm>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let count = send_failed_again(tx, &deed_act).await?;
        Ok::<_, DbError>(Done::at("/admin/mails").saying("mails-wait-again").counting(count))
    };
    Ok(act_once(&app, &act, &form.once, deed).await?)
}
