//! A picture that comes with a form, and what the page says about it.
//!
//! The picture is sent as it was taken, with the chosen part as numbers; the server cuts. A page with scripts sends it alone and gets
//! back the part of the page that shows the portrait; a page without them sends it with all its other fields.

use super::dossier::Dossier;
use super::person_form::PersonForm;
use crate::app::SharedApp;
use crate::cards::api::{UploadError, store_picture, tidy_up};
use crate::cards::personalize::PersonalizeError;
use crate::cards::portray::portray;
use crate::kernel::Act;
use crate::kernel::ids::AnnualTicketId;
use crate::people::crop::Cut;
use crate::people::photo::{BYTES_MAX, PhotoRefusal};
use crate::people::picture_file::Flaw;
use crate::web::Problem;
use crate::web::pages::{Visitor, Words};
use askama::Template;
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::{HeaderMap, StatusCode};
use db::Conn;
use std::collections::BTreeMap;

/// The most bytes of a field that is no file.
const FIELD_BYTES_MAX: usize = 4 * 1024;
/// The fields with a picture: a file, and on phones the camera.
const PICTURES: [&str; 2] = ["photo", "camera"];

/// The most bytes of a form with its picture. It is more than a portrait may have, so that the page can say what is wrong.
pub(super) const FORM_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The picture that came with a form.
#[derive(Debug, Default)]
pub(super) enum Upload {
    /// None was chosen.
    #[default]
    None,
    /// Its bytes.
    Picture(Bytes),
    /// It has more bytes than a portrait may have.
    TooLarge,
}

/// A form with a picture.
#[derive(Debug, Default)]
pub(super) struct PhotoForm {
    pub(super) person: PersonForm,
    pub(super) upload: Upload,
    /// The part that was chosen of the picture.
    pub(super) cut: Option<Cut>,
    /// The other fields.
    pub(super) rest: BTreeMap<String, String>,
}

impl PhotoForm {
    /// Reads a posted form. Of a file that is too large the rest is read and dropped, so that the browser hears the answer.
    ///
    /// # Errors
    /// When it is no form, or is cut off.
    pub(super) async fn read(posted: Result<Multipart, MultipartRejection>) -> Result<Self, Problem> {
        let mut parts = posted.map_err(|rejection| unreadable(rejection.body_text()))?;
        let mut form = Self::default();
        while let Some(mut part) = parts.next_field().await.map_err(|error| unreadable(error.body_text()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_picture = PICTURES.contains(&name.as_str());
            let limit = if is_picture { BYTES_MAX } else { FIELD_BYTES_MAX };
            let (mut bytes, mut is_too_large) = (Vec::new(), false);
            while let Some(chunk) = part.chunk().await.map_err(|error| unreadable(error.body_text()))? {
                is_too_large |= bytes.len() + chunk.len() > limit;
                if !is_too_large {
                    bytes.extend_from_slice(&chunk);
                }
            }
            if is_picture {
                match (is_too_large, bytes.is_empty()) {
                    (true, _) => form.upload = Upload::TooLarge,
                    (false, true) => {}
                    (false, false) => form.upload = Upload::Picture(bytes.into()),
                }
                continue;
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if name == "cut" {
                form.cut = Cut::parse(&text);
            } else if let Some(field) = form.person.field(&name) {
                *field = text;
            } else {
                form.rest.insert(name, text);
            }
        }
        Ok(form)
    }
}

/// Puts the picture on the annual ticket; answers why not, if it cannot be a portrait.
///
/// # Errors
/// When something else went wrong.
pub(super) async fn take_picture(
    app: &SharedApp,
    act: &Act,
    id: AnnualTicketId,
    upload: Upload,
    cut: Option<Cut>,
) -> Result<Option<PhotoRefusal>, Problem> {
    let bytes = match upload {
        Upload::None => return Ok(Some(Flaw::Empty.into())),
        Upload::TooLarge => return Ok(Some(PhotoRefusal::TooManyBytes)),
        Upload::Picture(bytes) => bytes,
    };
    let portrait = match store_picture(app, act, bytes, cut).await {
        Ok(portrait) => portrait,
        Err(UploadError::Refused(refusal)) => return Ok(Some(refusal)),
        Err(UploadError::Failed(problem)) => return Err(problem),
    };
    let (stored, deed_act) = (portrait.clone(), act.clone());
    let portrayed = app.db.write(async move |tx: &mut Conn| portray(tx, &deed_act, id, &stored).await).await;
    tidy_up(app, &portrait).await;
    match portrayed {
        Err(PersonalizeError::Db(error)) => Err(error.into()),
        // Completed or cancelled in the meantime: the page that follows shows it.
        Ok(()) | Err(_) => Ok(None),
    }
}

/// Why a picture was refused, and what to do.
pub(super) fn refusal_sentence(refusal: PhotoRefusal, words: Words) -> String {
    match refusal {
        PhotoRefusal::TooManyBytes => words.t("photo-too-large"),
        PhotoRefusal::TooManyPixels => words.t("photo-too-many-pixels"),
        PhotoRefusal::TooSmall { width } => words.t1("photo-too-small", "width", width),
        PhotoRefusal::Unreadable(Flaw::Empty) => words.t("photo-empty"),
        PhotoRefusal::Unreadable(Flaw::NoPicture) => words.t("photo-unreadable"),
        PhotoRefusal::Unreadable(Flaw::Kind("HEIC")) => words.t("photo-heic"),
        PhotoRefusal::Unreadable(Flaw::Kind(name)) => words.t1("photo-other-format", "format", name),
        PhotoRefusal::Unreadable(Flaw::Moving) => words.t("photo-moving"),
        PhotoRefusal::Unreadable(Flaw::Damaged) => words.t("photo-damaged"),
    }
}

/// The part of a page that shows the portrait, and what is to be said about it.
#[derive(Template)]
#[template(path = "cards/_portrait.html")]
pub(super) struct PortraitPart<'a> {
    visitor: &'a Visitor,
    path: Option<String>,
    name: String,
    findings: Vec<String>,
    /// Whether nothing is to be said against it.
    is_good: bool,
    wrong: Option<String>,
}

impl<'a> PortraitPart<'a> {
    /// The portrait of an annual ticket, which is shown below `base`. The id in the address makes browsers load a new one anew.
    pub(super) fn of(dossier: &Dossier, visitor: &'a Visitor, base: &str, wrong: Option<&str>) -> Self {
        Self {
            visitor,
            path: dossier.ticket.photo_id.map(|photo| format!("{base}/photo?{photo}")),
            name: dossier.ticket.holder.name(),
            findings: dossier.finding_sentences(&visitor.words),
            is_good: dossier.ticket.photo_id.is_some()
                && dossier.findings.is_empty()
                && dossier.review.shortcoming().is_none(),
            wrong: wrong.map(str::to_owned),
        }
    }

    /// The part alone, for a page whose script sent the picture.
    pub(super) fn respond(&self) -> axum::response::Response {
        let status = if self.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Visitor::show(status, self)
    }
}

/// Whether a script asks, which wants a part and no page.
pub(super) fn wants_part(headers: &HeaderMap) -> bool {
    headers.contains_key("x-part")
}

fn unreadable(detail: String) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_form", detail)
}
