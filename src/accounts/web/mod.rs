//! The pages of accounts: signing in and out, and passwords.

mod password;
mod reset;
mod sign_in;

pub(crate) use sign_in::sign_in_again;

use crate::app::SharedApp;
use axum::Router;

/// The pages for signing in and out, and for passwords.
pub fn router() -> Router<SharedApp> {
    sign_in::router().merge(password::router()).merge(reset::router())
}
