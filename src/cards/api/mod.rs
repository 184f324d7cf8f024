//! The API of annual tickets and cards, for staff and, through the personal link, for holders.

mod annual_tickets;
mod bodies;
mod cards;
mod deeds;
mod own_link;
mod photo_reviews;
mod photo_upload;
mod refusals;

pub use bodies::AnnualTicketBody;
pub use deeds::prepare_order_now;

pub(super) use deeds::prepare_now;
pub use own_link::Own;
pub(super) use own_link::read_own_photo;
pub(super) use photo_upload::{UploadError, store_picture, tidy_up};

use super::store::annual_tickets as store;
use crate::app::SharedApp;
use crate::kernel::ids::AnnualTicketId;
use chrono::NaiveDate;
use db::{Conn, DbError};
use utoipa_axum::router::OpenApiRouter;

/// All operations.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .merge(annual_tickets::router())
        .merge(deeds::router())
        .merge(own_link::router())
        .merge(cards::router())
        .merge(photo_reviews::router())
}

/// All that staff see of an annual ticket on this day, for the answers of other capabilities. `None`: there is none with the id.
///
/// # Errors
/// When the database refuses.
pub async fn annual_ticket_body(
    conn: &mut Conn,
    id: AnnualTicketId,
    today: NaiveDate,
) -> Result<Option<AnnualTicketBody>, DbError> {
    match store::find(conn, id).await? {
        Some(ticket) => bodies::full_body(conn, &ticket, today).await.map(Some),
        None => Ok(None),
    }
}
