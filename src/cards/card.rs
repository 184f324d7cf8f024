//! The life of one card: its states, the steps between them, and nothing beside.
//!
//! This is the only place that knows which step may follow which state. Every step is recorded with who, when and why by
//! [`super::steps::take`]; [`super::steps::undo`] takes the last one back.
//!
//! ```text
//! preparing -> ready_to_print -> in_print_run -> ready_for_dispatch -> dispatched -> handed_over
//!   |  ^           |    ^  spoiled, |               |   |     ^            '-> returned
//!   v  |           |    '- left_run-'               |   |     '----------------'  |
//! waiting_for_layout, set_aside                     |   '-> handed_over           v
//!                                                   '-> deposited -> handed_over  deposited
//! any but void -> void
//! ```

use crate::kernel::ids::PrintRunId;
use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why the card of a trial is set aside.
pub const TEST_ORDER: &str = "test_order";

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// Its print data is being made, or waits for the payment of its order.
    Preparing,
    /// No agreed layout applies to its product yet; it goes on by itself when one does.
    WaitingForLayout,
    /// Its print data cannot be made; the reason says what is to be mended.
    SetAside,
    /// Its print data is frozen.
    ReadyToPrint,
    /// It belongs to a print run.
    InPrintRun,
    /// It is printed.
    ReadyForDispatch,
    /// It is with the post.
    Dispatched,
    /// It lies ready in a house.
    Deposited,
    /// Its holder has it.
    HandedOver,
    /// It came back.
    Returned,
    /// It is worth nothing any more: replaced, cancelled or destroyed.
    Void,
}

impl CardState {
    /// All states, in the order of a card's life.
    pub const ALL: [Self; 11] = [
        Self::Preparing,
        Self::WaitingForLayout,
        Self::SetAside,
        Self::ReadyToPrint,
        Self::InPrintRun,
        Self::ReadyForDispatch,
        Self::Dispatched,
        Self::Deposited,
        Self::HandedOver,
        Self::Returned,
        Self::Void,
    ];

    /// The word for the state in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::WaitingForLayout => "waiting_for_layout",
            Self::SetAside => "set_aside",
            Self::ReadyToPrint => "ready_to_print",
            Self::InPrintRun => "in_print_run",
            Self::ReadyForDispatch => "ready_for_dispatch",
            Self::Dispatched => "dispatched",
            Self::Deposited => "deposited",
            Self::HandedOver => "handed_over",
            Self::Returned => "returned",
            Self::Void => "void",
        }
    }

    /// Whether the plastic was entrusted to the holder or the post, so that a gate need not ask whether it was collected. A card
    /// that came back counts: whoever stands at the gate with it has it.
    pub const fn in_hand(self) -> bool {
        matches!(self, Self::Dispatched | Self::HandedOver | Self::Returned)
    }

    /// Whether an edit can still reach the card because nothing was printed and no print run has it.
    pub const fn can_be_made_anew(self) -> bool {
        matches!(self, Self::Preparing | Self::WaitingForLayout | Self::SetAside | Self::ReadyToPrint)
    }
}

impl fmt::Display for CardState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CardState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("\"{text}\" is not a state of a card"))
    }
}

/// Why a card is worth nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoidReason {
    /// Its replacement took its place.
    Replaced,
    /// Its annual ticket was cancelled.
    Cancelled,
    /// The plastic was destroyed, for instance after it came back by post.
    Destroyed,
}

impl VoidReason {
    /// The word for the reason in the records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Cancelled => "cancelled",
            Self::Destroyed => "destroyed",
        }
    }
}

/// What happens to a card, with what is to be recorded about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Its print data is to be made again, because what it shows was edited or mended.
    Renew,
    /// There is no agreed layout for it yet.
    AwaitLayout,
    /// Its print data cannot be made, or must not be printed.
    SetAside {
        /// What is to be mended: a stable word, no personal data.
        reason: String,
    },
    /// Its print data is frozen.
    Freeze,
    /// It joins a print run.
    JoinRun {
        /// The run.
        run: PrintRunId,
    },
    /// It came out of the printer.
    Print,
    /// The print is unusable; the card waits for the next run.
    Spoil {
        /// Why.
        reason: String,
    },
    /// Its print run was cancelled before it came out; no plastic is lost.
    LeaveRun,
    /// It was given to the post.
    Dispatch {
        /// Who carries it.
        carrier: Option<String>,
        /// The consignment's number.
        tracking: Option<String>,
    },
    /// It was laid ready in a house.
    Deposit {
        /// The house.
        house: Slug,
        /// Where in the house.
        shelf: Option<String>,
    },
    /// It is to be sent or laid ready anew: off the shelf, or after it came back.
    MakeReady,
    /// Its holder, or somebody in the holder's name, has it.
    HandOver {
        /// Who took it, if it was not the holder.
        picked_up_by: Option<String>,
    },
    /// It came back.
    Return {
        /// Why.
        reason: Option<String>,
    },
    /// It is worth nothing any more.
    Void {
        /// Why.
        why: VoidReason,
    },
}

/// A step that does not follow the card's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the card is {state}, which allows no such step")]
pub struct WrongState {
    /// Where the card stands.
    pub state: CardState,
    /// Where it would have to stand.
    pub expected: &'static [CardState],
}

impl Step {
    /// The word for the step in the records.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Renew => "renewed",
            Self::AwaitLayout => "awaits_layout",
            Self::SetAside { .. } => "set_aside",
            Self::Freeze => "frozen",
            Self::JoinRun { .. } => "joined_run",
            Self::Print => "printed",
            Self::Spoil { .. } => "spoiled",
            Self::LeaveRun => "left_run",
            Self::Dispatch { .. } => "dispatched",
            Self::Deposit { .. } => "deposited",
            Self::MakeReady => "made_ready",
            Self::HandOver { .. } => "handed_over",
            Self::Return { .. } => "returned",
            Self::Void { .. } => "voided",
        }
    }

    /// The states that the step may follow.
    pub const fn expects(&self) -> &'static [CardState] {
        use CardState as S;
        match self {
            Self::Renew => &[S::Preparing, S::WaitingForLayout, S::SetAside, S::ReadyToPrint],
            Self::AwaitLayout => &[S::Preparing],
            Self::SetAside { .. } => &[S::Preparing, S::WaitingForLayout, S::ReadyToPrint],
            Self::Freeze => &[S::Preparing, S::WaitingForLayout],
            Self::JoinRun { .. } => &[S::ReadyToPrint],
            Self::Print | Self::Spoil { .. } | Self::LeaveRun => &[S::InPrintRun],
            Self::Dispatch { .. } => &[S::ReadyForDispatch],
            Self::Deposit { .. } => &[S::ReadyForDispatch, S::Returned],
            Self::MakeReady => &[S::Deposited, S::Returned],
            Self::HandOver { .. } => &[S::ReadyForDispatch, S::Dispatched, S::Deposited],
            Self::Return { .. } => &[S::Dispatched],
            Self::Void { .. } => {
                const ALL_BUT_VOID: &[CardState] = CardState::ALL.as_slice().split_at(CardState::ALL.len() - 1).0;
                ALL_BUT_VOID
            }
        }
    }

    /// The state that the step leads to.
    pub const fn leads_to(&self) -> CardState {
        match self {
            Self::Renew => CardState::Preparing,
            Self::AwaitLayout => CardState::WaitingForLayout,
            Self::SetAside { .. } => CardState::SetAside,
            Self::Freeze | Self::Spoil { .. } | Self::LeaveRun => CardState::ReadyToPrint,
            Self::JoinRun { .. } => CardState::InPrintRun,
            Self::Print | Self::MakeReady => CardState::ReadyForDispatch,
            Self::Dispatch { .. } => CardState::Dispatched,
            Self::Deposit { .. } => CardState::Deposited,
            Self::HandOver { .. } => CardState::HandedOver,
            Self::Return { .. } => CardState::Returned,
            Self::Void { .. } => CardState::Void,
        }
    }

    /// The state after the step.
    ///
    /// # Errors
    /// [`WrongState`] when the step does not follow `state`.
    pub fn from(&self, state: CardState) -> Result<CardState, WrongState> {
        let expected = self.expects();
        if expected.contains(&state) { Ok(self.leads_to()) } else { Err(WrongState { state, expected }) }
    }

    /// Why the step is taken, where a reason belongs to it.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::SetAside { reason } | Self::Spoil { reason } => Some(reason),
            Self::Return { reason } => reason.as_deref(),
            Self::Void { why } => Some(why.as_str()),
            _ => None,
        }
    }
}

/// Whether a recorded step can be taken back. What a person confirmed can; what the program did is followed by another step
/// instead, and a card that was replaced or cancelled stays void.
pub fn can_be_undone(step: &str, reason: Option<&str>) -> bool {
    match step {
        "printed" | "spoiled" | "dispatched" | "deposited" | "made_ready" | "handed_over" | "returned" => true,
        "voided" => reason == Some(VoidReason::Destroyed.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::UtcMs;
    use crate::kernel::ids::Id;
    use crate::kernel::random::ChaChaRandom;
    use proptest::prelude::*;

    fn all_steps() -> Vec<Step> {
        let run = PrintRunId::new(UtcMs(0), &ChaChaRandom::seeded(1));
        vec![
            Step::Renew,
            Step::AwaitLayout,
            Step::SetAside { reason: "missing_glyph".to_owned() },
            Step::Freeze,
            Step::JoinRun { run },
            Step::Print,
            Step::Spoil { reason: "jam".to_owned() },
            Step::LeaveRun,
            Step::Dispatch { carrier: None, tracking: None },
            Step::Deposit { house: "schloss".parse().unwrap(), shelf: None },
            Step::MakeReady,
            Step::HandOver { picked_up_by: None },
            Step::Return { reason: None },
            Step::Void { why: VoidReason::Destroyed },
        ]
    }

    /// The whole machine written a second time: per state, which steps lead where.
    #[test]
    fn each_state_allows_exactly_its_steps() {
        use CardState as S;
        let machine: [(S, &[(&str, S)]); 11] = [
            (
                S::Preparing,
                &[
                    ("renewed", S::Preparing),
                    ("awaits_layout", S::WaitingForLayout),
                    ("set_aside", S::SetAside),
                    ("frozen", S::ReadyToPrint),
                    ("voided", S::Void),
                ],
            ),
            (
                S::WaitingForLayout,
                &[
                    ("renewed", S::Preparing),
                    ("set_aside", S::SetAside),
                    ("frozen", S::ReadyToPrint),
                    ("voided", S::Void),
                ],
            ),
            (S::SetAside, &[("renewed", S::Preparing), ("voided", S::Void)]),
            (
                S::ReadyToPrint,
                &[
                    ("renewed", S::Preparing),
                    ("set_aside", S::SetAside),
                    ("joined_run", S::InPrintRun),
                    ("voided", S::Void),
                ],
            ),
            (
                S::InPrintRun,
                &[
                    ("printed", S::ReadyForDispatch),
                    ("spoiled", S::ReadyToPrint),
                    ("left_run", S::ReadyToPrint),
                    ("voided", S::Void),
                ],
            ),
            (
                S::ReadyForDispatch,
                &[
                    ("dispatched", S::Dispatched),
                    ("deposited", S::Deposited),
                    ("handed_over", S::HandedOver),
                    ("voided", S::Void),
                ],
            ),
            (S::Dispatched, &[("handed_over", S::HandedOver), ("returned", S::Returned), ("voided", S::Void)]),
            (S::Deposited, &[("made_ready", S::ReadyForDispatch), ("handed_over", S::HandedOver), ("voided", S::Void)]),
            (S::HandedOver, &[("voided", S::Void)]),
            (S::Returned, &[("deposited", S::Deposited), ("made_ready", S::ReadyForDispatch), ("voided", S::Void)]),
            (S::Void, &[]),
        ];
        for (state, allowed) in machine {
            let mut found: Vec<_> =
                all_steps().iter().filter_map(|step| step.from(state).ok().map(|next| (step.as_str(), next))).collect();
            found.sort_unstable();
            let mut wanted = allowed.to_vec();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "{state}");
        }
    }

    #[test]
    fn words_come_back() {
        for state in CardState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
            assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{state}\""));
        }
        assert!("Void".parse::<CardState>().is_err());
    }

    #[test]
    fn a_refusal_names_the_state_and_what_was_expected() {
        let refusal = Step::Dispatch { carrier: None, tracking: None }.from(CardState::ReadyToPrint);
        let expected: &[CardState] = &[CardState::ReadyForDispatch];
        assert_eq!(refusal, Err(WrongState { state: CardState::ReadyToPrint, expected }));
    }

    proptest! {
        /// Whatever is tried in whatever order: nothing comes back from the void, nothing is in a holder's hand that was never
        /// printed, and nothing is printed that was not frozen.
        #[test]
        fn no_walk_breaks_the_promises(tries in proptest::collection::vec(0_usize..14, 0..60)) {
            let steps = all_steps();
            let (mut state, mut frozen, mut printed) = (CardState::Preparing, false, false);
            for index in tries {
                let step = &steps[index];
                let Ok(next) = step.from(state) else { continue };
                prop_assert_ne!(state, CardState::Void);
                frozen |= matches!(step, Step::Freeze);
                printed |= matches!(step, Step::Print);
                if matches!(step, Step::Renew | Step::SetAside { .. }) {
                    prop_assert!(!printed, "a printed card was made anew");
                    frozen = false;
                }
                if matches!(step, Step::JoinRun { .. }) {
                    prop_assert!(frozen);
                }
                if next.in_hand() || matches!(next, CardState::Deposited | CardState::ReadyForDispatch) {
                    prop_assert!(printed);
                }
                state = next;
            }
        }
    }
}
