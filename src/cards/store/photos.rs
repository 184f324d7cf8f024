//! Which annual tickets wait until somebody has looked at their portraits.

use super::parsed;
use crate::kernel::ids::AnnualTicketId;
use db::{Conn, DbError, args};

db::statements! {
    /// Those whose personalization is complete but for the look at the portrait, the longest waiting first.
    WAITING = "SELECT t.id FROM photos p JOIN annual_tickets t ON t.photo_id = p.id
        WHERE p.review = 'waiting' AND t.state = 'complete' AND t.status <> 'cancelled' ORDER BY p.id LIMIT $1";
    /// How many there are.
    COUNT_WAITING = "SELECT COUNT(*) FROM photos p JOIN annual_tickets t ON t.photo_id = p.id
        WHERE p.review = 'waiting' AND t.state = 'complete' AND t.status <> 'cancelled'";
}

/// The annual tickets whose portraits wait for a look, the longest waiting first.
pub(in crate::cards) async fn waiting(conn: &mut Conn, most: u32) -> Result<Vec<AnnualTicketId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&WAITING, args![most]).await?;
    rows.iter().map(|(id,)| parsed(id)).collect()
}

/// How many portraits wait for a look.
pub(in crate::cards) async fn count_waiting(conn: &mut Conn) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_WAITING, args![]).await?;
    Ok(count)
}
