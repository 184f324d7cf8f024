//! Other annual tickets that a clerk wants to know of: those of the same sold ticket, and those that may be for the same person.

use super::dossier::Dossier;
use crate::cards::store::{self, annual_tickets};
use crate::kernel::ids::AnnualTicketId;
use crate::web::Problem;
use crate::web::pages::Visitor;
use db::Conn;

/// How many that may be for the same person are named.
const NAMESAKES_MAX: u32 = 3;

/// The other annual tickets of the same sold ticket: whose they are, and whether they still wait.
pub(super) async fn siblings(
    conn: &mut Conn,
    dossier: &Dossier,
    visitor: &Visitor,
) -> Result<Vec<(AnnualTicketId, String, bool)>, Problem> {
    let mut siblings = Vec::new();
    for id in annual_tickets::ids_of_ticket(conn, dossier.ticket.ticket_id).await? {
        if id == dossier.ticket.id {
            continue;
        }
        if let Some(ticket) = annual_tickets::find(conn, id).await? {
            let name = ticket.holder.name();
            let shown = if name.is_empty() { visitor.t("nobody-yet") } else { name };
            siblings.push((id, shown, ticket.is_open()));
        }
    }
    Ok(siblings)
}

/// Other annual tickets that may be for the same person: a hint, and nothing else.
pub(super) async fn namesakes(
    conn: &mut Conn,
    dossier: &Dossier,
    visitor: &Visitor,
) -> Result<Vec<(AnnualTicketId, String)>, Problem> {
    let mut found = Vec::new();
    for id in store::namesakes::of(conn, &dossier.ticket, NAMESAKES_MAX).await? {
        let Some(other) = annual_tickets::find(conn, id).await? else { continue };
        let mut what = vec![other.holder.name(), other.number.clone()];
        what.extend(
            other.valid_until.map(|until| visitor.words.t1("namesake-until", "until", visitor.words.date(until))),
        );
        found.push((id, what.join(" · ")));
    }
    Ok(found)
}
