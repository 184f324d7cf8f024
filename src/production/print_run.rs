//! Print runs: frozen sets of cards, and what became of each.

use crate::cards::Way;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::slug::Slug;
use serde::{Deserialize, Serialize};

/// The most cards of one run.
pub const RUN_CARDS_MAX: u32 = 10_000;
/// The most cards that are named one by one.
pub const NAMED_CARDS_MAX: u32 = 1_000;

/// What the cards of a run have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Only cards of this product.
    pub product: Option<Slug>,
    /// Only cards that are to be laid ready in this house.
    pub house: Option<Slug>,
    /// Only cards that come to their holders in this way.
    pub way: Option<Way>,
    /// Only cards that were finalized before this moment.
    pub finalized_before: Option<UtcMs>,
}

/// The cards that are still to join a long run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// What they have in common.
    pub choice: Choice,
    /// Only those that were ready at this moment.
    pub ready_at: UtcMs,
    /// How many, at most.
    pub left: u32,
}

/// What became of a card in its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing yet.
    Pending,
    /// It came out.
    Printed,
    /// The plastic was lost; the card waits for another run.
    Spoiled,
    /// It left the run before it came out: it became void, or the run was cancelled.
    Withdrawn,
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Pending, Self::Printed, Self::Spoiled, Self::Withdrawn];

    /// The word for the outcome in the API and the database. Of a card that became void the database leaves it to the card's state.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Printed => "printed",
            Self::Spoiled => "spoiled",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The outcome of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Some cards have no outcome yet.
    Open,
    /// Every card has an outcome.
    Closed,
    /// Every card left it before it came out.
    Cancelled,
}

impl RunState {
    /// The word for the state in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// The cards of a run by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Cards without an outcome.
    pub pending: u32,
    /// Cards that came out.
    pub printed: u32,
    /// Cards whose plastic was lost.
    pub spoiled: u32,
    /// Cards that left the run before they came out.
    pub withdrawn: u32,
    /// Printed cards that were read afterwards.
    pub verified: u32,
    /// Printed cards that nobody has read, as far as they are not void.
    pub unread: u32,
}

impl Counts {
    /// All cards that were frozen.
    pub const fn cards(self) -> u32 {
        self.pending + self.printed + self.spoiled + self.withdrawn
    }

    /// How much plastic was used: a card each, whether it is good or was spoiled.
    pub const fn blanks(self) -> u32 {
        self.printed + self.spoiled
    }

    /// The state of a run with these cards.
    pub const fn state(self) -> RunState {
        match self {
            Self { pending: 1.., .. } => RunState::Open,
            Self { printed: 0, spoiled: 0, .. } => RunState::Cancelled,
            _ => RunState::Closed,
        }
    }
}

/// How far the making of a run's files has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preparation {
    /// Cards that are composed.
    pub composed: u32,
    /// When the making began.
    pub since: Option<UtcMs>,
    /// When the files were there.
    pub finished_at: Option<UtcMs>,
    /// When the run was cancelled.
    pub cancelled_at: Option<UtcMs>,
}

impl Preparation {
    /// Whether files are still to be made.
    pub const fn is_under_way(self) -> bool {
        self.finished_at.is_none() && self.cancelled_at.is_none()
    }

    /// Whole cards per second, at least one, once it can be told.
    pub fn rate(self, now: UtcMs) -> Option<u32> {
        let millis = self.millis(now)?;
        let rate = (u64::from(self.composed) * 1_000 + millis / 2) / millis;
        Some(u32::try_from(rate).unwrap_or(u32::MAX).max(1))
    }

    /// Seconds until `cards` cards are composed, once it can be told; never less than one, and a day stands for ever.
    pub fn secs_left(self, cards: u32, now: UtcMs) -> Option<u32> {
        let left = u64::from(cards.saturating_sub(self.composed));
        let secs = left.saturating_mul(self.millis(now)?).div_ceil(u64::from(self.composed) * 1_000);
        Some(u32::try_from(secs).unwrap_or(u32::MAX).clamp(1, 86_400))
    }

    /// How long it has taken so far, once something was done in it.
    fn millis(self, now: UtcMs) -> Option<u64> {
        let millis = u64::try_from(now.0 - self.since?.0).ok()?;
        (millis > 0 && self.composed > 0).then_some(millis)
    }
}

/// A card that could not be frozen, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SetAside {
    /// The card.
    pub card: CardId,
    /// Why, as a stable `snake_case` word.
    pub reason: String,
}

/// A run as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRun {
    /// The run's id.
    pub id: PrintRunId,
    /// Its number, counted up from 1.
    pub number: u32,
    /// Its cards by outcome, as far as they joined it.
    pub counts: Counts,
    /// What is still to join it.
    pub joining: Option<Joining>,
    /// Whether it closes only when each printed card was read.
    pub read_each: bool,
    /// How far its files are.
    pub preparation: Preparation,
    /// The cards that were set aside when it was started.
    pub set_aside: Vec<SetAside>,
    /// When it was started.
    pub created_at: UtcMs,
    /// When its last card got an outcome.
    pub closed_at: Option<UtcMs>,
}

impl PrintRun {
    /// All its cards, those that are still to join it included.
    pub fn cards(&self) -> u32 {
        self.counts.cards() + self.joining.as_ref().map_or(0, |joining| joining.left)
    }

    /// How far it has come.
    pub const fn state(&self) -> RunState {
        match self.joining {
            None if !self.read_each || self.counts.unread == 0 => self.counts.state(),
            _ => RunState::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_open_until_every_card_has_an_outcome() {
        for (pending, printed, spoiled, withdrawn, state) in [
            (12, 0, 0, 0, RunState::Open),
            (1, 9, 2, 0, RunState::Open),
            (0, 10, 2, 0, RunState::Closed),
            (0, 0, 1, 0, RunState::Closed),
            (0, 0, 0, 3, RunState::Cancelled),
            (0, 1, 0, 3, RunState::Closed),
        ] {
            let counts = Counts { pending, printed, spoiled, withdrawn, ..Counts::default() };
            assert_eq!(counts.state(), state, "{counts:?}");
            assert_eq!(counts.cards(), pending + printed + spoiled + withdrawn);
        }
    }

    #[test]
    fn the_time_left_follows_from_the_rate() {
        let at = |composed, finished_at| Preparation {
            composed,
            since: Some(UtcMs(1_000)),
            finished_at,
            cancelled_at: None,
        };
        for (composed, now, rate, left) in [
            (0, 2_000, None, None),
            (50, 1_000, None, None),
            (50, 6_000, Some(10), Some(25)),
            (299, 30_900, Some(10), Some(1)),
            (300, 31_000, Some(10), Some(1)),
            (1, 3_600_001_000, Some(1), Some(86_400)),
        ] {
            let preparation = at(composed, None);
            assert_eq!(preparation.rate(UtcMs(now)), rate, "{composed} at {now}");
            assert_eq!(preparation.secs_left(300, UtcMs(now)), left, "{composed} at {now}");
        }
        assert!(at(10, None).is_under_way() && !at(10, Some(UtcMs(2_000))).is_under_way());
        assert!(Preparation::default().is_under_way());
    }

    #[test]
    fn words_survive_text() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::of(outcome.as_str()), Some(outcome));
        }
    }
}
