//! States in a word, a symbol and a tone: never by colour alone.

use crate::cards::annual_ticket::{Personalized, Status};
use crate::cards::card::CardState;
use crate::web::pages::Words;

/// How a state looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateLabel {
    /// `good`, `attention`, `refused`, `calm` or `plain`.
    pub tone: &'static str,
    /// A symbol of one character.
    pub symbol: &'static str,
    /// The word, in the visitor's language.
    pub word: String,
}

impl StateLabel {
    /// Where a card stands.
    pub fn of_card(state: CardState, words: Words) -> Self {
        use CardState as S;
        let (tone, symbol) = match state {
            S::Preparing => ("calm", "…"),
            S::WaitingForLayout | S::Returned => ("attention", "!"),
            S::SetAside | S::Void => ("refused", "✕"),
            S::ReadyToPrint => ("calm", "▤"),
            S::InPrintRun => ("calm", "▶"),
            S::ReadyForDispatch => ("good", "✓"),
            S::Dispatched => ("good", "✉"),
            S::Deposited => ("good", "⌂"),
            S::HandedOver => ("good", "★"),
        };
        Self { tone, symbol, word: words.t(&format!("card-state-{}", state.as_str().replace('_', "-"))) }
    }

    /// Whether an annual ticket holds, and whether it is anybody's yet.
    pub fn of_annual_ticket(status: Status, state: Personalized, words: Words) -> Self {
        let (tone, symbol, key) = match (status, state) {
            (Status::Blocked, _) => ("refused", "✕", "annual-state-blocked"),
            (Status::Cancelled, _) => ("refused", "✕", "annual-state-cancelled"),
            (Status::Active | Status::Expired, Personalized::AwaitingPersonalization) => {
                ("attention", "!", "annual-state-awaiting")
            }
            (Status::Expired, Personalized::Complete) => ("attention", "!", "annual-state-expired"),
            (Status::Active, Personalized::Complete) => ("good", "✓", "annual-state-active"),
        };
        Self { tone, symbol, word: words.t(key) }
    }
}
