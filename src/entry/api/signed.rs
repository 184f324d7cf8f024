//! Signed calls of gates, and sealed answers.

use crate::app::{App, SharedApp};
use crate::entry::device::Device;
use crate::entry::recognise::{NotRecognised, recognise};
use crate::web::Problem;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gate_protocol::request::{Credentials, Request as SignedRequest, RequestRefused};
use gate_protocol::{Document, Revoked, SEAL_HEADER, seal};

/// The most bytes of a gate's request: 500 scans of less than 1 KiB each, with room.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// A call of a device that was recognised. Its nonce is used up.
pub(super) struct SignedCall {
    pub(super) device: Device,
    pub(super) nonce: String,
    pub(super) body: Bytes,
}

/// Why a call was not carried out.
pub(super) enum CallRefusal {
    Problem(Problem),
    /// The device learns under the root key's seal that it was revoked.
    Revoked(Response),
}

impl FromRequest<SharedApp> for SignedCall {
    type Rejection = CallRefusal;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, CallRefusal> {
        let (parts, body) = request.into_parts();
        let credentials = Credentials::from_headers(|name| parts.headers.get(name)?.to_str().ok())
            .map_err(|refused| refusal(app, refused))?;
        let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| {
            let detail = format!("The body has more than {BODY_BYTES_MAX} bytes, or was cut off.");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
        })?;
        let path_and_query = path_and_query(&parts);
        let signed = SignedRequest { method: parts.method.as_str(), path_and_query: &path_and_query, body: &body };
        let nonce = credentials.nonce.to_string();
        match recognise(app, &credentials, signed).await {
            Ok(device) => Ok(Self { device, nonce, body }),
            Err(NotRecognised::Revoked(device)) => Err(CallRefusal::Revoked(tell_revoked(app, &device, nonce)?)),
            Err(error) => Err(CallRefusal::Problem(problem(app, error))),
        }
    }
}

/// An answer with the root key's seal.
pub(super) fn sealed<D: Document>(app: &App, document: &D) -> Result<Response, Problem> {
    let not_written = |error: &dyn std::fmt::Display| Problem::internal("a document cannot be sealed", error);
    let (body, seal) = seal(document, app.keys.root()).map_err(|error| not_written(&error))?;
    let seal = HeaderValue::try_from(seal).map_err(|error| not_written(&error))?;
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response();
    response.headers_mut().insert(SEAL_HEADER, seal);
    Ok(response)
}

fn path_and_query(parts: &Parts) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    uri.path_and_query().map_or_else(|| uri.path().to_owned(), |path| path.as_str().to_owned())
}

fn tell_revoked(app: &App, device: &Device, nonce: String) -> Result<Response, Problem> {
    let revoked = Revoked { reason: "device_revoked".to_owned(), device_id: device.id.to_string(), nonce };
    let mut response = sealed(app, &revoked)?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    Ok(response)
}

fn problem(app: &App, error: NotRecognised) -> Problem {
    let unauthorized = |reason: &'static str, detail: &str| Problem::new(StatusCode::UNAUTHORIZED, reason, detail);
    match error {
        NotRecognised::Refused(refused) => refusal(app, refused),
        NotRecognised::UnknownDevice => unauthorized("unknown_device", "There is no such device: pair it."),
        NotRecognised::Replayed => unauthorized("replayed", "This request was sent before."),
        NotRecognised::Revoked(_) => unauthorized("device_revoked", "This device was revoked."),
        NotRecognised::Db(error) => error.into(),
    }
}

fn refusal(app: &App, refused: RequestRefused) -> Problem {
    let problem = Problem::new(StatusCode::UNAUTHORIZED, refused.as_str(), refused.to_string());
    if refused == RequestRefused::ClockSkew { problem.with("server_time_ms", app.clock.now().0) } else { problem }
}

impl From<Problem> for CallRefusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl IntoResponse for CallRefusal {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Revoked(response) => response,
        }
    }
}
