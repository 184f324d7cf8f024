//! An uploaded portrait: read, checked off the async threads, and stored under a name of its own.

use super::refusals;
use crate::app::SharedApp;
use crate::cards::portray::StoredPortrait;
use crate::kernel::Act;
use crate::kernel::ids::PhotoId;
use crate::people::Review;
use crate::people::crop::Cut;
use crate::people::photo::{self, PhotoRefusal};
use crate::people::picture_file::Flaw;
use crate::people::store::{Photo, find_photo};
use crate::web::{Once, Problem};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// How much of an upload that is too large is still listened to, so that the client hears the answer.
const LISTENED_BYTES_MAX: usize = 256 * 1024 * 1024;
/// How many pictures are decoded at the same time: each may need a few hundred megabytes.
static DECODING: Semaphore = Semaphore::const_new(2);

/// The file that somebody uploads: a JPEG, PNG or WebP picture.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described in the API document")]
pub(super) struct PictureFile(Vec<u8>);

/// The bytes of an upload. What is larger than a portrait may be is empty here and remembered as such.
#[derive(Debug)]
pub(super) struct PhotoUpload {
    bytes: Option<Bytes>,
    /// The request's idempotency.
    pub(super) once: Once,
}

impl FromRequest<SharedApp> for PhotoUpload {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &SharedApp) -> Result<Self, Problem> {
        let (parts, mut body) = request.into_parts();
        let (mut bytes, mut heard) = (Vec::new(), 0_usize);
        while let Some(frame) = body.frame().await {
            let data = frame.map_err(|_| refusals::photo(Flaw::Damaged.into()))?.into_data().unwrap_or_default();
            heard = heard.saturating_add(data.len());
            if heard <= photo::BYTES_MAX {
                bytes.extend_from_slice(&data);
            } else if heard > LISTENED_BYTES_MAX {
                break;
            }
        }
        let once = Once::of(&parts, &bytes)?;
        Ok(Self { bytes: (heard <= photo::BYTES_MAX).then(|| bytes.into()), once })
    }
}

impl PhotoUpload {
    /// Makes a portrait of the upload and stores its file.
    pub(super) async fn store(&self, app: &SharedApp, act: &Act) -> Result<StoredPortrait, Problem> {
        let bytes = self.bytes.clone().ok_or_else(|| refusals::photo(PhotoRefusal::TooManyBytes))?;
        store_picture(app, act, bytes, None).await.map_err(|error| match error {
            UploadError::Refused(refusal) => refusals::photo(refusal),
            UploadError::Failed(problem) => problem,
        })
    }
}

/// Why a picture was not stored.
#[derive(Debug)]
pub(in crate::cards) enum UploadError {
    /// It cannot be a portrait.
    Refused(PhotoRefusal),
    /// Something else went wrong.
    Failed(Problem),
}

/// Makes a portrait of a picture, or of the part of it that somebody chose, and stores its file.
pub(in crate::cards) async fn store_picture(
    app: &SharedApp,
    act: &Act,
    bytes: Bytes,
    chosen: Option<Cut>,
) -> Result<StoredPortrait, UploadError> {
    let internal =
        |error: &dyn std::fmt::Display| UploadError::Failed(Problem::internal("a portrait could not be made", error));
    let permit = DECODING.acquire().await.map_err(|error| internal(&error))?;
    let portrait = tokio::task::spawn_blocking(move || photo::normalise(&bytes, chosen.as_ref())).await;
    drop(permit);
    let portrait = portrait.map_err(|error| internal(&error))?.map_err(UploadError::Refused)?;
    let id: PhotoId = act.new_id();
    let file = format!("photos/{id}.jpg");
    let sha256 = Sha256::digest(&portrait.jpeg).into();
    let findings = portrait.findings.iter().map(|finding| finding.as_str().to_owned()).collect();
    let review = Review::Accepted;
    let photo = Photo { file, width: portrait.width, height: portrait.height, findings, review };
    app.files.put(&photo.file, portrait.jpeg).await.map_err(|error| internal(&error))?;
    Ok(StoredPortrait { id, photo, sha256 })
}

/// Removes the file again, if no portrait came of it: the request was refused, or was a repetition.
pub(in crate::cards) async fn tidy_up(app: &SharedApp, portrait: &StoredPortrait) {
    let kept = async {
        let mut conn = app.db.read().await?;
        find_photo(&mut conn, portrait.id).await
    };
    if matches!(kept.await, Ok(None))
        && let Err(error) = app.files.delete(&portrait.photo.file).await
    {
        tracing::warn!(%error, photo = %portrait.id, "the file of a refused portrait stays behind");
    }
}
