//! Which desk a browser is: the name that staff gave it, else the house for which it sold last.

use crate::kernel::text::clean;
use crate::web::pages::cookies;
use axum::http::HeaderMap;

/// The cookie with the name of the desk.
pub(super) const DESK_COOKIE: &str = "box_office_desk";
/// The cookie with the house for which this desk sold last.
pub(super) const HOUSE_COOKIE: &str = "box_office_house";
/// How long they are kept, in seconds.
pub(super) const KEPT_SECS: i64 = 365 * 24 * 60 * 60;
/// The most characters of a name.
const NAME_CHARS_MAX: usize = 40;

/// The name that staff gave the desk.
pub(super) fn named_desk(headers: &HeaderMap) -> Option<String> {
    desk_name(&cookies::find(headers, DESK_COOKIE)?)
}

/// The desk whose drawer is beside this browser.
pub(super) fn own_desk(headers: &HeaderMap) -> Option<String> {
    named_desk(headers).or_else(|| desk_name(&cookies::find(headers, HOUSE_COOKIE)?))
}

/// A name of a desk: letters and digits of our alphabet, blanks, points and hyphens, so that it stands in a cookie as it is.
pub(super) fn desk_name(text: &str) -> Option<String> {
    let name = clean(text);
    let fits = |letter: char| letter.is_ascii_alphanumeric() || " .-_".contains(letter);
    (!name.is_empty() && name.chars().count() <= NAME_CHARS_MAX && name.chars().all(fits)).then_some(name)
}
