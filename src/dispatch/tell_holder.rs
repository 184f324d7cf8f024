//! Tells holders by mail what happened to their cards.
//!
//! The mail goes to the address of the order, in the language of the annual ticket. It waits until the step can no longer be undone by
//! whoever took it; a step that was undone meanwhile, or that another one followed, is not told. What happens to several cards of an order before
//! the mail leaves stands in one mail. Each step is told once for each kind of notice.

use super::store::notices;
use super::waiting_times::settled;
use crate::cards::Card;
use crate::cards::card::CardState;
use crate::cards::find;
use crate::cards::queue::{self, CardAndTicket};
use crate::kernel::ids::OrderId;
use crate::kernel::{Act, UtcMs};
use crate::mail::{self, NewMail, Recipient};
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// What a holder is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The card is with the post.
    Posted,
    /// The card lies ready in a house.
    LiesReady,
    /// The card still lies ready.
    Reminder,
    /// The card has lain too long.
    Overdue,
    /// The card was fetched, or its arrival was confirmed.
    HandedOver,
    /// The card came back.
    CameBack,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Posted, Self::LiesReady, Self::Reminder, Self::Overdue, Self::HandedOver, Self::CameBack];

    /// The kind of mail.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Posted => "card.posted",
            Self::LiesReady => "card.lies_ready",
            Self::Reminder => "card.pickup_reminder",
            Self::Overdue => "card.pickup_overdue",
            Self::HandedOver => "card.handed_over",
            Self::CameBack => "card.came_back",
        }
    }

    /// The notice of a kind of mail.
    pub fn of(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.kind() == kind)
    }

    /// Where a card stands of which this is told.
    pub const fn state(self) -> CardState {
        match self {
            Self::Posted => CardState::Dispatched,
            Self::LiesReady | Self::Reminder | Self::Overdue => CardState::Deposited,
            Self::HandedOver => CardState::HandedOver,
            Self::CameBack => CardState::Returned,
        }
    }
}

/// Puts what is told of the last step of each of these cards into the outbox, for orders with an address for mail.
///
/// # Errors
/// When the database refuses.
pub(super) async fn tell(tx: &mut Conn, act: &Act, notice: Notice, cards: &[Card]) -> Result<(), DbError> {
    let at = match notice {
        // These follow long after the step.
        Notice::Reminder | Notice::Overdue => act.now,
        _ => settled(act.now),
    };
    let mut by_order: BTreeMap<(OrderId, String), Vec<CardAndTicket>> = BTreeMap::new();
    for item in queue::with_tickets(tx, cards.to_vec()).await? {
        by_order.entry((item.ticket.order_id, item.ticket.language.clone())).or_default().push(item);
    }
    for ((order, language), items) in by_order {
        let Some(contact) = find::contact(tx, order).await? else { continue };
        let mut mail = None;
        for item in items {
            let Some(step) = notices::last_step(tx, item.card.id).await? else { continue };
            if notices::is_told(tx, step, notice.kind()).await? {
                continue;
            }
            let id = match mail {
                Some(id) => id,
                None => put(tx, act, notice, order, &language, &contact, at).await?,
            };
            mail = Some(id);
            notices::insert(tx, step, notice.kind(), id).await?;
        }
    }
    Ok(())
}

/// The mail of an order that will say it: one that still waits, or a new one.
async fn put(
    tx: &mut Conn,
    act: &Act,
    notice: Notice,
    order: OrderId,
    language: &str,
    contact: &find::Contact,
    at: UtcMs,
) -> Result<crate::kernel::ids::MailId, DbError> {
    let subject = order.to_string();
    if let Some(waiting) = mail::hold_untried(tx, notice.kind(), ("order", &subject), language).await? {
        return Ok(waiting);
    }
    let to = Recipient { address: &contact.email, name: &contact.name, language };
    mail::put_at(tx, act, NewMail { kind: notice.kind(), subject_kind: "order", subject_id: subject, to }, at).await
}
