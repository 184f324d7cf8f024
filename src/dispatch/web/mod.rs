//! The pages of the mailroom: what is to be posted, laid ready and handed over, what lies in the houses, and what came back.
//!
//! They act by the same deeds as the API. Cards are scanned one after the other, or confirmed together in numbers; whatever somebody
//! did by mistake is taken back with a reason.

mod batch;
mod boxes;
mod handover;
mod label;
mod list;
mod moves;
mod notice_mail;
mod overview;
mod pack;
mod pickup_desk;
mod pickup_list;
mod places;
mod scan;
mod sent;
mod undo;
mod view;

use crate::app::SharedApp;
use axum::Router;

pub use notice_mail::write as write_notice;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(overview::router())
        .merge(pack::router())
        .merge(boxes::router())
        .merge(sent::router())
        .merge(pickup_desk::router())
        .merge(pickup_list::router())
        .merge(label::router())
        .merge(places::router())
        .merge(list::router())
        .merge(scan::router())
        .merge(batch::router())
        .merge(handover::router())
        .merge(moves::router())
        .merge(undo::router())
}
