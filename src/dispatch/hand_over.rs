//! A card is given to its holder, or to somebody in the holder's name.

use super::pickup_code::PickupCode;
use super::store::{self, boxes};
use super::tell_holder::{Notice, tell};
use crate::audit::{self, Entry};
use crate::cards::card::{CardState, Step};
use crate::cards::steps::{self, StepError};
use crate::cards::{Card, queue};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use db::{Conn, DbError};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What somebody showed who fetches a card for its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The holder's word in writing.
    WrittenAuthority,
    /// The holder's own document.
    HoldersDocument,
    /// That they are the holder's parent or guardian.
    Guardian,
}

impl Proof {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WrittenAuthority, Self::HoldersDocument, Self::Guardian];

    /// The word in forms and records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WrittenAuthority => "written_authority",
            Self::HoldersDocument => "holders_document",
            Self::Guardian => "guardian",
        }
    }
}

/// Who has the card now, and how the desk knew.
#[derive(Debug, Clone, Default)]
pub struct Handover {
    /// Who took it, if it was not the holder.
    pub picked_up_by: Option<String>,
    /// What was said at the desk. It is compared where the deposit has a code.
    pub pickup_code: Option<PickupCode>,
    /// What somebody else showed.
    pub proof: Option<Proof>,
    /// Why somebody else came.
    pub reason: Option<String>,
}

/// Why the card was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// The deposit has another pickup code.
    #[error("the pickup code is not the one of this deposit")]
    WrongPickupCode,
    /// The card lies in a box on its way to another house.
    #[error("the card is in transfer box {0}")]
    InBox(i64),
    /// The card does not allow it.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Records that the card is in the holder's hand: issued at the counter, fetched from the shelf, or confirmed after the post
/// brought it. A pickup code is compared where one is given and the deposit has one; nobody needs one who is known at the desk. The holder
/// is told by mail, unless the card was issued to them at the counter at once.
///
/// # Errors
/// When the card is not where it could be handed over, or the pickup code is another.
pub async fn hand_over(tx: &mut Conn, act: &Act, card: CardId, handover: &Handover) -> Result<Card, HandOverError> {
    if let Some(said) = &handover.pickup_code
        && let Some(stored) = store::pickup_code(tx, card, CardState::Deposited).await?
        && !said.opens(&stored)
    {
        return Err(HandOverError::WrongPickupCode);
    }
    let before = queue::find(tx, card).await?.map(|found| found.card.state);
    let picked_up_by = handover.picked_up_by.clone();
    let is_deputy = picked_up_by.is_some();
    let taken = steps::take(tx, act, card, &Step::HandOver { picked_up_by }).await?;
    if let Some(lies_in) = boxes::box_of(tx, card).await? {
        return Err(HandOverError::InBox(lies_in.number));
    }
    if is_deputy {
        record_deputy(tx, act, card, handover).await?;
    }
    if is_deputy || before != Some(CardState::ReadyForDispatch) {
        tell(tx, act, Notice::HandedOver, std::slice::from_ref(&taken)).await?;
    }
    Ok(taken)
}

/// How the desk knew that somebody else may have the card. Names stand in the step alone.
async fn record_deputy(tx: &mut Conn, act: &Act, card: CardId, handover: &Handover) -> Result<(), DbError> {
    let proof = match (handover.proof, &handover.pickup_code) {
        (Some(proof), _) => proof.as_str(),
        (None, Some(_)) => "pickup_code",
        (None, None) => "none",
    };
    let mut entry = Entry::new("card.fetched_by_deputy", "card", card).detail(json!({ "proof": proof }));
    if let Some(reason) = &handover.reason {
        entry = entry.reason(reason);
    }
    audit::record(tx, act, entry).await
}
