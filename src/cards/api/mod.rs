//! The API of annual tickets and cards, for staff and, through the personal link, for holders.

mod annual_tickets;
mod bodies;
mod cards;
mod deeds;
mod own_link;
mod photo_upload;
mod refusals;

use crate::app::SharedApp;
use utoipa_axum::router::OpenApiRouter;

/// All operations.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .merge(annual_tickets::router())
        .merge(deeds::router())
        .merge(own_link::router())
        .merge(cards::router())
}
