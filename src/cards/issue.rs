//! Makes annual tickets and day tickets of what was sold, and follows what becomes of the sale.

use super::annual_ticket::{AnnualTicket, Personalized, Status};
use super::card::{CardState, Step, VoidReason};
use super::delivery::Delivery;
use super::entry_right::{Bearer, EntryRight, day_ticket_flags};
use super::plastic;
use super::prepare_print_data;
use super::steps::{self, StepError};
use super::store::{annual_tickets, cards, entry_rights};
use crate::audit::{self, Entry};
use crate::catalog::product::ReentryPolicy;
use crate::catalog::validity::{Milestones, StartRefusal, Validity};
use crate::catalog::{Category, Product};
use crate::kernel::Act;
use crate::kernel::address::Address;
use crate::kernel::ids::{AnnualTicketId, CardId, OrderId, TicketId};
use crate::people::Holder;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use card::{CardId as CodeId, CardNumber, CardSigner, RightStatus};
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde_json::json;

/// Random bytes of a personal link.
const TOKEN_BYTES: usize = 24;

/// One annual ticket that was sold, or exchanged for a voucher.
#[derive(Debug, Clone)]
pub struct NewAnnualTicket<'a> {
    /// The order of the sale.
    pub order_id: OrderId,
    /// The sold ticket that carries it.
    pub ticket_id: TicketId,
    /// The annual ticket's product; for a voucher the one it is exchanged for.
    pub product: &'a Product,
    /// The price category.
    pub category: &'a Category,
    /// What it opens.
    pub scope_id: u16,
    /// Whether the order is paid.
    pub paid: bool,
    /// Whether it is a trial: its cards are never printed, and open nothing.
    pub is_test: bool,
    /// The day of the sale; of the voucher's sale, if it was one.
    pub purchased_on: NaiveDate,
    /// The day on which the voucher was exchanged.
    pub exchanged_on: Option<NaiveDate>,
    /// The first day that the buyer chose.
    pub starts_on: Option<NaiveDate>,
    /// How the card is to come to the holder, if the buyer chose.
    pub delivery: Option<Delivery>,
    /// Where it is to be sent, until the holder says otherwise: the buyer's address.
    pub address: Option<Address>,
    /// The buyer's language.
    pub language: String,
}

/// An annual ticket that waits for its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The id.
    pub id: AnnualTicketId,
    /// The number for people.
    pub number: String,
    /// The secret of the holder's link.
    pub link_token: String,
}

/// Why no annual ticket was made.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The chosen first day does not fit the product.
    #[error(transparent)]
    Start(#[from] StartRefusal),
    /// The product has no validity: it is no annual ticket.
    #[error("the product is no annual ticket")]
    NotAnAnnualTicket,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// One day ticket that was sold.
#[derive(Debug, Clone)]
pub struct NewDayTicket {
    /// The sold ticket.
    pub ticket_id: TicketId,
    /// What it opens.
    pub scope_id: u16,
    /// The first day on which it opens.
    pub not_before: NaiveDate,
    /// The last one.
    pub not_after: NaiveDate,
    /// Whether the gate asks for a proof.
    pub check_proof: bool,
    /// How many people enter beside its bearer.
    pub companions: u8,
    /// How long after the admission another scan counts as the same visit, in seconds.
    pub reentry_secs: u32,
    /// What happens then.
    pub reentry_policy: ReentryPolicy,
    /// Whether it is a trial, which opens nothing.
    pub is_test: bool,
}

/// A day ticket with its code, not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTicket {
    /// What the gates are to be told.
    pub right: EntryRight,
    /// The digits of its QR code.
    pub card_code: String,
}

/// What became of one annual ticket, for the sale that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldAnnualTicket {
    /// The sold ticket that carries it.
    pub ticket_id: TicketId,
    /// The id.
    pub annual_ticket_id: AnnualTicketId,
    /// The number for people.
    pub number: String,
    /// The secret of the holder's link.
    pub link_token: String,
    /// The stored status.
    pub status: Status,
    /// Whether it is personalized.
    pub state: Personalized,
    /// Where its current card stands, if it has one.
    pub card_state: Option<CardState>,
}

/// Makes one annual ticket, which waits for its holder.
///
/// # Errors
/// When the chosen first day does not fit the product.
pub async fn issue_annual_ticket(tx: &mut Conn, act: &Act, new: &NewAnnualTicket<'_>) -> Result<Issued, IssueError> {
    let validity = new.product.validity.as_ref().ok_or(IssueError::NotAnAnnualTicket)?;
    let days = validity.days(&Milestones {
        purchased: new.purchased_on,
        exchanged: new.exchanged_on,
        personalized: new.purchased_on,
        chosen: new.starts_on,
    })?;
    // The days of a period that begins with the personalization are not known yet.
    let known = (!matches!(validity, Validity::Personalization { .. })).then_some(days);
    let ticket = AnnualTicket {
        id: act.new_id(),
        number: CardNumber::from_random(act.random.bytes()).digits(),
        order_id: new.order_id,
        ticket_id: new.ticket_id,
        product: new.product.key.clone(),
        category: new.category.key.clone(),
        scope_id: new.scope_id,
        status: Status::Active,
        state: Personalized::AwaitingPersonalization,
        paid: new.paid,
        is_test: new.is_test,
        purchased_on: new.purchased_on,
        exchanged_on: new.exchanged_on,
        starts_on: new.starts_on,
        valid_from: known.map(|days| days.from),
        valid_until: known.map(|days| days.until),
        from_first_entry: days.from_first_entry,
        holder: Holder::default(),
        address: new.address.clone(),
        delivery: new.delivery.clone(),
        photo_id: None,
        link_token: new_link_token(act),
        code_id: CodeId::new(act.random.u64()),
        block_reason: None,
        language: new.language.clone(),
        created_at: act.now,
        completed_at: None,
    };
    annual_tickets::insert(tx, &ticket).await?;
    let detail = json!({ "product": ticket.product, "category": ticket.category, "order": ticket.order_id });
    audit::record(tx, act, Entry::new("annual_ticket.issued", "annual_ticket", ticket.id).detail(detail)).await?;
    Ok(Issued { id: ticket.id, number: ticket.number, link_token: ticket.link_token })
}

/// The secret of a new link.
pub(super) fn new_link_token(act: &Act) -> String {
    URL_SAFE_NO_PAD.encode(act.random.bytes::<TOKEN_BYTES>())
}

/// Makes one day ticket with its code.
pub fn make_day_ticket(act: &Act, signer: &CardSigner, new: &NewDayTicket) -> DayTicket {
    let right = EntryRight {
        code_id: CodeId::new(act.random.u64()),
        bearer: Bearer::DayTicket(new.ticket_id),
        scope_id: new.scope_id,
        not_before: new.not_before,
        not_after: new.not_after,
        issue: 1,
        flags: day_ticket_flags(new.check_proof, new.companions, new.is_test),
        status: RightStatus::Active,
        reentry_secs: new.reentry_secs,
        reentry_policy: new.reentry_policy,
        period_months: None,
    };
    let card_code = signer.sign(&right.code(1));
    DayTicket { right, card_code }
}

/// Writes day tickets that were made, and tells the gates.
///
/// # Errors
/// When the database refuses.
pub fn issue_day_tickets(tx: &mut Conn, act: &Act, rights: &[EntryRight]) -> Result<(), DbError> {
    if rights.is_empty() {
        return Ok(());
    }
    entry_rights::insert_all(tx, rights)?;
    let tickets = rights.iter().filter_map(|right| right.bearer.ids().1);
    audit::record_all(tx, act, tickets.map(|ticket| Entry::new("day_ticket.issued", "ticket", ticket)))
}

/// The order was paid: print data that waited for it is made now. Answers the cards whose job was enqueued.
///
/// # Errors
/// When the database refuses.
pub async fn mark_order_paid(tx: &mut Conn, act: &Act, order: OrderId) -> Result<Vec<CardId>, DbError> {
    let mut released = Vec::new();
    for id in annual_tickets::ids_of_order(tx, order).await? {
        let Some(mut ticket) = annual_tickets::lock(tx, id).await? else { continue };
        if ticket.paid {
            continue;
        }
        ticket.paid = true;
        annual_tickets::update(tx, &ticket).await?;
        for card in cards::of_annual_ticket(tx, id).await? {
            if card.state == CardState::Preparing {
                prepare_print_data::enqueue(tx, act, &ticket, &card).await?;
                released.push(card.id);
            }
        }
    }
    Ok(released)
}

/// Cancels what a sold ticket carries: its annual tickets with their cards, or its day ticket. The gates learn it.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_of_ticket(tx: &mut Conn, act: &Act, ticket: TicketId, reason: &str) -> Result<(), DbError> {
    for id in annual_tickets::ids_of_ticket(tx, ticket).await? {
        let Some(mut annual_ticket) = annual_tickets::lock(tx, id).await? else { continue };
        if annual_ticket.status == Status::Cancelled {
            continue;
        }
        annual_ticket.status = Status::Cancelled;
        annual_tickets::update(tx, &annual_ticket).await?;
        for mut card in cards::of_annual_ticket(tx, id).await? {
            let step = Step::Void { why: VoidReason::Cancelled };
            match steps::take_locked(tx, act, &annual_ticket, &mut card, &step, None).await {
                // What is void already stays so.
                Ok(()) | Err(StepError::WrongState(_) | StepError::UnknownCard) => {}
                Err(StepError::Db(error)) => return Err(error),
            }
        }
        let entry = Entry::new("annual_ticket.cancelled", "annual_ticket", id).reason(reason);
        audit::record(tx, act, entry).await?;
    }
    for code in entry_rights::of_ticket(tx, ticket).await? {
        entry_rights::set_status(tx, code, RightStatus::Void).await?;
        audit::record(tx, act, Entry::new("day_ticket.cancelled", "ticket", ticket).reason(reason)).await?;
    }
    Ok(())
}

/// The annual tickets of a sold ticket; none for a day ticket or a voucher.
///
/// # Errors
/// When the database refuses.
pub async fn state_of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Vec<SoldAnnualTicket>, DbError> {
    let ids = annual_tickets::ids_of_ticket(conn, ticket).await?;
    sold_annual_tickets(conn, &ids).await
}

/// The annual tickets of an order.
///
/// # Errors
/// When the database refuses.
pub async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<SoldAnnualTicket>, DbError> {
    let ids = annual_tickets::ids_of_order(conn, order).await?;
    sold_annual_tickets(conn, &ids).await
}

async fn sold_annual_tickets(conn: &mut Conn, ids: &[AnnualTicketId]) -> Result<Vec<SoldAnnualTicket>, DbError> {
    let mut sold = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(ticket) = annual_tickets::find(conn, *id).await? else { continue };
        let cards = cards::of_annual_ticket(conn, *id).await?;
        sold.push(SoldAnnualTicket {
            ticket_id: ticket.ticket_id,
            annual_ticket_id: ticket.id,
            number: ticket.number,
            link_token: ticket.link_token,
            status: ticket.status,
            state: ticket.state,
            card_state: plastic::current(&cards).map(|card| card.state),
        });
    }
    Ok(sold)
}
