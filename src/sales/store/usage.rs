//! Which tickets have been through a gate.

use super::{to_json, word};
use crate::kernel::ids::TicketId;
use db::{Conn, DbError, args};

db::statements! {
    /// The tickets among the listed ones whose bearer was admitted at least once, by a gate or by hand.
    USED = {
        lite: "SELECT DISTINCT COALESCE(r.ticket_id, a.ticket_id) AS ticket FROM entry_rights r
            LEFT JOIN annual_tickets a ON a.id = r.annual_ticket_id
            WHERE COALESCE(r.ticket_id, a.ticket_id) IN (SELECT value FROM json_each($1))
            AND (r.first_entry IS NOT NULL OR EXISTS (SELECT 1 FROM scans s WHERE s.code_id = r.code_id AND s.admitted_count > 0))",
        pg: "SELECT DISTINCT COALESCE(r.ticket_id, a.ticket_id) AS ticket FROM entry_rights r
            LEFT JOIN annual_tickets a ON a.id = r.annual_ticket_id
            WHERE COALESCE(r.ticket_id, a.ticket_id) IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))
            AND (r.first_entry IS NOT NULL OR EXISTS (SELECT 1 FROM scans s WHERE s.code_id = r.code_id AND s.admitted_count > 0))"
    };
}

/// The tickets among the listed ones with which somebody was admitted at least once.
pub(in crate::sales) async fn used_tickets(conn: &mut Conn, tickets: &[TicketId]) -> Result<Vec<TicketId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&USED, args![to_json(&tickets)?]).await?;
    rows.iter().map(|(ticket,)| word(ticket)).collect()
}
