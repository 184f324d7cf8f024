//! Annual tickets that may be for the same person.

use super::parsed;
use super::text;
use crate::cards::annual_ticket::AnnualTicket;
use crate::kernel::ids::AnnualTicketId;
use db::{Conn, DbError, args};

db::statements! {
    /// Others of the same name whose holder was born on the same day, or whose buyer has the same address for mail.
    NAMESAKES = {
        lite: "SELECT t.id FROM annual_tickets t WHERE t.name_fold = $1 AND t.name_fold <> '' AND t.id <> $2 AND t.status <> 'cancelled'
            AND (t.birth_date = $3 OR EXISTS (SELECT 1 FROM orders o, orders mine WHERE o.id = t.order_id AND mine.id = $4
            AND lower(o.buyer ->> 'email') = lower(mine.buyer ->> 'email'))) ORDER BY t.id DESC LIMIT $5",
        pg: "SELECT t.id FROM annual_tickets t WHERE t.name_fold = $1 AND t.name_fold <> '' AND t.id <> $2 AND t.status <> 'cancelled'
            AND (t.birth_date = $3 OR EXISTS (SELECT 1 FROM orders o, orders mine WHERE o.id = t.order_id AND mine.id = $4
            AND lower(CAST(o.buyer AS JSONB) ->> 'email') = lower(CAST(mine.buyer AS JSONB) ->> 'email')))
            ORDER BY t.id DESC LIMIT $5",
    };
}

/// The newest other annual tickets that may be for the same person.
pub(in crate::cards) async fn of(
    conn: &mut Conn,
    ticket: &AnnualTicket,
    most: u32,
) -> Result<Vec<AnnualTicketId>, DbError> {
    let name = ticket.holder.name_fold();
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let (born, order) = (text(ticket.holder.birth_date), ticket.order_id.to_string());
    let rows: Vec<(String,)> =
        conn.fetch_all(&NAMESAKES, args![name, ticket.id.to_string(), born, order, most]).await?;
    rows.iter().map(|(id,)| parsed(id)).collect()
}
