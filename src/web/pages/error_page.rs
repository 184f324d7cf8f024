//! Refusals as pages: what happened and what to do next, in the visitor's language. Without a session one signs in first.

use super::carried::Carried;
use super::desk;
use super::form::encode;
use super::visitor::Visitor;
use crate::accounts;
use crate::web::problem::Refused;
use askama::Template;
use axum::body::Bytes;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::csrf::ProtectionError;

/// What was asked for.
pub(super) struct Asked {
    pub(super) method: Method,
    /// What was sent, where it can be carried through the sign-in.
    pub(super) form: Option<Bytes>,
}

#[derive(Template)]
#[template(path = "layout/error.html")]
struct ErrorPage<'a> {
    visitor: &'a Visitor,
    /// The part of the keys that names the texts.
    kind: &'static str,
    sign_in: Option<String>,
}

impl ErrorPage<'_> {
    fn title(&self) -> String {
        self.visitor.t(&format!("error-{}-title", self.kind))
    }

    fn next(&self) -> String {
        self.visitor.t(&format!("error-{}-next", self.kind))
    }
}

/// The answer for a browser: a page where it was a problem, everything else as it is.
pub(super) fn for_browser(response: Response, visitor: &Visitor, asked: &Asked) -> Response {
    let from_elsewhere = response.extensions().get::<ProtectionError>().is_some();
    let Some(status) = response.extensions().get::<Refused>().map(|_| response.status()) else {
        return if from_elsewhere { page(StatusCode::FORBIDDEN, "elsewhere", visitor, None) } else { response };
    };
    let kind = match status {
        StatusCode::UNAUTHORIZED => {
            if matches!(asked.method, Method::GET | Method::HEAD) {
                return Redirect::to(&format!("/sign-in?then={}", encode(&visitor.here()))).into_response();
            }
            let sent = asked.form.as_deref().and_then(|form| std::str::from_utf8(form).ok());
            return match sent.and_then(|form| Carried::new(&visitor.here(), form)) {
                Some(carried) => accounts::web::sign_in_again(visitor, &carried),
                None => page(status, "signed-out", visitor, Some(format!("/sign-in?then={}", encode(desk::START)))),
            };
        }
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        status if status.is_client_error() => "request",
        _ => "server",
    };
    page(status, kind, visitor, None)
}

fn page(status: StatusCode, kind: &'static str, visitor: &Visitor, sign_in: Option<String>) -> Response {
    Visitor::show(status, &ErrorPage { visitor, kind, sign_in })
}
