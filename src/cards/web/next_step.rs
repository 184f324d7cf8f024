//! What is to be done next: the one big button of a record.

use super::dossier::Dossier;
use super::photos;
use crate::cards::annual_ticket::Status;
use crate::cards::card::CardState;
use crate::cards::delivery::Delivery;
use crate::cards::plastic::Card;
use crate::kernel::roles::Roles;
use crate::web::caller::{ENTRY, MAILROOM, PERSONALIZATION, SHOP};
use crate::web::pages::Words;

/// The step for a card whose holder waits for it.
const PRINT_NOW: &str = "next-print-now";

/// The one next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NextStep {
    /// What it is called, in the visitor's language.
    pub(super) label: String,
    /// Where it is done.
    pub(super) path: String,
    /// Whether the button itself does it, and leads nowhere first.
    pub(super) is_deed: bool,
}

/// The next step with an annual ticket that somebody has completed, or that is over.
pub(super) fn of_annual_ticket(dossier: &Dossier, roles: Roles, words: Words) -> NextStep {
    let id = dossier.ticket.id;
    let deed = |word: &str| format!("/annual-tickets/{id}/{word}");
    let (key, path) = match (dossier.status(), dossier.card()) {
        _ if !roles.may(PERSONALIZATION) => ("next-card", dossier.card().map(|card| format!("/cards/{}", card.id))),
        (Status::Blocked, Some(_)) if dossier.ticket.is_out_of_hand() => ("next-replace", Some(deed("replace"))),
        (Status::Blocked, _) => ("next-unblock", Some(deed("unblock"))),
        (Status::Expired, _) if dossier.is_renewable() => ("next-renew", Some(deed("renew"))),
        (Status::Cancelled | Status::Expired, _) | (_, None) => ("next-list", Some("/annual-tickets".to_owned())),
        (Status::Active, Some(card)) => return of_card(dossier, card, roles, words),
    };
    NextStep { label: words.t(key), path: path.unwrap_or_else(|| "/desk".to_owned()), is_deed: false }
}

/// The next step with a card, for whoever has these roles.
pub(super) fn of_card(dossier: &Dossier, card: &Card, roles: Roles, words: Words) -> NextStep {
    let step = |key: &str, path: String| NextStep { label: words.t(key), is_deed: key == PRINT_NOW, path };
    if let Some((mask, key, path)) = work(dossier, card)
        && roles.may(mask)
    {
        return step(key, path);
    }
    if roles.may(ENTRY) && card.state != CardState::Void {
        return step("next-check-entry", format!("/entry?scan={}", card.number.digits()));
    }
    if roles.may(PERSONALIZATION | MAILROOM) {
        return step("next-ticket", format!("/annual-tickets/{}", card.annual_ticket_id));
    }
    step("next-desk", "/desk".to_owned())
}

/// The work that a card's state asks for: who does it, what it is called, and where.
fn work(dossier: &Dossier, card: &Card) -> Option<(u8, &'static str, String)> {
    use CardState as S;
    let id = card.id;
    let in_list = |list: &str| format!("/mailroom/{list}?q={}", card.number.digits());
    let is_for_counter = matches!(dossier.ticket.delivery, Some(Delivery::Counter {}) | None);
    let hand_over = (MAILROOM | PERSONALIZATION, "next-hand-over", format!("/mailroom/handover?card={id}"));
    Some(match card.state {
        S::Preparing if dossier.is_unpaid() => (SHOP, "next-pay", format!("/orders/{}", dossier.ticket.order_id)),
        S::Preparing => (PERSONALIZATION | MAILROOM, "next-look-again", format!("/cards/{id}")),
        S::WaitingForLayout => (PERSONALIZATION, "next-waiting", "/print?state=waiting_for_layout".to_owned()),
        S::SetAside if dossier.awaits_review() => {
            (PERSONALIZATION, "next-look-at-photo", format!("{}?ticket={}", photos::PATH, card.annual_ticket_id))
        }
        S::SetAside => (PERSONALIZATION, "next-mend", format!("/annual-tickets/{}/edit", card.annual_ticket_id)),
        S::ReadyToPrint if is_for_counter => (PERSONALIZATION, PRINT_NOW, format!("/cards/{id}/print-now")),
        S::ReadyToPrint => (PERSONALIZATION, "next-print", format!("/print-runs/new?card={id}")),
        S::InPrintRun if is_for_counter => (PERSONALIZATION, "next-check-print", format!("/cards/{id}/print-now")),
        S::InPrintRun => (PERSONALIZATION, "next-check-print", format!("/print-runs/{}/check", card.run?)),
        S::ReadyForDispatch => match &dossier.ticket.delivery {
            Some(Delivery::Mail {}) => (MAILROOM, "next-post", in_list("post")),
            Some(Delivery::Pickup { .. }) => (MAILROOM, "next-lay-ready", in_list("shelf")),
            Some(Delivery::Counter {}) | None => hand_over,
        },
        S::Deposited => hand_over,
        S::Dispatched => (MAILROOM, "next-returned", "/mailroom/returned".to_owned()),
        S::Returned => (MAILROOM, "next-send-again", in_list("returned")),
        S::HandedOver => return None,
        S::Void => {
            let current = dossier.card().filter(|current| current.id != id)?;
            (MAILROOM | PERSONALIZATION | ENTRY, "next-current-card", format!("/cards/{}", current.id))
        }
    })
}
