//! Freezes cards in a print run.

use super::prepare_files::PREPARE_FILES;
use super::print_data::{PORTRAIT, file_key, sha256};
use super::print_run::{Choice, Joining, NAMED_CARDS_MAX, PrintRun, SetAside};
use super::store;
use super::store::candidates::Candidate;
use crate::app::App;
use crate::audit;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::jobs;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};
use serde_json::json;
use std::collections::BTreeSet;

/// The reason of a card whose frozen portrait is gone or damaged.
pub(super) const PRINT_DATA_DAMAGED: &str = "print_data_damaged";
/// How many cards join a run when it is started. Its files are made of so many.
pub const JOIN_FIRST: u32 = 100;

/// Which cards are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Exactly these; absent: those that are ready, the longest waiting first.
    pub cards: Option<BTreeSet<CardId>>,
    /// What they have in common, where they are not named.
    pub choice: Choice,
    /// At most so many.
    pub most: u32,
    /// Whether the run closes only when each printed card was read.
    pub read_each: bool,
}

impl Wanted {
    /// All of it, of the cards that are ready now.
    fn of(&self, now: UtcMs) -> Joining {
        Joining { choice: self.choice.clone(), ready_at: now, left: self.most }
    }
}

/// Why no run was started.
#[derive(Debug, thiserror::Error)]
pub enum StartRunError {
    /// No card of the wanted kind is ready.
    #[error("no card is ready to print")]
    NothingToPrint {
        /// The cards that would have been printed, but are set aside.
        set_aside: Vec<SetAside>,
    },
    /// A named card cannot join; so none did.
    #[error("card {card}: {refusal}")]
    Card {
        /// The card.
        card: CardId,
        /// Why.
        #[source]
        refusal: StepError,
    },
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Looks at the frozen portraits of the cards that will join at once, before they are taken, so that one damaged file does not spoil a
/// run. Answers the cards that cannot be printed.
///
/// # Errors
/// When the database or the file store does not answer.
pub async fn find_damaged(app: &App, act: &Act, wanted: &Wanted) -> anyhow::Result<Vec<CardId>> {
    let mut conn = app.db.read().await?;
    let candidates = match &wanted.cards {
        None => store::candidates::peek_ready(&mut conn, &first_of(&wanted.of(act.now))).await?,
        Some(cards) => {
            let mut candidates = Vec::new();
            for card in cards {
                candidates.extend(store::candidates::peek(&mut conn, *card).await?);
            }
            candidates
        }
    };
    damaged_of(app, &mut conn, candidates).await
}

/// Those of the cards that cannot be printed.
pub(super) async fn damaged_of(app: &App, conn: &mut Conn, candidates: Vec<Candidate>) -> anyhow::Result<Vec<CardId>> {
    let mut damaged = Vec::new();
    for candidate in candidates {
        let frozen = store::print_data::find(conn, &candidate.print_data_sha256).await?;
        let whole = match frozen {
            None => false,
            Some(data) => match data.photo_sha256 {
                None => true,
                Some(wanted) => {
                    let portrait = app.files.find(&file_key(&candidate.print_data_sha256, PORTRAIT)).await?;
                    portrait.is_some_and(|bytes| hex::encode(sha256(&bytes)) == wanted)
                }
            },
        };
        if !whole {
            damaged.push(candidate.card);
        }
    }
    Ok(damaged)
}

/// Sets the damaged cards aside and freezes the others in a new run, in the order in which they were made; the files of the run are
/// made from then on. Of cards that were not named at most [`JOIN_FIRST`] join at once, and [`join_run`](super::join_run) lets the
/// others follow. Cards that were named must all be ready or set aside, or nothing happens; the set-aside ones are named with their
/// reasons.
///
/// # Errors
/// When no card is left, or a named card is in the wrong state.
pub async fn start_run(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    wanted: &Wanted,
    damaged: &[CardId],
) -> Result<PrintRun, StartRunError> {
    set_damaged_aside(tx, act, damaged).await?;
    let (cards, set_aside, joining) = match &wanted.cards {
        None => {
            let all = wanted.of(act.now);
            let left = store::candidates::count_ready(tx, &all).await?.saturating_sub(JOIN_FIRST);
            let cards = store::candidates::hold_ready(tx, &first_of(&all)).await?;
            let most = wanted.most.min(NAMED_CARDS_MAX);
            let set_aside = store::candidates::set_aside(tx, wanted.choice.product.as_ref(), most).await?;
            (cards, set_aside, (left > 0).then_some(Joining { left, ..all }))
        }
        Some(named) => {
            let (cards, set_aside) = part_named(tx, named).await?;
            (cards, set_aside, None)
        }
    };
    if cards.is_empty() {
        return Err(StartRunError::NothingToPrint { set_aside });
    }
    let number = store::runs::insert(tx, act, run, &set_aside, wanted.read_each).await?;
    store::runs::set_joining(tx, run, joining.as_ref(), &set_aside).await?;
    join(tx, act, run, 1, &cards).await?;
    jobs::enqueue(tx, act, PREPARE_FILES, run).await?;
    let run_now = store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?;
    let detail = json!({ "number": number, "cards": run_now.cards(), "set_aside": set_aside.len() });
    audit::record(tx, act, audit::Entry::new("print_run.started", "print_run", run).detail(detail)).await?;
    Ok(run_now)
}

/// Freezes cards in a run, from this position on.
pub(super) async fn join(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    from: u32,
    cards: &[CardId],
) -> Result<(), StartRunError> {
    for (position, card) in (from..).zip(cards) {
        take(tx, act, *card, &Step::JoinRun { run }).await?;
        store::run_cards::add_card(tx, run, position, *card).await?;
    }
    Ok(())
}

/// Sets cards aside that cannot be printed, as far as they are ready.
pub(super) async fn set_damaged_aside(tx: &mut Conn, act: &Act, damaged: &[CardId]) -> Result<(), StartRunError> {
    for card in damaged {
        if store::candidates::peek(tx, *card).await?.is_some() {
            take(tx, act, *card, &Step::SetAside { reason: PRINT_DATA_DAMAGED.to_owned() }).await?;
        }
    }
    Ok(())
}

fn first_of(wanted: &Joining) -> Joining {
    Joining { left: wanted.left.min(JOIN_FIRST), ..wanted.clone() }
}

/// The named cards, parted into those to freeze and those that are set aside.
async fn part_named(tx: &mut Conn, named: &BTreeSet<CardId>) -> Result<(Vec<CardId>, Vec<SetAside>), DbError> {
    let (mut cards, mut set_aside) = (Vec::new(), Vec::new());
    for card in named {
        match store::candidates::set_aside_reason(tx, *card).await? {
            Some(reason) => set_aside.push(SetAside { card: *card, reason }),
            None => cards.push(*card),
        }
    }
    Ok((cards, set_aside))
}

async fn take(tx: &mut Conn, act: &Act, card: CardId, step: &Step) -> Result<(), StartRunError> {
    match steps::take(tx, act, card, step).await {
        Ok(_) => Ok(()),
        Err(StepError::Db(error)) => Err(error.into()),
        Err(refusal) => Err(StartRunError::Card { card, refusal }),
    }
}
