//! Freezes cards in a print run.

use super::prepare_files::PREPARE_FILES;
use super::print_data::{PORTRAIT, file_key, sha256};
use super::print_run::{PrintRun, SetAside};
use super::store;
use crate::app::App;
use crate::audit;
use crate::cards::Way;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::jobs;
use crate::kernel::Act;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::json;
use std::collections::BTreeSet;

/// The reason of a card whose frozen portrait is gone or damaged.
const PRINT_DATA_DAMAGED: &str = "print_data_damaged";

/// Which cards are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Exactly these; absent: those that are ready, the longest waiting first.
    pub cards: Option<BTreeSet<CardId>>,
    /// Only cards of this product.
    pub product: Option<Slug>,
    /// Only cards that are to be laid ready in this house.
    pub house: Option<Slug>,
    /// Only cards that come to their holders in this way.
    pub way: Option<Way>,
    /// At most so many.
    pub most: u32,
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

/// Looks at the frozen portraits of the wanted cards before they are taken, so that one damaged file does not spoil a run.
/// Answers the cards that cannot be printed.
///
/// # Errors
/// When the database or the file store does not answer.
pub async fn find_damaged(app: &App, wanted: &Wanted) -> anyhow::Result<Vec<CardId>> {
    let mut conn = app.db.read().await?;
    let candidates = match &wanted.cards {
        None => store::candidates::peek_ready(&mut conn, wanted).await?,
        Some(cards) => {
            let mut candidates = Vec::new();
            for card in cards {
                candidates.extend(store::candidates::peek(&mut conn, *card).await?);
            }
            candidates
        }
    };
    let mut damaged = Vec::new();
    for candidate in candidates {
        let frozen = store::print_data::find(&mut conn, &candidate.print_data_sha256).await?;
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
/// made from then on. Cards that were
/// named must all be ready or set aside, or nothing happens; the set-aside ones are named with their reasons.
///
/// # Errors
/// When no card is left, or a named card is in the wrong state.
pub async fn start_run(
    tx: &mut Conn,
    act: &Act,
    wanted: &Wanted,
    damaged: &[CardId],
) -> Result<PrintRun, StartRunError> {
    for card in damaged {
        if store::candidates::peek(tx, *card).await?.is_none() {
            continue;
        }
        let step = Step::SetAside { reason: PRINT_DATA_DAMAGED.to_owned() };
        take(tx, act, *card, &step).await?;
    }
    let (cards, set_aside) = match &wanted.cards {
        None => {
            let cards = store::candidates::hold_ready(tx, wanted).await?;
            (cards, store::candidates::set_aside(tx, wanted.product.as_ref(), wanted.most).await?)
        }
        Some(named) => part_named(tx, named).await?,
    };
    if cards.is_empty() {
        return Err(StartRunError::NothingToPrint { set_aside });
    }
    let run: PrintRunId = act.new_id();
    let number = store::runs::insert(tx, act, run, &set_aside).await?;
    for (position, card) in (1..).zip(&cards) {
        take(tx, act, *card, &Step::JoinRun { run }).await?;
        store::run_cards::add_card(tx, run, position, *card).await?;
    }
    jobs::enqueue(tx, act, PREPARE_FILES, run).await?;
    let detail = json!({ "number": number, "cards": cards.len(), "set_aside": set_aside.len() });
    audit::record(tx, act, audit::Entry::new("print_run.started", "print_run", run).detail(detail)).await?;
    Ok(store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?)
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
