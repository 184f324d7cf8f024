//! One piece of plastic for an annual ticket. It is replaced, not edited.

use super::annual_ticket::AnnualTicket;
use super::card::CardState;
use super::delivery::Way;
use crate::kernel::UtcMs;
use crate::kernel::ids::{AnnualTicketId, CardId, PrintRunId};
use crate::kernel::slug::Slug;
use card::CardNumber;

/// One piece of plastic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The id.
    pub id: CardId,
    /// Whose card it is.
    pub annual_ticket_id: AnnualTicketId,
    /// The number for people.
    pub number: CardNumber,
    /// The first card is 1; every replacement counts up.
    pub issue: u8,
    /// The text of its QR code, once its print data is frozen.
    pub code: Option<String>,
    /// Where it stands.
    pub state: CardState,
    /// What is to be mended before it can be printed.
    pub set_aside_reason: Option<String>,
    /// The layout of its print data.
    pub layout_id: Option<String>,
    /// The version of the layout.
    pub layout_version: Option<u32>,
    /// What the print data shows of the holder: see [`AnnualTicket::face_sha256`].
    pub face_sha256: Option<Vec<u8>>,
    /// What was known of the holder when the desk decided to keep it though it shows something else.
    pub kept_face_sha256: Option<Vec<u8>>,
    /// The fingerprint of the finished faces.
    pub print_data_sha256: Option<Vec<u8>>,
    /// How it comes to its holder.
    pub way: Way,
    /// Where it lies, or is to be laid ready.
    pub house: Option<Slug>,
    /// Where in the house it lies.
    pub shelf: Option<String>,
    /// The print run that has it, or had it.
    pub run: Option<PrintRunId>,
    /// The product of its annual ticket.
    pub product: Slug,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it took its last step.
    pub changed_at: UtcMs,
}

impl Card {
    /// Whether what is, or will be, printed on it is no longer what is known of its holder. The desk then reprints or keeps it.
    pub fn differs(&self, ticket: &AnnualTicket) -> bool {
        let printed = !self.state.can_be_made_anew() && self.state != CardState::Void;
        let known = ticket.face_sha256();
        let is_kept = self.kept_face_sha256.as_deref().is_some_and(|kept| kept == known);
        printed && !is_kept && self.face_sha256.as_deref().is_some_and(|face| face != known)
    }
}

/// The card that counts: the one of the highest issue.
pub fn current(cards: &[Card]) -> Option<&Card> {
    cards.iter().max_by_key(|card| card.issue)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::cards::annual_ticket::tests::ticket;
    use crate::kernel::ids::Id;
    use crate::kernel::random::ChaChaRandom;

    pub(in crate::cards) fn card_of(ticket: &AnnualTicket, state: CardState) -> Card {
        Card {
            id: Id::new(UtcMs(0), &ChaChaRandom::seeded(5)),
            annual_ticket_id: ticket.id,
            number: CardNumber::from_random([0; 8]),
            issue: 1,
            code: None,
            state,
            set_aside_reason: None,
            layout_id: None,
            layout_version: None,
            face_sha256: Some(ticket.face_sha256().to_vec()),
            kept_face_sha256: None,
            print_data_sha256: None,
            way: Way::Counter,
            house: None,
            shelf: None,
            run: None,
            product: ticket.product.clone(),
            created_at: UtcMs(0),
            changed_at: UtcMs(0),
        }
    }

    #[test]
    fn only_a_card_that_cannot_be_made_anew_differs() {
        use CardState as S;
        let mut ticket = ticket();
        for state in CardState::ALL {
            assert!(!card_of(&ticket, state).differs(&ticket), "{state}");
        }
        let cards = CardState::ALL.map(|state| card_of(&ticket, state));
        ticket.holder.given_name = Some("Ada".to_owned());
        let differing: Vec<_> = cards.iter().filter(|card| card.differs(&ticket)).map(|card| card.state).collect();
        assert_eq!(
            differing,
            [S::InPrintRun, S::ReadyForDispatch, S::Dispatched, S::Deposited, S::HandedOver, S::Returned]
        );
        let mut kept = card_of(&ticket, S::HandedOver);
        kept.face_sha256 = Some(vec![0; 32]);
        assert!(kept.differs(&ticket));
        kept.kept_face_sha256 = Some(ticket.face_sha256().to_vec());
        assert!(!kept.differs(&ticket), "the desk has decided");
        ticket.holder.given_name = Some("Augusta".to_owned());
        assert!(kept.differs(&ticket), "the next change is a question again");
    }
}
