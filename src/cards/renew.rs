//! Renews an annual ticket: the same card goes on. While it is valid its end moves on; afterwards the period begins anew.

use super::annual_ticket::{AnnualTicket, Personalized, RenewalRefusal, Status};
use super::prepare_print_data::sold;
use super::store::{annual_tickets, entry_rights};
use crate::audit::{self, Entry};
use crate::catalog::{self, Product, Validity};
use crate::kernel::Act;
use crate::kernel::ids::AnnualTicketId;
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde_json::json;

/// Why an annual ticket was not renewed.
#[derive(Debug, thiserror::Error)]
pub enum RenewError {
    /// There is no such annual ticket.
    #[error("there is no such annual ticket")]
    UnknownAnnualTicket,
    /// It was cancelled.
    #[error("the annual ticket was cancelled")]
    Cancelled,
    /// It is not personalized yet.
    #[error("it must be personalized before it can be renewed")]
    Incomplete {
        /// What is missing, as paths.
        missing: Vec<&'static str>,
    },
    /// There is no period to renew.
    #[error(transparent)]
    NotRenewable(#[from] RenewalRefusal),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Renews it on this day. While it is valid the card goes on opening what it opened; a period that begins anew opens what the product
/// opens by then.
///
/// # Errors
/// When there is no period to renew.
pub async fn renew(tx: &mut Conn, act: &Act, id: AnnualTicketId, today: NaiveDate) -> Result<(), RenewError> {
    let mut ticket = annual_tickets::lock(tx, id).await?.ok_or(RenewError::UnknownAnnualTicket)?;
    if ticket.status == Status::Cancelled {
        return Err(RenewError::Cancelled);
    }
    let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
    if ticket.state != Personalized::Complete {
        return Err(RenewError::Incomplete { missing: ticket.missing(&product.required_fields) });
    }
    let (from, until) = ticket.renewed(product.validity.as_ref().and_then(Validity::months), today)?;
    let detail = json!({ "before": ticket.valid_until, "valid_from": from, "valid_until": until });
    ticket.valid_from = Some(from);
    ticket.valid_until = Some(until);
    annual_tickets::update(tx, &ticket).await?;
    if from == today {
        open_what_is_sold_now(tx, &ticket, &product).await?;
    }
    if let Some((_, flags)) = entry_rights::issue_and_flags(tx, ticket.code_id).await? {
        entry_rights::set_days(tx, ticket.code_id, from, until, flags).await?;
    }
    audit::record(tx, act, Entry::new("annual_ticket.renewed", "annual_ticket", id).detail(detail)).await?;
    Ok(())
}

async fn open_what_is_sold_now(tx: &mut Conn, ticket: &AnnualTicket, product: &Product) -> Result<(), DbError> {
    let Some(key) = &product.scope else { return Ok(()) };
    let Some(id) = catalog::store::scope(tx, key).await?.and_then(|scope| scope.id) else { return Ok(()) };
    if id != ticket.scope_id {
        annual_tickets::set_scope(tx, ticket.id, id).await?;
        entry_rights::set_scope(tx, ticket.code_id, id).await?;
    }
    Ok(())
}
