//! `/annual-tickets/photos`: visitors' portraits that somebody has to look at, one after the other: accept, cut anew, or ask for
//! another one with a reason.
//!
//! Each decision leads to the next portrait, with the same button under the same key. Cutting anew is an upload by the desk, which
//! needs no further look.

use super::dossier::Dossier;
use super::photo_form::PortraitPart;
use super::photo_mail::key_of;
use crate::app::SharedApp;
use crate::cards::api::prepare_now;
use crate::cards::review_photo::{ReviewError, accept, ask_again};
use crate::cards::store::photos;
use crate::kernel::ids::{AnnualTicketId, PhotoId};
use crate::people::{Review, Shortcoming};
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;

/// The path of the page.
pub(super) const PATH: &str = "/annual-tickets/photos";
/// How many of those that wait are shown beside the one that is looked at.
const SHOWN: u32 = 13;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/annual-tickets/photos", get(show).post(decide))
}

/// A portrait that waits behind the one that is looked at.
struct Later {
    id: AnnualTicketId,
    name: String,
    photo: PhotoId,
}

#[derive(Template)]
#[template(path = "cards/photos.html")]
struct PhotosPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    /// The one that is looked at, with the portrait that the page shows.
    looked_at: Option<(Dossier, PhotoId)>,
    later: Vec<Later>,
    total: String,
    errors: FormErrors,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, query.get("ticket").parse().ok(), FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    wanted: Option<AnnualTicketId>,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let (now, zone) = (app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let waiting = photos::waiting(&mut conn, None, SHOWN).await?.items;
    let total = photos::count_waiting(&mut conn).await?;
    let first = wanted.or_else(|| waiting.first().copied());
    let mut looked_at = None;
    if let Some(id) = first {
        let dossier = Dossier::read(&mut conn, id, now, zone).await.ok();
        looked_at = dossier.and_then(|dossier| Some((dossier.ticket.photo_id?, dossier)));
    }
    let looked_at = looked_at.filter(|(_, dossier)| dossier.review == Review::Waiting);
    let mut later = Vec::new();
    for id in waiting {
        if looked_at.as_ref().is_some_and(|(_, dossier)| dossier.ticket.id == id) {
            continue;
        }
        let dossier = Dossier::read(&mut conn, id, now, zone).await?;
        later.extend(dossier.ticket.photo_id.map(|photo| Later { id, name: dossier.ticket.holder.name(), photo }));
    }
    drop(conn);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = PhotosPage {
        visitor,
        desk,
        looked_at: looked_at.map(|(photo, dossier)| (dossier, photo)),
        later,
        total: visitor.words.t1("photos-total", "count", total),
        errors,
        once: visitor.fresh_once(),
    };
    Ok(Visitor::show(status, &page))
}

async fn decide(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let missing = |_| Problem::not_found("annual ticket");
    let id: AnnualTicketId = form.get("ticket").parse().map_err(missing)?;
    let photo: PhotoId = form.get("photo").parse().map_err(missing)?;
    let shortcoming = Shortcoming::of(form.get("reason"));
    let is_refusal = form.get("decision") == "again";
    let name = Dossier::known(&app, id).await?.ticket.holder.name();
    let act = caller.act(&app);
    let deed_act = act.clone();
    let decided = act_once(&app, &act, form.get("once"), async move |tx: &mut Conn| {
        let said = match shortcoming {
            Some(why) if is_refusal => {
                let is_told = ask_again(tx, &deed_act, id, photo, why).await?;
                if is_told { "photo-asked-again" } else { "photo-asked-again-without-mail" }
            }
            _ => {
                accept(tx, &deed_act, id, photo).await?;
                "photo-accepted"
            }
        };
        Ok::<_, ReviewError>(Done::at(PATH).saying(said).naming(&name))
    });
    let refusal = match decided.await {
        Ok(response) => {
            prepare_now(&app, id).await;
            return Ok(response);
        }
        Err(ReviewError::Db(error)) => return Err(error.into()),
        Err(ReviewError::UnknownAnnualTicket) => return Err(Problem::not_found("annual ticket")),
        Err(ReviewError::Cancelled | ReviewError::NotWaiting) => visitor.t("photos-moved-on"),
    };
    let mut errors = FormErrors::default();
    errors.add("content", refusal);
    page(&app, &caller.0, &visitor, None, errors).await
}

impl PhotosPage<'_> {
    /// Why another portrait may be wanted: the word, what the visitor will read, and the key.
    fn shortcomings(&self) -> Vec<(&'static str, String, usize)> {
        let offered = Shortcoming::ALL.into_iter().zip(1..);
        offered.map(|(why, key)| (why.as_str(), self.visitor.t(&key_of(why)), key)).collect()
    }

    fn portrait(&self, dossier: &Dossier) -> String {
        let base = format!("/annual-tickets/{}", dossier.ticket.id);
        PortraitPart::of(dossier, self.visitor, &base, None).render().unwrap_or_default()
    }
}
