//! The customer who is signed in, by a cookie of their own: customers are no members of staff, and one browser may be both.

use crate::app::{App, SharedApp};
use crate::customers::prove::{self, SESSION_LASTS_SECS};
use crate::customers::{Customer, store};
use crate::kernel::ids::CustomerId;
use crate::web::Problem;
use crate::web::pages::cookies;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;

const COOKIE: &str = "customer";

/// The customer whose browser asks, if one is signed in.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedIn(pub(super) Option<CustomerId>);

impl FromRequestParts<SharedApp> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        let Some(token) = token(&parts.headers) else { return Ok(Self(None)) };
        let mut conn = app.db.read().await?;
        Ok(Self(prove::find(&mut conn, &token, app.clock.now()).await?))
    }
}

/// The token of the session.
pub(super) fn token(headers: &HeaderMap) -> Option<String> {
    cookies::find(headers, COOKIE)
}

/// The answer with the cookie of a session that just began.
pub(super) fn begun(app: &App, response: Response, token: String) -> Response {
    cookies::set(response, &cookies::to_keep(app, COOKIE, token, SESSION_LASTS_SECS))
}

/// The answer with a cookie that takes the session's place when it ended.
pub(super) fn ended(app: &App, response: Response) -> Response {
    cookies::set(response, &cookies::to_keep(app, COOKIE, String::new(), 0))
}

/// The customer who is signed in with these headers.
///
/// # Errors
/// When the database refuses.
pub async fn signed_in(app: &SharedApp, headers: &HeaderMap) -> Result<Option<Customer>, Problem> {
    let Some(token) = token(headers).filter(|token| !token.is_empty()) else { return Ok(None) };
    let mut conn = app.db.read().await?;
    let Some(id) = prove::find(&mut conn, &token, app.clock.now()).await? else { return Ok(None) };
    Ok(store::find(&mut conn, id).await?)
}
