//! `/p/{token}`: the holder makes the annual ticket their own, and later sees where it is. The link is the key.
//!
//! The deeds and rules are those of the API and of the desk. What is right is stored at once, even when something else in the form
//! is wrong; nothing is final before the holder says so on a page of its own; after that the link changes nothing, so whoever sends
//! a form twice, or from an old page, sees what is.

use super::dossier::{Dossier, Stage};
use super::person_form::{Demand, Filler, PersonForm};
use super::photo_form::{self, FORM_BYTES_MAX, PhotoForm, PortraitPart, Upload, refusal_sentence, take_picture};
use crate::app::SharedApp;
use crate::cards::api::{Own, prepare_now, read_own_photo};
use crate::cards::finalize::{FinalizeError, finalize};
use crate::cards::personalize::{Personalization, PersonalizeError, personalize};
use crate::kernel::period::local_day;
use crate::web::pages::{Fields, FormErrors, PageForm, Visitor};
use crate::web::{Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::{Conn, DbError};
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/p/{token}", get(show).post(save))
        .route("/p/{token}/photo", get(read_own_photo).post(portray))
        .route("/p/{token}/check", get(check))
        .route("/p/{token}/finalize", post(complete))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

#[derive(Template)]
#[template(path = "cards/own_form.html")]
struct FormPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    dossier: &'a Dossier,
    filler: Filler,
    form: PersonForm,
    errors: FormErrors,
}

/// The page when somebody has filled in all but the portrait.
#[derive(Template)]
#[template(path = "cards/own_photo.html")]
struct PhotoPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    dossier: &'a Dossier,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "cards/own_check.html")]
struct CheckPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    dossier: &'a Dossier,
    /// Whether it changed while the holder looked at it.
    changed: bool,
}

#[derive(Template)]
#[template(path = "cards/own_status.html")]
struct StatusPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    dossier: &'a Dossier,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "cards/own_unknown.html")]
struct UnknownPage<'a> {
    visitor: &'a Visitor,
}

#[derive(Deserialize)]
struct Confirmation {
    /// The fingerprint of what was on the page.
    seen: String,
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Result<Own, Problem>,
    Path(token): Path<String>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let Some(own) = known(own)? else { return Ok(unknown(&visitor)) };
    let dossier = read(&app, own).await?;
    Ok(if is_only_the_photo_missing(&dossier) && !query.has("all") {
        photo_page(&visitor, &token, &dossier, FormErrors::default())
    } else if dossier.is_open() {
        form_page(StatusCode::OK, &visitor, &token, &dossier, PersonForm::of(&dossier), FormErrors::default())
    } else {
        status_page(&visitor, &token, &dossier, FormErrors::default())
    })
}

async fn save(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Result<Own, Problem>,
    Path(token): Path<String>,
    posted: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let Some(id) = known(own)? else { return Ok(unknown(&visitor)) };
    let PhotoForm { person, upload, cut, .. } = PhotoForm::read(posted).await?;
    let dossier = read(&app, id).await?;
    if !dossier.is_open() {
        return Ok(to_page(&token, ""));
    }
    let words = visitor.words;
    let mut errors = match person.checked(&dossier, Demand::All, words) {
        Ok(given) => match store(&app, id, given).await {
            Ok(()) => FormErrors::default(),
            Err(error) => match refused_field(error, &visitor)? {
                Some(errors) => errors,
                None => return Ok(to_page(&token, "")),
            },
        },
        Err(found) => found,
    };
    let needs_photo = dossier.needs_photo() && dossier.ticket.photo_id.is_none();
    if !matches!(upload, Upload::None) {
        if let Some(refusal) = take_picture(&app, &id.act(&app), id.0, upload, cut).await? {
            errors.add("photo", refusal_sentence(refusal, words));
        }
    } else if needs_photo {
        errors.add("photo", words.t("photo-missing"));
    }
    if errors.is_empty() {
        return Ok(to_page(&token, "/check"));
    }
    let dossier = read(&app, id).await?;
    Ok(form_page(StatusCode::UNPROCESSABLE_ENTITY, &visitor, &token, &dossier, person, errors))
}

/// Takes a picture alone: from a page whose script lets the holder choose the part, or from one on which nothing else is missing.
async fn portray(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Result<Own, Problem>,
    Path(token): Path<String>,
    headers: HeaderMap,
    posted: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let Some(id) = known(own)? else { return Ok(unknown(&visitor)) };
    let PhotoForm { upload, cut, .. } = PhotoForm::read(posted).await?;
    let before = read(&app, id).await?;
    let is_kept = matches!(upload, Upload::None) && before.ticket.photo_id.is_some();
    let mut refused = None;
    if (before.is_open() || before.review.shortcoming().is_some()) && !is_kept {
        let is_missing = matches!(upload, Upload::None);
        let refusal = take_picture(&app, &id.act(&app), id.0, upload, cut).await?;
        let sentence = |refusal| refusal_sentence(refusal, visitor.words);
        refused = refusal.map(|refusal| if is_missing { visitor.t("photo-missing") } else { sentence(refusal) });
        prepare_now(&app, id.0).await;
    }
    let dossier = read(&app, id).await?;
    if photo_form::wants_part(&headers) {
        return Ok(PortraitPart::of(&dossier, &visitor, &format!("/p/{token}"), refused.as_deref()).respond());
    }
    let Some(sentence) = refused else {
        let is_ready = dossier.is_open() && dossier.missing().is_empty();
        return Ok(to_page(&token, if is_ready { "/check" } else { "" }));
    };
    let mut errors = FormErrors::default();
    errors.add("photo", sentence);
    Ok(if dossier.is_open() {
        photo_page(&visitor, &token, &dossier, errors)
    } else {
        status_page(&visitor, &token, &dossier, errors)
    })
}

async fn check(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Result<Own, Problem>,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let Some(id) = known(own)? else { return Ok(unknown(&visitor)) };
    let dossier = read(&app, id).await?;
    if !dossier.is_open() || !dossier.missing().is_empty() {
        return Ok(to_page(&token, ""));
    }
    let page = CheckPage { visitor: &visitor, token: &token, dossier: &dossier, changed: false };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// Why a confirmation did not complete the personalization.
enum NotCompleted {
    /// What the holder saw is not what would be completed.
    Changed(Box<Dossier>),
    /// The deed refused.
    Refused(FinalizeError),
}

impl From<DbError> for NotCompleted {
    fn from(error: DbError) -> Self {
        Self::Refused(error.into())
    }
}

async fn complete(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Result<Own, Problem>,
    Path(token): Path<String>,
    PageForm(confirmed): PageForm<Confirmation>,
) -> Result<Response, Problem> {
    let Some(id) = known(own)? else { return Ok(unknown(&visitor)) };
    let (act, zone) = (id.act(&app), app.config.museum.zone());
    let today = local_day(act.now, zone);
    let completed = app
        .db
        .write(async move |tx: &mut Conn| {
            let dossier = Dossier::read(tx, id.0, act.now, zone).await?;
            if dossier.is_open() && dossier.fingerprint() != confirmed.seen {
                return Err(NotCompleted::Changed(Box::new(dossier)));
            }
            finalize(tx, &act, id.0, today, zone).await.map_err(NotCompleted::Refused)
        })
        .await;
    match completed {
        Ok(()) => prepare_now(&app, id.0).await,
        Err(NotCompleted::Changed(dossier)) => {
            let page = CheckPage { visitor: &visitor, token: &token, dossier: &dossier, changed: true };
            return Ok(Visitor::show(StatusCode::CONFLICT, &page));
        }
        Err(NotCompleted::Refused(FinalizeError::Db(error))) => return Err(error.into()),
        // Whatever else was refused, the page shows how things stand: completed already, or something is missing.
        Err(NotCompleted::Refused(_)) => {}
    }
    Ok(to_page(&token, ""))
}

async fn store(app: &SharedApp, id: Own, given: Personalization) -> Result<(), PersonalizeError> {
    let act = id.act(app);
    let today = local_day(act.now, app.config.museum.zone());
    app.db.write(async move |tx: &mut Conn| personalize(tx, &act, id.0, &given, today).await).await
}

/// A refusal of the deed, beside its field; `None` when the annual ticket is no longer open.
pub(super) fn refused_field(error: PersonalizeError, visitor: &Visitor) -> Result<Option<FormErrors>, Problem> {
    let mut errors = FormErrors::default();
    match error {
        PersonalizeError::Db(error) => return Err(error.into()),
        PersonalizeError::UnknownHouse => errors.add("delivery", visitor.t("delivery-missing")),
        PersonalizeError::Start(_) | PersonalizeError::AlreadyBegun => {
            errors.add("starts_on", visitor.t("start-refused"));
        }
        PersonalizeError::UnknownAnnualTicket
        | PersonalizeError::Cancelled
        | PersonalizeError::AlreadyFinalized
        | PersonalizeError::Changed { .. }
        | PersonalizeError::Incomplete { .. } => return Ok(None),
    }
    Ok(Some(errors))
}

/// Whose link it is; `None` for nobody's.
fn known(own: Result<Own, Problem>) -> Result<Option<Own>, Problem> {
    match own {
        Ok(own) => Ok(Some(own)),
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn unknown(visitor: &Visitor) -> Response {
    Visitor::show(StatusCode::NOT_FOUND, &UnknownPage { visitor })
}

/// Whether the museum or the holder has filled in all that the product demands, and the delivery, but for the portrait.
fn is_only_the_photo_missing(dossier: &Dossier) -> bool {
    dossier.is_open() && dossier.ticket.delivery.is_some() && dossier.missing() == ["photo"]
}

fn photo_page(visitor: &Visitor, token: &str, dossier: &Dossier, errors: FormErrors) -> Response {
    Visitor::show(errors.status(), &PhotoPage { visitor, token, dossier, errors })
}

fn status_page(visitor: &Visitor, token: &str, dossier: &Dossier, errors: FormErrors) -> Response {
    let status = errors.status();
    Visitor::show(status, &StatusPage { visitor, token, dossier, errors })
}

fn to_page(token: &str, below: &str) -> Response {
    Redirect::to(&format!("/p/{token}{below}")).into_response()
}

fn form_page(
    status: StatusCode,
    visitor: &Visitor,
    token: &str,
    dossier: &Dossier,
    form: PersonForm,
    errors: FormErrors,
) -> Response {
    Visitor::show(status, &FormPage { visitor, token, dossier, filler: Filler::Holder, form, errors })
}

async fn read(app: &SharedApp, own: Own) -> Result<Dossier, Problem> {
    let mut conn = app.db.snapshot().await?;
    Ok(Dossier::read(&mut conn, own.0, app.clock.now(), app.config.museum.zone()).await?)
}

impl FormPage<'_> {
    /// Below which address the holder's pages stand.
    fn base(&self) -> String {
        format!("/p/{}", self.token)
    }

    fn portrait(&self) -> PortraitPart<'_> {
        PortraitPart::of(self.dossier, self.visitor, &self.base(), self.errors.of("photo"))
    }
}

impl PhotoPage<'_> {
    fn base(&self) -> String {
        format!("/p/{}", self.token)
    }

    fn portrait(&self) -> PortraitPart<'_> {
        PortraitPart::of(self.dossier, self.visitor, &self.base(), self.errors.of("photo"))
    }
}

impl CheckPage<'_> {
    fn base(&self) -> String {
        format!("/p/{}", self.token)
    }
}

impl StatusPage<'_> {
    fn base(&self) -> String {
        format!("/p/{}", self.token)
    }

    fn portrait(&self) -> PortraitPart<'_> {
        PortraitPart::of(self.dossier, self.visitor, &self.base(), self.errors.of("photo"))
    }

    fn stages(&self) -> Vec<Stage> {
        self.dossier.stages(&self.visitor.words)
    }
}
