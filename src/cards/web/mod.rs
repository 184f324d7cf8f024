//! The pages of annual tickets and cards: the holder's own, behind the personal link, and those of the desk.

mod card_record;
mod deeds;
mod dossier;
mod keep;
mod next_step;
mod own_address;
mod person_form;
mod photo_form;
mod photo_mail;
mod photos;
mod record;
mod refused;
mod related;
mod self_service;
pub mod state_label;
mod whereabouts;
mod worklist;

use crate::app::SharedApp;
use axum::Router;

pub use photo_mail::write as write_photo_again;
pub use state_label::StateLabel;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(self_service::router())
        .merge(own_address::router())
        .merge(worklist::router())
        .merge(photos::router())
        .merge(record::router())
        .merge(deeds::router())
        .merge(card_record::router())
        .merge(keep::router())
}
