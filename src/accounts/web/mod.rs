//! The pages of accounts: signing in and out, passwords, and the staff and keys that an administrator keeps.

mod forgotten;
mod keys;
mod password;
pub mod password_mail;
mod reset;
mod roles;
mod sign_in;
mod staff;

pub(crate) use sign_in::sign_in_again;

use crate::app::SharedApp;
use axum::Router;

/// The pages for signing in and out, and for passwords, staff and keys.
pub fn router() -> Router<SharedApp> {
    sign_in::router()
        .merge(password::router())
        .merge(forgotten::router())
        .merge(reset::router())
        .merge(staff::router())
        .merge(keys::router())
}
