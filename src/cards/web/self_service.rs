//! `/p/{token}`: the holder makes the annual ticket their own, and later sees where it is. The link is the key.
//!
//! The deeds and rules are those of the API and of the desk. What is right is stored at once, even when something else in the form
//! is wrong; nothing is final before the holder says so on a page of its own; after that the link changes nothing, so whoever sends
//! a form twice, or from an old page, sees what is.

use super::own_form::{COUNTRIES, OwnForm, Upload};
use super::own_ticket::{OwnTicket, Stage};
use crate::app::SharedApp;
use crate::cards::annual_ticket::{Personalized, Status};
use crate::cards::api::{Own, UploadError, prepare_now, read_own_photo, store_picture, tidy_up};
use crate::cards::finalize::{FinalizeError, finalize};
use crate::cards::personalize::{Personalization, PersonalizeError, personalize};
use crate::cards::portray::portray;
use crate::catalog::House;
use crate::catalog::product::PersonalField;
use crate::kernel::period::local_day;
use crate::people::photo::PhotoRefusal;
use crate::web::Problem;
use crate::web::pages::{FormErrors, PageForm, Visitor};
use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::{Conn, DbError};
use serde::Deserialize;

/// The most bytes of a form with its picture. It is more than a portrait may have, so that the page can say what is wrong.
const FORM_BYTES_MAX: usize = 64 * 1024 * 1024;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/p/{token}", get(show).post(save))
        .route("/p/{token}/photo", get(read_own_photo))
        .route("/p/{token}/check", get(check))
        .route("/p/{token}/finalize", post(complete))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
}

#[derive(Template)]
#[template(path = "cards/own_form.html")]
struct FormPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    own: &'a OwnTicket,
    form: OwnForm,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "cards/own_check.html")]
struct CheckPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    own: &'a OwnTicket,
    /// Whether it changed while the holder looked at it.
    changed: bool,
}

#[derive(Template)]
#[template(path = "cards/own_status.html")]
struct StatusPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    own: &'a OwnTicket,
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
) -> Result<Response, Problem> {
    let Some(own) = known(own)? else { return Ok(unknown(&visitor)) };
    let own = read(&app, own).await?;
    Ok(if is_open(&own) {
        form_page(StatusCode::OK, &visitor, &token, &own, OwnForm::of(&own), FormErrors::default())
    } else {
        Visitor::show(StatusCode::OK, &StatusPage { visitor: &visitor, token: &token, own: &own })
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
    let unreadable = |detail: String| Problem::new(StatusCode::BAD_REQUEST, "bad_form", detail);
    let posted = posted.map_err(|rejection| unreadable(rejection.body_text()))?;
    let (form, upload) = OwnForm::read(posted).await.map_err(|error| unreadable(error.body_text()))?;
    let own = read(&app, id).await?;
    if !is_open(&own) {
        return Ok(to_page(&token, ""));
    }
    let words = visitor.words;
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let mut errors = FormErrors::default();
    match form.checked(&own, today, words) {
        Ok(given) => match store(&app, id, given).await {
            Ok(()) => {}
            Err(PersonalizeError::Db(error)) => return Err(error.into()),
            Err(PersonalizeError::UnknownHouse) => errors.add("delivery", words.t("delivery-missing")),
            Err(PersonalizeError::Start(_) | PersonalizeError::AlreadyBegun) => {
                errors.add("starts_on", words.t("start-refused"));
            }
            Err(_) => return Ok(to_page(&token, "")),
        },
        Err(found) => errors = found,
    }
    let needs_photo = own.product.required_fields.contains(&PersonalField::Photo) && own.ticket.photo_id.is_none();
    let refused = match upload {
        Upload::Picture(bytes) => take_picture(&app, id, bytes).await?,
        Upload::TooLarge => Some(PhotoRefusal::TooLarge),
        Upload::None => {
            if needs_photo {
                errors.add("photo", words.t("photo-missing"));
            }
            None
        }
    };
    if let Some(refusal) = refused {
        errors.add(
            "photo",
            words.t(match refusal {
                PhotoRefusal::TooLarge => "photo-too-large",
                PhotoRefusal::Unreadable => "photo-unreadable",
                PhotoRefusal::TooSmall => "photo-too-small",
            }),
        );
    }
    if errors.is_empty() {
        return Ok(to_page(&token, "/check"));
    }
    let own = read(&app, id).await?;
    Ok(form_page(StatusCode::UNPROCESSABLE_ENTITY, &visitor, &token, &own, form, errors))
}

async fn check(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Result<Own, Problem>,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let Some(id) = known(own)? else { return Ok(unknown(&visitor)) };
    let own = read(&app, id).await?;
    if !is_open(&own) || !own.missing().is_empty() {
        return Ok(to_page(&token, ""));
    }
    Ok(Visitor::show(StatusCode::OK, &CheckPage { visitor: &visitor, token: &token, own: &own, changed: false }))
}

/// Why a confirmation did not complete the personalization.
enum NotCompleted {
    /// What the holder saw is not what would be completed.
    Changed(Box<OwnTicket>),
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
            let own = OwnTicket::read(tx, id.0, act.now, zone).await?;
            if is_open(&own) && own.fingerprint() != confirmed.seen {
                return Err(NotCompleted::Changed(Box::new(own)));
            }
            finalize(tx, &act, id.0, today, zone).await.map_err(NotCompleted::Refused)
        })
        .await;
    match completed {
        Ok(()) => prepare_now(&app, id.0).await,
        Err(NotCompleted::Changed(own)) => {
            let page = CheckPage { visitor: &visitor, token: &token, own: &own, changed: true };
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

/// Puts the picture on the annual ticket; answers why not, if it cannot be a portrait.
async fn take_picture(app: &SharedApp, id: Own, bytes: Bytes) -> Result<Option<PhotoRefusal>, Problem> {
    let act = id.act(app);
    let portrait = match store_picture(app, &act, bytes, None).await {
        Ok(portrait) => portrait,
        Err(UploadError::Refused(refusal)) => return Ok(Some(refusal)),
        Err(UploadError::Failed(problem)) => return Err(problem),
    };
    let stored = portrait.clone();
    let portrayed = app.db.write(async move |tx: &mut Conn| portray(tx, &act, id.0, &stored).await).await;
    tidy_up(app, &portrait).await;
    match portrayed {
        Err(PersonalizeError::Db(error)) => Err(error.into()),
        // Completed in the meantime: the page that follows shows it.
        Ok(()) | Err(_) => Ok(None),
    }
}

/// Whether the holder can still change it here.
fn is_open(own: &OwnTicket) -> bool {
    own.ticket.state == Personalized::AwaitingPersonalization && own.ticket.status != Status::Cancelled
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

fn to_page(token: &str, below: &str) -> Response {
    Redirect::to(&format!("/p/{token}{below}")).into_response()
}

fn form_page(
    status: StatusCode,
    visitor: &Visitor,
    token: &str,
    own: &OwnTicket,
    form: OwnForm,
    errors: FormErrors,
) -> Response {
    Visitor::show(status, &FormPage { visitor, token, own, form, errors })
}

async fn read(app: &SharedApp, own: Own) -> Result<OwnTicket, Problem> {
    let mut conn = app.db.snapshot().await?;
    Ok(OwnTicket::read(&mut conn, own.0, app.clock.now(), app.config.museum.zone()).await?)
}

impl FormPage<'_> {
    fn photo_path(&self) -> Option<String> {
        self.own.photo_path(self.token)
    }

    fn needs_birth_date(&self) -> bool {
        self.own.product.required_fields.contains(&PersonalField::BirthDate)
    }

    fn needs_photo(&self) -> bool {
        self.own.product.required_fields.contains(&PersonalField::Photo)
    }

    fn is_pickup(&self, house: &House) -> bool {
        self.form.delivery.strip_prefix("pickup:") == Some(house.key.as_str())
    }

    fn offers_counter(&self) -> bool {
        self.form.delivery == "counter"
    }

    /// The countries on offer, with the one that is chosen.
    fn countries(&self) -> Vec<(String, String)> {
        let mut countries: Vec<_> = COUNTRIES
            .iter()
            .map(|code| ((*code).to_owned(), self.visitor.t(&format!("country-{}", code.to_lowercase()))))
            .collect();
        let is_listed = countries.iter().any(|(code, _)| *code == self.form.country);
        if !is_listed && !self.form.country.is_empty() {
            countries.push((self.form.country.clone(), self.form.country.clone()));
        }
        countries
    }
}

impl CheckPage<'_> {
    fn photo_path(&self) -> Option<String> {
        self.own.photo_path(self.token)
    }

    fn findings(&self) -> Vec<String> {
        self.own
            .findings
            .iter()
            .map(|finding| self.visitor.t(&format!("finding-{}", finding.replace('_', "-"))))
            .collect()
    }
}

impl StatusPage<'_> {
    fn photo_path(&self) -> Option<String> {
        self.own.photo_path(self.token)
    }

    fn stages(&self) -> Vec<Stage> {
        self.own.stages(&self.visitor.words)
    }
}
