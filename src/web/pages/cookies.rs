//! Cookies: read from a request, set on an answer. All are `HttpOnly` and `SameSite=Lax`, and Secure where the museum's address is
//! https.

use crate::accounts::session;
use crate::app::App;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use cookie::{Cookie, SameSite, time::Duration};

/// The cookie with the token of a session.
const SESSION: &str = "session";
/// As [`SESSION`], where browsers can be told to take it from this host over TLS alone.
const SECURE_SESSION: &str = "__Host-session";

/// The value of a cookie.
pub fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| Cookie::split_parse(line).flatten())
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// The token of the caller's session.
pub fn session_token(app: &App, headers: &HeaderMap) -> Option<String> {
    find(headers, session_name(app))
}

/// The cookie of a session that just began.
pub fn of_session(app: &App, token: String) -> Cookie<'static> {
    to_keep(app, session_name(app), token, session::LASTS_SECS)
}

/// The cookie that takes the session's place when it ended.
pub fn of_no_session(app: &App) -> Cookie<'static> {
    to_keep(app, session_name(app), String::new(), 0)
}

/// A cookie to keep for so many seconds.
pub fn to_keep(app: &App, name: &'static str, value: String, secs: i64) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_secure(app))
        .max_age(Duration::seconds(secs))
        .build()
}

/// The answer with the cookie.
pub fn set(mut response: Response, cookie: &Cookie<'_>) -> Response {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

fn session_name(app: &App) -> &'static str {
    if is_secure(app) { SECURE_SESSION } else { SESSION }
}

fn is_secure(app: &App) -> bool {
    app.config.server.base_url.starts_with("https://")
}
