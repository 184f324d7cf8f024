//! What mails look like, and the page of those that failed.

mod compose;
mod list;
mod record;

pub(super) use compose::compose;
pub use record::{MailRow, of_record};

use crate::app::SharedApp;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    list::router()
}
