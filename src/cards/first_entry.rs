//! What a gate saw changes a right: a period begins with the first entry, and a new card retires the old one.

use super::annual_ticket::{AnnualTicket, Status};
use super::entry_right::begun;
use super::plastic;
use super::prepare_print_data::sold;
use super::steps::{StepError, retire_older};
use super::store::{annual_tickets, cards, entry_rights};
use crate::app::SharedApp;
use crate::audit::{self, Entry};
use crate::catalog::Validity;
use crate::jobs;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::{last_day, start_of_day};
use crate::kernel::{Act, Actor};
use anyhow::anyhow;
use card::CardId as CodeId;
use chrono::NaiveDate;
use chrono_tz::Tz;
use db::{Conn, DbError};
use serde_json::json;

/// The job that begins a period whose first entry never came; its subject is the annual ticket's id.
pub const BEGIN_UNUSED: &str = "cards.begin_unused";

/// A gate admitted the bearer of this code on this day: a period that waits for the first entry begins. Of several first entries the
/// earliest counts, so the end moves only earlier, never later.
pub(super) async fn entered(tx: &mut Conn, act: &Act, code: CodeId, day: NaiveDate) -> Result<(), DbError> {
    let Some(id) = annual_tickets::id_of_code(tx, code).await? else { return Ok(()) };
    let Some(mut ticket) = annual_tickets::lock(tx, id).await? else { return Ok(()) };
    let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
    let Some(validity @ Validity::FirstEntry { .. }) = &product.validity else { return Ok(()) };
    let earlier = ticket.valid_from.is_some_and(|from| day < from);
    let in_period = ticket.purchased_on <= day;
    if in_period && (ticket.from_first_entry || earlier) && !was_renewed(&ticket, validity) {
        begin(tx, act, &mut ticket, validity, day).await?;
    }
    Ok(())
}

/// A gate admitted a card of this issue: from now on older issues are refused.
pub(super) async fn seen(tx: &mut Conn, act: &Act, code: CodeId, issue: u8) -> Result<(), DbError> {
    let known = entry_rights::issue_and_flags(tx, code).await?;
    if known.is_none_or(|(opens, _)| issue <= opens) {
        return Ok(());
    }
    let Some(id) = annual_tickets::id_of_code(tx, code).await? else { return Ok(()) };
    let Some(ticket) = annual_tickets::lock(tx, id).await? else { return Ok(()) };
    let cards = cards::of_annual_ticket(tx, id).await?;
    if plastic::current(&cards).is_none_or(|current| issue > current.issue) {
        return Ok(());
    }
    match retire_older(tx, act, &ticket, issue, None).await {
        Ok(()) | Err(StepError::WrongState(_) | StepError::UnknownCard) => Ok(()),
        Err(StepError::Db(error)) => Err(error),
    }
}

/// Has the period begin by itself on its latest day, should nobody come before.
pub(super) async fn begin_in_time(
    tx: &mut Conn,
    act: &Act,
    ticket: &AnnualTicket,
    latest: NaiveDate,
    zone: Tz,
) -> Result<(), DbError> {
    jobs::enqueue_at(tx, act, BEGIN_UNUSED, ticket.id, start_of_day(latest, zone)).await
}

/// Begins a period whose first entry never came, on the last day for it.
///
/// # Errors
/// When the database refuses.
pub async fn begin_unused(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: AnnualTicketId = subject.parse().map_err(|_| anyhow!("the job names no annual ticket"))?;
    let act = app.act(Actor::System);
    app.db
        .write(async move |tx: &mut Conn| {
            let Some(mut ticket) = annual_tickets::lock(tx, id).await? else { return Ok(()) };
            let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
            let (Some(validity), Some(latest), true) = (&product.validity, ticket.valid_until, ticket.from_first_entry)
            else {
                return Ok::<_, DbError>(());
            };
            begin(tx, &act, &mut ticket, validity, latest).await
        })
        .await?;
    Ok(())
}

async fn begin(
    tx: &mut Conn,
    act: &Act,
    ticket: &mut AnnualTicket,
    validity: &Validity,
    day: NaiveDate,
) -> Result<(), DbError> {
    let Some(until) = validity.months().and_then(|months| last_day(day, months)) else { return Ok(()) };
    if ticket.status == Status::Cancelled {
        return Ok(());
    }
    ticket.from_first_entry = false;
    ticket.valid_from = Some(day);
    ticket.valid_until = Some(until);
    annual_tickets::update(tx, ticket).await?;
    if let Some((_, flags)) = entry_rights::issue_and_flags(tx, ticket.code_id).await? {
        entry_rights::set_days(tx, ticket.code_id, day, until, begun(flags)).await?;
    }
    let detail = json!({ "valid_from": day, "valid_until": until });
    audit::record(tx, act, Entry::new("annual_ticket.begun", "annual_ticket", ticket.id).detail(detail)).await
}

/// Whether the end is no longer that of the first period.
fn was_renewed(ticket: &AnnualTicket, validity: &Validity) -> bool {
    let (Some(from), Some(until), false) = (ticket.valid_from, ticket.valid_until, ticket.from_first_entry) else {
        return false;
    };
    validity.months().and_then(|months| last_day(from, months)) != Some(until)
}
