//! Which annual tickets wait until somebody has looked at their portraits.

use super::parsed;
use crate::kernel::ids::AnnualTicketId;
use db::{Asc, Conn, DbError, List, Page, args};

db::statements! {
    /// How many wait.
    COUNT_WAITING = "SELECT COUNT(*) FROM photos p JOIN annual_tickets t ON t.photo_id = p.id
        WHERE p.review = 'waiting' AND t.state = 'complete' AND t.status <> 'cancelled'";
}

/// The annual tickets whose personalization is complete but for the look at the portrait, the longest waiting first.
pub(in crate::cards) async fn waiting(
    conn: &mut Conn,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<AnnualTicketId>, DbError> {
    let list = List::new("SELECT t.id FROM photos p JOIN annual_tickets t ON t.photo_id = p.id")
        .filter("p.review = ?", "waiting")
        .filter("t.state = ?", "complete")
        .filter_plain("t.status <> 'cancelled'")
        .order("p.id", "p.id", Asc)
        .after(after)
        .limit(limit);
    let page: Page<(String,)> = conn.list(list).await?;
    let items = page.items.iter().map(|(id,)| parsed(id)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// How many portraits wait for a look.
pub(in crate::cards) async fn count_waiting(conn: &mut Conn) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_WAITING, args![]).await?;
    Ok(count)
}
